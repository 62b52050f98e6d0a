"""Looking a compilation's queries up in the footage library: what fits them, and what a film can be filled up with.

How long a film of it will be is known when its clips are planned, so both are found beforehand.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pixora_pipeline.assets.library_part import check_part
from pixora_pipeline.assets.library_search import Question, meanings_in, search_library
from pixora_pipeline.assets.work import Work
from pixora_pipeline.model.compilation import CompilationBrief, ContentMatch, FootageMatches, SearchQueries, SearchQuery
from pixora_pipeline.model.footage import Found
from pixora_pipeline.once import once
from pixora_pipeline.providers.order import Order

if TYPE_CHECKING:
    from pixora_pipeline.footage.meanings import Meaning

_CANDIDATES = 40
_PLENTY = 1.5
"""How many times the seconds asked for are enough to fill any film: clips overlap, and some are not allowed."""
_WORTH_TELLING = 25.0
_MOST_TOLD = 3


@dataclass
class _Library:
    """The part of the library that may be shown, and the orders that its services were paid by."""

    work: Work
    sources: Collection[str]
    orders: list[Order] = field(default_factory=list)

    @once
    def meanings(self) -> "list[Meaning]":
        """Asked for once: what a service was paid for is not asked again."""
        return meanings_in(self.work.studio, self._order)

    def ask(self, questions: Sequence[Question]) -> list[list[Found]]:
        """What can be shown for each question, best first."""
        # Before those that show the same are left out: the best of them may be too short to be seen.
        from pixora_pipeline.footage.ranking import is_of_length

        answers = search_library(self.work.studio, questions, 2 * _CANDIDATES, self.meanings)
        return [
            [each for each in answer if each.moment.source in self.sources and is_of_length(each.moment)]
            for answer in answers
        ]

    def _order(self) -> Order:
        self.orders.append(self.work.order())
        return self.orders[-1]


def look_up(work: Work, brief: CompilationBrief, wanted: SearchQueries) -> tuple[FootageMatches, list[Order]]:
    """What the library has now, and the orders for it. Raises `UserError` where there is no such part of it."""
    there = [source for source in work.studio.sources.all() if source.id not in brief.without]
    check_part(there, brief.collection, brief.tags)
    library = _Library(work, {source.id for source in there})
    questions = [_question(query, brief) for query in wanted.queries]
    found = _matches(library, wanted.queries, questions, brief)
    fitting = {match.moment.id: match.moment.seconds for match in found}
    lacking = sum(fitting.values()) < _PLENTY * wanted.seconds
    others = _others(library, wanted.queries, questions[0], brief, set(fitting)) if lacking else ()
    return FootageMatches(matches=tuple(found), sources=len(there), others=others), library.orders


def _question(query: SearchQuery, brief: CompilationBrief) -> Question:
    return Question(query.text, brief.collection, query.tags, query.exclude, query.about)


def _matches(
    library: _Library, queries: Sequence[SearchQuery], questions: Sequence[Question], brief: CompilationBrief
) -> list[ContentMatch]:
    from pixora_pipeline.footage.index import apart
    from pixora_pipeline.footage.ranking import matches_of
    from pixora_pipeline.footage.widening import concepts_of, shows

    abouts = [concepts_of(query, brief.collection) for query in queries]
    wider = [replace(each, about=about, anyhow=True) for each, about in zip(questions, abouts, strict=True)]
    answers = library.ask([*questions, *wider])
    found: list[ContentMatch] = []
    for number, (query, about) in enumerate(zip(queries, abouts, strict=True)):
        near, rest = apart(answers[number]), answers[len(queries) + number]
        # A film is not filled up with what nobody asked for.
        others = (each for each in rest if query.asked and shows(each.moment, query.topic, about))
        found += matches_of(number, near)[:_CANDIDATES]
        found += matches_of(number, apart([*near, *others])[len(near) :], wider=True)[:_CANDIDATES]
    return found


def _others(
    library: _Library,
    queries: Sequence[SearchQuery],
    question: Question,
    brief: CompilationBrief,
    known: Collection[str],
) -> tuple[str, ...]:
    """Topics of the same kind that the library has as well, the most of it first. `known` are the moments that fit."""
    from pixora_pipeline.footage.index import apart
    from pixora_pipeline.footage.widening import concepts_of, other_topics, shows

    topics = other_topics([concepts_of(query, brief.collection) for query in queries])
    if not topics:
        return ()
    answers = library.ask([replace(question, about=(topic,), anyhow=True) for topic in topics])
    has = {
        topic: {
            each.moment.id: each.moment.seconds
            for each in apart(answer)
            if each.moment.id not in known and shows(each.moment, topic, (topic,))
        }
        for topic, answer in zip(topics, answers, strict=True)
    }
    told: list[str] = []
    counted: set[str] = set()
    while len(told) < _MOST_TOLD and has:
        left = {topic: sum(s for id, s in moments.items() if id not in counted) for topic, moments in has.items()}
        most = max(left, key=lambda topic: left[topic])
        if left[most] < _WORTH_TELLING:
            break
        told.append(most.partition(":")[2])
        counted |= set(has.pop(most))
    return tuple(told)
