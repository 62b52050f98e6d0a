"""Whether a name that stands in a text only once is a person's: the words beside it must say so."""

from functools import cache

from pixora_pipeline.providers.embedded.writer.lexicon import read_lexicon
from pixora_pipeline.providers.embedded.writer.looks import Mention, pronouns, roles

_ROLE_NEAR = 6
"""In "a small girl from the village called Nell", what she is stands this many words before "called" at most."""

_NAMED = [[whose, "name", link] for whose in ("his", "her") for link in ("is", "was")]
_DESCRIPTION = 7
_PRONOUN_WITHIN = 9


def is_introduced(place: Mention, acts: bool, language: str) -> bool:
    """Whether the only place of a name shows a person; `acts` when a verb follows the name."""
    before, _ = _beside(place)
    if before in _list("place_before"):
        return False
    if [word.lower for word in place.words[max(place.index - 3, 0) : place.index]] in _NAMED:
        return True
    if _is_linked(place):
        return any(word.lower in roles() for word in place.words[max(place.index - _ROLE_NEAR, 0) : place.index])
    return before in roles() or _speaks(place) or _described(place) or _lives(place, acts, language)


def _is_linked(place: Mention) -> bool:
    """As in "a girl called Nell"; boats and towns are called something too."""
    words = [word.lower for word in place.words[: place.index]]
    return any(word in _list("called") for word in words[-1:])


def _speaks(place: Mention) -> bool:
    """As in "whispered Nell" and "Nell said", and not in "Stay, whispered Nell"."""
    before, _ = _beside(place)
    if not place.first and before in _list("said"):
        return True
    name, after = place.words[place.index], place.words[place.index + 1 :][:1]
    return any(word.lower in _list("said") and word.start == name.start + len(name.text) + 1 for word in after)


def _described(place: Mention) -> bool:
    """As in "Tobias, an old keeper"."""
    return any(word.lower in roles() for word in place.described[:_DESCRIPTION])


def _lives(place: Mention, acts: bool, language: str) -> bool:
    """Does what people do, and is a "he" or a "she" afterwards, or bears a name that only people have."""
    _, after = _beside(place)
    if place.words[place.index].lower in _list("given"):
        return acts
    does, meant = after in _list("deeds"), _is_he_or_she(place, language)
    if place.first:
        # A first word's capital proves nothing: "Sailors knew", "Winter covered her garden".
        return does and meant and not place.words[place.index].lower.endswith("s")
    return acts and (does or meant)


def _is_he_or_she(place: Mention, language: str) -> bool:
    them = pronouns("he", language) | pronouns("she", language)
    after = place.words[place.index + 1 : place.index + _PRONOUN_WITHIN]
    return place.followed_by in them or any(word.lower in them for word in after)


def _beside(place: Mention) -> tuple[str, str]:
    """The words on either side of the name; an adverb after it is passed over."""
    after = [word.lower for word in place.words[place.index + 1 : place.index + 3]]
    if after and after[0].endswith("ly"):
        after = after[1:]
    return place.words[place.index - 1].lower if place.index else "", after[0] if after else ""


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(read_lexicon("names")[name].split())
