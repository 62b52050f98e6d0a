"""Where a video is cut, by PySceneDetect's adaptive detector: a camera in motion is no cut."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.cutting import check_cut
from pixora_pipeline.footage.frames import LONG_SECONDS, SmallFrame
from pixora_pipeline.model.footage import Shot, ShotList, SourceFacts

DETECTOR = "scenedetect/adaptive@1"
SHORTEST_SHOT_SECONDS = 0.6
_THRESHOLD, _LEAST_CHANGE = 3.0, 15.0
_AROUND_SECONDS = 0.2
_MISSED_SECONDS = 1.0
"""Sound and picture seldom end together."""
_LEAST_WHOLE_SECONDS, _TRIED_SECONDS = 1.0, 1.0


class ShotFinder:
    """Finds the cuts among the pictures that it is shown, and gathers where they are damaged."""

    def __init__(self, facts: SourceFacts) -> None:
        from scenedetect import AdaptiveDetector

        self._facts = facts
        self._detector = AdaptiveDetector(
            adaptive_threshold=_THRESHOLD, min_content_val=_LEAST_CHANGE, min_scene_len=SHORTEST_SHOT_SECONDS
        )
        self._cuts: list[float] = []
        self._damaged: list[float] = []
        self._ends = Ends()

    def see(self, frame: SmallFrame) -> None:
        """Look at the next picture."""
        from scenedetect import FrameTimecode

        if frame.for_cuts:
            at = FrameTimecode(timecode=frame.time, fps=self._facts.fps)
            self._cuts += [cut.seconds for cut in self._detector.process_frame(at, frame.pixels)]
        self._damaged += [*frame.lost, *([frame.time] if frame.damaged else [])]
        self._ends.add(frame)

    def found(self) -> ShotList:
        """The shots of the whole video."""
        seconds = self._facts.seconds
        damaged = _stretches([*self._damaged, *self._ends.without_pictures(seconds)])
        return ShotList(shots=_between(self._cuts, seconds), detector=DETECTOR, damaged=damaged)


def check_shown(video: Path, name: str, facts: SourceFacts, damaged: Sequence[Shot]) -> None:
    """Try to cut something out of a video that is damaged there. Raises `UserError` when nothing can be shown."""
    whole = _longest_between(damaged, facts.seconds)
    if whole.seconds < min(_LEAST_WHOLE_SECONDS, facts.seconds / 2):
        raise UserError(f"{name} is damaged from start to end: nothing of it can be shown. Get it again.")
    middle = (whole.start + whole.end) / 2
    check_cut(video, name, middle, min(middle + _TRIED_SECONDS, whole.end))


class Ends:
    """Between which seconds a video shows anything at all, by what it tells of its pictures."""

    def __init__(self) -> None:
        self._first: float | None = None
        self._last: float | None = None

    def add(self, frame: SmallFrame) -> None:
        """Count a picture in."""
        self._first = frame.time if self._first is None else min(self._first, frame.time)
        if frame.until is not None:
            self._last = max(self._last or 0.0, frame.until)

    def without_pictures(self, seconds: float) -> list[float]:
        """Times at which a video of that length says it has pictures, and has none: before the first, after the last.

        One of an hour and more is seen by a few of its pictures: nobody knows which is its last.
        """
        first = seconds if self._first is None else self._first
        missing = [(0.0, first)] if first > _MISSED_SECONDS else []
        if self._last is not None and seconds < LONG_SECONDS and seconds - self._last > _MISSED_SECONDS:
            missing.append((self._last + _AROUND_SECONDS, seconds))
        return [start + step * _AROUND_SECONDS for start, end in missing for step in range(_steps(end - start))]


def _steps(seconds: float) -> int:
    return int(seconds / _AROUND_SECONDS) + 1


def _longest_between(spans: Sequence[Shot], seconds: float) -> Shot:
    """The longest stretch of a video that lies beside these."""
    edges = zip([0.0, *(each.end for each in spans)], [*(each.start for each in spans), seconds], strict=True)
    return max((Shot(start=start, end=end) for start, end in edges), key=lambda each: each.seconds)


def _between(cuts: list[float], seconds: float) -> tuple[Shot, ...]:
    edges = [0.0, *(round(cut, 3) for cut in sorted(set(cuts)) if 0 < cut < seconds), round(seconds, 3)]
    shots = [Shot(start=start, end=end) for start, end in pairwise(edges)]
    if len(shots) > 1 and shots[-1].seconds < SHORTEST_SHOT_SECONDS:
        shots[-2:] = [Shot(start=shots[-2].start, end=shots[-1].end)]
    return tuple(shots)


def _stretches(times: list[float]) -> tuple[Shot, ...]:
    """The stretches around these times. Pictures shown shortly before one that is damaged may be built on it."""
    found: list[Shot] = []
    for time in sorted(times):
        start, end = round(max(0.0, time - _AROUND_SECONDS), 3), round(time + _AROUND_SECONDS, 3)
        if found and start <= found[-1].end:
            start = found.pop().start
        found.append(Shot(start=start, end=end))
    return tuple(found)
