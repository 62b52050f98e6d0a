"""Which moments become clips: by fit, by variety of sources, each stretch once. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pixora_pipeline.footage.index import overlap
from pixora_pipeline.model.compilation import ContentMatch, SearchQuery
from pixora_pipeline.model.footage import Found, Moment

SHORTEST_CLIP, LONGEST_CLIP = 3.0, 30.0
BONUS_OVER, BONUS = 0.8, 0.1
LEAST_SIMILARITY = 0.25
"""Below this the embedded embedding finds moments that have nothing to do with the query. Measured in benchmarks."""
REUSE = 0.5
"""What a stretch that is shown already counts for; an unused one within 5 % always comes first."""
SAME_SOURCE = 0.9
FEWEST_SOURCES = 6
_RANK_SHARE = 0.5


def score(found: Found) -> float:
    """How well a moment fits: similarity and rank in equal parts, and a bonus for very similar ones."""
    bonus = BONUS if found.similarity > BONUS_OVER else 0.0
    return round(_RANK_SHARE * found.rank_score + (1 - _RANK_SHARE) * found.similarity + bonus, 4)


def matches_of(query: int, found: Iterable[Found]) -> list[ContentMatch]:
    """The moments that fit a query and are of a length that can be shown, best first."""
    fitting = (each for each in found if each.similarity >= LEAST_SIMILARITY and is_of_length(each.moment))
    matches = [ContentMatch(query=query, moment=f.moment, similarity=f.similarity, score=score(f)) for f in fitting]
    return sorted(matches, key=lambda match: (-match.score, match.moment.id))


def is_of_length(moment: Moment) -> bool:
    """Whether a moment is neither too short to be seen nor too long for a clip."""
    return SHORTEST_CLIP <= moment.seconds <= LONGEST_CLIP


@dataclass
class Selection:
    """The matches chosen so far, by query."""

    chosen: list[ContentMatch] = field(default_factory=list)
    reused: list[ContentMatch] = field(default_factory=list)

    def seconds(self, query: int | None = None) -> float:
        """How long what is chosen lasts, for one query or in all."""
        return sum(each.moment.seconds for each in self.chosen if query in (None, each.query))

    def used(self, moment: Moment) -> bool:
        """Whether most of a stretch is shown already."""
        return any(overlap(moment, each.moment) > 0.2 for each in self.chosen)

    def worth(self, match: ContentMatch) -> float:
        """A match's score after the penalties for showing a stretch or a source again."""
        again = sum(each.moment.source == match.moment.source for each in self.chosen)
        return match.score * SAME_SOURCE**again * (REUSE if self.used(match.moment) else 1.0)


def select(
    queries: Sequence[SearchQuery], matches: Sequence[ContentMatch], allowed: Callable[[ContentMatch], bool]
) -> Selection:
    """Choose matches until every query has its seconds, the most important first; then fill up what is missing.

    `allowed` has the last word on a match. A stretch is shown twice only where a query would else show nothing.
    """
    selection = Selection()
    order = sorted(range(len(queries)), key=lambda n: -queries[n].priority)
    # One clip for each query first, so that no topic goes without because another one took its clips.
    for number in order:
        _fill(selection, number, 0.1, matches, allowed)
    for number in order:
        _fill(selection, number, queries[number].seconds, matches, allowed)
    total = sum(query.seconds for query in queries)
    for number in order:
        missing = total - selection.seconds()
        if missing >= SHORTEST_CLIP:
            _fill(selection, number, selection.seconds(number) + missing, matches, allowed)
    for number in order:
        if not any(each.query == number for each in selection.chosen):
            _reuse(selection, number, matches, allowed)
    return selection


def _fill(selection: Selection, query: int, seconds: float, matches: Sequence[ContentMatch], allowed: Callable) -> None:
    left = [match for match in matches if match.query == query]
    while selection.seconds(query) + SHORTEST_CLIP / 2 < seconds:
        left = [match for match in left if not selection.used(match.moment)]
        best = max(left, key=lambda match: (selection.worth(match), match.moment.id), default=None)
        if best is None:
            return
        left.remove(best)
        if allowed(best):
            selection.chosen.append(best)


def _reuse(selection: Selection, query: int, matches: Sequence[ContentMatch], allowed: Callable) -> None:
    again = [match for match in matches if match.query == query and allowed(match)]
    if again:
        best = max(again, key=selection.worth)
        selection.chosen.append(best)
        selection.reused.append(best)
