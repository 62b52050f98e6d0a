"""Text by Bedrock's Converse, which is one format for the models of many makers."""

import json
from typing import Any

from pydantic import BaseModel

from pixora_pipeline.providers.aws import talking
from pixora_pipeline.providers.calls import Credential
from pixora_pipeline.providers.faults import AnswerLost
from pixora_pipeline.providers.writing.hosted import HostedText, Reply, Turn
from pixora_pipeline.providers.writing.schema import closed_schema

_REFUSED = ("guardrail_intervened", "content_filtered")


class BedrockText(HostedText):
    """A text model behind Converse; its model's name is Bedrock's model id or inference profile."""

    def send(
        self, credential: Credential, instructions: str, turns: list[Turn], output: type[BaseModel], limit: int
    ) -> Reply:
        """Ask for JSON of that shape."""
        schema = {"schema": json.dumps(closed_schema(output)), "name": output.__name__}
        with talking(self, credential, "bedrock-runtime") as client:
            answer = client.converse(
                modelId=self.offer.model,
                system=[{"text": instructions}],
                messages=[{"role": turn.role, "content": [{"text": turn.text}]} for turn in turns],
                inferenceConfig={"maxTokens": limit},
                outputConfig={"textFormat": {"type": "json_schema", "structure": {"jsonSchema": schema}}},
            )
        return self._read(answer)

    def _read(self, answer: dict[str, Any]) -> Reply:
        try:
            blocks = answer["output"]["message"]["content"]
            stop, usage = answer["stopReason"], answer["usage"]
        except (KeyError, TypeError):
            # The SDK makes nothing of an answer that was cut short, and says nothing.
            raise AnswerLost(self.offer.provider, "its answer broke off") from None
        text = "".join(block.get("text", "") for block in blocks)
        return Reply(
            text=text,
            cut=stop in ("max_tokens", "model_context_window_exceeded"),
            refusal=(text or stop.replace("_", " ")) if stop in _REFUSED else None,
            usage={"input": float(usage["inputTokens"]), "output": float(usage["outputTokens"])},
        )
