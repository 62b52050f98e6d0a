"""Looking at a plane through a window with sub-pixel edges: the inner loop of every camera move.

`cv2.resize` is six times as fast as `cv2.warpAffine`, but takes whole pixels of its source to whole pixels. A picture
enlarged or reduced by a factor other than 1 passes through all fractions of a pixel from one of its own pixels to the
next, though: begin it a few pixels earlier and end it a few later, where its edges lie on edges of the source's pixels,
and take the window from there.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.media.motion import Window

Plane = NDArray[np.uint8]
Planes = tuple[Plane, Plane, Plane]

MARGIN = 136
"""Pixels by which every plane is continued beyond its edges, so that there is room around every window."""

FARTHEST = 120
"""Output pixels by which a resize may exceed the window: enough for factors that are less than 1 % from 1."""

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
    resample(source, to, scale, first, max(frame))


def resample(
    source: Plane, to: Plane, scale: tuple[float, float], first: tuple[float, float], longer_side: int
) -> None:
    """Fill `to` from a continued plane, bilinearly.

    `scale` is the step (across, down) in source pixels from one sample to the next, `first` the place of the first
    sample; both counted without the margin, whole numbers being centres of pixels. `longer_side` is that of the frame
    of which `to` is a part.
    """
    allowed = ACCURACY * min(1.0, longer_side / 1920)
    height, width = to.shape
    across = _stretch(first[0] + MARGIN, scale[0], width, source.shape[1], allowed)
    down = _stretch(first[1] + MARGIN, scale[1], height, source.shape[0], allowed)
    if across is None or down is None:
        _warp(source, to, scale, first)
        return
    seen = source[down.first : down.end, across.first : across.end]
    whole = resized_by_lines(seen, (across.before + width + across.after, down.before + height + down.after))
    np.copyto(to, whole[down.before : down.before + height, across.before : across.before + width])


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Whole pixels of the source, and how many samples they are resized to beside those wanted."""

    first: int
    end: int
    before: int
    after: int


@lru_cache(maxsize=16)
def _stretch(first: float, scale: float, samples: int, pixels: int, allowed: float) -> _Stretch | None:
    """What to resize so that the first of the `samples` comes to lie at `first`; None where nothing fits."""
    # Remembered, for the planes of a frame ask alike.
    edge = first + 0.5 - scale / 2
    begin, end = _whole(edge, -scale, allowed), _whole(edge + samples * scale, scale, allowed)
    if begin is None or end is None or begin[0] < 0 or end[0] > pixels:
        return None
    return _Stretch(begin[0], end[0], begin[1], end[1])


def _whole(edge: float, step: float, allowed: float) -> tuple[int, int] | None:
    """The first edge of a pixel that lies a number of steps from `edge`, and that number."""
    for steps in range(FARTHEST + 1):
        place = edge + steps * step
        if abs(place - round(place)) <= allowed:
            return round(place), steps
    return None


def resized_by_lines(seen: Plane, size: tuple[int, int], to: Plane | None = None) -> Plane:
    """The plane in that size (width, height), bilinearly; in `to`, where that is given."""
    # OpenCV does not use Intel's code unless it is told that its own rounding may go: the other's is truer, and takes
    # half the time. It is told for this thread, and for this call alone.
    cv2.ipp.setUseIPP_NotExact(True)
    try:
        return cv2.resize(seen, size, dst=to, interpolation=cv2.INTER_LINEAR)
    finally:
        cv2.ipp.setUseIPP_NotExact(False)


def _warp(source: Plane, to: Plane, scale: tuple[float, float], first: tuple[float, float]) -> None:
    matrix = np.array([[scale[0], 0.0, first[0] + MARGIN], [0.0, scale[1], first[1] + MARGIN]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cv2.warpAffine(source, matrix, (to.shape[1], to.shape[0]), dst=to, flags=flags, borderMode=cv2.BORDER_REPLICATE)
