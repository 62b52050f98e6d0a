"""Which lines are told together: the cutting of a text into scenes by length, paragraph and chapter."""

from collections.abc import Sequence
from itertools import pairwise

from pixora_pipeline.providers.embedded.writer.lines import Line
from pixora_pipeline.providers.embedded.writer.words import leans_back

SHORTEST, LONGEST = 5.5, 16.0
"""Seconds a scene should stay between; where sentences allow it."""

MOST_SCENES = 59
_LIMIT = 24.0
_FEWEST_FOR_FILM, _MOST_FOR_FILM = 5, 11
_FILM = (40.0, 200.0)


def group_scenes(lines: Sequence[Line], language: str) -> list[list[Line]]:
    """The lines in runs, one for each scene: 5 to 11 for 40 s to 3 min, more for longer texts, at most 59."""
    total = sum(line.seconds for line in lines)
    fewest, most = _count_range(total, len(lines))
    target = _target(total)
    groups: list[list[Line]] = []
    for _ in range(12):
        groups = _cheapest_cuts(lines, target, language)
        if len(groups) > most:
            target *= 1.12
        elif len(groups) < fewest:
            target *= 0.88
        else:
            break
    return _merged_to(groups, most)


def _target(total: float) -> float:
    """The length of scene to aim for, in seconds."""
    if total < _FILM[0]:
        return max(4.0, total / max(1, round(total / 5)))
    if total > _FILM[1]:
        return max(11.5, total / MOST_SCENES * 1.1)
    return max(8.0, total / min(_MOST_FOR_FILM, max(_FEWEST_FOR_FILM, round(total / 10.5))))


def _count_range(total: float, lines: int) -> tuple[int, int]:
    if total < _FILM[0]:
        return 1, _FEWEST_FOR_FILM
    if total <= _FILM[1]:
        return min(_FEWEST_FOR_FILM, lines), _MOST_FOR_FILM
    return min(_MOST_FOR_FILM, lines), MOST_SCENES


def _cheapest_cuts(lines: Sequence[Line], target: float, language: str) -> list[list[Line]]:
    """The partition of least cost, by dynamic programming over where the last scene begins."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(lines) + 1):
        length, options = 0.0, []
        for start in range(end - 1, -1, -1):
            length += lines[start].seconds
            if length > _LIMIT and start < end - 1:
                break
            cost = best[start][0] + _length_cost(length, target) + _cut_cost(lines, start, language)
            options.append((cost, start))
            if start and lines[start].chapter != lines[start - 1].chapter:
                break
        best.append(min(options))
    cuts, place = [], len(lines)
    while place:
        cuts.append((best[place][1], place))
        place = best[place][1]
    return [list(lines[first:last]) for first, last in reversed(cuts)]


def _length_cost(length: float, target: float) -> float:
    cost = ((length - target) / target) ** 2
    shortest = min(SHORTEST, 0.8 * target)
    return cost + 0.6 * max(0.0, shortest - length) / shortest + 0.25 * max(0.0, length - max(LONGEST, 1.2 * target))


def _cut_cost(lines: Sequence[Line], place: int, language: str) -> float:
    """What it costs the story to begin a scene at this line."""
    if place == 0 or lines[place].chapter != lines[place - 1].chapter:
        return 0.0
    if lines[place].paragraph != lines[place - 1].paragraph:
        return 0.03
    return 0.3 + 0.3 * leans_back(lines[place].text, language) + 0.25 * lines[place].continues


def _merged_to(groups: list[list[Line]], most: int) -> list[list[Line]]:
    """At most so many scenes; the shortest neighbours are told together, unless that makes a scene too long.

    Only the number of slots is never exceeded.
    """
    while len(groups) > most:
        sums = [_seconds(one) + _seconds(other) for one, other in pairwise(groups)]
        pair = min(range(len(sums)), key=lambda place: sums[place])
        if sums[pair] > _LIMIT and len(groups) <= MOST_SCENES:
            break
        groups[pair : pair + 2] = [groups[pair] + groups[pair + 1]]
    return groups


def _seconds(lines: Sequence[Line]) -> float:
    return sum(line.seconds for line in lines)
