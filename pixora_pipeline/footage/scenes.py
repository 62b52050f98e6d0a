"""A video as scenes that can be shown by themselves: shots, the long ones parted where somebody takes a breath."""

from collections.abc import Sequence

from pixora_pipeline.footage.glances import Glances
from pixora_pipeline.footage.looks import Look, look_of
from pixora_pipeline.model.footage import Line, SceneDescription, SceneDescriptions, Shot, Transcript

LONGEST_SCENE_SECONDS = 24.0
SHORTEST_SCENE_SECONDS = 2.0
_USUAL_SECONDS = 14.0
_ENDS_SENTENCE = ".!?…"


def scenes_of(shots: Sequence[Shot], transcript: Transcript, glances: Glances) -> SceneDescriptions:
    """Measure every scene by the glances at it, and note what is said in it."""
    scenes = scene_spans(shots, transcript.lines)
    looks = [look_of(glances.within(scene.start, scene.end)) for scene in scenes]
    described = (_describe(scene, look, transcript.lines) for scene, look in zip(scenes, looks, strict=True))
    return SceneDescriptions(scenes=tuple(described))


def scene_spans(shots: Sequence[Shot], lines: Sequence[Line]) -> list[Shot]:
    """The scenes of these shots. None is longer than `LONGEST_SCENE_SECONDS`."""
    return [part for shot in _joined(shots) for part in _parted(shot, lines)]


def words_within(lines: Sequence[Line], start: float, end: float, tolerance: float = 0.0) -> str:
    """What is said within a stretch: lines that lie inside it, give or take `tolerance` seconds at either end."""
    said = [line.text for line in lines if line.start >= start - tolerance and line.end <= end + tolerance]
    return " ".join(said)


def _joined(shots: Sequence[Shot]) -> list[Shot]:
    """Shots too short to be seen by themselves go with the one before."""
    joined: list[Shot] = []
    for shot in shots:
        if joined and (shot.seconds < SHORTEST_SCENE_SECONDS or joined[-1].seconds < SHORTEST_SCENE_SECONDS):
            joined[-1] = Shot(start=joined[-1].start, end=shot.end)
        else:
            joined.append(shot)
    return joined


def _parted(shot: Shot, lines: Sequence[Line]) -> list[Shot]:
    parts, start = [], shot.start
    while shot.end - start > LONGEST_SCENE_SECONDS:
        end = _breath(lines, start + SHORTEST_SCENE_SECONDS * 2, min(start + LONGEST_SCENE_SECONDS, shot.end - 2))
        parts.append(Shot(start=round(start, 3), end=round(end or start + _USUAL_SECONDS, 3)))
        start = parts[-1].end
    return [*parts, Shot(start=start, end=shot.end)]


def _breath(lines: Sequence[Line], earliest: float, latest: float) -> float | None:
    """The end of a sentence nearest the usual length, else of any line."""
    ends = [line for line in lines if earliest <= line.end <= latest]
    sentences = [line for line in ends if line.text[-1] in _ENDS_SENTENCE]
    usual = earliest + _USUAL_SECONDS
    return min((line.end for line in sentences or ends), key=lambda end: abs(end - usual), default=None)


def _describe(scene: Shot, look: Look, lines: Sequence[Line]) -> SceneDescription:
    middle = [line for line in lines if scene.start <= (line.start + line.end) / 2 < scene.end]
    return SceneDescription(
        start=scene.start,
        end=scene.end,
        look=look.sentence,
        words=" ".join(line.text for line in middle),
        brightness=look.brightness,
        motion=look.motion,
        colours=look.colours,
    )
