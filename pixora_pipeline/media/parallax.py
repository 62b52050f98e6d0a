"""What stands near us moves more than what is far: a still in two layers under one camera.

The near layer goes the whole way of the camera's move and the background a part of it, about the same middle; halfway
along, both lie as they were painted. Nothing is ever seen that was not: both ways stay inside the picture.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from pixora_pipeline.media.motion import Window
from pixora_pipeline.media.resampling import Plane, continued, resample
from pixora_pipeline.model.results import CameraMove, Rectangle

Planes = tuple[Plane, Plane, Plane]

FAR = 0.55
"""The share of the camera's way that the background goes."""

SEAM = 2
"""Pixels kept around the near layer, so that its edge fades where it was cut out."""


@dataclass(frozen=True)
class Near:
    """The near layer, cut out: what it adds to each plane, and how much of what lies behind luma and chroma it leaves.

    `corner` is its place in the picture, both numbers even. From row `solid` of the picture on, nothing behind is seen.
    All planes are continued.
    """

    adds: Planes
    leaves: tuple[Plane, Plane]
    corner: tuple[int, int]
    size: tuple[int, int]
    solid: int

    def first_solid(self, window: Window, height: int) -> int:
        """The row of a frame, even, from which on nothing behind is seen: it need not be drawn there."""
        return min(height, max(0, math.ceil((self.solid - window.top) * height / window.height) // 2 * 2 + 2))

    def lay(self, planes: Planes, window: Window) -> None:
        """Lay it over a frame of what lies behind, as the camera sees it through the window."""
        height, width = planes[0].shape
        scale = window.width / width, window.height / height
        left, right = _span(self.corner[0] - window.left, self.size[0], scale[0], width)
        top, bottom = _span(self.corner[1] - window.top, self.size[1], scale[1], height)
        solid = self.first_solid(window, height)
        self._lay(planes, window, scale, (left, top, right, min(bottom, solid)))
        self._lay(planes, window, scale, (left, max(top, solid), right, bottom), blended=False)

    def _lay(
        self,
        planes: Planes,
        window: Window,
        scale: tuple[float, float],
        box: tuple[int, int, int, int],
        blended: bool = True,
    ) -> None:
        left, top, right, bottom = box
        if left >= right or top >= bottom:
            return
        (sx, sy) = scale
        # Where the first sample lies within the layer, in its own pixels; see `StillSource.frame` for chroma.
        x, y = window.left + left * sx + sx / 2 - self.corner[0], window.top + top * sy - self.corner[1]
        places = (x - 0.5, y + sy / 2 - 0.5), *[(x / 2 - 0.5, (y + sy) / 2 - 0.5)] * 2
        leaves = self.leaves[0], self.leaves[1], self.leaves[1]
        for plane, step, adds, left_over, first in zip(planes, (1, 2, 2), self.adds, leaves, places, strict=True):
            part = plane[top // step : bottom // step, left // step : right // step]
            if blended:
                cv2.multiply(part, _seen(left_over, part, scale, first), dst=part, scale=1 / 255)
                cv2.add(part, _seen(adds, part, scale, first), dst=part)
            else:
                resample(adds, part, scale, first)


def cut_out(whole: Planes, behind: Planes, hidden: Plane) -> Near:
    """The near layer of a picture: the whole, what lies behind, and how much of that is hidden (luma's size, 0..255).

    Each sample adds what of the whole does not come from behind, so that the two in their places give the whole again.
    """
    x, y, width, height = cv2.boundingRect(hidden)
    left, top = max(0, x - SEAM) // 2 * 2, max(0, y - SEAM) // 2 * 2
    right, bottom = min(x + width + SEAM, hidden.shape[1]), min(y + height + SEAM, hidden.shape[0])
    leaves = 255 - hidden
    coarse = cv2.resize(leaves, (whole[1].shape[1], whole[1].shape[0]), interpolation=cv2.INTER_AREA)
    fine_part = (slice(top, bottom), slice(left, right))
    coarse_part = (slice(top // 2, (bottom + 1) // 2), slice(left // 2, (right + 1) // 2))
    parts = (fine_part, coarse_part, coarse_part)
    adds = [
        _added(one[part], other[part], left_over[part])
        for one, other, left_over, part in zip(whole, behind, (leaves, coarse, coarse), parts, strict=True)
    ]
    luma, blue, red = map(continued, adds)
    return Near(
        adds=(luma, blue, red),
        leaves=(continued(leaves[fine_part]), continued(coarse[coarse_part])),
        corner=(left, top),
        size=(right - left, bottom - top),
        solid=_solid_from(hidden),
    )


def way_behind(move: CameraMove) -> CameraMove:
    """The background's part of the camera's way."""
    start, end = move.start, move.end
    return move.model_copy(update={"start": _nearer_middle(start, end), "end": _nearer_middle(end, start)})


def _nearer_middle(one: Rectangle, other: Rectangle) -> Rectangle:
    share = (1 + FAR) / 2
    sides = ((name, getattr(one, name), getattr(other, name)) for name in ("x", "y", "width", "height"))
    return Rectangle(**{name: share * here + (1 - share) * there for name, here, there in sides})


def _added(whole: Plane, behind: Plane, leaves: Plane) -> Plane:
    return cv2.subtract(whole, cv2.multiply(behind, leaves, scale=1 / 255))


def _solid_from(hidden: Plane) -> int:
    """The row from which on all is hidden, down to the picture's foot."""
    open_rows = np.flatnonzero(hidden.min(axis=1) < 255)
    return int(open_rows[-1]) + 1 if len(open_rows) else 0


def _span(first: float, length: int, scale: float, limit: int) -> tuple[int, int]:
    """The samples of a frame in which that stretch is seen, first and end, both even."""
    low, high = math.floor(first / scale), math.ceil((first + length) / scale)
    return max(0, low) // 2 * 2, min(limit, high + high % 2)


def _seen(source: Plane, part: Plane, scale: tuple[float, float], first: tuple[float, float]) -> Plane:
    seen = np.empty(part.shape, np.uint8)
    resample(source, seen, scale, first)
    return seen
