"""Short names for the film and its scenes, out of the words of the text."""

import re
from collections import Counter
from collections.abc import Sequence

from pixora_pipeline.providers.embedded.writer.lexicon import read_lexicon
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds
from pixora_pipeline.providers.embedded.writer.phrases import noun_phrases
from pixora_pipeline.providers.embedded.writer.scenery import is_sight, see
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences
from pixora_pipeline.providers.embedded.writer.words import stem, stop_words, words_of

_MOST_WORDS = 5
_MOST_TITLE_WORDS = 6
_LONGEST = 60
_LONGEST_SECONDS = 11.0
_LONGEST_GIVEN = 300
_WEAK = 2.4
_AND = {"en": "and", "de": "und", "fr": "et", "es": "y", "it": "e", "pt": "e", "nl": "en"}
_TIMES = {"at dawn": "at Dawn", "at dusk": "at Dusk", "at night": "at Night"}


def film_title(texts: Sequence[str], names: Sequence[str], language: str) -> str:
    """For a text that has no heading: its two main characters, a short first sentence, or a salient phrase of it."""
    whole = " ".join(texts)
    if len(names) > 1:
        first, second = sorted(names[:2], key=whole.find)
        return f"{first} {_AND.get(language.partition('-')[0].lower(), '&')} {second}"
    opening = next(iter(split_sentences(whole, language)), "").rstrip(".!。！ ")
    if 2 <= len(opening.split()) <= _MOST_TITLE_WORDS and not re.search(r"[\"“”„«»]", opening):
        return styled(opening, language)
    phrases = Counter(noun_phrases(whole, language))
    if not phrases:
        return opening_words(whole, language)
    counts = Counter(stem(word.lower) for word in words_of(whole))
    return styled(max(phrases, key=lambda p: _salience(p, counts, language) + 0.8 * phrases[p]), language)


def scene_title(text: str, names: Sequence[str], language: str, taken: set[str]) -> str:
    """Two to five words for a scene that no other scene has, as far as its words allow.

    `names` are the characters in it: "Nell and the Ship" says more than "The First Time".
    """
    counts = Counter(stem(word.lower) for word in words_of(text))
    values = {phrase: _salience(phrase, counts, language) for phrase in noun_phrases(text, language)}
    ranked = sorted(values, key=lambda phrase: (-values[phrase], text.find(phrase)))
    candidates = [styled(_with_time(phrase, text, language), language) for phrase in ranked if values[phrase] >= _WEAK]
    if ranked and names and language.partition("-")[0].lower() == "en":
        candidates.append(styled(f"{names[0]} and {_definite(ranked[0])}", language))
    candidates += [styled(phrase, language) for phrase in ranked]
    used = {word for title in taken for word in title.split()} - stop_words(language)
    fits = [title for title in candidates if title.lower() not in taken and 2 <= len(title.split()) <= _MOST_WORDS]
    fresh = [
        title for title in fits if not used & {word.lower for word in words_of(title)} - {n.lower() for n in names}
    ]
    return next(iter(fresh or fits), None) or opening_words(text, language)


def speakable(words: str, language: str) -> str:
    """The words, shortened if they take longer to say than a title should; empty when they cannot be said."""
    words = words[:_LONGEST_GIVEN]
    while spoken_seconds(words, language) > _LONGEST_SECONDS:
        shorter = words.rsplit(" ", 1)[0] if " " in words else words[: len(words) * 3 // 4]
        words = shorter.rstrip(" ,;:—–-")
    return words if any(map(str.isalnum, words)) else ""


def short_heading(heading: str) -> str:
    """A chapter's heading as the title of a scene."""
    words = heading.split()
    return heading if len(words) <= 7 else " ".join(words[:_MOST_WORDS])


def opening_words(text: str, language: str) -> str:
    """The first words, up to a pause; a few characters in scripts without spaces."""
    bare = text.strip(" \"“„«「『'‘(*-—")
    pieces = [piece.strip() for piece in re.split(r"[,;:.!?…、，。！？；：—।؟،]", bare) if piece.strip()]
    first = next((piece for piece in pieces[:2] if len(piece) > 3), text.strip())
    words = first.split()
    if len(words) <= 1:
        return first[: _LONGEST if first.isascii() else 12] or text[:12]
    kept = words[:_MOST_WORDS]
    while len(kept) > 2 and kept[-1].lower() in stop_words(language):
        kept.pop()
    return styled(" ".join(kept), language)[:_LONGEST]


def styled(phrase: str, language: str) -> str:
    """In English with capitals; in other languages only the first letter."""
    if language.partition("-")[0].lower() != "en":
        return phrase[:1].upper() + phrase[1:]
    small = read_lexicon("phrases")["small"].split()
    words = phrase.split()
    kept = [w.lower() if w.lower() in small and index else w[:1].upper() + w[1:] for index, w in enumerate(words)]
    return " ".join(kept)


def _with_time(phrase: str, text: str, language: str) -> str:
    time = _TIMES.get(see(text, language).time or "")
    last = phrase.split()[-1]
    named = see(last, language)
    if not time or language.partition("-")[0].lower() != "en" or not named.places or len(phrase.split()) > 3:
        return phrase
    return f"{phrase} {time}"


def _definite(phrase: str) -> str:
    return re.sub(r"^(?:an?|his|her|their|its|our|my|this|that)\b", "the", phrase, flags=re.IGNORECASE)


def _salience(phrase: str, counts: Counter[str], language: str) -> float:
    """How well the phrase names what it stands in: things to see, words that come back, not abstractions."""
    words = [word.lower for word in words_of(phrase) if word.lower not in stop_words(language)]
    if not words:
        return 0.0
    weight = sum(min(4, counts[stem(word)]) + 0.1 * min(len(word), 9) for word in words) / len(words) ** 0.5
    sight = 1.2 * is_sight(words[-1], language)
    vague = read_lexicon("phrases")["vague"].split()
    return weight + sight + 0.4 * (len(words) == 2) - 1.5 * any(word in vague for word in words)
