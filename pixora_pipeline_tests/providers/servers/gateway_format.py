"""A gateway that resells models: seedream's pictures, Gemini's pictures, Veo's tasks."""

import base64
from collections import deque
from typing import Any

from starlette.responses import JSONResponse, Response

from pixora_pipeline_tests.providers.servers.media import mp4, png
from pixora_pipeline_tests.providers.servers.service import Handler, LoopbackService, Misfortune, Seen


class GatewayFormat(LoopbackService):
    """What such a gateway answers. `tasks` are Veo's; `ends` is how the next ones end."""

    name = "gateway"

    def __init__(self) -> None:
        super().__init__()
        self.tasks: dict[str, dict[str, Any]] = {}
        self.ends: deque[dict[str, Any]] = deque()
        self.candidates: deque[dict[str, Any]] = deque()
        self.root = ""

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/v1/images/generations", self._seedream),
            ("POST", "/v1beta/models/{model}:generateContent", self._gemini),
            ("POST", "/v1/video/create", self._create),
            ("GET", "/v1/video/query", self._query),
            ("GET", "/files/{id}", self._file),
        ]

    def _seedream(self, seen: Seen) -> Response:
        asked = seen.json
        assert all(image.startswith("data:image/png;base64,") for image in asked.get("image", []))
        width, height = (int(side) // 8 for side in asked["size"].split("x"))
        return JSONResponse({"data": [{"b64_json": base64.b64encode(png(width, height)).decode()}]})

    def _gemini(self, seen: Seen) -> Response:
        parts = seen.json["contents"][0]["parts"]
        assert parts[0]["text"] and all(base64.b64decode(part["inlineData"]["data"]) for part in parts[1:])
        inline = {"inlineData": {"mimeType": "image/png", "data": base64.b64encode(png()).decode()}}
        usual = {"finishReason": "STOP", "content": {"role": "model", "parts": [{"text": "Here it is."}, inline]}}
        return JSONResponse({"candidates": [self.candidates.popleft() if self.candidates else usual]})

    def _create(self, seen: Seen) -> Response:
        id = f"veo-{len(self.tasks) + 1}"
        self.tasks[id] = {"looks": 0, "end": self.ends.popleft() if self.ends else {}}
        return JSONResponse({"id": id, "status": "pending", "status_update_time": 1})

    def _query(self, seen: Seen) -> Response:
        id = seen.query["id"]
        task = self.tasks[id]
        task["looks"] += 1
        if task["looks"] == 1:
            return JSONResponse({"id": id, "status": "processing", "video_url": None})
        usual = {"status": "completed", "video_url": f"{self.root}/gateway/files/{id}"}
        return JSONResponse({"id": id, **usual, **task["end"]})

    def _file(self, seen: Seen) -> Response:
        return Response(mp4(frames=24), media_type="video/mp4")


def error(status: int, message: str, **headers: str) -> Misfortune:
    """An error as gateways tell it."""
    body = {"error": {"message": message, "type": "new_api_error", "code": ""}}
    return Misfortune(status, body, {name.replace("_", "-"): value for name, value in headers.items()})
