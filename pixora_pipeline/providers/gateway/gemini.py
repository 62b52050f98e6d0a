"""Nano Banana's pictures, in Gemini's own format: the prompt and the references are parts of one message."""

import base64
import mimetypes
from pathlib import Path
from typing import Any

from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.results import Picture
from pixora_pipeline.providers.calls import Answer, Credential
from pixora_pipeline.providers.faults import BadOutput, Refused
from pixora_pipeline.providers.gateway.client import ask
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.picturing import picture_prompt
from pixora_pipeline.providers.received.download import decode_base64
from pixora_pipeline.providers.received.picture import check_picture, finish_picture

_FILE = "picture"
_SHAPES = {"16:9": 16 / 9, "3:2": 1.5, "4:3": 4 / 3, "1:1": 1.0, "4:5": 0.8, "3:4": 0.75, "2:3": 2 / 3, "9:16": 9 / 16}
_REFUSED = (
    "SAFETY",
    "PROHIBITED_CONTENT",
    "IMAGE_SAFETY",
    "BLOCKLIST",
    "SPII",
    "RECITATION",
    "IMAGE_PROHIBITED_CONTENT",
)


class GeminiArtist(Hosted):
    """An image model of Gemini's family behind a gateway."""

    def draw(self, request: PictureRequest, to: Path) -> Picture:
        """Write a PNG of the size asked for."""
        shape = request.width / request.height
        aspect = min(_SHAPES, key=lambda name: abs(_SHAPES[name] - shape))
        config = {"responseModalities": ["IMAGE"], "imageConfig": {"aspectRatio": aspect}}
        prompt = picture_prompt(request)

        def send(credential: Credential) -> Answer:
            parts = [{"text": prompt}, *(_inline(each.path) for each in request.references)]
            body = {"contents": [{"role": "user", "parts": parts}], "generationConfig": config}
            path = f"/v1beta/models/{self.offer.model}:generateContent"
            self._receive(ask(self, credential, "POST", path, json=body))
            return self.answered({"file": _FILE}, {"images": 1.0})

        told = {"prompt": prompt, "config": config, "references": [each.content for each in request.references]}
        self.order.once(self.asked("picture", told, {"images": 1.0}), send, files=(_FILE,))
        return finish_picture(self.order.file(_FILE), request, to)

    def _receive(self, answer: dict[str, Any]) -> None:
        service, candidate = self.offer.provider, (answer.get("candidates") or [{}])[0]
        reason = (answer.get("promptFeedback") or {}).get("blockReason") or candidate.get("finishReason") or ""
        parts = (candidate.get("content") or {}).get("parts") or []
        data = next(
            (inline["data"] for part in parts if (inline := part.get("inlineData")) and inline.get("data")), None
        )
        if data is None:
            if reason in _REFUSED:
                raise Refused(service, reason.lower().replace("_", " "))
            raise BadOutput(service, f"its answer holds no picture ({reason or 'no reason'})")
        draft = self.order.file(f"{_FILE}.part")
        draft.write_bytes(decode_base64(service, data))
        check_picture(service, draft)
        draft.replace(self.order.file(_FILE))


def _inline(path: Path) -> dict[str, Any]:
    kind = mimetypes.guess_type(path.name)[0] or "image/png"
    return {"inlineData": {"mimeType": kind, "data": base64.b64encode(path.read_bytes()).decode()}}
