"""What a hosted text model says over a compilation, clip by clip, and what is wrong with it. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from unicodedata import east_asian_width

from pydantic import Field

from pixora_pipeline.footage.narration import strange_words
from pixora_pipeline.model.compilation import PlannedSegment
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences

_MARKS = re.compile(r"[*_#`~|]+")
_MOST_STRAYS = 12


class ToldClip(Value):
    """What is said while a clip is on screen, as a model writes it. Clips are counted from 1 in their scene."""

    clip: int
    narration: str


class ToldScene(Value):
    """What is said over one scene."""

    number: int
    title: str
    clips: list[ToldClip]


class ToldScript(Value):
    """What is said over all of them."""

    scenes: list[ToldScene] = Field(min_length=1)


@dataclass(frozen=True)
class Telling:
    """What is told of a scene: the sentences of each of its clips, and the numbers of clips that it does not have."""

    title: str
    sentences: tuple[tuple[str, ...], ...]
    unknown: tuple[int, ...] = ()

    @property
    def all(self) -> list[str]:
        """Its sentences, in the order in which they are heard."""
        return [sentence for each in self.sentences for sentence in each]

    def with_sentences(self, sentences: Iterable[tuple[str, ...]]) -> "Telling":
        """The same scene told in these."""
        return replace(self, sentences=tuple(sentences))


def telling_of(scene: ToldScene, segment: PlannedSegment, language: str) -> Telling:
    """What a model told of a segment, in the order of its clips, whatever its own was."""
    numbers = range(1, len(segment.clips) + 1)
    texts = [" ".join(_whole(each.narration) for each in scene.clips if each.clip == number) for number in numbers]
    return Telling(
        title=" ".join(scene.title.split()),
        sentences=tuple(tuple(split_sentences(text, language)) for text in texts),
        unknown=tuple(dict.fromkeys(each.clip for each in scene.clips if each.clip not in numbers)),
    )


def _whole(text: str) -> str:
    """A text as sentences that can be heard: begun with a capital, ended, without marks that voices read aloud."""
    plain = " ".join(_MARKS.sub(" ", text).split()).rstrip(" ,;:–—-")
    if not plain:
        return ""
    plain = plain[:1].upper() + plain[1:]
    if not plain[-1].isalnum():
        return plain
    return plain + ("。" if east_asian_width(plain[-1]) in "WF" else ".")


class Fault(NamedTuple):
    """What is wrong with a scene, as a model is told, and why nothing of it can be said, as people are.

    In `because`, `{}` stands for the `words` in question.
    """

    complaint: str
    because: str
    words: tuple[str, ...] = ()


def fault_of(told: Telling | None, segment: PlannedSegment) -> Fault | None:
    """Why nothing of it may be said; None where it may."""
    if told is None:
        return Fault("is missing.", "the model left it out")
    if told.unknown:
        number = told.unknown[0]
        return Fault(f"has no clip {number}.", f"the model told of a clip {number}, which it does not have")
    if not told.all:
        return Fault("says nothing.", "the model said nothing")
    if strays := list(_strays(told, segment)):
        words = tuple(dict.fromkeys(word for _, found in strays for word in found))
        complaint = "; ".join(_of_clip(number, found, segment) for number, found in strays)
        return Fault(f"{complaint}.", "the model said {}, which the clip on screen does not have", words)
    return None


def _strays(told: Telling, segment: PlannedSegment) -> Iterator[tuple[int, list[str]]]:
    """The clips that are told in words that they neither have nor mean, and those."""
    for number, (said, clip) in enumerate(zip(told.sentences, segment.clips, strict=True), 1):
        if strays := strange_words(" ".join(said), [clip]):
            yield number, strays


def _of_clip(number: int, strays: Sequence[str], segment: PlannedSegment) -> str:
    words = ", ".join(strays[:_MOST_STRAYS])
    if len(segment.clips) == 1:
        return f"uses words that are in none of its clips' texts: {words}"
    return f"uses words for clip {number} that are not in that clip's own texts: {words}"
