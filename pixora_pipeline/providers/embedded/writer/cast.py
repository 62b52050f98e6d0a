"""Who appears: proper names that come back and act, or are introduced as people, and the scenes they are in."""

import re
from collections.abc import Sequence
from functools import cache

from pixora_pipeline.model.script import CharacterProfile
from pixora_pipeline.providers.embedded.writer.introduced import is_introduced
from pixora_pipeline.providers.embedded.writer.lexicon import read_lexicon
from pixora_pipeline.providers.embedded.writer.looks import Mention, look_of, pronouns, roles
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences
from pixora_pipeline.providers.embedded.writer.words import Word, stop_words, words_of

MOST_CHARACTERS = 4

_OPENS_SPEECH = re.compile(r"[\"“„«‚'‘—–:¿¡]\s*$|[.!?…][\"”’»]?\s+[\"“„«]?$")


def find_cast(scenes: Sequence[str], language: str) -> tuple[CharacterProfile, ...]:
    """At most four characters of the scenes' text, the most frequent first."""
    base = language.partition("-")[0].lower()
    mentions = _mentions([s for scene in scenes for s in split_sentences(scene, language)], base)
    names = sorted(
        (name for name, places in mentions.items() if _is_character(places, mentions, base)),
        key=lambda name: (-len(mentions[name]), name),
    )
    return tuple(CharacterProfile(name=name, look=look_of(mentions[name], base)) for name in names[:MOST_CHARACTERS])


def appearances(scenes: Sequence[str], cast: Sequence[CharacterProfile], language: str) -> list[tuple[str, ...]]:
    """Who is in each scene: the named, and those of the scene before whom its pronouns can only mean."""
    base = language.partition("-")[0].lower()
    found: list[tuple[str, ...]] = []
    for text in scenes:
        words = words_of(text)
        here = {word.text for word in words}
        named = tuple(profile.name for profile in cast if profile.name in here)
        before = found[-1] if found else ()
        found.append(_with_meant(named, before, words, base))
    return found


def _with_meant(
    named: tuple[str, ...], before: tuple[str, ...], words: Sequence[Word], language: str
) -> tuple[str, ...]:
    both = tuple(dict.fromkeys((*named, *before)))
    if len(both) == 2 and any(word.lower in pronouns("together", language) for word in words):
        return both
    opening = {word.lower for word in words[:8]}
    he, she = bool(opening & pronouns("he", language)), bool(opening & pronouns("she", language))
    return before if not named and len(before) == 1 and he != she else named


def _mentions(sentences: Sequence[str], language: str) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for sentence, following in zip(sentences, [*sentences[1:], ""], strict=True):
        words, then = words_of(sentence), words_of(following)[:1]
        named = [index for index, word in enumerate(words) if _could_be_name(word, language)]
        for index in named:
            word = words[index]
            first = index == 0 or bool(_OPENS_SPEECH.search(sentence[: word.start]))
            described = _description(sentence, words, index) or _continued(
                following if len(named) == 1 else "", language
            )
            mention = Mention(words, index, first, described, then[0].lower if then and len(named) == 1 else "")
            found.setdefault(word.text, []).append(mention)
    return found


def _description(sentence: str, words: tuple[Word, ...], index: int) -> tuple[Word, ...]:
    """The words after the name if they describe it: "Tobias, a tall man", "Nell was a small girl"."""
    after = words[index + 1 : index + 13]
    if not after:
        return ()
    gap = sentence[words[index].start + len(words[index].text) : after[0].start]
    article = after[0].lower in _list("article")
    described = (gap.strip() == "," and article) or (not gap.strip() and after[0].lower in _list("copula"))
    return after if described else ()


def _continued(following: str, language: str) -> tuple[Word, ...]:
    """The next sentence if it begins with "he is" or "she was" in any language we know."""
    words = words_of(following)[:13]
    person = len(words) > 2 and words[0].lower in pronouns("he", language) | pronouns("she", language)
    return words if person and words[1].lower in _list("copula") | _list("has") else ()


def _could_be_name(word: Word, language: str) -> bool:
    text = word.text
    if not (text[0].isupper() and text[1:].islower() and len(text) > 2):
        return False
    return word.lower not in stop_words(language) | _list("nobody") and word.lower not in roles()


def _is_character(places: list[Mention], names: dict[str, list[Mention]], language: str) -> bool:
    """Comes back, also inside a sentence, mostly not where places stand, not as a surname, and does something."""
    if len(places) == 1:
        return is_introduced(places[0], _acts(places[0], language), language)
    inside = [place for place in places if not place.first and place.index]
    if not inside:
        return False
    before = [place.words[place.index - 1] for place in inside]
    spatial = sum(word.lower in _list("place_before") for word in before)
    if spatial * 2 >= len(places) or (language == "de" and spatial):
        return False
    surname = sum(not all(place.first for place in names.get(word.text, [])) for word in before)
    return surname * 2 < len(places) and any(_acts(place, language) for place in places)


def _acts(place: Mention, language: str) -> bool:
    after = place.words[place.index + 1].text if place.index + 1 < len(place.words) else ""
    before = place.words[place.index - 1].lower if place.index else ""
    if before in _list("said") or after.lower() in _list("said"):
        return True
    if not after[:1].islower():
        return False
    if language != "en":
        return after not in stop_words(language)
    return after in _list("acted") or after.endswith("ed") or (after.endswith("s") and len(after) > 3)


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(read_lexicon("names")[name].split())
