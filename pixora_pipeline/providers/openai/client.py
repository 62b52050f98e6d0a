"""The client for one account, and what its errors mean."""

from collections.abc import Iterator
from contextlib import contextmanager

import openai

from pixora_pipeline.providers.calls import Credential
from pixora_pipeline.providers.faults import Fault
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.verdict import NoAnswer, fault_of, fault_of_silence


@contextmanager
def talking(adapter: Hosted, credential: Credential) -> Iterator[openai.OpenAI]:
    """The SDK's client; what it raises is told as a `Fault`, without the key that its errors may hold."""
    client = openai.OpenAI(
        api_key=credential.secret.get_secret_value() or "none",
        base_url=adapter.base_url(credential),
        # An attempt that is not in the journal would be paid for and never known.
        max_retries=0,
        timeout=adapter.service.timeout,
        organization=credential.options.get("organization"),
        project=credential.options.get("project"),
    )
    fault: Fault | None = None
    with client:
        try:
            yield client
        except openai.APIStatusError as error:
            fault = fault_of(adapter.offer, error.status_code, *_told(error), error.response.headers)
        except openai.APIConnectionError as error:
            fault = fault_of_silence(adapter.offer, NoAnswer.of(error))
        except openai.APIResponseValidationError as error:
            fault = fault_of(adapter.offer, 502, "", str(error), {})
        except Exception as error:
            if not NoAnswer.is_one(error):
                raise
            fault = fault_of_silence(adapter.offer, NoAnswer.of(error))
    if fault:
        raise fault


def _told(error: openai.APIStatusError) -> tuple[str, str]:
    body = error.body if isinstance(error.body, dict) else {}
    code = " ".join(str(body[name]) for name in ("code", "type") if body.get(name))
    return code, str(body.get("message") or error.message)
