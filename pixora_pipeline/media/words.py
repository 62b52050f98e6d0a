"""The words of a narration as they are set in type: cleaned, spaced or not, and how wide they are. No timing rules."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pixora_pipeline.model.results import WordMark

LINE_WIDTH = 42.0
"""Latin letters a line."""

WIDE = 2.1
"""A Chinese, Japanese or Korean sign in Latin letters, which makes 20 signs a line."""

DIRECTION_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that turn the reading order of what follows: no narration needs them, and they can disguise a text."""


@dataclass(frozen=True)
class Word:
    """A word heard from `start` to `end` seconds; `glued` when no space parts it from the word before."""

    start: float
    end: float
    text: str
    glued: bool = False


def words_of(marks: Sequence[WordMark]) -> tuple[Word, ...]:
    """The marks as words: a mark of several words is parted, and one of unspaced script sign by sign."""
    words: list[Word] = []
    for mark in marks:
        for word in _parted(mark):
            before = words[-1].text[-1] if words else ""
            glued = word.glued or (_unspaced(before) and _unspaced(word.text[0]))
            words.append(Word(start=word.start, end=max(word.end, word.start), text=word.text, glued=glued))
    return tuple(words)


def joined(words: Sequence[Word]) -> str:
    """The words as one line of text."""
    return "".join(("" if word.glued or at == 0 else " ") + word.text for at, word in enumerate(words))


def width_of(words: Sequence[Word]) -> float:
    """The room that the words take on a line, in Latin letters."""
    return display_width(joined(words))


def display_width(text: str) -> float:
    """The room that a text takes on the screen, in Latin letters."""
    return sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    return WIDE if unicodedata.east_asian_width(letter) in ("W", "F") else 1.0


def _parted(mark: WordMark) -> Iterator[Word]:
    pieces = [piece for part in _cleaned(mark.text).split() for piece in _signs(part)]
    total = sum(len(text) for text, _ in pieces)
    at = 0
    for text, glued in pieces:
        start = mark.start + (mark.end - mark.start) * at / total
        at += len(text)
        yield Word(start, mark.start + (mark.end - mark.start) * at / total, text, glued)


def _signs(text: str) -> Iterator[tuple[str, bool]]:
    """The text whole, or, when it is a line's worth of an unspaced script, in signs with their punctuation."""
    if display_width(text) <= LINE_WIDTH / 2 or not any(_unspaced(letter) for letter in text):
        yield text, False
        return
    piece, first = "", True
    for letter in text:
        if piece and _unspaced(letter) and _unspaced(piece[-1]) and unicodedata.category(letter)[0] in "LN":
            yield piece, not first
            piece, first = "", False
        piece += letter
    yield piece, not first


def _unspaced(letter: str) -> bool:
    """Whether the script of this letter puts no spaces between words; Korean is wide and yet does."""
    if not letter or unicodedata.east_asian_width(letter) not in ("W", "F"):
        return False
    return unicodedata.category(letter) != "So" and "HANGUL" not in unicodedata.name(letter, "")


def _cleaned(text: str) -> str:
    """The text composed, with breaks and tabs as spaces and without signs that only a machine sees."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if letter.isspace() else letter for letter in composed)
    return "".join(letter for letter in spaced if not _invisible(letter))


def _invisible(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs", "Cn") or letter in DIRECTION_OVERRIDES
