"""What is seen in a video from half second to half second, measured while it is decoded.

That is all that is known of its pictures when its scenes are described and their action is looked for: decoding it is
what takes long, and it is decoded once. A glance is at two pictures a short step apart, so that motion is seen.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.footage.frames import STEP_SECONDS, SmallFrame
from pixora_pipeline.footage.measures import brightness, change, colour_shares
from pixora_pipeline.footage.motion import moving_cells
from pixora_pipeline.store.drafts import draft_name

EVERY_SECONDS = 0.5
_EARLY_SECONDS = 0.01
"""Clocks are rounded: a step may be that much shorter."""

_CUT_SECONDS = 0.002
"""Times of cuts are rounded: a glance that ends this near to one may be at the shot behind it."""


@dataclass(frozen=True)
class Glances:
    """Times in seconds, and for each glance the brightness and the change from 0 to 1, the share of each colour of
    `measures.COLOURS`, and how much moves in each cell of the upright picture."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    brightness: NDArray[np.float32]
    change: NDArray[np.float32]
    colours: NDArray[np.float32]
    cells: NDArray[np.float16]

    def within(self, start: float, end: float) -> "Glances":
        """Those that begin and end in a stretch."""
        inside = (self.start >= start - _CUT_SECONDS) & (self.end < end - _CUT_SECONDS)
        return Glances(**{each.name: getattr(self, each.name)[inside] for each in fields(self)})


class Glancing:
    """Glances at the pictures that it is shown, which may be turned by so many degrees."""

    def __init__(self, rotation: int) -> None:
        self._turns = rotation // 90
        self._first: SmallFrame | None = None
        self._due = 0.0
        self._found: list[tuple] = []

    def see(self, frame: SmallFrame) -> None:
        """Look at the next picture."""
        if self._first is None:
            if frame.time >= self._due:
                self._first, self._due = frame, frame.time + EVERY_SECONDS
        elif frame.time >= self._first.time + STEP_SECONDS - _EARLY_SECONDS:
            self._found.append(self._glance(self._first, frame))
            self._first = None

    def found(self) -> Glances:
        """All of them."""
        columns = list(zip(*self._found, strict=True)) or [()] * len(fields(Glances))
        types = (np.float64, np.float64, np.float32, np.float32, np.float32, np.float16)
        return Glances(*(np.array(column, type) for column, type in zip(columns, types, strict=True)))

    def _glance(self, one: SmallFrame, other: SmallFrame) -> tuple:
        pictures = (one.pixels, other.pixels)
        return (
            one.time,
            other.time,
            np.mean([brightness(each) for each in pictures]),
            change(*pictures),
            np.mean([colour_shares(each) for each in pictures], axis=0),
            moving_cells(*(np.ascontiguousarray(np.rot90(each, self._turns)) for each in pictures)),
        )


def keep_glances(glances: Glances, to: Path) -> None:
    """Write them to a file."""
    to.parent.mkdir(parents=True, exist_ok=True)
    draft = to.with_name(f".{draft_name()}")
    try:
        with draft.open("wb") as file:
            np.savez_compressed(file, **{each.name: getattr(glances, each.name) for each in fields(glances)})
        draft.replace(to)
    finally:
        draft.unlink(missing_ok=True)


def kept_glances(file: Path, look: Callable[[], Glances]) -> Glances:
    """Those in a file; where it is not there or damaged, those that `look` finds are kept there."""
    try:
        with np.load(file, allow_pickle=False) as kept:
            return Glances(**{each.name: kept[each.name] for each in fields(Glances)})
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        glances = look()
        keep_glances(glances, file)
        return glances
