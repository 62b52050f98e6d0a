"""Anthropic's messages."""

from collections import deque
from typing import Any

from starlette.responses import JSONResponse, Response

from pixora_pipeline_tests.providers.servers.service import Handler, LoopbackService, Misfortune, Seen
from pixora_pipeline_tests.providers.servers.story import answer_to


class AnthropicFormat(LoopbackService):
    """What Anthropic answers. `says` are the next things the model says, each with why it stopped."""

    name = "anthropic"

    def __init__(self) -> None:
        super().__init__()
        self.says: deque[tuple[str, str]] = deque()

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [("POST", "/v1/messages", self._message), ("GET", "/v1/models", self._models)]

    def _models(self, seen: Seen) -> Response:
        assert seen.headers["anthropic-version"] and seen.headers["x-api-key"]
        return JSONResponse({"data": [{"type": "model", "id": "claude-haiku-4-5"}], "has_more": False})

    def _message(self, seen: Seen) -> Response:
        asked: dict[str, Any] = seen.json
        assert "temperature" not in asked and asked["max_tokens"] > 0
        schema = asked["output_config"]["format"]["schema"]
        text, stop = self.says.popleft() if self.says else (answer_to(schema, seen.body.decode()), "end_turn")
        return JSONResponse(
            {"id": "msg_1", "type": "message", "role": "assistant", "model": asked["model"], "stop_sequence": None,
             "content": [{"type": "text", "text": text}], "stop_reason": stop,
             "usage": {"input_tokens": 1000, "output_tokens": 500}}
        )  # fmt: skip


def error(status: int, type: str, message: str, **headers: str) -> Misfortune:
    """An error as Anthropic tells it."""
    body = {"type": "error", "error": {"type": type, "message": message}}
    return Misfortune(status, body, {name.replace("_", "-"): value for name, value in headers.items()})
