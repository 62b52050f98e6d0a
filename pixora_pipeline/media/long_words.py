"""Words too long for a line of captions, parted by a hyphen: set on one line, their letters would be half as large."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pixora_pipeline.model.results import WordMark

TOO_LONG = 1.5
"""A word of that many lines is parted; a little longer than a line, it is set a little smaller."""

LEAST = 3
"""Letters before and behind a hyphen."""

_VOWELS = frozenset("aeiouyæøœαειουηωаеёиоуыэюяіїє")
_TOGETHER = ("ch", "ck", "ph", "qu", "sh", "th")


def parted(marks: Sequence[WordMark], letters: float) -> Iterator[WordMark]:
    """The marks in order, each that is too long for lines of so many letters in parts, heard one after the other."""
    for mark in marks:
        if len(mark.text) <= TOO_LONG * letters or not _has_syllables(mark.text):
            yield mark
            continue
        cuts = [0, *_cuts(mark.text, -(-len(mark.text) // int(letters))), len(mark.text)]
        each = (mark.end - mark.start) / len(mark.text)
        for first, last in pairwise(cuts):
            text = mark.text[first:last]
            text += "-" if last < len(mark.text) and text[-1] != "-" else ""
            yield WordMark(start=mark.start + first * each, end=mark.start + last * each, text=text)


def _has_syllables(text: str) -> bool:
    """Whether it is one word of letters that have a case: Latin, Greek, Cyrillic. Elsewhere no hyphen is known."""
    word = text.strip("\"'“”„‘’«»()[].,;:!?…").replace("-", "")
    return word.isalpha() and word.lower() != word.upper()


def _cuts(text: str, parts: int) -> list[int]:
    """Where it is parted: near to even, and between two syllables as far as letters tell."""
    places = [at for at in range(LEAST, len(text) - LEAST + 1) if _begins_syllable(text, at)]
    if not places:
        return []
    wanted = (len(text) * number / parts for number in range(1, parts))
    return sorted({min(places, key=lambda at: abs(at - even)) for even in wanted})


def _begins_syllable(text: str, at: int) -> bool:
    """Whether a consonant stands there with a vowel behind it, and does not belong to the letter before it.

    Or behind a hyphen.
    """
    if text[at - 1] == "-":
        return True
    before, here, after = (_plain(letter) for letter in text[at - 1 : at + 2]) if at + 1 < len(text) else ("", "", "")
    return here.isalpha() and here not in _VOWELS and after in _VOWELS and before + here not in _TOGETHER


def _plain(letter: str) -> str:
    """The letter small and without what stands above or below it."""
    return unicodedata.normalize("NFD", letter.lower())[:1]
