"""Which moments become clips: by fit, by variety of sources, each stretch once. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pixora_pipeline.footage.index import overlap
from pixora_pipeline.model.compilation import ContentMatch, SearchQuery
from pixora_pipeline.model.footage import Found, Moment

SHORTEST_CLIP, LONGEST_CLIP = 3.0, 30.0
BREATH = 0.7
"""Seconds shown before and after words: a film's scene has as many before its voice."""
BONUS_OVER, BONUS = 0.8, 0.1
REUSE = 0.5
"""What a stretch that is shown already counts for; an unused one within 5 % always comes first. The same holds for one
in which nothing is said but what is said in another."""
SAME_SOURCE, MOST_AGAIN = 0.9, 3
"""What a moment counts for with each of its source's that is shown already, up to that many."""
FEWEST_SOURCES, MOST_SOURCES = 6, 8
ONE_MORE_SOURCE = 0.7
"""What a moment of yet another source counts for when that many are shown: people like to know who speaks."""
_RANK_SHARE = 0.5
MOST_OFF = 0.05
"""How much longer or shorter than asked for a film may become by its last clips, as a share of it."""


def score(found: Found) -> float:
    """How well a moment fits: similarity and rank in equal parts, and a bonus for very similar ones."""
    bonus = BONUS if found.similarity > BONUS_OVER else 0.0
    return round(_RANK_SHARE * found.rank_score + (1 - _RANK_SHARE) * found.similarity + bonus, 4)


def matches_of(query: int, found: Iterable[Found], wider: bool = False) -> list[ContentMatch]:
    """The moments that fit a query and are of a length that can be shown, best first."""
    fitting = (each for each in found if is_of_length(each.moment))
    matches = [
        ContentMatch(query=query, moment=f.moment, similarity=f.similarity, score=score(f), wider=wider)
        for f in fitting
    ]
    return sorted(matches, key=lambda match: (-match.score, match.moment.id))


def is_of_length(moment: Moment) -> bool:
    """Whether a moment is neither too short to be seen, with a breath around what is said, nor too long for a clip."""
    breaths = 2 * BREATH if moment.kind == "transcript" else 0.0
    return moment.seconds + breaths >= SHORTEST_CLIP and moment.seconds <= LONGEST_CLIP


@dataclass
class Selection:
    """The matches chosen so far, by query.

    `length` is how many seconds of the film a match will be, `said` what is said in it as listeners know it again.
    """

    length: Callable[[ContentMatch], float]
    said: Callable[[ContentMatch], str] = lambda match: ""
    chosen: list[ContentMatch] = field(default_factory=list)
    reused: list[ContentMatch] = field(default_factory=list)
    crowded_out: frozenset[int] = frozenset()
    """Queries that the film is too short for."""

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
        said = self.said(match)
        repeats = self.used(match.moment) or (said and any(self.said(each) == said for each in self.chosen))
        return match.score * variety * (REUSE if repeats else 1.0)


