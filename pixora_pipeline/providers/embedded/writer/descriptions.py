"""The sentence that says what a scene's picture shows."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pixora_pipeline.model.script import CharacterProfile
from pixora_pipeline.providers.embedded.writer.scenery import Scenery, is_plain, see
from pixora_pipeline.providers.embedded.writer.words import stem, stop_words, words_of

_MOST_THINGS = 4
_MOST_PLACES = 3


def describe(
    texts: Sequence[str], present: Sequence[Sequence[str]], cast: Sequence[CharacterProfile], language: str
) -> list[str]:
    """One description for each scene. A scene that names no place or hour keeps those of the scene before it."""
    looks = {profile.name: profile.look for profile in cast}
    places: tuple[str, ...] = ()
    time: str | None = None
    found = []
    for text, names in zip(texts, present, strict=True):
        scenery = see(text, language)
        places = scenery.places[:_MOST_PLACES] or _lasting(places)
        time = scenery.time or time
        things = scenery.things or (() if places else _topics(text, language))
        complete = Scenery(places, time, scenery.weather, things)
        found.append(_sentence(complete, {name: looks[name] for name in names}))
    return found


def _lasting(places: Sequence[str]) -> tuple[str, ...]:
    """Where a story still is when it has left a scene: the place it came to last, rather than every one it passed."""
    told = [place for place in places if not is_plain(place)] or list(places)
    return tuple(told[-1:])


def describe_title(texts: Sequence[str], descriptions: Sequence[str], title: str, language: str) -> str:
    """The picture behind the title: what the title names, else the place the text comes back to most, wide and open."""
    named = see(title, language)
    counts = Counter(place for text in texts for place in see(text, language).places)
    often = [place for place, _ in counts.most_common()]
    places = named.places or tuple(sorted(often, key=is_plain)[:2])
    first = next((s for text in texts if (s := see(text, language)).time), Scenery())
    if not places and not named.things:
        return descriptions[0]
    scenery = Scenery(places[:_MOST_PLACES], named.time or first.time, named.weather, named.things)
    return f"A wide view. {_sentence(scenery, {})}"


def _sentence(scenery: Scenery, people: Mapping[str, str]) -> str:
    things = _distinct(scenery.things, (*scenery.places, *people.values()))[:_MOST_THINGS]
    where = _series(_distinct(scenery.places, ()))
    subject = where or _series(things)
    around = " ".join(part for part in (subject, scenery.time or "", scenery.weather or "") if part)
    sentences = [around] if around else []
    if where and things:
        sentences.append(_series(things))
    sentences += [f"{name}, {look}" for name, look in people.items()]
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)


def _distinct(things: Sequence[str], said: Sequence[str]) -> list[str]:
    """The things without those already said: the girl whom her name and look describe, the lamp beside a red lamp."""
    told = " ".join(said).split()
    kept: list[str] = []
    for thing in sorted(things, key=lambda thing: -len(thing.split())):
        noun = thing.split()[-1]
        if noun not in told:
            kept.append(thing)
            told.append(noun)
    return sorted(kept, key=things.index)


def _series(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _topics(text: str, language: str) -> tuple[str, ...]:
    """For a scene of ideas, the words that carry it."""
    stops = stop_words(language)
    words = [word for word in words_of(text) if word.lower not in stops and len(word.lower) > 3]
    counts = Counter(stem(word.lower) for word in words)
    ranked = sorted({word.lower: word for word in words}.values(), key=lambda w: (-counts[stem(w.lower)], w.start))
    return tuple(word.text for word in ranked[:3]) or (" ".join(text.split())[:40],)
