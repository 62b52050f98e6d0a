"""Text by the messages of Anthropic, in the shape of a JSON schema."""

from pathlib import Path
from typing import Any

import anthropic
from pydantic import BaseModel

from pixora_pipeline.providers.calls import Credential
from pixora_pipeline.providers.faults import Fault
from pixora_pipeline.providers.picturing import data_uri
from pixora_pipeline.providers.verdict import NoAnswer, fault_of, fault_of_silence
from pixora_pipeline.providers.writing.hosted import HostedText, Reply, Turn


class AnthropicText(HostedText):
    """A text model behind `/v1/messages`."""

    def send(
        self, credential: Credential, instructions: str, turns: list[Turn], output: type[BaseModel], limit: int
    ) -> Reply:
        """Ask; why it stopped is read before what it said."""
        client = anthropic.Anthropic(
            api_key=credential.secret.get_secret_value(),
            base_url=self.base_url(credential),
            # An attempt that is not in the journal would be paid for and never known.
            max_retries=0,
            timeout=self.service.timeout,
        )
        fault: Fault | None = None
        try:
            with client:
                answer = client.messages.create(
                    model=self.offer.model,
                    system=instructions,
                    messages=[{"role": turn.role, "content": _content(turn)} for turn in turns],
                    max_tokens=limit,
                    output_config={"format": {"type": "json_schema", "schema": _schema(output)}},
                )
            return _reply(answer)
        except anthropic.APIStatusError as error:
            fault = fault_of(self.offer, error.status_code, *_told(error), error.response.headers)
        except anthropic.APIConnectionError as error:
            fault = fault_of_silence(self.offer, NoAnswer.of(error))
        except anthropic.APIResponseValidationError as error:
            fault = fault_of(self.offer, 502, "", str(error), {})
        raise fault


def _content(turn: Turn) -> Any:
    if not turn.pictures:
        return turn.text
    return [*map(_picture, turn.pictures), {"type": "text", "text": turn.text}]


def _picture(path: Path) -> Any:
    kind, _, data = data_uri(path).removeprefix("data:").partition(";base64,")
    return {"type": "image", "source": {"type": "base64", "media_type": kind, "data": data}}


def _schema(output: type[BaseModel]) -> dict[str, Any]:
    # The SDK's own: it closes objects and leaves out what the service does not know.
    return anthropic.transform_schema(output)


def _reply(answer: anthropic.types.Message) -> Reply:
    text = "".join(block.text for block in answer.content if block.type == "text")
    return Reply(
        text=text,
        cut=answer.stop_reason in ("max_tokens", "model_context_window_exceeded"),
        refusal=(text or "it gave no reason") if answer.stop_reason == "refusal" else None,
        usage={"input": float(answer.usage.input_tokens), "output": float(answer.usage.output_tokens)},
    )


def _told(error: anthropic.APIStatusError) -> tuple[str, str]:
    body = error.body.get("error", {}) if isinstance(error.body, dict) else {}
    body = body if isinstance(body, dict) else {}
    return str(body.get("type") or ""), str(body.get("message") or error.message)
