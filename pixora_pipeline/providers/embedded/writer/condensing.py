"""Shortening a text that is too long for its film: from every stretch of it, the run of sentences that tells most.

Sentences are ranked by how central their words are to the whole and to their chapter, by position and by names. Whole
runs are kept rather than single sentences, so that what is told still follows from what was told before.
"""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pixora_pipeline.providers.embedded.writer.lines import Line
from pixora_pipeline.providers.embedded.writer.sentences import is_open
from pixora_pipeline.providers.embedded.writer.words import leans_back, topics_of, words_of

_STRETCH = 11.0  # seconds told of each stretch of text


def condense(lines: Sequence[Line], seconds: float, language: str) -> list[Line]:
    """The lines to tell in about `seconds`, in their order. All of them when they fit."""
    total = sum(line.seconds for line in lines)
    if total <= seconds:
        return list(lines)
    scores = _scores(lines, language)
    stretches = _stretches(lines, max(1, round(seconds / max(_STRETCH, 1.2 * total / len(lines)))))
    kept: list[int] = []
    spent = 0.0
    for index, stretch in enumerate(stretches):
        # What earlier stretches left over is spread over those that follow.
        budget = (seconds - spent) / (len(stretches) - index)
        run = _best_run(lines, scores, stretch, budget, language)
        kept += run
        spent += sum(lines[place].seconds for place in run)
    return [lines[place] for place in kept]


def _scores(lines: Sequence[Line], language: str) -> list[float]:
    """How much each line tells, about 0 to 1.5."""
    topics = [Counter(topics_of(line.text, language)) for line in lines]
    spread = Counter(stem for topic in topics for stem in topic)
    weights = {stem: math.log(1 + len(lines) / count) * math.log(1 + count) for stem, count in spread.items()}
    chapters: dict[int, Counter[str]] = {}
    for line, topic in zip(lines, topics, strict=True):
        chapters.setdefault(line.chapter, Counter()).update(topic)
    whole = Counter(stem for topic in topics for stem in topic.elements())
    return [
        _score(lines, place, topics[place], weights, whole, chapters[lines[place].chapter], language)
        for place in range(len(lines))
    ]


def _score(
    lines: Sequence[Line],
    place: int,
    topic: Counter[str],
    weights: dict[str, float],
    whole: Counter[str],
    chapter: Counter[str],
    language: str,
) -> float:
    line = lines[place]
    central = _weight(topic, weights, whole) * 0.5 + _weight(topic, weights, chapter) * 0.5
    opens = place == 0 or lines[place - 1].paragraph != line.paragraph
    names = sum(word.text[0].isupper() for word in words_of(line.text)[1:])
    length = min(1.0, line.seconds / 3.5)
    broken = 0.6 if is_open(line.text) or line.continues else 0.0
    return central * length + 0.15 * opens + 0.05 * min(names, 3) - broken


def _weight(topic: Counter[str], weights: dict[str, float], frequencies: Counter[str]) -> float:
    """The mean weight of a line's words, each by how often the text comes back to it."""
    if not topic:
        return 0.0
    total = sum(weights[stem] * math.log(1 + frequencies[stem]) for stem in topic)
    return total / (len(topic) + 4) / (1 + math.log(1 + len(weights)))


def _stretches(lines: Sequence[Line], wanted: int) -> list[range]:
    """The lines cut into about `wanted` stretches of like length, within chapters unless those are too many."""
    total = sum(line.seconds for line in lines)
    chapters = [0] + [i for i in range(1, len(lines)) if lines[i].chapter != lines[i - 1].chapter] + [len(lines)]
    if len(chapters) - 1 > wanted:
        return _even(lines, range(len(lines)), wanted)
    found: list[range] = []
    for first, last in pairwise(chapters):
        share = sum(line.seconds for line in lines[first:last]) / total
        found += _even(lines, range(first, last), max(1, round(share * wanted)))
    return found


def _even(lines: Sequence[Line], places: range, count: int) -> list[range]:
    total = sum(lines[place].seconds for place in places)
    cuts, passed = [places.start], 0.0
    for place in places:
        if passed >= total * len(cuts) / count and place > cuts[-1]:
            cuts.append(place)
        passed += lines[place].seconds
    return [range(first, last) for first, last in zip(cuts, [*cuts[1:], places.stop], strict=True)]


def _best_run(lines: Sequence[Line], scores: list[float], stretch: range, budget: float, language: str) -> list[int]:
    """The run of lines in the stretch that tells most in the budget; at least one line."""
    best: tuple[float, list[int]] | None = None
    for first in stretch:
        run, length = [first], lines[first].seconds
        for place in range(first + 1, stretch.stop):
            if length + lines[place].seconds > budget * 1.12:
                break
            run.append(place)
            length += lines[place].seconds
        value = _run_value(lines, scores, run, length, budget, language)
        if best is None or value > best[0]:
            best = (value, run)
    return best[1] if best else []


def _run_value(
    lines: Sequence[Line], scores: list[float], run: list[int], length: float, budget: float, language: str
) -> float:
    first, last = run[0], run[-1]
    value = sum(scores[place] * lines[place].seconds for place in run) / length
    value -= 0.35 * (first > 0 and leans_back(lines[first].text, language))
    value -= 0.5 * lines[first].continues + 0.5 * max(0.0, length / budget - 1.15)
    value -= 0.25 * max(0.0, 0.6 - length / budget)
    value += 1.0 * (first == 0) + 0.6 * (last == len(lines) - 1)
    return value
