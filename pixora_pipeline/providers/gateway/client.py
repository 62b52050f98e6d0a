"""Plain HTTP to a gateway, and what its errors mean."""

from typing import Any

import httpx

from pixora_pipeline.providers.calls import Credential
from pixora_pipeline.providers.faults import BadOutput, Fault
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.verdict import NoAnswer, fault_of, fault_of_silence


def ask(adapter: Hosted, credential: Credential, method: str, path: str, **request: Any) -> dict[str, Any]:
    """The JSON a gateway answers with. Raises a `Fault`, without the key that an error may hold.

    `path` begins with /v1 or /v1beta; a base URL that ends so as well is understood.
    """
    fault: Fault | None = None
    root = adapter.base_url(credential).rstrip("/").removesuffix("/v1")
    headers = {"Authorization": f"Bearer {credential.secret.get_secret_value()}"}
    try:
        with httpx.Client(timeout=httpx.Timeout(adapter.service.timeout, connect=10.0), trust_env=False) as client:
            answer = client.request(method, root + path, headers=headers, **request)
        told = _json(answer)
        if answer.is_success and isinstance(told, dict):
            return told
        fault = _fault(adapter, answer, told)
    except httpx.HTTPError as error:
        fault = fault_of_silence(adapter.offer, NoAnswer.of(error))
    raise fault


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def _fault(adapter: Hosted, answer: httpx.Response, told: Any) -> Fault:
    if answer.is_success:
        return BadOutput(adapter.offer.provider, "its answer is no JSON object")
    error = told.get("error", told) if isinstance(told, dict) else {}
    error = error if isinstance(error, dict) else {"message": str(error)}
    code = " ".join(str(error[name]) for name in ("code", "type", "status") if error.get(name))
    message = str(error.get("message") or answer.text[:200])
    return fault_of(adapter.offer, answer.status_code, code, message, answer.headers)
