"""Text by chat completions with structured outputs, of pictures too: OpenAI, Ollama, vLLM, LocalAI, most gateways."""

import json
from typing import Any

from pydantic import BaseModel

from pixora_pipeline.providers.calls import Credential
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.openai.client import talking
from pixora_pipeline.providers.picturing import data_uri
from pixora_pipeline.providers.writing.hosted import USUAL_LENGTH, HostedText, Reply, Turn
from pixora_pipeline.providers.writing.schema import closed_schema


class OpenAIText(HostedText):
    """A text model behind `/chat/completions`."""

    def send(
        self, credential: Credential, instructions: str, turns: list[Turn], output: type[BaseModel], limit: int
    ) -> Reply:
        """Ask, and read the answer raw: parsing it here would lose what a bad one cost."""
        messages = [{"role": "system", "content": instructions}]
        messages += [{"role": turn.role, "content": _content(turn)} for turn in turns]
        # Models know their own limit; it is named only where theirs was too short.
        longer = {"max_completion_tokens": limit} if limit > USUAL_LENGTH else {}
        with talking(self, credential) as client:
            answer = client.chat.completions.with_raw_response.create(
                model=self.offer.model, messages=messages, response_format=_shape(output), **longer
            )
            body = answer.text
        return self._read(body)

    def _read(self, body: str) -> Reply:
        try:
            answer: dict[str, Any] = json.loads(body)
            choice = answer["choices"][0]
            message = choice["message"]
        except (ValueError, KeyError, IndexError, TypeError):
            raise BadOutput(self.offer.provider, f"its answer is not that of a chat: {body[:80]}") from None
        refusal = message.get("refusal")
        if choice.get("finish_reason") == "content_filter":
            refusal = refusal or "its content filter stepped in"
        return Reply(
            text=message.get("content") or "",
            cut=choice.get("finish_reason") == "length",
            refusal=refusal,
            usage=_usage(answer.get("usage") or {}),
        )


def _content(turn: Turn) -> Any:
    if not turn.pictures:
        return turn.text
    shown = [{"type": "image_url", "image_url": {"url": data_uri(each), "detail": "low"}} for each in turn.pictures]
    return [{"type": "text", "text": turn.text}, *shown]


def _shape(output: type[BaseModel]) -> Any:
    schema = {"name": output.__name__, "strict": True, "schema": closed_schema(output)}
    return {"type": "json_schema", "json_schema": schema}


def _usage(told: dict[str, Any]) -> dict[str, float]:
    names = {"input": "prompt_tokens", "output": "completion_tokens"}
    return {ours: float(told[theirs]) for ours, theirs in names.items() if told.get(theirs) is not None}
