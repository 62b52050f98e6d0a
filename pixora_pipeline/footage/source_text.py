"""What clips of a source are planned by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pixora_pipeline.model.footage import (
    MIDDLE,
    Point,
    SceneDescriptions,
    ShotFocuses,
    ShotList,
    SourceFacts,
    Transcript,
)

Ends = tuple[float, float]
"""Where a stretch of a source begins and ends, in seconds."""


@dataclass(frozen=True)
class SourceText:
    """All that is known of a source when clips of it are planned.

    `keys` finds the seconds of its key frames within any of some stretches, where the file is there to be asked.
    """

    video: str
    facts: SourceFacts
    transcript: Transcript
    scenes: SceneDescriptions
    shots: ShotList | None = None
    focuses: ShotFocuses | None = None
    keys: Callable[[Sequence[Ends]], Sequence[float]] = lambda rooms: ()

    def damaged_within(self, ends: Ends) -> bool:
        """Whether a part of a stretch can't be shown as it was filmed."""
        return any(each.start < ends[1] and ends[0] < each.end for each in (self.shots.damaged if self.shots else ()))

    def focus(self, ends: Ends) -> Point:
        """Where to look in a stretch."""
        return self.focuses.within(*ends) if self.focuses else MIDDLE
