"""What the artist's tests share: a way to draw a small picture and look at its pixels."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.results import Picture
from pixora_pipeline.providers.embedded.artist.artist import EmbeddedArtist

Drawn = tuple[Picture, np.ndarray]


@pytest.fixture
def draw(tmp_path: Path) -> Callable[..., Drawn]:
    """Draw a request at 320 x 180, unless it says otherwise; gives the facts and the pixels (height, width, 3)."""

    def drawn(**request: Any) -> Drawn:
        to = tmp_path / "picture.png"
        asked = {"description": "", "width": 320, "height": 180} | request
        facts = EmbeddedArtist().draw(PictureRequest(**asked), to)
        return facts, cv2.imread(str(to)).astype(int)

    return drawn
