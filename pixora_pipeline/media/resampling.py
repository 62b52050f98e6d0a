"""Looking at a plane through a window with sub-pixel edges: the inner loop of every camera move.

`cv2.resize` is three times as fast as `cv2.warpAffine`, but starts at whole pixels of its source. A picture enlarged or
reduced by a factor other than 1 passes through all fractions of a pixel from one of its own pixels to the next, though:
begin it a few pixels earlier, where its first sample lies right, and take it from there.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.media.motion import Window

Plane = NDArray[np.uint8]
Planes = tuple[Plane, Plane, Plane]

MARGIN = 136
"""Pixels by which every plane is continued beyond its edges, so that there is an earlier to begin at."""

EARLIEST = 120
"""Output pixels by which a resize may begin before the window: enough for factors that are less than 1 % from 1."""

_MIDDLES = np.arange(EARLIEST + 1) + 0.5

ACCURACY = 1 / 40
"""How far from its place, in pixels of the source of a 1920-pixel frame, a sample may lie: no eye sees it move."""


def continued(plane: Plane) -> Plane:
    """The plane with a margin on all sides that repeats its edges."""
    return cv2.copyMakeBorder(plane, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_REPLICATE)


def see(
    source: Plane,
    to: Plane,
    window: Window,
    frame: tuple[int, int],
    corner: tuple[int, int] = (0, 0),
    coarse: bool = False,
) -> None:
    """Fill `to`, a part of a plane of a frame (width, height) from `corner` on, with what the window shows of `source`.

    `coarse` planes have half the frame's width and height; all numbers count the fine one's pixels.
    """
    scale = sx, sy = window.width / frame[0], window.height / frame[1]
    x, y = window.left + corner[0] * sx, window.top + corner[1] * sy
    # Chroma of H.264 sits on the left of its two pixels and between its two lines.
    first = ((x + sx / 2) / 2 - 0.5, (y + sy) / 2 - 0.5) if coarse else (x + sx / 2 - 0.5, y + sy / 2 - 0.5)
    resample(source, to, scale, first, max(frame) // (2 if coarse else 1))


def resample(
    source: Plane, to: Plane, scale: tuple[float, float], first: tuple[float, float], longer_side: int
) -> None:
    """Fill `to` from a continued plane, bilinearly.

    `scale` is the step (across, down) in source pixels from one sample to the next, `first` the place of the first
    sample; both counted without the margin, whole numbers being centres of pixels. `longer_side` is that of the plane
    of which `to` is a part, in its samples.
    """
    height, width = to.shape
    allowed = ACCURACY * min(1.0, longer_side / 1920)
    across = _beginning(first[0] + MARGIN, scale[0], allowed)
    down = _beginning(first[1] + MARGIN, scale[1], allowed)
    if across is None or down is None:
        _warp(source, to, scale, first)
        return
    (left, early_x), (top, early_y) = across, down
    part = source[top : top + _reach(height + early_y, scale[1]), left : left + _reach(width + early_x, scale[0])]
    whole = cv2.resize(part, None, fx=1 / scale[0], fy=1 / scale[1], interpolation=cv2.INTER_LINEAR)
    found = whole[early_y : early_y + height, early_x : early_x + width]
    if found.shape == to.shape:
        np.copyto(to, found)
    else:
        _warp(source, to, scale, first)


def _beginning(first: float, scale: float, allowed: float) -> tuple[int, int] | None:
    """The source pixel to begin at and the samples to leave out, so that the next lies at `first`; None if none does.

    A resize that begins at pixel p has its sample n at p + (n + 0.5) * scale - 0.5.
    """
    begins = first + 0.5 - _MIDDLES * scale
    pixels = np.rint(begins)
    early = int(np.argmax(np.abs(begins - pixels) <= allowed))
    pixel = int(pixels[early])
    return (pixel, early) if pixel >= 0 and abs(begins[early] - pixel) <= allowed else None


def _reach(samples: int, scale: float) -> int:
    return math.ceil((samples + 1) * scale)


def _warp(source: Plane, to: Plane, scale: tuple[float, float], first: tuple[float, float]) -> None:
    matrix = np.array([[scale[0], 0.0, first[0] + MARGIN], [0.0, scale[1], first[1] + MARGIN]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cv2.warpAffine(source, matrix, (to.shape[1], to.shape[0]), dst=to, flags=flags, borderMode=cv2.BORDER_REPLICATE)
