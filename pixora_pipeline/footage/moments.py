"""The moments of a source: what is said, sentence by sentence, and what is seen, scene by scene."""

import uuid
from collections.abc import Sequence

from pixora_pipeline.footage.vocabulary import domains_of
from pixora_pipeline.model.footage import Line, Moment, MomentKind, SceneDescriptions, Transcript, VideoSource

LONGEST_SECONDS = 20.0
SHORTEST_SECONDS = 4.0
_LONGEST_GAP = 1.5
_ABOUT_SECONDS = 0.3
"""Speakers are cut off that early and heard that late."""
_NAMESPACE = uuid.UUID("6d2a7c5e-7a34-5f0b-9a51-0c3f4f1d2b77")


def moments_of(source: VideoSource, transcript: Transcript, scenes: SceneDescriptions) -> tuple[Moment, ...]:
    """Every moment of a source. Ids depend on the source, the kind and the number alone."""
    words = " ".join([source.name, *source.tags, *(line.text for line in transcript.lines)])
    domains = domains_of(words, source.collection)
    cuts = [scene.start for scene in scenes.scenes]
    said = [(line.start, line.end, line.text) for line in passages(transcript.lines, cuts)]
    seen = [(scene.start, scene.end, f"{scene.look} {scene.words}".strip()) for scene in scenes.scenes]
    return (
        *(_moment(source, domains, "transcript", number, *each) for number, each in enumerate(said)),
        *(_moment(source, domains, "scene", number, *each) for number, each in enumerate(seen)),
    )


def passages(lines: Sequence[Line], cuts: Sequence[float] = ()) -> list[Line]:
    """Lines put together to whole sentences of a few seconds, never over a longer pause, nor over a cut between two.

    What is left at the end and too short goes with what is said before it.
    """
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and _follows(last, line, cuts) and (_is_short(last) or not _is_whole(last)):
            joined[-1] = _both(last, line)
        else:
            joined.append(line)
    kept: list[Line] = []
    for line in joined:
        if kept and _is_short(line) and _follows(kept[-1], line, cuts):
            kept[-1] = _both(kept[-1], line)
        else:
            kept.append(line)
    return kept


def _follows(last: Line, line: Line, cuts: Sequence[float]) -> bool:
    """Whether two lines can be shown as one."""
    if line.start - last.end > _LONGEST_GAP or line.end - last.start > LONGEST_SECONDS:
        return False
    return not (_is_whole(last) and _is_cut(last, line, cuts))


def _both(last: Line, line: Line) -> Line:
    return Line(start=last.start, end=line.end, text=f"{last.text} {line.text}")


def _is_short(line: Line) -> bool:
    return line.end - line.start < SHORTEST_SECONDS


def _is_whole(line: Line) -> bool:
    return line.text[-1] in ".!?…"


def _is_cut(last: Line, line: Line, cuts: Sequence[float]) -> bool:
    """Whether another scene begins between two lines: what is said of one exercise is not said of the next."""
    return any(last.end - _ABOUT_SECONDS <= cut <= line.start + _ABOUT_SECONDS for cut in cuts)


def _moment(
    source: VideoSource, domains: tuple[str, ...], kind: MomentKind, number: int, start: float, end: float, text: str
) -> Moment:
    return Moment(
        id=str(uuid.uuid5(_NAMESPACE, f"{source.id}/{kind}/{number}")),
        source=source.id,
        kind=kind,
        start=start,
        end=end,
        text=text,
        title=source.name,
        tags=source.tags,
        collection=source.collection,
        domains=domains,
    )
