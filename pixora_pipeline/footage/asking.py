"""A request as search queries by a hosted text model; what nobody may forget of a request stays with our rules."""

from importlib.resources import files
from typing import Annotated

from pydantic import Field, StringConstraints

from pixora_pipeline.footage.queries import shortened
from pixora_pipeline.footage.wishes import Wishes, read_wishes
from pixora_pipeline.model.compilation import CompilationBrief, SearchQueries, SearchQuery
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.protocols import TextModel

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class DraftQuery(Value):
    """A query as a model writes it."""

    topic: Words
    text: Words
    priority: int = Field(ge=1, le=10)
    exclude: list[str]


class DraftQueries(Value):
    """What a model plans."""

    title: Words
    queries: list[DraftQuery] = Field(min_length=5, max_length=8)


def ask_for_queries(model: TextModel, brief: CompilationBrief) -> SearchQueries:
    """Five to eight queries by the model. Length, tags and what is not wanted are read from the request by rule."""
    wishes = read_wishes(brief.requirements, brief.context, brief.seconds, brief.collection)
    instructions = files(__package__).joinpath("asking.md").read_text("utf-8")
    draft = model.answer(instructions, _question(brief, wishes), DraftQueries, "queries")
    total = sum(query.priority for query in draft.queries)
    queries = tuple(_query(query, brief, wishes, total) for query in draft.queries)
    return SearchQueries(title=" ".join(shortened(draft.title.split())), seconds=wishes.seconds, queries=queries)


def _question(brief: CompilationBrief, wishes: Wishes) -> str:
    told = [f"Requirements: {brief.requirements}"]
    told += [f"Context: {brief.context}"] if brief.context else []
    told += [f"Length: {wishes.seconds:.0f} seconds"]
    told += [f"Not wanted: {', '.join(wishes.unwanted)}"] if wishes.unwanted else []
    return "\n".join(told)


def _query(query: DraftQuery, brief: CompilationBrief, wishes: Wishes, total: int) -> SearchQuery:
    unwanted = (*wishes.unwanted, *(phrase for each in query.exclude if (phrase := _plain(each))))
    return SearchQuery(
        topic=_plain(query.topic),
        text=_plain(query.text),
        priority=query.priority,
        seconds=round(wishes.seconds * query.priority / total, 1),
        tags=brief.tags,
        exclude=tuple(dict.fromkeys(unwanted)),
    )


def _plain(text: str) -> str:
    return " ".join(text.split())
