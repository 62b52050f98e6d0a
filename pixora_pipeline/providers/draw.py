"""Drawing as one top-level call, so that a worker process can be asked for it by name."""

from pathlib import Path

from pixora_pipeline.model.requests import MusicRequest, PictureRequest
from pixora_pipeline.model.results import Music, Picture
from pixora_pipeline.providers.catalogue import engage


def draw(model: str, request: PictureRequest, to: Path) -> Picture:
    """Have the image model of that id draw a picture."""
    return engage("image", model).draw(request, to)


def compose(model: str, request: MusicRequest, to: Path) -> Music:
    """Have the music model of that id compose a piece."""
    return engage("music", model).compose(request, to)
