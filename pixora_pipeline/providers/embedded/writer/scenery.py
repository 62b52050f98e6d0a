"""What a scene shows: the place, the hour, the weather and the things its own words name, told in English.

Pictures are chosen by these words, so they are plain and few, and the same for every language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pixora_pipeline.providers.embedded.writer.lexicon import read_lexicon
from pixora_pipeline.providers.embedded.writer.words import Word, words_of

Kind = Literal["place", "time", "weather", "thing", "being"]

_COLUMNS = ("en", "de", "fr", "es", "it", "pt")
_PLURALS = {
    "en": (("ies", "y"), ("ves", "f"), ("es", ""), ("s", "")),
    "de": (("en", ""), ("n", ""), ("e", ""), ("er", ""), ("es", ""), ("s", "")),
    "fr": (("s", ""), ("x", "")),
    "es": (("es", ""), ("s", "")),
    "it": (("i", "o"), ("e", "a"), ("i", "e"), ("hi", "o")),
    "pt": (("es", ""), ("s", ""), ("ões", "ão")),
}
_LIKE = {"en": ("like", "as"), "de": ("wie",), "fr": ("comme",), "es": ("como",), "it": ("come",), "pt": ("como",)}
# Places that most scenes have anyway come after those that make a picture.
_PLAIN_PLACES = ("a house", "a room", "the sea", "a town", "a street", "a path")


@dataclass(frozen=True)
class Sight:
    """Something to see, as it is called in a description."""

    kind: Kind
    name: str


@dataclass(frozen=True)
class Scenery:
    """What the words of one scene name, in order and each once."""

    places: tuple[str, ...] = ()
    time: str | None = None
    weather: str | None = None
    things: tuple[str, ...] = field(default=())


@cache
def _forms(language: str) -> dict[tuple[str, ...], tuple[Sight, ...]]:
    """From a form in the language, of one word or several, to what it shows."""
    found: dict[tuple[str, ...], tuple[Sight, ...]] = {}
    column = _COLUMNS.index(language)
    for kind, sights in read_lexicon("scenery").items():
        for name, columns in sights.items():
            for form in columns.split("|")[column].split():
                key = tuple(form.replace("'", " ").split("_"))
                found[key] = (*found.get(key, ()), Sight(kind, name))
    return found


def see(text: str, language: str) -> Scenery:
    """What the text names that can be seen. Empty for languages without a list."""
    base = language.partition("-")[0].lower()
    if base == "zh":
        found = _chinese_sights(text)
    elif base in _COLUMNS:
        found = list(dict.fromkeys(_sights(text, base)))
    else:
        return Scenery()
    times = [sight.name for sight in found if sight.kind == "time"]
    weathers = [sight.name for sight in found if sight.kind == "weather"]
    return Scenery(
        places=_ordered([sight.name for sight in found if sight.kind == "place"]),
        time=times[0] if times else None,
        weather=weathers[0] if weathers else None,
        things=tuple(sight.name for sight in found if sight.kind in ("thing", "being")),
    )


def _chinese_sights(text: str) -> list[Sight]:
    """Chinese has no spaces: its words are looked for wherever they stand, in the order of the text."""
    places: dict[Sight, int] = {}
    for kind, sights in read_lexicon("scenery_zh").items():
        for name, forms in sights.items():
            found = [text.find(form) for form in forms.split() if form in text]
            if found:
                places[Sight(kind, name)] = min(found)
    return sorted(places, key=lambda sight: places[sight])


def is_plain(place: str) -> bool:
    """Whether the place is one that most scenes have anyway."""
    return place in _PLAIN_PLACES


def is_sight(word: str, language: str) -> bool:
    """Whether the word names something that can be seen."""
    base = language.partition("-")[0].lower()
    return base in _COLUMNS and bool(_lookup((word.lower(),), base))


def _ordered(places: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(places, key=is_plain))


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(read_lexicon("looks")["sight"]["adjectives"].split())


def _sights(text: str, language: str) -> list[Sight]:
    words = words_of(text)
    found: list[Sight] = []
    for index, word in enumerate(words):
        if _is_comparison(words, index, language) or (language == "de" and word.text[0].islower()):
            continue
        pair = (word.lower, words[index + 1].lower) if index + 1 < len(words) else ()
        for sight in _lookup(pair, language) or _lookup((word.lower,), language):
            found.append(_described(sight, words, index, language))
    return found


def _lookup(key: tuple[str, ...], language: str) -> tuple[Sight, ...]:
    forms = _forms(language)
    if key in forms or len(key) != 1:
        return forms.get(key, ())
    for ending, instead in _PLURALS[language]:
        if key[0].endswith(ending) and (bare := (key[0][: -len(ending)] + instead,)) in forms and len(bare[0]) > 2:
            return forms[bare]
    return ()


def _is_comparison(words: Sequence[Word], index: int, language: str) -> bool:
    """Whether the word only likens: "came down like a wall"."""
    return any(word.lower in _LIKE[language] for word in words[max(0, index - 3) : index])


def _described(sight: Sight, words: Sequence[Word], index: int, language: str) -> Sight:
    """In English with the adjective that stands before it, and in the plural when the text has one."""
    if language != "en" or sight.kind in ("time", "weather") or not sight.name.startswith(("a ", "an ")):
        return sight
    article, noun = sight.name.split(" ", 1)
    word = words[index].lower
    adjective = words[index - 1].lower if index and words[index - 1].lower in _adjectives() else ""
    if word == f"{noun}s":
        return Sight(sight.kind, f"{adjective} {word}".strip())
    if adjective and word == noun:
        return Sight(sight.kind, f"{'an' if adjective[0] in 'aeiou' else 'a'} {adjective} {noun}")
    return Sight(sight.kind, f"{article} {noun}")
