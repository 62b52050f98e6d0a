"""Cutting running text into sentences, in any script, without being fooled by abbreviations, quotes and numbers."""

import re

from pixora_pipeline.providers.embedded.writer.lexicon import read_lexicon

_CLOSERS = "\"'”’»›)\\]」』】）〕"
# A run of terminators with what closes after it; then space or the end, which full-width marks do not need.
_BREAK = re.compile(rf"(?:[.!?…؟۔।॥]+[{_CLOSERS}]*(?=\s|$))|(?:[。！？｡]+[{_CLOSERS}]*)")
_LAST_WORD = re.compile(r"[^\s(\[“\"„«‘'—–]+$")
_PAIRS = {"“": "”", "«": "»", "「": "」", "『": "』", "(": ")", "（": "）"}
_LONGEST_QUOTE = 420
_ORDINAL = re.compile(r"\d{1,2}\.$")
_OPENERS = "\"'“”„«»‘’([「『（-–— "


def split_sentences(text: str, language: str = "en") -> list[str]:
    """The sentences of a paragraph, in order, their words untouched; white space becomes single spaces.

    Joined with single spaces they give the text again, but for scripts that write without spaces.
    """
    flat = " ".join(text.split())
    pieces: list[str] = []
    start = 0
    for match in _BREAK.finditer(flat):
        if _ends_sentence(flat, start, match, language):
            pieces.append(flat[start : match.end()].strip())
            start = match.end()
    pieces.append(flat[start:].strip())
    return _rejoin_quotes([piece for piece in pieces if piece])


def _ends_sentence(text: str, start: int, match: re.Match[str], language: str) -> bool:
    mark, rest = match.group(), text[match.end() :].lstrip(_OPENERS)
    if mark[0] in "。！？｡؟۔।॥" or not rest:
        return True
    if rest[0].islower():
        return False
    if mark != ".":
        return True
    return not _is_abbreviation(text[start : match.end()], rest, language)


def _is_abbreviation(piece: str, rest: str, language: str) -> bool:
    last = _LAST_WORD.search(piece)
    if last is None:
        return False
    word = last.group()
    lexicon = read_lexicon("abbreviations")
    stem = word[:-1].lower()
    if stem in lexicon["before"] and not (stem in ("no", "art", "fig", "m", "d", "mar", "co") and word[0].islower()):
        return True
    if stem in lexicon["either"]:
        return not rest[0].isupper()
    if _ORDINAL.fullmatch(word) and language.partition("-")[0] in lexicon["ordinals"]:
        return True
    return len(stem) == 1 and stem.isalpha() and word[0].isupper() and word[0] != "I"


def _rejoin_quotes(pieces: list[str]) -> list[str]:
    """Sentences of one quotation stay together when that is short enough to be spoken in one breath."""
    joined: list[str] = []
    for piece in pieces:
        if joined and is_open(joined[-1]) and len(joined[-1]) + len(piece) < _LONGEST_QUOTE:
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    return joined


def is_open(sentence: str) -> bool:
    """Whether a quotation or a bracket opens in the sentence and does not close in it."""
    if sentence.count('"') % 2:
        return True
    if sentence.count("„") > sentence.count("“") + sentence.count("”"):
        return True
    german = "„" in sentence
    return any(
        sentence.count(opening) > sentence.count(closing)
        for opening, closing in _PAIRS.items()
        if not (german and opening == "“") and not ("»" in sentence and "«" in sentence and opening == "«")
    )
