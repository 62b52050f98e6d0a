"""What somebody asks for, read out of their own words: length, level, topics, and what they do not want. Rules only."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.vocabulary import domains_of, stems, vocabulary, words

LEVELS = ("beginner", "intermediate", "advanced")
USUAL_SECONDS = 60.0
SHORTEST, LONGEST = 30.0, 600.0

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_CLOCK = re.compile(r"\b(\d{1,2}):(\d\d)\b(?:\s*(?:minutes?|mins?)\b)?", re.IGNORECASE)
_LENGTH = re.compile(
    rf"\b(\d+(?:[.,]\d+)?|{'|'.join(_NUMBERS)})[\s-]*(hours?|hrs?|minutes?|mins?|seconds?|secs?)\b(?:\s+long)?",
    re.IGNORECASE,
)
_UNWANTED = re.compile(
    r"\b(?:no|not|without(?: any)?|avoid(?:ing)?|exclud(?:e|ing)|except(?: for)?|skip(?:ping)?|"
    r"nothing(?! (?:but|else|more|less|like|special|fancy)\b)(?: with)?|don'?t want)\s+([^,.;!?]+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:[,.;:!?()–—]|\band\b|\bor\b|\bwith\b|\bplus\b|\bthen\b|\bfocus(?:ed|ing)? on\b|\bfor\b)\s*", re.I
)
_ABOUT_IT = (
    r"i|want|would|i'm|am|please|you|create|creating|make|making|showing|a|an|the|my|our|some|all|any|everything|"
    r"something|anything|about|of|video|videos|film|movie|compilation|montage|reel|clip|clips|routine|session|app|level|"
    r"clear instructions?|instructions?|friendly|footage|social media|website|"
    r"(?:instagram|youtube|tiktok|facebook|linkedin)(?:\s+(?:reels?|shorts?|channel))?"
)
_ASKED = r"we|need|like|can|could|give|get|show|me|us|how|to|reels|shorts"
"""What is said about the film and not about what it shows: the former anywhere, the latter only before that."""
_BEFORE = re.compile(rf"^(?:(?:{_ABOUT_IT}|{_ASKED})\b[\s-]*)+(?!['’])", re.IGNORECASE)
_BEHIND = re.compile(rf"(?:[\s-]*\b(?:{_ABOUT_IT}))+$", re.IGNORECASE)


@dataclass(frozen=True)
class Wishes:
    """`topics` are concepts of the domain's vocabulary, `named` what they are called in the request, `phrases`
    everything asked for in words of its own; in order.

    `domain` None is a request that no vocabulary knows, or several as well as each other: it has no topics.
    """

    domain: str | None
    seconds: float
    level: str | None
    topics: tuple[str, ...]
    background: tuple[str, ...]
    phrases: tuple[str, ...]
    unwanted: tuple[str, ...]
    named: tuple[str, ...] = ()


def read_wishes(requirements: str, context: str, seconds: float | None, collection: str | None = None) -> Wishes:
    """The wishes in a request; `seconds` goes before what the words say, the collection's domain before theirs.

    Raises `UserError` for a length in words that no compilation has.
    """
    unwanted = _unwanted(f"{requirements}. {context}")
    asked, around = _UNWANTED.sub(" ", requirements), _UNWANTED.sub(" ", context)
    domain = next(iter(domains_of(f"{asked} {around}", collection, fewest=1)), None)
    named, behind, refused = _named(domain, asked), _named(domain, around), _named(domain, ". ".join(unwanted))
    level = next((name for name in (*named, *behind) if name in LEVELS), None)
    return Wishes(
        domain=domain,
        seconds=seconds or _checked(_seconds(requirements)) or _limited(_seconds(context) or USUAL_SECONDS),
        level=level,
        topics=tuple(name for name in named if name not in LEVELS and name not in refused),
        background=tuple(name for name in behind if name not in LEVELS and name not in refused and name not in named),
        phrases=tuple(_parts(_LENGTH.sub(" ", _CLOCK.sub(" ", asked)))),
        unwanted=unwanted,
        named=tuple(_as_asked(domain, asked, (*LEVELS, *refused))),
    )


def _as_asked(domain: str | None, text: str, without: Collection[str]) -> Iterator[str]:
    """What a text names, in its own words; what stands side by side in it is one thing."""
    if domain is None:
        return
    seen = set(without)
    for part in _BETWEEN.split(text):
        said, names = words(part), list[tuple[int, int]]()
        for mention in vocabulary(domain).mentions(stems(part)):
            if names and names[-1][1] == mention.start and mention.concept not in without:
                names[-1] = names[-1][0], mention.end
            elif mention.concept not in seen:
                names.append((mention.start, mention.end))
            seen.add(mention.concept)
        yield from (" ".join(said[start:end]) for start, end in names)


def _named(domain: str | None, text: str) -> list[str]:
    if domain is None:
        return [name for name in vocabulary("levels").named_in(text) if name in LEVELS]
    return vocabulary(domain).named_in(text)


def without_unwanted(text: str) -> tuple[str, tuple[str, ...]]:
    """A text less what it does not want, and that: `core without jumping` is about the core."""
    unwanted = _unwanted(text)
    return " ".join(_UNWANTED.sub(" ", text).split()) or text, unwanted


def _seconds(text: str) -> float | None:
    if clock := _CLOCK.search(text):
        return 60.0 * int(clock.group(1)) + int(clock.group(2))
    found = _LENGTH.search(text)
    if found is None:
        return None
    number = found.group(1).lower()
    amount = float(_NUMBERS.get(number, 0) or number.replace(",", "."))
    return amount * {"h": 3600.0, "m": 60.0, "s": 1.0}[found.group(2)[0].lower()]


def _limited(seconds: float) -> float:
    return min(max(seconds, SHORTEST), LONGEST)


def _checked(seconds: float | None) -> float | None:
    if seconds is None or SHORTEST <= seconds <= LONGEST:
        return seconds
    asked = f"{seconds:g} s" if seconds < 90 else f"{seconds / 60:g} minutes"
    raise UserError(
        f"A compilation lasts 30 s to 10 minutes, and {asked} are asked for. Say less or more, or --seconds."
    )


def _unwanted(text: str) -> tuple[str, ...]:
    """What is not wanted, in whole phrases: `on the floor` is said like that."""
    found = (part for clause in _UNWANTED.findall(text) for part in _BETWEEN.split(clause))
    return tuple(dict.fromkeys(phrase for part in found if len(phrase := _trimmed(part)) > 2))


def _trimmed(phrase: str) -> str:
    """A phrase without the words of asking at its ends."""
    return _BEHIND.sub("", _BEFORE.sub("", " ".join(phrase.split()))).strip(" -'\"")


def _parts(text: str) -> list[str]:
    parts = map(_trimmed, _BETWEEN.split(text))
    return list(dict.fromkeys(part for part in parts if len(part) > 2 and not part.isdigit()))
