"""Where a shot's action is: the point that a crop of another shape should keep in view.

By what moves before a background that does not, from glance to glance. The middle counts unless the glances agree on
another place: a wrong guess would look worse than none.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.footage.glances import Glances
from pixora_pipeline.footage.motion import Cells
from pixora_pipeline.model.footage import MIDDLE, Point, Shot, ShotFocus, ShotFocuses

LONGEST_SECONDS = 12.0
"""People walk on: a long shot is looked at in parts."""

_WINDOW = (9 / 16) ** 2
"""The share of a picture that an upright film shows of a wide one, and the other way round."""

_LEAST_CELLS = 0.02
"""Fewer cells that move are a clock in a corner."""

_LEAST_HEIGHT = 0.2
"""Less high than that is a line of words that runs along."""

_LEAST_SHARE, _LEAST_GAIN = 0.6, 0.15
"""So much of all motion has to be in one window, and so much more than in the middle one."""

_LEAST_GLANCES, _MOST_GLANCES = 3, 4
"""Glances at each part that are asked: of fewer, none can be outvoted. Very long films have fewer."""


def focuses_of(shots: Sequence[Shot], glances: Glances) -> ShotFocuses:
    """The stretches of a video whose action is beside the middle, of at most `LONGEST_SECONDS` each."""
    parts = [part for shot in shots for part in _parted(shot)]
    points = [focus_of(_spread(glances.within(part.start, part.end).cells)) for part in parts]
    found = (
        ShotFocus(start=part.start, end=part.end, point=point)
        for part, point in zip(parts, points, strict=True)
        if point != MIDDLE
    )
    return ShotFocuses(found=tuple(found))


def _parted(shot: Shot) -> list[Shot]:
    edges = np.linspace(shot.start, shot.end, max(1, math.ceil(shot.seconds / LONGEST_SECONDS)) + 1).round(3).tolist()
    return [Shot(start=start, end=end) for start, end in pairwise(edges)]


def _spread(cells: Cells) -> Cells:
    """Some glances, spread over all there are; none where they are too few."""
    if len(cells) < _LEAST_GLANCES:
        return cells[:0]
    return cells[np.linspace(0, len(cells) - 1, min(_MOST_GLANCES, len(cells))).round().astype(int)]


def focus_of(glances: Iterable[Cells]) -> Point:
    """Where the action is along the longer side, by what moves in each glance: the other side is never cut."""
    moving = [cells for each in glances if (cells := each.astype(np.float32)).any()]
    if len(moving) < 2 or not _is_somebody(np.any([cells > 0 for cells in moving], axis=0)):
        return MIDDLE
    across = moving[0].shape[1] > moving[0].shape[0]
    place = round(_place([cells.sum(axis=0 if across else 1) / cells.sum() for cells in moving]), 3)
    return (place, MIDDLE[1]) if across else (MIDDLE[0], place)


def _is_somebody(moving: NDArray[np.bool_]) -> bool:
    """Whether what moves may be who is being filmed."""
    return moving.mean() >= _LEAST_CELLS and moving.any(axis=1).mean() >= _LEAST_HEIGHT


def _place(each: Sequence[Cells]) -> float:
    """Where along the side; the middle where motion is in no one place, or not in the same in most pictures."""
    together = np.sum(each, axis=0) / len(each)
    shares = _windows(together)
    best, middle = int(shares.argmax()), (len(shares) - 1) // 2
    agree = sum(bool(found[best] > found[middle]) for found in map(_windows, each))
    if shares[best] < _LEAST_SHARE or shares[best] - shares[middle] < _LEAST_GAIN or 2 * agree <= len(each):
        return 0.5
    inside = together[best : best + _width(together)]
    return (best + float(np.searchsorted(np.cumsum(inside) / inside.sum(), 0.5)) + 0.5) / len(together)


def _windows(line: Cells) -> Cells:
    """The motion in each window along a side."""
    return np.convolve(line, np.ones(_width(line), np.float32), "valid")


def _width(line: Cells) -> int:
    return round(_WINDOW * len(line))
