"""What a character looks like, from the words around the name; only what the text says, in plain English."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pixora_pipeline.providers.embedded.writer.lexicon import read_lexicon
from pixora_pipeline.providers.embedded.writer.words import Word

Gender = Literal["m", "f", "n"]

_UNCOUNTED = ("eyes", "boots", "gloves", "braids", "plaits", "spectacles", "glasses", "hair", "fur")


@dataclass(frozen=True)
class Mention:
    """A place where a name stands, in its sentence; `first` when a capital there proves nothing.

    `described` is what directly tells about it: an apposition, what it "was", or a next sentence that begins with
    "he" or "she". `followed_by` is the next sentence's first word, in lower case, where nobody else is
    named.
    """

    words: tuple[Word, ...]
    index: int
    first: bool
    described: tuple[Word, ...] = ()
    followed_by: str = ""

    def near(self, before: int, after: int) -> tuple[Word, ...]:
        """The words around the name, itself included."""
        return self.words[max(0, self.index - before) : self.index + after + 1]


@cache
def roles() -> dict[str, tuple[str, str]]:
    """From a word to the role it names and the pronoun it takes: "m", "f" or "n"."""
    pairs = {word: value.rsplit(" ", 1) for word, value in read_lexicon("looks")["role"].items()}
    return {word: (role, gender) for word, (role, gender) in pairs.items()}


@cache
def _traits() -> dict[str, str]:
    table = read_lexicon("looks")["trait"]
    pairs = dict(pair.split(":") for pair in table["alt"].split())
    return pairs | {word: word for word in table["words"].split()}


@cache
def pronouns(kind: Literal["he", "she", "together"], language: str) -> frozenset[str]:
    """The words of the language that stand for one man, one woman, or for several."""
    return frozenset(read_lexicon("names")[kind].get(language, "").split())


def look_of(places: Sequence[Mention], language: str) -> str:
    """For example "an old keeper with a grey beard"."""
    gender = _gender(places, language)
    named = [roles()[word.lower] for place in places for word in _about(place, 4) if word.lower in roles()]
    role = next((name for name, its in named if {its, gender} != {"m", "f"}), None)
    traits = _unique(_traits()[word.lower] for place in places for word in _about(place, 2) if word.lower in _traits())
    features = _unique(feature for place in places for feature in _features(place))
    noun = role or {"m": "man", "f": "woman", "n": "person"}[gender]
    worn = f" with {_series(features[:3])}" if features else ""
    return f"{_with_article(' '.join([*_ordered(traits[:2]), noun]))}{worn}"


def _about(place: Mention, before: int) -> tuple[Word, ...]:
    """Words that tell about the name, nearest first: those just before it, and its description."""
    return (*reversed(place.near(before, 0)[:-1]), *place.described)


def _gender(places: Sequence[Mention], language: str) -> Gender:
    votes: Counter[str] = Counter()
    for place in places:
        for word in place.near(3, 2):
            votes[roles().get(word.lower, ("", "n"))[1]] += 3
        for word in (*place.words[place.index + 1 : place.index + 9], *place.described[:1]):
            votes["m"] += word.lower in pronouns("he", language)
            votes["f"] += word.lower in pronouns("she", language)
        votes["m"] += place.followed_by in pronouns("he", language)
        votes["f"] += place.followed_by in pronouns("she", language)
    if votes["m"] == votes["f"]:
        return "n"
    return "m" if votes["m"] > votes["f"] else "f"


def _features(place: Mention) -> list[str]:
    """What is worn or grown in the same sentence after the name, each with its colour or kind."""
    nouns, colours = _garments("words", "alt"), _garments("colours", "alt_colours")
    words = [word.lower for word in (*place.words[place.index + 1 : place.index + 16], *place.described[:14])]
    found = []
    for index, word in enumerate(words):
        adjectives = [colours[near] for near in words[max(0, index - 2) : index] if near in colours]
        if word in nouns and adjectives:
            phrase = " ".join([*adjectives, nouns[word]])
            found.append(phrase if nouns[word] in _UNCOUNTED else _with_article(phrase))
    return found


@cache
def _garments(words: str, others: str) -> dict[str, str]:
    """From a word to the English one, which is itself for English words."""
    table = read_lexicon("looks")["feature"]
    return dict(pair.split(":") for pair in table[others].split()) | {word: word for word in table[words].split()}


def _ordered(traits: Sequence[str]) -> list[str]:
    """Size before age, as English wants it."""
    return sorted(traits, key=lambda trait: trait in ("old", "young"))


def _with_article(phrase: str) -> str:
    return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"


def _unique(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(parts))


def _series(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
