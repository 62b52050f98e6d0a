"""Where a video is cut, by PySceneDetect's adaptive detector: a camera in motion is no cut."""

from itertools import pairwise
from pathlib import Path

from pixora_pipeline.footage.frames import all_frames
from pixora_pipeline.model.footage import Shot, ShotList, SourceFacts

DETECTOR = "scenedetect/adaptive@1"
SHORTEST_SHOT_SECONDS = 0.6
_THRESHOLD, _LEAST_CHANGE = 3.0, 15.0
_AROUND_SECONDS = 0.2


def find_shots(path: Path, facts: SourceFacts) -> ShotList:
    """The shots of a video, from its start to its end."""
    from scenedetect import AdaptiveDetector, FrameTimecode

    detector = AdaptiveDetector(
        adaptive_threshold=_THRESHOLD, min_content_val=_LEAST_CHANGE, min_scene_len=SHORTEST_SHOT_SECONDS
    )
    cuts, damaged = [], []
    for frame in all_frames(path, facts.seconds):
        at = FrameTimecode(timecode=frame.time, fps=facts.fps)
        cuts += [cut.seconds for cut in detector.process_frame(at, frame.pixels)]
        damaged += [*frame.lost, *([frame.time] if frame.damaged else [])]
    return ShotList(shots=_between(cuts, facts.seconds), detector=DETECTOR, damaged=_stretches(damaged))


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
