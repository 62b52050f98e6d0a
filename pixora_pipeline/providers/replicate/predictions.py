"""A prediction as a job: begun once, resumed by its id, its output fetched in the same step as it is ready."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import replicate
from pydantic import JsonValue
from replicate.exceptions import ReplicateError

from pixora_pipeline.providers.calls import Credential, Job
from pixora_pipeline.providers.faults import BadOutput, Fault, Refused
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.verdict import NoAnswer, fault_of, fault_of_silence

Check = Callable[[str, Path], Any]
"""Decodes a file of a service and says what it is. Raises `BadOutput`."""

FILES = ("start_image",)
"""The inputs that are files."""

_UNDER_WAY = ("starting", "processing", "queued")
_CONTENT = ("nsfw", "sensitive", "safety", "moderation", "flagged", "(e005)")

_VERSIONS: dict[str, str] = {}
"""The newest versions of the community's models, which can't be begun by their name alone. Looked up once a process."""


class Replicate(Hosted):
    """What the adapters of Replicate's models share."""

    def predict(
        self, part: str, input: dict[str, JsonValue], kept: dict[str, JsonValue], file: str, check: Check, units: dict
    ) -> Any:
        """What `check` says of the model's output for that input, which is then in the order's folder.

        `kept` is the input as the journal keeps it, files named by their content.
        """

        def submit(credential: Credential) -> str:
            return self._begin(credential, input)

        def look(credential: Credential, id: str) -> Job:
            return self._look(credential, id, file, check)

        def find(credential: Credential, since: float) -> list[str]:
            listed = self._read(credential, "/v1/predictions").get("results") or []
            return [str(each["id"]) for each in listed if _created(each) >= since and _is_of(each, kept)]

        request = {"model": self._path, "input": kept}
        return self.order.job(self.asked(part, request, units), submit, look, files=(file,), find=find)

    @property
    def _path(self) -> str:
        return self.offer.options.get("path", self.offer.model)

    def _begin(self, credential: Credential, input: dict[str, JsonValue]) -> str:
        fault: Fault | None = None
        last = httpx.Headers()

        def heard(response: httpx.Response) -> None:
            # The SDK's errors have no headers, and Retry-After is one.
            last.update(response.headers)

        client = replicate.Client(
            api_token=credential.secret.get_secret_value(),
            base_url=self.base_url(credential),
            timeout=httpx.Timeout(self.service.timeout, connect=10.0),
            event_hooks={"response": [heard]},
        )
        try:
            return self._created(client, input)
        except ReplicateError as error:
            fault = fault_of(self.offer, error.status or 500, error.title or "", error.detail or "", last)
        except httpx.HTTPError as error:
            fault = fault_of_silence(self.offer, NoAnswer.of(error))
        raise fault

    def _created(self, client: replicate.Client, input: dict[str, JsonValue]) -> str:
        version = self.offer.options.get("version") or _VERSIONS.get(self._path)
        if version is None:
            try:
                return client.models.predictions.create(model=self._path, input=input).id
            except ReplicateError as error:
                if error.status != 404 or (version := _newest(client, self._path)) is None:
                    raise
                _VERSIONS[self._path] = version
        return client.predictions.create(version=version, input=input).id

    def _look(self, credential: Credential, id: str, file: str, check: Check) -> Job:
        # Read raw: the SDK knows fewer states than the service has.
        told = self._read(credential, f"/v1/predictions/{id}")
        state, reason = str(told.get("status")), str(told.get("error") or "")
        if state in _UNDER_WAY:
            return Job(state="running")
        if state == "succeeded":
            return self._fetched(credential, told, file, check)
        if any(mark in reason.lower() for mark in _CONTENT):
            raise Refused(self.offer.provider, reason)
        ended = "canceled" if state in ("canceled", "aborted") else "failed"
        return Job(state=ended, reason=reason or f"the prediction {state}", usage=_usage(told))

    def _fetched(self, credential: Credential, told: dict[str, Any], file: str, check: Check) -> Job:
        usage = _usage(told)
        address = _address(told.get("output"))
        if told.get("data_removed") or address is None:
            return Job(state="failed", reason="its output was removed", usage=usage, usd=self.cost(usage))
        draft = self.order.file(f"{file}.part")
        try:
            facts = self.fetch_whole(credential, address, draft, check)
        except BadOutput as error:
            return Job(state="failed", reason=error.detail, usage=usage, usd=self.cost(usage))
        draft.replace(self.order.file(file))
        body = facts.model_dump(mode="json") if hasattr(facts, "model_dump") else facts
        usage |= {"seconds": body["seconds"]} if isinstance(body, dict) and "seconds" in body else {}
        return self.ended(body, usage)

    def _read(self, credential: Credential, path: str) -> dict[str, Any]:
        fault: Fault | None = None
        headers = {"Authorization": f"Bearer {credential.secret.get_secret_value()}"}
        try:
            url = self.base_url(credential).rstrip("/") + path
            answer = httpx.get(url, headers=headers, timeout=30.0, trust_env=False)
            if answer.is_success:
                return answer.json()
            fault = fault_of(self.offer, answer.status_code, "", answer.text[:300], answer.headers)
        except httpx.HTTPError as error:
            fault = fault_of_silence(self.offer, NoAnswer.of(error))
        except ValueError:
            fault = fault_of(self.offer, 502, "", "its answer is no JSON", {})
        raise fault


def _newest(client: replicate.Client, path: str) -> str | None:
    """The newest version of a model, None where it is not told."""
    newest = client.models.get(path).latest_version
    return newest.id if newest else None


def _created(listed: dict[str, Any]) -> float:
    try:
        return datetime.fromisoformat(str(listed.get("created_at"))).timestamp()
    except ValueError:
        return 0.0


def _is_of(listed: dict[str, Any], kept: dict[str, JsonValue]) -> bool:
    """Whether a prediction was begun with that input, files left out: the service stores them elsewhere."""
    input = listed.get("input") or {}
    return all(input.get(name) == value for name, value in kept.items() if name not in FILES)


def _address(output: Any) -> str | None:
    """The one file of an output, which models give as an address, a list of them, or by name."""
    if isinstance(output, dict):
        output = next((output[name] for name in ("audio_out", "audio", "video") if output.get(name)), None)
    if isinstance(output, list):
        output = output[-1] if output else None
    return output if isinstance(output, str) else None


def _usage(told: dict[str, Any]) -> dict[str, float]:
    seconds = (told.get("metrics") or {}).get("predict_time")
    return {} if seconds is None else {"gpu_seconds": float(seconds)}
