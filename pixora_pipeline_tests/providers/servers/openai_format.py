"""OpenAI's routes: chat, pictures, voices, listening, vectors."""

import base64
import re
from collections import deque
from collections.abc import Callable
from typing import Any
from zlib import crc32

from starlette.responses import JSONResponse, Response

from pixora_pipeline_tests.providers.servers.media import png, speech
from pixora_pipeline_tests.providers.servers.service import Handler, LoopbackService, Misfortune, Seen
from pixora_pipeline_tests.providers.servers.story import answer_to


class OpenAIFormat(LoopbackService):
    """What OpenAI, and everything that speaks its format, answers. `says` are the next things a text model says.

    One of them may be a function of what is asked; `thinks` is one for all that nothing else is said to.
    """

    name = "openai"

    def __init__(self) -> None:
        super().__init__()
        self.says: deque[dict[str, Any]] = deque()
        self.thinks: Callable[[dict[str, Any]], str] | None = None
        self.pictures: deque[bytes] = deque()
        self.refuses_pictures = False
        self.heard = "Anna kept a red boat."
        self.answers: Callable[[dict[str, Any]], str | None] = lambda asked: None
        """What the model says to a request, None where it is the usual thing."""

    def say(self, content: str | Callable[[dict[str, Any]], str] | None, **fields: Any) -> None:
        """Have the model say that next; fields are of the choice or of the message."""
        self.says.append({"content": content, **fields})

    def forget(self) -> None:
        super().forget()
        self.thinks = None

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("GET", "/v1/models", self._models),
            ("POST", "/v1/chat/completions", self._chat),
            ("POST", "/v1/images/generations", self._picture),
            ("POST", "/v1/images/edits", self._picture),
            ("POST", "/v1/audio/speech", self._speech),
            ("POST", "/v1/audio/transcriptions", self._transcription),
            ("POST", "/v1/embeddings", self._embedding),
        ]

    def _models(self, seen: Seen) -> Response:
        if seen.headers.get("authorization") == "Bearer revoked-key":
            refused = error(401, "invalid_api_key", "Incorrect API key provided: revoked-key.")
            return JSONResponse(refused.body, refused.status)
        told = [{"id": id, "object": "model", "owned_by": "openai"} for id in ("gpt-6-luna", "gpt-5", "qwen3:8b")]
        told[1]["shutdown_date"] = "2026-12-11"
        return JSONResponse({"object": "list", "data": told})

    def _chat(self, seen: Seen) -> Response:
        asked = seen.json
        shape = asked["response_format"]["json_schema"]
        assert shape["strict"] and _is_closed(shape["schema"])
        said = (
            self.says.popleft()
            if self.says
            else {"content": self.thinks or self.answers(asked) or answer_to(shape["schema"], seen.body.decode())}
        )
        content = said["content"](asked) if callable(said["content"]) else said["content"]
        message = {"role": "assistant", "content": content, "refusal": said.get("refusal")}
        choice = {"index": 0, "finish_reason": said.get("finish_reason", "stop"), "message": message}
        usage = {"prompt_tokens": 1000, "completion_tokens": 500, "total_tokens": 1500}
        return JSONResponse(
            {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": asked["model"],
             "choices": [choice], "usage": usage}
        )  # fmt: skip

    def _picture(self, seen: Seen) -> Response:
        if self.refuses_pictures:
            refusal = error(400, "moderation_blocked", "Rejected.")
            return JSONResponse(refusal.body, refusal.status)
        size = (seen.form.get("size") or [None])[0] or seen.json["size"]
        width, height = (int(side) // 6 for side in size.split("x"))
        data = self.pictures.popleft() if self.pictures else png(width, height, len(self.log) % 3)
        details = {"text_tokens": 50, "image_tokens": 300 if seen.form else 0}
        usage = {"input_tokens": sum(details.values()), "input_tokens_details": details, "output_tokens": 400,
                 "total_tokens": 400 + sum(details.values())}  # fmt: skip
        return JSONResponse({"created": 1, "data": [{"b64_json": base64.b64encode(data).decode()}], "usage": usage})

    def _speech(self, seen: Seen) -> Response:
        return Response(speech(seen.json["input"]), media_type="audio/wav")

    def _transcription(self, seen: Seen) -> Response:
        assert seen.form["timestamp_granularities[]"] == ["word"]
        words = [
            {"word": word, "start": 0.4 * index, "end": 0.4 * index + 0.3}
            for index, word in enumerate(self.heard.split())
        ]
        return JSONResponse(
            {"task": "transcribe", "language": "english", "duration": 3.0, "text": self.heard, "words": words}
        )

    def _embedding(self, seen: Seen) -> Response:
        asked = seen.json
        assert asked["encoding_format"] == "float"
        data = [
            {"object": "embedding", "index": index, "embedding": vector_of(text)}
            for index, text in enumerate(asked["input"])
        ]
        usage = {"prompt_tokens": 7, "total_tokens": 7}
        return JSONResponse({"object": "list", "model": asked["model"], "data": data[::-1], "usage": usage})


def error(status: int, code: str, message: str, type: str = "invalid_request_error", **headers: str) -> Misfortune:
    """An error as OpenAI tells it."""
    body = {"error": {"message": message, "type": type, "param": None, "code": code}}
    return Misfortune(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


def vector_of(text: str) -> list[float]:
    """A vector that texts with the same words share."""
    counts = [0.0] * 256
    for word in re.findall(r"[a-z]+", text.lower()):
        counts[crc32(word.encode()) % len(counts)] += 1.0
    return counts


def _is_closed(schema: dict[str, Any]) -> bool:
    """Whether a strict service would take it: every object closed, every property required."""
    objects = [schema, *schema.get("$defs", {}).values()]
    return all(
        each["additionalProperties"] is False and set(each["required"]) == set(each["properties"])
        for each in objects
        if each.get("type") == "object"
    )
