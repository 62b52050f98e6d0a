"""Which moment of which source video is seen at which frame of a filmed scene. Arithmetic only, light imports."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.timing import FilmFormat

if TYPE_CHECKING:
    from pixora_pipeline.media.footage import ReelSource

Fit = Literal["crop", "pad"]
"""How a source of another shape comes into the film: filling it, its edges cut off, or whole, with black beside it."""


@dataclass(frozen=True)
class Cut:
    """A piece of a source video, from `start` to `end` in seconds of what a player shows.

    `focus` is the point, as fractions of width and height, that a crop keeps as near to the middle as it can.
    """

    source: Path
    start: float
    end: float
    focus: tuple[float, float] = (0.5, 0.5)

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start) and math.isfinite(self.end) and 0 <= self.start < self.end):
            raise UserError(f"{self.source.name} can't be cut from {self.start} s to {self.end} s: give start < end.")

    def frames(self, fmt: FilmFormat) -> int:
        """Whole frames of the film that it fills, one at least."""
        return max(1, math.floor((self.end - self.start) * fmt.fps + 1e-6))


@dataclass(frozen=True)
class Play:
    """A run of `frames` frames of the scene, from `at` on, that shows a cut from its frame `skipped` on."""

    at: int
    cut: Cut
    skipped: int
    frames: int


@dataclass(frozen=True)
class Reel:
    """The picture of a filmed scene of `frames` frames, handles included.

    Its cuts are shown one after the other, and again from the first when they are shorter than the scene.
    """

    cuts: tuple[Cut, ...]
    frames: int
    fit: Fit = "crop"

    def __post_init__(self) -> None:
        if not self.cuts:
            raise UserError("A filmed scene needs at least one piece of footage.")

    def turn(self, fmt: FilmFormat) -> int:
        """Frames until the first cut is shown again."""
        return sum(cut.frames(fmt) for cut in self.cuts)

    def loops(self, fmt: FilmFormat) -> int:
        """How often footage had to begin again; 0 when there was enough."""
        return max(0, -(-self.frames // self.turn(fmt)) - 1)

    def plays(self, wanted: range, fmt: FilmFormat) -> Iterator[Play]:
        """What is shown at the `wanted` frames of the scene, in order."""
        at = wanted.start - wanted.start % self.turn(fmt)
        while at < wanted.stop:
            for cut in self.cuts:
                first, last = max(at, wanted.start), min(at + cut.frames(fmt), wanted.stop)
                if first < last:
                    yield Play(at=first, cut=cut, skipped=first - at, frames=last - first)
                at += cut.frames(fmt)

    def open(self, fmt: FilmFormat) -> "ReelSource":
        """The frames themselves."""
        from pixora_pipeline.media.footage import ReelSource

        return ReelSource(self, fmt)
