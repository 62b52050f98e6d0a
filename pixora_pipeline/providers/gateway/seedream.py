"""Seedream's pictures: OpenAI's route for pictures, with the references inside the JSON."""

from pathlib import Path
from typing import Any

from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.results import Picture
from pixora_pipeline.providers.calls import Answer, Credential
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.gateway.client import ask
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.picturing import data_uri, picture_prompt
from pixora_pipeline.providers.received.download import decode_base64
from pixora_pipeline.providers.received.picture import check_picture, finish_picture

_FILE = "picture"
_LONGEST_SIDE, _EVEN = 2048, 16
_MOST_REFERENCES = 8


class SeedreamArtist(Hosted):
    """Seedream behind a gateway."""

    def draw(self, request: PictureRequest, to: Path) -> Picture:
        """Write a PNG of the size asked for."""
        prompt, size = picture_prompt(request), _size(request)
        sent = {"model": self.offer.model, "prompt": prompt, "size": size, "response_format": "b64_json"}
        references = request.references[:_MOST_REFERENCES]

        def send(credential: Credential) -> Answer:
            images = {"image": [data_uri(each.path) for each in references]} if references else {}
            answer = ask(
                self, credential, "POST", "/v1/images/generations", json={**sent, **images, "watermark": False}
            )
            self._receive(credential, answer)
            return self.answered({"file": _FILE}, {"images": 1.0})

        told = {**sent, "references": [each.content for each in references]}
        self.order.once(self.asked("picture", told, {"images": 1.0}), send, files=(_FILE,))
        return finish_picture(self.order.file(_FILE), request, to)

    def _receive(self, credential: Credential, answer: dict[str, Any]) -> None:
        service, picture = self.offer.provider, (answer.get("data") or [{}])[0]
        draft = self.order.file(f"{_FILE}.part")
        if picture.get("b64_json"):
            draft.write_bytes(decode_base64(service, picture["b64_json"]))
            check_picture(service, draft)
        elif picture.get("url"):
            self.fetch_whole(credential, picture["url"], draft, check_picture)
        else:
            raise BadOutput(service, "its answer holds no picture")
        draft.replace(self.order.file(_FILE))


def _size(request: PictureRequest) -> str:
    scale = _LONGEST_SIDE / max(request.width, request.height)
    return "x".join(str(round(side * scale / _EVEN) * _EVEN) for side in (request.width, request.height))
