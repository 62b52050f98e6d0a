"""Words of a sentence: where they are, whether they carry meaning, and the stem by which they are counted."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pixora_pipeline.providers.embedded.writer.lexicon import read_lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’\-‑][^\W\d_]+)*")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|dell|dall|nell|sull|all|un|quell)['’]", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    """A word as written, and in lower case without "'s" or a French or Italian elision; `start` is its offset."""

    text: str
    lower: str
    start: int


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order."""
    return tuple(_word(match) for match in _WORD.finditer(text))


def _word(match: re.Match[str]) -> Word:
    text = match.group()
    bare = re.sub(r"['’]s$", "", text)
    elided = _ELISION.match(bare)
    start = match.start() + (elided.end() if elided else 0)
    bare = bare[elided.end() :] if elided else bare
    return Word(bare, bare.lower(), start)


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that carry no topic; empty for languages without a list."""
    return frozenset(read_lexicon("stopwords").get(language.partition("-")[0].lower(), "").split())


def topics_of(text: str, language: str) -> tuple[str, ...]:
    """The stems that tell what a text is about, repeated as often as they occur."""
    stops = stop_words(language)
    stems = [stem(word.lower) for word in words_of(text) if word.lower not in stops and len(word.lower) > 2]
    for run in _IDEOGRAPHS.findall(text):
        stems += [run[index : index + 2] for index in range(max(1, len(run) - 1))]
    return tuple(stems)


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """A rough stem: plural and common verb endings cut, in any language written with Latin letters."""
    for ending in ("ing", "ed", "ies", "es", "en", "er", "s", "n", "e", "x"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@cache
def _openings(language: str) -> frozenset[str]:
    return frozenset(read_lexicon("openings").get(language.partition("-")[0].lower(), "").split())


def leans_back(sentence: str, language: str) -> bool:
    """Whether the sentence begins with a word that only the sentence before it explains ("He", "But", "This")."""
    words = words_of(sentence)
    if words:
        return words[0].lower in _openings(language) and "," not in sentence[: words[0].start]
    return bool(sentence) and sentence[0] in _openings(language)
