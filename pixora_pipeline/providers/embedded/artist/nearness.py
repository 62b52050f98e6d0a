"""What stands near us in a picture, and what would be seen without it: a camera can then move past it."""

import copy
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from pixora_pipeline.model.results import NearLayer
from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.png import eight_bits, write_png
from pixora_pipeline.providers.embedded.artist.silhouette import Mask
from pixora_pipeline.providers.embedded.artist.stage import Stage

REACH = 0.06
"""How far behind the edge of what stands near a camera may ever see, in the picture's longer sides."""

SPREAD = {
    **dict.fromkeys(("auto", "night"), 0.0),
    "painted": 0.011,
    "ink": 0.009,
    "poster": 0.007,
    "watercolour": 0.016,
    "paper": 0.016,
}
"""How far each style's treatment smears an edge, in units: that belongs to what stands near.

Styles that are not here draw lines through everything; a layer that moved would break them.
"""

LEAST = 0.01
"""The share of a picture that must stand near for it to be worth a layer."""


def background(stage: Stage, style: str) -> Stage | None:
    """The same picture without what stands near, to be treated as it is; None where nothing does, or can be told.

    It has the same chances ahead of it, so that grain, mist and rain fall alike on both.
    """
    canvas = stage.canvas
    if style not in SPREAD or canvas.behind is None or canvas.near is None or canvas.near.mean() < LEAST:
        return None
    alone = Canvas(canvas.width, canvas.height, canvas.relief)
    alone.pixels = canvas.behind
    return replace(stage, canvas=alone, rng=copy.deepcopy(stage.rng))


def write_near(stage: Stage, behind: Stage, style: str, picture: Path) -> NearLayer:
    """Write the layer beside the picture: what it hides as colour, how much it hides as opacity."""
    hidden = _spread(np.clip(stage.canvas.near * 255 + 0.5, 0, 255).astype(np.uint8), SPREAD[style] * stage.unit)
    left, top, width, height = cv2.boundingRect(hidden)
    part = (slice(top, top + height), slice(left, left + width))
    layer = cv2.merge([*eight_bits(behind.canvas.pixels[:, *part]), hidden[part]])
    # What no camera will see need not be kept.
    reach = 2 * round(REACH * max(hidden.shape)) + 1
    layer[cv2.erode(hidden, np.ones((reach, reach), np.uint8), borderValue=255)[part] == 255, :3] = 0
    layer[hidden[part] == 0, :3] = 0
    file = picture.with_suffix(".near.png")
    write_png(layer, file)
    return NearLayer(file=file.name, left=left, top=top)


def _spread(hidden: Mask, reach: float) -> Mask:
    """The same, wider by that many pixels, its edge soft."""
    if reach < 1:
        return hidden
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * round(reach) + 1, 2 * round(reach) + 1))
    return cv2.GaussianBlur(cv2.dilate(hidden, disc), (0, 0), reach / 3, borderType=cv2.BORDER_REPLICATE)
