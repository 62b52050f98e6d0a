"""What moves from one picture to the next, where in it, and whether it may be the camera."""

import cv2
import numpy as np
from numpy.typing import NDArray

_LONG, _SHORT = 32, 18
"""Cells that motion is counted in, along the longer side and the other."""

_NOISE, _STRONGEST = 5.0, 30.0
"""A change below the first, of 255, is the camera's own noise; one above the second counts no more than that."""

_MOST_CELLS = 0.4
"""Where more of them move, it may be the camera."""

_WIDEST = 0.6
"""Wider than that are a line of words that runs along, water, a crowd."""

Cells = NDArray[np.float32]


def moving_cells(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> Cells:
    """How much anybody moves in each cell of two upright BGR pictures; nothing where the camera does."""
    cells = _changed_cells(one, other)
    if cells.shape[1] > cells.shape[0]:
        # Upright pictures are filled by people.
        cells[(cells > 0).mean(axis=1) > _WIDEST] = 0
    return _unless_camera(cells)


def lively_cells(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> Cells:
    """How much moves in each cell, be it as wide as the picture; nothing where the camera does."""
    return _unless_camera(_changed_cells(one, other))


def _changed_cells(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> Cells:
    before, after = (cv2.GaussianBlur(cv2.cvtColor(each, cv2.COLOR_BGR2GRAY), (0, 0), 1.2) for each in (one, other))
    wide = one.shape[1] >= one.shape[0]
    grid = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
    change = cv2.resize(cv2.absdiff(before, after).astype(np.float32), grid, interpolation=cv2.INTER_AREA)
    # A hand that waves is no more important than the one whose hand it is.
    return np.sqrt(np.clip(change - _NOISE, 0, _STRONGEST - _NOISE))


def _unless_camera(cells: Cells) -> Cells:
    return cells if (cells > 0).mean() <= _MOST_CELLS else np.zeros_like(cells)
