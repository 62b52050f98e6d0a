"""Which words of a narration each step of an animation goes with. Pure; works on any words, edited ones too."""

import re
from collections.abc import Sequence

LEAST_SHARE = 0.34
"""Of a step's words that must be heard near a place for it to count as spoken of there."""
_WINDOW = 4
_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "so",
        "that",
        "the",
        "then",
        "there",
        "this",
        "to",
        "we",
        "what",
        "when",
        "which",
        "with",
        "you",
        "your",
    ]
)


def align_steps(said: Sequence[str], spoken: Sequence[str]) -> list[float]:
    """For each step a place among the spoken words, rising; the first is 0.

    Steps that are not found in the words stand evenly between those that are.
    """
    if not said:
        return []
    stems = [_stem(word) for word in spoken]
    found: list[float | None] = [0.0, *(None for _ in said[1:])]
    for number, place in _best(list(said), stems).items():
        found[number] = float(place)
    found[0] = 0.0
    return _filled(found, len(spoken))


def _best(said: list[str], stems: list[str]) -> dict[int, int]:
    """The places, rising with the steps, at which the most of what is said is heard."""
    count = len(stems)
    # best[p]: the highest score with the last found step at a place before p, and the places that give it.
    best: list[tuple[float, dict[int, int]]] = [(0.0, {})] * (count + 1)
    for number, phrase in enumerate(said):
        scores = _scores(phrase, stems) if number else []
        row = list(best)
        for place, score in enumerate(scores):
            if score <= 0 or place == 0:
                continue
            total = best[place][0] + score
            if total > row[place + 1][0]:
                row[place + 1] = (total, {**best[place][1], number: place})
        for place in range(1, count + 1):
            if row[place - 1][0] > row[place][0]:
                row[place] = row[place - 1]
        best = row
    return best[count][1] if best else {}


def _scores(phrase: str, stems: list[str]) -> list[float]:
    wanted = [stem for word in phrase.split() if (stem := _stem(word)) and stem not in _COMMON]
    if not wanted:
        return []
    scores = []
    reach = len(wanted) + _WINDOW
    for place, first in enumerate(stems):
        if first not in wanted:
            scores.append(0.0)
            continue
        share = len(set(wanted) & set(stems[place : place + reach])) / len(set(wanted))
        # The first word of the phrase is where it is begun to be spoken of.
        scores.append(share + (0.1 if first == wanted[0] else 0.0) if share >= LEAST_SHARE else 0.0)
    return scores


def _filled(found: list[float | None], words: int) -> list[float]:
    places = list(found)
    known = [number for number, place in enumerate(places) if place is not None]
    for one, other in zip(known, [*known[1:], len(places)], strict=True):
        start = places[one]
        end = places[other] if other < len(places) else float(words)
        for number in range(one + 1, other):
            places[number] = start + (end - start) * (number - one) / (other - one)
    return places


def _stem(word: str) -> str:
    plain = re.sub(r"[^\w]+", "", word.lower())
    for ending in ("ies", "es", "s", "ed", "ing"):
        if len(plain) > len(ending) + 3 and plain.endswith(ending):
            return plain[: -len(ending)] + ("y" if ending == "ies" else "")
    return plain
