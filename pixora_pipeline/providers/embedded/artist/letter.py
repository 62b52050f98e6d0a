"""Words set on a picture that somebody else made."""

from pathlib import Path

import cv2
import numpy as np

from pixora_pipeline.errors import TryAgain
from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.providers.embedded.artist.artist import write_canvas
from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.lettering import Lettered, set_words


def letter_picture(path: Path, request: PictureRequest, focus: tuple[float, float]) -> Lettered:
    """Set the caption on the PNG at that path, a title clear of `focus` (pixels)."""
    pixels = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if pixels is None:
        raise TryAgain(f"{path.name} can't be read. Run the same command again.")
    canvas = Canvas(pixels.shape[1], pixels.shape[0])
    canvas.pixels[:] = np.moveaxis(pixels[:, :, ::-1], 2, 0).astype(np.float32) / 255
    lettered = set_words(canvas, request.caption, request.subcaption, request.role == "title", request.style, focus)
    if lettered.drawn:
        write_canvas(canvas, path)
    return lettered
