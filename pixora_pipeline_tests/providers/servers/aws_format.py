"""AWS: Bedrock's Converse and Polly."""

import json
from collections import deque
from typing import Any
from urllib.parse import unquote

from starlette.responses import JSONResponse, Response

from pixora_pipeline_tests.providers.servers.media import pcm, spoken
from pixora_pipeline_tests.providers.servers.service import Handler, LoopbackService, Misfortune, Seen
from pixora_pipeline_tests.providers.servers.story import answer_to


class AwsFormat(LoopbackService):
    """What both answer, under one signature."""

    name = "aws"

    def __init__(self) -> None:
        super().__init__()
        self.says: deque[tuple[str, str]] = deque()

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/model/{model:path}/converse", self._converse),
            ("POST", "/v1/speech", self._speech),
            ("GET", "/v1/voices", self._voices),
            ("GET", "/foundation-models", self._models),
        ]

    def _voices(self, seen: Seen) -> Response:
        return JSONResponse({"Voices": [{"Id": "Joanna", "SupportedEngines": ["neural", "standard"]}]})

    def _models(self, seen: Seen) -> Response:
        known = {"modelId": "anthropic.claude-sonnet-5-v1:0", "modelArn": "arn:aws:bedrock:::foundation-model/x"}
        return JSONResponse({"modelSummaries": [known]})

    def _converse(self, seen: Seen) -> Response:
        asked = _signed(seen)
        shape = asked["outputConfig"]["textFormat"]["structure"]["jsonSchema"]
        text, stop = (
            self.says.popleft()
            if self.says
            else (answer_to(json.loads(shape["schema"]), seen.body.decode()), "end_turn")
        )
        message = {"role": "assistant", "content": [{"text": text}]}
        usage = {"inputTokens": 1000, "outputTokens": 500, "totalTokens": 1500}
        assert unquote(seen.parts["model"])
        return JSONResponse({"output": {"message": message}, "stopReason": stop, "usage": usage,
                             "metrics": {"latencyMs": 5}})  # fmt: skip

    def _speech(self, seen: Seen) -> Response:
        asked = _signed(seen)
        text = asked["Text"]
        billed = {"x-amzn-RequestCharacters": str(len(text))}
        if asked["OutputFormat"] == "pcm":
            return Response(pcm(text, int(asked["SampleRate"])), media_type="audio/pcm", headers=billed)
        assert asked["OutputFormat"] == "json" and asked["SpeechMarkTypes"] == ["word"]
        return Response("\n".join(_marks(text)), media_type="application/x-json-stream", headers=billed)


def _signed(seen: Seen) -> dict[str, Any]:
    assert seen.headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIALOOPBACK/")
    return seen.json


def _marks(text: str) -> list[str]:
    lines, at = [], 0
    for start, _, word in spoken(text, 16_000)[1]:
        at = text.index(word, at)
        value = word.strip(".,!?")
        place = len(text[:at].encode())
        end = place + len(value.encode())
        lines.append(
            json.dumps({"time": round(start * 1000), "type": "word", "start": place, "end": end, "value": value})
        )
        at += len(word)
    return lines


def error(status: int, code: str, message: str, **headers: str) -> Misfortune:
    """An error as AWS tells it."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Misfortune(status, {"message": message, "__type": code}, {"x-amzn-errortype": code, **told})
