"""Where a video is cut, by PySceneDetect's adaptive detector: a camera in motion is no cut."""

from itertools import pairwise

from pixora_pipeline.footage.frames import SmallFrame
from pixora_pipeline.model.footage import Shot, ShotList, SourceFacts

DETECTOR = "scenedetect/adaptive@1"
SHORTEST_SHOT_SECONDS = 0.6
_THRESHOLD, _LEAST_CHANGE = 3.0, 15.0
_AROUND_SECONDS = 0.2


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

    def see(self, frame: SmallFrame) -> None:
        """Look at the next picture."""
        from scenedetect import FrameTimecode

        if frame.for_cuts:
            at = FrameTimecode(timecode=frame.time, fps=self._facts.fps)
            self._cuts += [cut.seconds for cut in self._detector.process_frame(at, frame.pixels)]
        self._damaged += [*frame.lost, *([frame.time] if frame.damaged else [])]

    def found(self) -> ShotList:
        """The shots of the whole video."""
        shots = _between(self._cuts, self._facts.seconds)
        return ShotList(shots=shots, detector=DETECTOR, damaged=_stretches(self._damaged))


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
