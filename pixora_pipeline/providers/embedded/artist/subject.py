"""What a scene is about, read off its words: composition, light and weather."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.embedded.artist.concept import Concept
from pixora_pipeline.providers.embedded.artist.lexicon_places import PLACES
from pixora_pipeline.providers.embedded.artist.lexicon_sky import LIGHTS, WEATHERS
from pixora_pipeline.providers.embedded.artist.lexicon_themes import THEMES
from pixora_pipeline.providers.embedded.artist.palettes import Light

Weather = Literal["clear", "rain", "snow", "storm", "fog"]

COMPOSED = (*PLACES, *THEMES)
"""Everything a composition can be called up by."""

_STRONG, _WEAK, _TITLE_SHARE = 3.0, 1.0, 0.6
_FAINTEST = 1.6  # one weak word alone says nothing about the place
_FALLBACK = ("abstract", "mountains", "sea", "field", "night", "lake", "road", "tree")
_LIGHTS_OF_MOODS: dict[Mood, tuple[Light, ...]] = {
    "calm": ("day", "dawn", "dusk"),
    "hopeful": ("dawn", "day"),
    "joyful": ("day", "dawn"),
    "curious": ("day", "dawn", "night"),
    "mysterious": ("night", "dusk"),
    "tense": ("dusk", "night"),
    "sad": ("dusk", "dawn"),
    "epic": ("dusk", "dawn"),
}


@dataclass(frozen=True)
class Subject:
    """The reading of a scene. `words` are its words in lower case without accents."""

    composition: str
    light: Light
    weather: Weather
    words: frozenset[str]


def read_subject(request: PictureRequest, names: Iterable[str], rng: np.random.Generator) -> Subject:
    """Read the request; `names` are the compositions there are, `rng` settles what the words leave open."""
    title, text = words_of(request.title), words_of(request.description)
    known = sorted(names)
    scores = {place.name: score(place, title, text, of_place=True) for place in COMPOSED if place.name in known}
    best = max(scores.values(), default=0.0)
    leaders = sorted(name for name, value in scores.items() if value >= max(best - 1e-9, _FAINTEST))
    choices = leaders or [name for name in _FALLBACK if name in known] or known
    composition = choices[int(rng.integers(len(choices)))]
    drawn = _light(request.mood, title, text, rng)
    light: Light = "night" if composition in ("night", "space") else drawn
    return Subject(
        composition=composition,
        light=light,
        weather=_weather(title, text),
        words=frozenset(title) | frozenset(text),
    )


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, accents removed."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W\d_]+", "".join(char for char in plain if not unicodedata.combining(char)))


def score(concept: Concept, title: list[str], text: list[str], *, of_place: bool = False) -> float:
    """How strongly the words speak of the concept: each of its words counts once.

    Where it is a place, early words count more, and the title less: a description begins with the place and ends with
    people and things, and a title is often a figure of speech.
    """
    total = 0.0
    for words, share in ((title, _TITLE_SHARE if of_place else 1.0), (text, 1.0)):
        seen: set[str] = set()
        for place, word in enumerate(words):
            weight = _weight(concept, word)
            if weight and word not in seen:
                seen.add(word)
                total += weight * share * (1.5 - place / len(words) if of_place else 1.0)
    return total


@lru_cache(maxsize=4096)
def _weight(concept: Concept, word: str) -> float:
    if among(word, concept.strong):
        return _STRONG
    return _WEAK if among(word, concept.weak) else 0.0


def among(word: str, terms: str) -> bool:
    """Whether the word is one of the terms (separated by spaces; a term ending in `*` stands for a beginning)."""
    return any(word.startswith(term[:-1]) if term.endswith("*") else word == term for term in terms.split())


def _light(mood: Mood, title: list[str], text: list[str], rng: np.random.Generator) -> Light:
    scores = {concept.name: score(concept, title, text) for concept in LIGHTS}
    best = max(scores, key=lambda name: (scores[name], name))
    by_mood = _LIGHTS_OF_MOODS[mood]
    drawn = by_mood[int(rng.integers(len(by_mood)))]
    if scores[best] < 2 * _WEAK and not (scores[best] >= _WEAK and best in by_mood):
        return drawn
    return next(light for light in ("dawn", "day", "dusk", "night") if light == best)


def _weather(title: list[str], text: list[str]) -> Weather:
    scores = {concept.name: score(concept, title, text) for concept in WEATHERS}
    best = max(scores, key=lambda name: (scores[name], name))
    if scores[best] < _STRONG:
        return "clear"
    return next(weather for weather in ("rain", "snow", "storm", "fog") if weather == best)
