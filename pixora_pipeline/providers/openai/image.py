"""Pictures by `/images/generations`, and by `/images/edits` where characters have to look as they did before."""

import mimetypes
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.results import Picture
from pixora_pipeline.providers.calls import Answer, Credential
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.openai.client import talking
from pixora_pipeline.providers.picturing import picture_prompt
from pixora_pipeline.providers.received.download import decode_base64
from pixora_pipeline.providers.received.picture import check_picture, finish_picture

_SIZES = {"1024x1024": 1.0, "1536x1024": 1.5, "1024x1536": 1 / 1.5}
_MOST_REFERENCES = 8
_FILE = "picture"


class OpenAIArtist(Hosted):
    """An image model behind OpenAI's image routes."""

    def draw(self, request: PictureRequest, to: Path) -> Picture:
        """Write a PNG of the size asked for."""
        sent = self._request(request)

        def send(credential: Credential) -> Answer:
            with talking(self, credential) as client:
                if request.references:
                    files = [_upload(each.path) for each in request.references[:_MOST_REFERENCES]]
                    answer = client.images.edit(image=files, **sent)
                else:
                    answer = client.images.generate(**sent)
            self._receive(credential, answer)
            return self.answered({"file": _FILE, "size": sent["size"]}, _usage(answer))

        told: dict[str, JsonValue] = {**sent, "references": [each.content for each in request.references]}
        self.order.once(self.asked("picture", told, {"images": 1.0}), send, files=(_FILE,))
        return finish_picture(self.order.file(_FILE), request, to)

    def _request(self, request: PictureRequest) -> dict[str, Any]:
        wishes = {"output_format": "png", **self.offer.options} if self.offer.model.startswith("gpt-image") else {}
        shape = request.width / request.height
        size = min(_SIZES, key=lambda name: abs(_SIZES[name] - shape))
        return {"model": self.offer.model, "prompt": picture_prompt(request), "size": size, "n": 1, **wishes}

    def _receive(self, credential: Credential, answer: Any) -> None:
        picture, service = (answer.data or [None])[0], self.offer.provider
        if picture is None or not (picture.b64_json or picture.url):
            raise BadOutput(service, "its answer holds no picture")
        draft = self.order.file(f"{_FILE}.part")
        if picture.b64_json:
            draft.write_bytes(decode_base64(service, picture.b64_json))
            check_picture(service, draft)
        else:
            self.fetch_whole(credential, picture.url, draft, check_picture)
        draft.replace(self.order.file(_FILE))


def _upload(path: Path) -> tuple[str, bytes, str]:
    return path.name, path.read_bytes(), mimetypes.guess_type(path.name)[0] or "image/png"


def _usage(answer: Any) -> dict[str, float]:
    usage: dict[str, float] = {"images": 1.0}
    if told := getattr(answer, "usage", None):
        details = told.input_tokens_details
        usage |= {
            "text": float(details.text_tokens if details else told.input_tokens),
            "image": float(details.image_tokens if details else 0),
            "output": float(told.output_tokens),
        }
    return usage
