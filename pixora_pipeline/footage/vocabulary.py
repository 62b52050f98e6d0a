"""The domains' vocabularies: which ways of saying it mean the same, and what belongs to what. Read once, pure.

One word means different things to a cook and to a climber, so a text is read by the vocabulary of its domain: that of
the collection it is in, where that is called like a domain, else the one that knows most of it, else all of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock
from tomllib import loads

DOMAINS = ("fitness", "cooking", "travel", "repair", "nature")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_DECAY = 0.55
"""How much less each step up from what was said counts."""
_LITTLE = "a an the my your our his her its their this that one both each other of in on at to with into"
"""What may stand between two words that say something together: `circles with your shoulders`."""
_MOST_BETWEEN = 3
_CLEAR = 1.4
"""How many times as many words a domain has to know as any other."""


@dataclass(frozen=True)
class Concept:
    """Something that can be said in several ways. `parents` are what it is a kind of or serves.

    `turned` are pairs of words that say it in either order, `circles with your shoulders` and `circle one shoulder`;
    `cue` is how it is described when it is seen; `part` says whether it opens or closes a film, `start` or `end`.
    """

    name: str
    words: tuple[str, ...]
    turned: tuple[str, ...]
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
    """All concepts of a domain."""

    def __init__(self, concepts: Sequence[Concept], domain: str = "") -> None:
        self.domain = domain
        self.concepts = {concept.name: concept for concept in concepts}
        self._said = {stems(phrase): each.name for each in concepts for phrase in (each.name, *each.words)}
        self._turned = {frozenset(stems(pair)): each.name for each in concepts for pair in each.turned}
        self._longest = max(map(len, self._said))

    def mentions(self, said: Sequence[str]) -> list[Mention]:
        """The concepts that a sequence of stems names; where several fit, the longest."""
        found, at = [], 0
        while at < len(said):
            fitting = [each for each in (self._phrase_at(said, at), self._turned_at(said, at)) if each]
            found += [longest] if (longest := max(fitting, key=lambda each: each.end, default=None)) else []
            at = longest.end if longest else at + 1
        return found

    def _phrase_at(self, said: Sequence[str], at: int) -> Mention | None:
        most = min(self._longest, len(said) - at)
        length = next((n for n in range(most, 0, -1) if tuple(said[at : at + n]) in self._said), 0)
        return Mention(self._said[tuple(said[at : at + length])], at, at + length) if length else None

    def _turned_at(self, said: Sequence[str], at: int) -> Mention | None:
        """A pair of words that begins there, with nothing but little words between them."""
        end = at + 1
        while end < len(said) and end - at <= _MOST_BETWEEN and said[end] in _between():
            end += 1
        name = self._turned.get(frozenset((said[at], said[end]))) if end < len(said) else None
        return Mention(name, at, end + 1) if name else None

    def term(self, name: str) -> str:
        """A concept's name beyond its domain: `cooking:bread`."""
        return f"{self.domain}:{name}"

    def of_part(self, part: str) -> Concept | None:
        """What a film of this domain begins or ends with, where anything does."""
        return next((each for each in self.concepts.values() if each.part == part), None)

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
def vocabulary(domain: str) -> Vocabulary:
    """The vocabulary of a domain, as it ships with the package."""
    table = _read("levels") | _read(domain)
    concepts = [
        Concept(
            name,
            tuple(entry["words"]),
            tuple(entry.get("turned", ())),
            tuple(entry.get("of", ())),
            entry.get("cue", ""),
            entry.get("part"),
        )
        for name, entry in table.items()
    ]
    return Vocabulary(concepts, domain)


def vocabularies(domains: Sequence[str] = ()) -> list[Vocabulary]:
    """The vocabularies of these domains; all, where none is named."""
    return [vocabulary(domain) for domain in domains or DOMAINS]


def domains_of(text: str, collection: str | None = None, fewest: int = 2) -> tuple[str, ...]:
    """The domain of a text: its collection's, else the one that knows most of it; none where that is not clear.

    `fewest` is how many words of it a domain has to know.
    """
    if collection and collection.lower() in DOMAINS:
        return (collection.lower(),)
    counts = sorted(((_known_share(each, text), each.domain) for each in vocabularies()), reverse=True)
    (most, domain), (second, _) = counts[:2]
    return (domain,) if most >= max(fewest, _CLEAR * second) else ()


def _known_share(known: Vocabulary, text: str) -> float:
    """How much of a text a vocabulary knows: what takes several words to say counts as many times."""
    return sum(each.end - each.start for each in known.mentions(stems(text)) if each.concept not in _read("levels"))


@cache
def _read(name: str) -> dict[str, dict]:
    return loads(files(__package__).joinpath(f"vocabularies/{name}.toml").read_text("utf-8"))


_stemming = Lock()
"""A stemmer works on one word at a time: asked for two at once, it cuts letters off the wrong one."""


@cache
def _between() -> frozenset[str]:
    return frozenset(stems(_LITTLE))


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


@lru_cache(200_000)
def _stem(word: str) -> str:
    with _stemming:
        return _stemmer().stemWord(word)
