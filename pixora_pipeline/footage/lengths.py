"""How long scenes and films will be before a word is spoken: clips, voices, pauses and joints as the film counts them.

Pure. A scene lasts as long as its clips, and longer where its voice does; neighbours share a joint.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from pixora_pipeline.media.timing import SEEN_SECONDS, FilmFormat
from pixora_pipeline.model.compilation import PlannedClip
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds

_FORMAT = FilmFormat()
FRAME = 1 / _FORMAT.fps
JOINT_SECONDS = _FORMAT.handle / _FORMAT.fps
PAUSES_SECONDS = _FORMAT.lead + _FORMAT.tail
"""What a scene needs around its voice."""
_SLOWER = 1.1
"""How much more than estimated nine narrations in ten take at most: what fits by this needs no clip shown again."""
_OVERHANG_SECONDS = 0.5
"""How long a sentence may go on over the next clip: less is not noticed."""
_LONGEST_SCENE, _MOST_CLIPS = 26.0, 3

Shown = TypeVar("Shown")


def told_seconds(sentences: Iterable[str], language: str, pace: float = 1.0) -> float:
    """How long a voice takes to say these sentences one after the other, and no less.

    `pace` is how much more time than narrators it takes.
    """
    return _SLOWER * pace * sum(spoken_seconds(sentence, language) for sentence in sentences)


def shown_seconds(clips: Iterable[PlannedClip]) -> float:
    """How long clips last together."""
    return sum(clip.seconds for clip in clips)


def narration_room(clips: Iterable[PlannedClip]) -> float:
    """How long the narration over clips may last without one being shown again."""
    return shown_seconds(clips) - PAUSES_SECONDS


def rooms_of(clips: Sequence[PlannedClip]) -> list[float]:
    """How long what is told of each of a scene's clips may last, so that it is not heard over the next."""
    rooms = [clip.seconds - (SEEN_SECONDS if number else _FORMAT.lead) for number, clip in enumerate(clips)]
    rooms[-1] -= _FORMAT.tail
    return rooms


def crowded(
    told: Sequence[Sequence[str]], clips: Sequence[PlannedClip], language: str, pace: float = 1.0
) -> int | None:
    """The first of a scene's clips whose sentences end too late, each clip's heard once it is seen; None if none do."""
    begins, now = 0.0, 0.0
    for number, (sentences, clip) in enumerate(zip(told, clips, strict=True)):
        ends = begins + clip.seconds
        latest = ends + _OVERHANG_SECONDS if number < len(clips) - 1 else ends - _FORMAT.tail
        if sentences:
            now = max(now, begins + (SEEN_SECONDS if number else _FORMAT.lead))
            now += told_seconds(sentences, language, pace)
            if now > latest:
                return number
        begins = ends
    return None


def film_seconds(scenes: Sequence[float]) -> float:
    """How long a film of scenes of these lengths is: each joint is a part of both scenes beside it."""
    return sum(scenes) - JOINT_SECONDS * max(0, len(scenes) - 1)


def grouped(clips: Iterable[Shown], seconds: Callable[[Shown], float]) -> list[list[Shown]]:
    """Clips as scenes, in order: up to three each, and no scene longer than people listen to."""
    groups: list[list[Shown]] = []
    for clip in clips:
        last = groups[-1] if groups else []
        if last and len(last) < _MOST_CLIPS and sum(map(seconds, last)) + seconds(clip) <= _LONGEST_SCENE:
            last.append(clip)
        else:
            groups.append([clip])
    return groups