def select(
    queries: Sequence[SearchQuery],
    matches: Sequence[ContentMatch],
    allowed: Callable[[ContentMatch], bool],
    length: Callable[[ContentMatch], float] = lambda match: match.moment.seconds,
    film: Callable[[Sequence[ContentMatch]], float] | None = None,
    said: Callable[[ContentMatch], str] = lambda match: "",
    reach: Callable[[Sequence[ContentMatch]], tuple[float, float]] | None = None,
) -> Selection:
    """Choose matches, the best of all first: one for each query, then until each has its seconds, then fill up.

    `allowed` has the last word on a match; `length` is how long it is shown, which may be longer than its words are
    heard; `film` is how long a film of matches is, their lengths' sum unless given; `said` is what is said in a match,
    nothing unless given; `reach` is how long a film is at its shortest and at its longest, what `film` says unless
    given. A stretch is shown twice only where something asked for would else not be shown. Of what fits, the best is
    taken that leaves room for every query that there is room for. Wider matches come in where all others are too few,
    or none of their topic.
    """
    total = sum(query.seconds for query in queries)
    most = max(total * (1 + MOST_OFF), min(map(length, matches), default=0.0))
    served = {queries[match.query].serves for match in matches if not match.wider}
    near = [match for match in matches if not match.wider or queries[match.query].serves not in served]
    selection, refused = Selection(length, said, crowded_out=_crowded_out(queries, near, length, most)), set()
    lasts = film or (lambda chosen: sum(map(length, chosen)))
    reaches = reach or (lambda chosen: (lasts(chosen), lasts(chosen)))

    def lacks(match: ContentMatch, wanted: float, had: float) -> bool:
        return wanted - had > length(match) / 2

    rounds: tuple[Callable[[ContentMatch, float], bool], ...] = (
        lambda match, _: not selection.seconds(match.query),
        lambda match, _: lacks(match, queries[match.query].seconds, selection.seconds(match.query)),
        lambda match, so_far: lacks(match, total, so_far),
    )
    open_matches = [match for match in near if match.query not in selection.crowded_out]
    # A beginning or an end that nobody asked for has its share and no more.
    asked, filling = (
        [match for match in each if queries[match.query].asked and match.query not in selection.crowded_out]
        for each in (near, matches)
    )
    for among, wanted in zip((open_matches, open_matches, asked, filling), (*rounds, rounds[-1]), strict=True):
        while True:
            so_far = lasts(selection.chosen)
            there = [match for match in among if match.moment.id not in refused]
            kept_free = _kept_free(selection, there) if wanted is rounds[0] else {}
            room = most - so_far - sum(kept_free.values())
            fitting = [m for m in there if wanted(m, so_far) and length(m) <= room + kept_free.get(m.query, 0.0)]
            best = _best(selection, fitting)
            if best is None:
                break
            if allowed(best):
                selection.chosen.append(best)
            else:
                refused.add(best.moment.id)
    _squeeze_in(selection, [m for m in filling if m.moment.id not in refused and allowed(m)], reaches, total)
    for number, query in enumerate(queries):
        if not any(queries[match.query].serves == query.serves for match in selection.chosen):
            room = most - lasts(selection.chosen)
            again = (match for match in asked if match.query == number and length(match) <= room)
            _reuse(selection, [match for match in again if allowed(match)])
    return selection


def _crowded_out(
    queries: Sequence[SearchQuery],
    matches: Sequence[ContentMatch],
    length: Callable[[ContentMatch], float],
    most: float,
) -> frozenset[int]:
    """The queries that a film of `most` seconds has no room for, even by their shortest matches; the least wanted."""
    taken, out = 0.0, set()
    for number in sorted(range(len(queries)), key=lambda n: (not queries[n].asked, -queries[n].priority, n)):
        shortest = min((length(match) for match in matches if match.query == number), default=0.0)
        if taken + shortest <= most:
            taken += shortest
        else:
            out.add(number)
    return frozenset(out)


def _kept_free(selection: Selection, matches: Sequence[ContentMatch]) -> dict[int, float]:
    """The seconds to be left for each query that shows nothing yet: its shortest match."""
    kept: dict[int, float] = {}
    for match in matches:
        if match.query not in kept and not selection.seconds(match.query):
            kept[match.query] = selection.length(match)
        elif match.query in kept:
            kept[match.query] = min(kept[match.query], selection.length(match))
    return kept


def _best(selection: Selection, matches: Iterable[ContentMatch]) -> ContentMatch | None:
    unused = (match for match in matches if not selection.used(match.moment))
    return max(unused, key=lambda match: (selection.worth(match), match.moment.id), default=None)


def _squeeze_in(
    selection: Selection,
    matches: Sequence[ContentMatch],
    reach: Callable[[Sequence[ContentMatch]], tuple[float, float]],
    total: float,
) -> None:
    """Take one more for which there is room when all are shown as short as they may be, where the film lacks it."""
    if selection.chosen and reach(selection.chosen)[1] < total * (1 - MOST_OFF):
        fitting = [each for each in matches if reach([*selection.chosen, each])[0] <= total * (1 + MOST_OFF)]
        selection.chosen += filter(None, [_best(selection, fitting)])


def _reuse(selection: Selection, matches: Sequence[ContentMatch]) -> None:
    if matches:
        best = max(matches, key=selection.worth)
        selection.chosen.append(best)
        selection.reused.append(best)
