"""Which moments become clips: by fit, by variety of sources, each stretch once. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pixora_pipeline.footage.index import overlap
from pixora_pipeline.model.compilation import ContentMatch, SearchQuery
from pixora_pipeline.model.footage import Found, Moment

SHORTEST_CLIP, LONGEST_CLIP = 3.0, 30.0
BONUS_OVER, BONUS = 0.8, 0.1
REUSE = 0.5
"""What a stretch that is shown already counts for; an unused one within 5 % always comes first."""
SAME_SOURCE, MOST_AGAIN = 0.9, 3
"""What a moment counts for with each of its source's that is shown already, up to that many."""
FEWEST_SOURCES, MOST_SOURCES = 6, 8
ONE_MORE_SOURCE = 0.7
"""What a moment of yet another source counts for when that many are shown: people like to know who speaks."""
_RANK_SHARE = 0.5


def score(found: Found) -> float:
    """How well a moment fits: similarity and rank in equal parts, and a bonus for very similar ones."""
    bonus = BONUS if found.similarity > BONUS_OVER else 0.0
    return round(_RANK_SHARE * found.rank_score + (1 - _RANK_SHARE) * found.similarity + bonus, 4)


def matches_of(query: int, found: Iterable[Found]) -> list[ContentMatch]:
    """The moments that fit a query and are of a length that can be shown, best first."""
    fitting = (each for each in found if is_of_length(each.moment))
    matches = [ContentMatch(query=query, moment=f.moment, similarity=f.similarity, score=score(f)) for f in fitting]
    return sorted(matches, key=lambda match: (-match.score, match.moment.id))


def is_of_length(moment: Moment) -> bool:
    """Whether a moment is neither too short to be seen nor too long for a clip."""
    return SHORTEST_CLIP <= moment.seconds <= LONGEST_CLIP


@dataclass
class Selection:
    """The matches chosen so far, by query. `length` is how many seconds of the film a match will be."""

    length: Callable[[ContentMatch], float]
    chosen: list[ContentMatch] = field(default_factory=list)
    reused: list[ContentMatch] = field(default_factory=list)

    def seconds(self, query: int | None = None) -> float:
        """How long what is chosen lasts, for one query or in all."""
        return sum(self.length(each) for each in self.chosen if query in (None, each.query))

    def used(self, moment: Moment) -> bool:
        """Whether most of a stretch is shown already."""
        return any(overlap(moment, each.moment) > 0.2 for each in self.chosen)

    def worth(self, match: ContentMatch) -> float:
        """A match's score after the penalties for showing a stretch or a source again."""
        shown = Counter(each.moment.source for each in self.chosen)
        again = shown[match.moment.source]
        variety = SAME_SOURCE ** min(again, MOST_AGAIN) if again or len(shown) < MOST_SOURCES else ONE_MORE_SOURCE
        return match.score * variety * (REUSE if self.used(match.moment) else 1.0)


def select(
    queries: Sequence[SearchQuery],
    matches: Sequence[ContentMatch],
    allowed: Callable[[ContentMatch], bool],
    length: Callable[[ContentMatch], float] = lambda match: match.moment.seconds,
) -> Selection:
    """Choose matches, the best of all first: one for each query, then until each has its seconds, then fill up.

    `allowed` has the last word on a match; `length` is how long it is shown, which may be longer than its words are
    heard. A stretch is shown twice only where a query would else show nothing.
    """
    selection, refused = Selection(length), set()
    total = sum(query.seconds for query in queries)

    def lacks(match: ContentMatch, wanted: float, had: float) -> bool:
        return wanted - had > length(match) / 2

    rounds: tuple[Callable[[ContentMatch], bool], ...] = (
        lambda match: not selection.seconds(match.query),
        lambda match: lacks(match, queries[match.query].seconds, selection.seconds(match.query)),
        lambda match: lacks(match, total, selection.seconds()),
    )
    for wanted in rounds:
        while best := _best(selection, [m for m in matches if m.moment.id not in refused and wanted(m)]):
            if allowed(best):
                selection.chosen.append(best)
            else:
                refused.add(best.moment.id)
    for number in range(len(queries)):
        if not selection.seconds(number):
            _reuse(selection, [match for match in matches if match.query == number and allowed(match)])
    return selection


def _best(selection: Selection, matches: Iterable[ContentMatch]) -> ContentMatch | None:
    unused = (match for match in matches if not selection.used(match.moment))
    return max(unused, key=lambda match: (selection.worth(match), match.moment.id), default=None)


def _reuse(selection: Selection, matches: Sequence[ContentMatch]) -> None:
    if matches:
        best = max(matches, key=selection.worth)
        selection.chosen.append(best)
        selection.reused.append(best)
