"""Whether a service can be reached, takes the key, and has a model: asked by what costs nothing, and never by POST."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import httpx
from pydantic import Field

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.calls import Credential
from pixora_pipeline.providers.catalogue import Offer
from pixora_pipeline.providers.environment import account_in_environment
from pixora_pipeline.providers.faults import BadOutput, BadRequest, ModelGone
from pixora_pipeline.providers.services import Service, service_names, wants_no_key
from pixora_pipeline.providers.verdict import NoAnswer, fault_of, fault_of_silence
from pixora_pipeline.settings import settings
from pixora_pipeline.store.accounts import ENVIRONMENT, AccountTable

_SECONDS = 10.0
_ANTHROPIC_VERSION = "2023-06-01"


@dataclass(frozen=True)
class _Asking:
    """As much of an adapter as the client of AWS is made from."""

    offer: Offer
    service: Service


class Models(Value):
    """The models that a service says it has; None where it does not say. Some are told until when."""

    ids: frozenset[str] | None
    until: dict[str, date] = Field(default_factory=dict)


def reachable_accounts(accounts: AccountTable, also: Collection[str] = ()) -> Iterator[tuple[str, Credential]]:
    """Every account there is to call with: stored, in the environment, and keyless where one was set up or is meant."""
    for each in accounts.all():
        if each.source != ENVIRONMENT:
            options = {"base_url": each.base_url, "options": each.options}
            yield each.service, Credential(alias=each.alias, secret=accounts.secret(each), **options)
    stored = {each.service for each in accounts.all() if each.source != ENVIRONMENT}
    for name in service_names():
        if here := account_in_environment(name):
            yield name, Credential(**here.model_dump())
        elif name not in stored and wants_no_key(name) and (name in settings().services or name in also):
            yield name, Credential(alias="keyless", secret="")


def models_of(service: Service, credential: Credential, wanted: Collection[str] = ()) -> Models:
    """What the service has, at least of those wanted. Raises a `Fault`, such as `KeyDead` or `Unreachable`."""
    asked: Mapping[str, Callable[[Service, Credential, Collection[str]], Models]] = {
        "anthropic": _anthropic, "replicate": _replicate, "polly": _polly, "bedrock": _bedrock,
    }  # fmt: skip
    return asked.get(service.wire, _openai)(service, credential, wanted)


def _openai(service: Service, credential: Credential, _: Collection[str]) -> Models:
    secret = credential.secret.get_secret_value()
    told = _get(service, credential, "/models", {"Authorization": f"Bearer {secret}"} if secret else {})
    return _listed(service, told)


def _anthropic(service: Service, credential: Credential, _: Collection[str]) -> Models:
    headers = {"x-api-key": credential.secret.get_secret_value(), "anthropic-version": _ANTHROPIC_VERSION}
    return _listed(service, _get(service, credential, "/v1/models?limit=1000", headers))


def _replicate(service: Service, credential: Credential, wanted: Collection[str]) -> Models:
    headers = {"Authorization": f"Bearer {credential.secret.get_secret_value()}"}
    _get(service, credential, "/v1/account", headers)
    found = set()
    for path in wanted:
        try:
            _get(service, credential, f"/v1/models/{path}", headers)
            found.add(path)
        except (ModelGone, BadRequest):
            continue
    return Models(ids=frozenset(found))


def _polly(service: Service, credential: Credential, _: Collection[str]) -> Models:
    told = _aws(service, credential, "polly", lambda client: client.describe_voices())
    return Models(ids=frozenset(engine for voice in told["Voices"] for engine in voice["SupportedEngines"]))


def _bedrock(service: Service, credential: Credential, _: Collection[str]) -> Models:
    told = _aws(service, credential, "bedrock", lambda client: client.list_foundation_models())
    return Models(ids=frozenset(each["modelId"] for each in told["modelSummaries"]))


def _aws(service: Service, credential: Credential, client: str, ask: Callable[[Any], Any]) -> Any:
    # The SDK takes a second to import, and only those who have AWS need it.
    from pixora_pipeline.providers.aws import talking

    quick = service.model_copy(update={"timeout": _SECONDS})
    with talking(_Asking(_anything(service), quick), credential, client) as opened:
        return ask(opened)


def _get(service: Service, credential: Credential, path: str, headers: dict[str, str]) -> Any:
    base, offer = credential.base_url or service.base_url, _anything(service)
    if not base:
        name = f"PIXORA_SERVICES__{service.name.upper()}__BASE_URL"
        raise UserError(f"Where {service.name} is, is not known. Set {name}.")
    try:
        answer = httpx.get(base.rstrip("/") + path, headers=headers, timeout=_SECONDS, trust_env=False)
        if answer.is_success:
            return answer.json()
        fault = fault_of(offer, answer.status_code, "", _words(answer), answer.headers)
    except httpx.HTTPError as error:
        fault = fault_of_silence(offer, NoAnswer.of(error))
    except ValueError:
        fault = BadOutput(service.name, "it does not answer in JSON: look at its base URL")
    raise fault


def _listed(service: Service, told: Any) -> Models:
    try:
        listed = told["data"]
        until = {each["id"]: day for each in listed if (day := _day(each.get("shutdown_date")))}
        return Models(ids=frozenset(each["id"] for each in listed), until=until)
    except (TypeError, KeyError, AttributeError):
        raise BadOutput(service.name, "it does not list its models: look at its base URL") from None


def _day(told: Any) -> date | None:
    if isinstance(told, int | float):
        return date.fromtimestamp(told)
    try:
        return datetime.fromisoformat(str(told)).date() if told else None
    except ValueError:
        return None


def _words(answer: httpx.Response) -> str:
    try:
        told = answer.json()
        error = told.get("error", told)
        return str(error.get("message") or error.get("detail") or "") if isinstance(error, dict) else str(error)
    except (ValueError, AttributeError):
        return ""


def _anything(service: Service) -> Offer:
    return Offer(id=f"{service.name}/anything", capability="text", wire=service.wire)
