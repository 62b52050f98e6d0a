"""Where a shot's action is: the point that a crop of another shape should keep in view.

By what moves before a background that does not, in pairs of pictures a short step apart. The middle counts unless the
pictures agree on another place: a wrong guess would look worse than none.
"""

import math
from collections.abc import Sequence
from itertools import chain, islice, pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.footage.frames import SmallFrame, pairs_at
from pixora_pipeline.footage.measures import STEP_SECONDS, pairs_for
from pixora_pipeline.model.footage import MIDDLE, Point, Shot, ShotFocus, ShotFocuses

LONGEST_SECONDS = 12.0
"""People walk on: a long shot is looked at in parts."""

_LONG, _SHORT = 32, 18
"""Cells that motion is counted in, along the longer side and the other."""

_WINDOW = (9 / 16) ** 2
"""The share of a picture that an upright film shows of a wide one, and the other way round."""

_NOISE, _STRONGEST = 5.0, 30.0
"""A change below the first, of 255, is the camera's own noise; one above the second counts no more than that."""

_LEAST_CELLS, _MOST_CELLS = 0.02, 0.4
"""Fewer cells that move are a clock in a corner; where more do, it may be the camera."""

_LEAST_HEIGHT, _WIDEST = 0.2, 0.6
"""Less high than that, or wider, are a line of words that runs along, water, a crowd."""

_LEAST_SHARE, _LEAST_GAIN = 0.6, 0.15
"""So much of all motion has to be in one window, and so much more than in the middle one."""

_PAIRS = 4
"""Pairs of pictures of each part, at most."""

Cells = NDArray[np.float32]


def find_focuses(video: Path, shots: Sequence[Shot]) -> ShotFocuses:
    """The stretches of a video whose action is beside the middle, of at most `LONGEST_SECONDS` each."""
    parts = [part for shot in shots for part in _parted(shot)]
    times = [_moments(part, min(_PAIRS, pairs_for(shots[-1].end))) for part in parts]
    pairs = pairs_at(video, chain.from_iterable(times), STEP_SECONDS)
    points = [focus_of([pair for pair in islice(pairs, len(each)) if pair]) for each in times]
    found = (
        ShotFocus(start=part.start, end=part.end, point=point)
        for part, point in zip(parts, points, strict=True)
        if point != MIDDLE
    )
    return ShotFocuses(found=tuple(found))


def _parted(shot: Shot) -> list[Shot]:
    edges = np.linspace(shot.start, shot.end, max(1, math.ceil(shot.seconds / LONGEST_SECONDS)) + 1).round(3).tolist()
    return [Shot(start=start, end=end) for start, end in pairwise(edges)]


def _moments(part: Shot, pairs: int) -> list[tuple[float, float]]:
    """Moments spread over a stretch, each with the earliest that would do instead; none where it is too short."""
    first, last = part.start + 0.1 * part.seconds, part.end - 0.1 * part.seconds - STEP_SECONDS
    if first >= last:
        return []
    moments = np.linspace(first, last, pairs).round(3).tolist()
    apart = (last - first) / max(1, pairs - 1)
    return [(round(part.start if at == moments[0] else at - apart / 2, 3), at) for at in moments]


def focus_of(pairs: Sequence[tuple[SmallFrame, SmallFrame]]) -> Point:
    """Where the action is along the longer side, in pairs of upright pictures: the other is never cut."""
    moving = [cells for pair in pairs if (cells := _moving(*(frame.pixels for frame in pair))).any()]
    if len(moving) < 2 or not _is_somebody(np.any([cells > 0 for cells in moving], axis=0)):
        return MIDDLE
    across = moving[0].shape[1] > moving[0].shape[0]
    place = round(_place([cells.sum(axis=0 if across else 1) / cells.sum() for cells in moving]), 3)
    return (place, MIDDLE[1]) if across else (MIDDLE[0], place)


def _is_somebody(moving: NDArray[np.bool_]) -> bool:
    """Whether what moves may be who is being filmed."""
    return moving.mean() >= _LEAST_CELLS and moving.any(axis=1).mean() >= _LEAST_HEIGHT


def _moving(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> Cells:
    """How much moves in each cell; nothing where the camera does."""
    before, after = (cv2.GaussianBlur(cv2.cvtColor(each, cv2.COLOR_BGR2GRAY), (0, 0), 1.2) for each in (one, other))
    wide = one.shape[1] >= one.shape[0]
    grid = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
    change = cv2.resize(cv2.absdiff(before, after).astype(np.float32), grid, interpolation=cv2.INTER_AREA)
    # A hand that waves is no more important than the one whose hand it is.
    cells = np.sqrt(np.clip(change - _NOISE, 0, _STRONGEST - _NOISE))
    if wide:
        # Upright pictures are filled by people.
        cells[(cells > 0).mean(axis=1) > _WIDEST] = 0
    return cells if (cells > 0).mean() <= _MOST_CELLS else np.zeros_like(cells)


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
