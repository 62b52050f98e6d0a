"""The sentences of a manuscript as lines to tell, each with its place and the time it takes."""

import re
from dataclasses import dataclass

from pixora_pipeline.providers.embedded.writer.manuscript import ADDRESS_MARK, Manuscript
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences

LONGEST_LINE = 21.0
"""Seconds; longer sentences are told in parts, cut where they breathe."""

_BREATHS = (re.compile(r"[;；:：]\s*"), re.compile(r"[,，、،—–]\s*"), re.compile(r"\s+"))


@dataclass(frozen=True)
class Line:
    """A sentence, or a part of a very long one. `chapter` and `paragraph` count from 0 over the whole text."""

    text: str
    chapter: int
    paragraph: int
    seconds: float
    continues: bool = False


def lines_of(manuscript: Manuscript, language: str) -> list[Line]:
    """Every line of the manuscript in order."""
    lines: list[Line] = []
    paragraph_number = 0
    for number, chapter in enumerate(manuscript.chapters):
        for paragraph in chapter.paragraphs:
            for sentence in split_sentences(paragraph, language):
                if any(map(str.isalnum, sentence)) and ADDRESS_MARK not in sentence:
                    lines += _parts(sentence, number, paragraph_number, language)
            paragraph_number += 1
    return lines


def _parts(sentence: str, chapter: int, paragraph: int, language: str) -> list[Line]:
    pieces = _halved(sentence, language)
    return [
        Line(piece, chapter, paragraph, spoken_seconds(piece, language), index > 0)
        for index, piece in enumerate(pieces)
        if any(map(str.isalnum, piece))
    ]


def _halved(text: str, language: str) -> list[str]:
    """The text in parts that each take at most `LONGEST_LINE`."""
    if spoken_seconds(text, language) <= LONGEST_LINE:
        return [text]
    cut = _breath_nearest_middle(text)
    return _halved(text[:cut].strip(), language) + _halved(text[cut:].strip(), language)


def _breath_nearest_middle(text: str) -> int:
    """Where to cut: a pause in the middle third if there is one, else between words, else between characters."""
    middle = len(text) // 2
    for index, breath in enumerate(_BREATHS):
        places = [match.end() for match in breath.finditer(text) if 0 < match.end() < len(text)]
        places = [place for place in places if abs(place - middle) < len(text) * (0.3 if index < 2 else 0.5)]
        if places:
            return min(places, key=lambda place: abs(place - middle))
    return middle
