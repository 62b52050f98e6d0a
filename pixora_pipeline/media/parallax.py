"""What stands near us moves more than what is far: a still in two layers under one camera.

The near layer goes the whole way of the camera's move and the background a part of it, about the same middle; halfway
along, both lie as they were painted. Nothing is ever seen that was not: both ways stay inside the picture.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from pixora_pipeline.media.motion import Window
from pixora_pipeline.media.resampling import Plane, Planes, continued, see
from pixora_pipeline.model.results import CameraMove, Rectangle

FAR = 0.55
"""The share of the camera's way that the background goes."""

BANDS = 8
"""The near layer is laid in so many bands at most, each no wider than what stands in it."""

BAND_COST = 0.04
"""What a band costs beside its area, as a share of the picture's: below that, two are better laid as one."""

SEAM = 4
"""Pixels around what stands near that are laid with it: its soft edge, and what rounding takes."""

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in whole pixels."""


@dataclass(frozen=True)
class Near:
    """The near layer: what it adds to each plane, and how much of what lies behind luma and chroma it leaves (0..255).

    All planes are those of the picture from row `first` (even) on, continued. `boxes` (of the picture) hold all that
    stands near, one below the other; from row `solid` on, nothing behind is seen, and the last box holds that.
    """

    adds: Planes
    leaves: tuple[Plane, Plane]
    first: int
    boxes: tuple[Box, ...]
    solid: int

    def first_solid(self, window: Window, height: int) -> int:
        """The row of a frame, even, from which on nothing behind is seen: it need not be drawn there."""
        return _even((self.solid - window.top) * height / window.height, height)

    def lay(self, planes: Planes, window: Window) -> None:
        """Lay it over a frame of what lies behind, as the camera sees it through the window."""
        height, width = planes[0].shape
        for left, top, right, bottom in self.boxes:
            across = (_even((edge - window.left) * width / window.width, width) for edge in (left, right))
            down = (_even((edge - window.top) * height / window.height, height) for edge in (top, bottom))
            (left_column, right_column), (first, end) = across, down
            if left_column < right_column and first < end:
                self._lay(planes, window, (left_column, first, right_column, end), blended=top < self.solid)

    def _lay(self, planes: Planes, window: Window, box: Box, blended: bool) -> None:
        left, top, right, bottom = box
        frame, corner = planes[0].shape[::-1], (left, top)
        window = replace(window, top=window.top - self.first)
        parts = [
            plane[top // step : bottom // step, left // step : right // step]
            for plane, step in zip(planes, (1, 2, 2), strict=True)
        ]
        if not blended:
            for part, adds, coarse in zip(parts, self.adds, (False, True, True), strict=True):
                see(adds, part, window, frame, corner, coarse)
            return
        left_over = [np.empty(part.shape, np.uint8) for part in parts[:2]]
        for leaves, to, coarse in zip(self.leaves, left_over, (False, True), strict=True):
            see(leaves, to, window, frame, corner, coarse)
        for part, adds, leaves in zip(parts, self.adds, (*left_over, left_over[1]), strict=True):
            added = np.empty(part.shape, np.uint8)
            see(adds, added, window, frame, corner, part is not parts[0])
            cv2.multiply(part, leaves, dst=part, scale=1 / 255)
            cv2.add(part, added, dst=part)


def cut_out(whole: Planes, behind: Planes, hidden: Plane) -> Near:
    """The near layer of a picture: the whole, what lies behind, and how much of that is hidden (luma's size, 0..255).

    Each sample adds what of the whole does not come from behind, so that the two in their places give the whole again.
    """
    boxes, leaves = tuple(_boxes(hidden)), 255 - hidden
    coarse = cv2.resize(leaves, (whole[1].shape[1], whole[1].shape[0]), interpolation=cv2.INTER_AREA)
    solid = boxes[-1][1] if not leaves[boxes[-1][1] :].any() else hidden.shape[0]
    first = boxes[0][1] // 2 * 2
    kept = [
        tuple(plane[first // step :] for plane in planes)
        for planes, step in zip(zip(whole, behind, (leaves, coarse, coarse), strict=True), (1, 2, 2), strict=True)
    ]
    luma, blue, red = (continued(_added(*planes)) for planes in kept)
    return Near((luma, blue, red), (continued(kept[0][2]), continued(kept[1][2])), first, boxes, solid)


def _boxes(hidden: Plane) -> Iterator[Box]:
    """Boxes that hold all that is hidden, one below the other; where the foot is wholly hidden, it is the last."""
    height, width = hidden.shape
    rows = np.flatnonzero(hidden.any(axis=1))
    open_rows = np.flatnonzero(hidden.min(axis=1) < 255)
    # A sample of chroma at the edge of what is solid would still be one of what is not.
    top, solid = max(0, int(rows[0]) - SEAM), int(open_rows[-1]) + 1 + SEAM if len(open_rows) else 0
    bottom = min(solid, int(rows[-1]) + 1 + SEAM, height)
    edges = [top + (bottom - top) * band // BANDS for band in range(BANDS + 1)]
    bands: list[Box] = []
    for first, end in pairwise(edges):
        columns = np.flatnonzero(hidden[max(0, first - SEAM) : end + SEAM].any(axis=0))
        if len(columns):
            bands.append((max(0, int(columns[0]) - SEAM), first, min(width, int(columns[-1]) + 1 + SEAM), end))
    yield from _fewer(bands, BAND_COST * width * height)
    if solid < height:
        yield 0, solid, width, height


def _fewer(bands: Sequence[Box], cost: float) -> list[Box]:
    """The same bands, those together that cost less in one than apart."""
    kept: list[Box] = []
    for band in bands:
        if kept and _area(both := _around(kept[-1], band)) < _area(kept[-1]) + _area(band) + cost:
            kept[-1] = both
        else:
            kept.append(band)
    return kept


def _around(upper: Box, lower: Box) -> Box:
    return min(upper[0], lower[0]), upper[1], max(upper[2], lower[2]), lower[3]


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


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


def _even(place: float, limit: int) -> int:
    """The next even whole number, from 0 to the limit: chroma has a sample for every two."""
    return min(max(0, 2 * math.ceil(place / 2)), limit)
