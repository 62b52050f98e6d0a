"""The moments of a source: what is said, sentence by sentence, and what is seen, scene by scene."""

import uuid
from collections.abc import Sequence

from pixora_pipeline.footage.vocabulary import domains_of
from pixora_pipeline.model.footage import Line, Moment, MomentKind, SceneDescriptions, Transcript, VideoSource

LONGEST_SECONDS = 20.0
SHORTEST_SECONDS = 4.0
_LONGEST_GAP = 1.5
_NAMESPACE = uuid.UUID("6d2a7c5e-7a34-5f0b-9a51-0c3f4f1d2b77")


def moments_of(source: VideoSource, transcript: Transcript, scenes: SceneDescriptions) -> tuple[Moment, ...]:
    """Every moment of a source. Ids depend on the source, the kind and the number alone."""
    words = " ".join([source.name, *source.tags, *(line.text for line in transcript.lines)])
    domains = domains_of(words, source.collection)
    said = [(line.start, line.end, line.text) for line in passages(transcript.lines)]
    seen = [(scene.start, scene.end, f"{scene.look} {scene.words}".strip()) for scene in scenes.scenes]
    return (
        *(_moment(source, domains, "transcript", number, *each) for number, each in enumerate(said)),
        *(_moment(source, domains, "scene", number, *each) for number, each in enumerate(seen)),
    )


def passages(lines: Sequence[Line]) -> list[Line]:
    """Lines put together to whole sentences of a few seconds, never over a longer pause."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and _belongs(last, line):
            joined[-1] = Line(start=last.start, end=line.end, text=f"{last.text} {line.text}")
        else:
            joined.append(line)
    return joined


def _belongs(last: Line, line: Line) -> bool:
    if line.start - last.end > _LONGEST_GAP or line.end - last.start > LONGEST_SECONDS:
        return False
    return last.end - last.start < SHORTEST_SECONDS or last.text[-1] not in ".!?…"


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
