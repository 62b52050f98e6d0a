"""A domain's vocabulary: which ways of saying it mean the same, and what belongs to what. Read once, pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads

DOMAINS = ("fitness",)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_DECAY = 0.55
"""How much less each step up from what was said counts."""


@dataclass(frozen=True)
class Concept:
    """Something that can be said in several ways. `parents` are what it is a kind of or serves."""

    name: str
    words: tuple[str, ...]
    parents: tuple[str, ...]
    cue: str
    part: str | None


@dataclass(frozen=True)
class Mention:
    """A concept said in a text, from the word at `start` up to the one at `end`."""

    concept: str
    start: int
    end: int


class Vocabulary:
    """All concepts of the domains."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.concepts = {concept.name: concept for concept in concepts}
        self._said = {stems(phrase): each.name for each in concepts for phrase in (each.name, *each.words)}
        self._longest = max(map(len, self._said))

    def mentions(self, said: Sequence[str]) -> list[Mention]:
        """The concepts that a sequence of stems names; where several fit, the longest."""
        found, at = [], 0
        while at < len(said):
            most = min(self._longest, len(said) - at)
            length = next((n for n in range(most, 0, -1) if tuple(said[at : at + n]) in self._said), 0)
            if length:
                found.append(Mention(self._said[tuple(said[at : at + length])], at, at + length))
            at += length or 1
        return found

    def named_in(self, text: str) -> list[str]:
        """The concepts that a text names, in order, each once."""
        return list(dict.fromkeys(mention.concept for mention in self.mentions(stems(text))))

    def lineage(self, name: str) -> dict[str, float]:
        """A concept and everything above it, by how much it counts."""
        weights, level, weight = {name: 1.0}, [name], 1.0
        while level:
            weight *= _DECAY
            level = [parent for each in level for parent in self.concepts[each].parents if parent not in weights]
            weights |= dict.fromkeys(level, weight)
        return weights

    def below(self, name: str) -> list[str]:
        """Everything that is a kind of a concept or serves it, the nearest first."""
        kin = [(self.lineage(other).get(name, 0.0), other) for other in self.concepts if other != name]
        return [other for weight, other in sorted(kin, key=lambda each: -each[0]) if weight]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with the package."""
    concepts: list[Concept] = []
    for domain in DOMAINS:
        table = loads(files(__package__).joinpath(f"vocabularies/{domain}.toml").read_text("utf-8"))
        for name, entry in table.items():
            parents, words = tuple(entry.get("of", ())), tuple(entry["words"])
            concepts.append(Concept(name, words, parents, entry.get("cue", ""), entry.get("part")))
    return Vocabulary(concepts)


@cache
def _stemmer():
    import snowballstemmer

    return snowballstemmer.stemmer("english")


def words(text: str) -> list[str]:
    """The words of a text, small letters, without a possessive."""
    return [re.sub(r"['’]s?$|['’]", "", word) for word in _WORD.findall(text.lower())]


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words, in order."""
    return tuple(_stem(word) for word in words(text))


@cache
def _stem(word: str) -> str:
    return _stemmer().stemWord(word)
