"""Replicate's predictions, and the host of others where their outputs lie for an hour."""

from collections import deque
from datetime import UTC, datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from pixora_pipeline_tests.providers.servers.media import mp4, music, speech
from pixora_pipeline_tests.providers.servers.service import Handler, LoopbackService, Misfortune, Seen

OFFICIAL, COMMUNITY = ("kwaivgi",), ("meta", "kjjk10")
"""Owners of models that are begun by their name, and of those that are begun by a version."""

VERSION = "c0ffee" * 10 + "cafe"


def _not_found() -> Response:
    return JSONResponse(
        {"title": "Not found", "detail": "The requested resource could not be found.", "status": 404}, 404
    )


class ReplicateFormat(LoopbackService):
    """What Replicate answers. `looks` is how often a prediction is still under way; `ends` is how the next ones end."""

    name = "replicate"

    def __init__(self) -> None:
        super().__init__()
        self.predictions: dict[str, dict[str, Any]] = {}
        self.looks = 1
        self.ends: deque[dict[str, Any]] = deque()
        self.outputs: dict[str, bytes] = {}
        self.spoiled: deque[int] = deque()
        self.fetched: list[Seen] = []
        self.root = ""

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/v1/predictions", self._create),
            ("POST", "/v1/models/{owner}/{model}/predictions", self._create),
            ("GET", "/v1/account", lambda _: JSONResponse({"type": "user", "username": "anna"})),
            ("GET", "/v1/models/{owner}/{model}", self._model),
            ("GET", "/v1/predictions", self._list),
            ("GET", "/v1/predictions/{id}", self._get),
            ("GET", "/delivery/{file}", self._deliver),
        ]

    def _model(self, seen: Seen) -> Response:
        if seen.parts["owner"] not in (*OFFICIAL, *COMMUNITY):
            return _not_found()
        newest = {"id": VERSION, "created_at": "2025-05-01T00:00:00Z", "cog_version": "0.14", "openapi_schema": {}}
        told = {"owner": seen.parts["owner"], "name": seen.parts["model"], "url": "", "visibility": "public"}
        return JSONResponse({**told, "run_count": 1, "latest_version": newest})

    def _create(self, seen: Seen) -> Response:
        assert seen.headers["authorization"] == "Bearer loopback-key"
        if seen.parts and seen.parts["owner"] not in OFFICIAL:
            return _not_found()
        id = f"prediction-{len(self.predictions) + 1}"
        model = f"{seen.parts['owner']}/{seen.parts['model']}" if seen.parts else seen.json["version"]
        self.predictions[id] = {"model": model, "input": seen.json["input"], "looks": 0,
                                "created_at": datetime.now(UTC).isoformat(),
                                "end": self.ends.popleft() if self.ends else {}}  # fmt: skip
        return JSONResponse(self._told(id, "starting"), 201)

    def _get(self, seen: Seen) -> Response:
        prediction = self.predictions.get(seen.parts["id"])
        if prediction is None:
            return JSONResponse({"title": "Not found", "detail": "no such prediction"}, 404)
        prediction["looks"] += 1
        if prediction["looks"] <= prediction["end"].get("looks", self.looks):
            return JSONResponse(self._told(seen.parts["id"], "processing"))
        return JSONResponse(self._ended(seen.parts["id"], prediction))

    def _list(self, seen: Seen) -> Response:
        return JSONResponse({"results": [self._told(id, "processing") for id in reversed(self.predictions)]})

    def _ended(self, id: str, prediction: dict[str, Any]) -> dict[str, Any]:
        end = {"status": "succeeded", **prediction["end"]}
        if end["status"] == "succeeded" and "output" not in end:
            self.outputs[id] = _made(prediction["input"])
            end["output"] = f"{self.root}/replicate/delivery/{id}"
        return {**self._told(id, end["status"]), "metrics": {"predict_time": 4.0}, **end}

    def _told(self, id: str, status: str) -> dict[str, Any]:
        prediction = self.predictions[id]
        known = {"id": id, "version": "hidden", "model": prediction["model"], "input": prediction["input"]}
        created = {"created_at": prediction["created_at"], "logs": "", "urls": {}}
        return {**known, **created, "status": status, "error": None, "output": None}

    def _deliver(self, seen: Seen) -> Response:
        self.fetched.append(seen)
        data = self.outputs[seen.parts["file"]]
        # Half a file, as a cache may give it: with a length that is its own.
        return Response(data[: self.spoiled.popleft()] if self.spoiled else data)


def _made(input: dict[str, Any]) -> bytes:
    if "start_image" in input:
        assert input["start_image"].startswith("data:image/png;base64,")
        return mp4()
    return music(int(input["duration"])) if "duration" in input else speech(input["text"])


def error(status: int, detail: str, **headers: str) -> Misfortune:
    """An error as Replicate tells it."""
    body = {"title": "error", "detail": detail, "status": status}
    return Misfortune(status, body, {name.replace("_", "-"): value for name, value in headers.items()})
