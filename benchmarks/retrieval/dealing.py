"""Sentences dealt out to videos, so that they are found as they would be in a library."""

from collections.abc import Mapping
from datetime import UTC, datetime

from pixora_pipeline.footage.moments import moments_of
from pixora_pipeline.model.footage import Line, Moment, SceneDescriptions, Transcript, VideoSource

Spoken = Mapping[str, tuple[str, ...]]
"""Sentences by what they are about."""

Asked = tuple[str, tuple[str, ...], tuple[str, ...]]
"""What is looked for, what would satisfy it, and what must not be in it."""

Topics = Mapping[str, tuple[str, ...]]
"""What a film can be filled up with: the labels that show a concept such as `fitness:core`."""

TITLES = ("Studio session", "At home with Ann", "Lunch break", "Part two", "Daily practice")
_PER_SOURCE = 7
_ASIDES = ("Good.", "Well done, and now:", "Take your time.", "Here we go.", "Last one for today.")


def library(*domains: Spoken, twice: bool = False) -> tuple[list[Moment], dict[str, str]]:
    """Every moment, and the label of each by its id. A video is of one of these domains.

    Sentences are dealt round, so that a video's title and a sentence's neighbours tell no label. `twice` has each
    said in two videos, once with an aside.
    """
    hands = [hand for spoken in domains for hand in _hands(spoken, twice)]
    moments: list[Moment] = []
    labels: dict[str, str] = {}
    for number, hand in enumerate(hands):
        lines = tuple(Line(start=12.0 * n, end=12.0 * n + 7, text=text) for n, (_, text) in enumerate(hand))
        of = moments_of(_source(number), Transcript(origin="sidecar", lines=lines), SceneDescriptions(scenes=()))
        moments += of
        labels |= {moment.id: label for moment, (label, _) in zip(of, hand, strict=True)}
    return moments, labels


def _hands(spoken: Spoken, twice: bool) -> list[list[tuple[str, str]]]:
    said = [(label, text) for label, texts in spoken.items() for text in texts]
    if twice:
        said += [(label, f"{_ASIDES[n % len(_ASIDES)]} {text}") for n, (label, text) in enumerate(said)]
    count = len(said) // _PER_SOURCE
    return [said[n::count] for n in range(count)]


def _source(number: int) -> VideoSource:
    letters = "".join("abcdefghijklmnopqrstuvwxyz234567"[number // 32**place % 32] for place in range(10))
    return VideoSource(
        id=f"v-{letters}", owner="local", name=TITLES[number % len(TITLES)], path="", video="", revision=1,
        created_at=datetime.now(UTC),
    )  # fmt: skip
