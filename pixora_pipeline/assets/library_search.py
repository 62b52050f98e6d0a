"""Searching the library, by whatever embeddings its sources were placed with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.footage import Found
from pixora_pipeline.model.project import BUILT_IN
from pixora_pipeline.providers.catalogue import engage, offer
from pixora_pipeline.providers.order import Order

if TYPE_CHECKING:
    from pixora_pipeline.footage.meanings import Meaning


@dataclass(frozen=True)
class Question:
    """What is looked for: see `Index.search`."""

    text: str
    collection: str | None = None
    tags: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    by_words: bool = False
    anyhow: bool = False


def meanings_in(studio: Studio, order: Callable[[], Order]) -> "list[Meaning]":
    """The embeddings that the library's sources were placed with. `order` pays for services' vectors."""
    from pixora_pipeline.footage.meanings import LEXICON, HostedMeaning

    used = studio.sources.embeddings() or [BUILT_IN]
    return [
        LEXICON if name == BUILT_IN else HostedMeaning(offer("embedding", name), engage("embedding", name, order()))
        for name in used
    ]


def search_library(
    studio: Studio, questions: Sequence[Question], limit: int, meanings: "Sequence[Meaning]"
) -> list[list[Found]]:
    """What fits each question, best first, at most `limit` by each embedding."""
    from pixora_pipeline.footage.library import open_index

    for meaning in meanings:
        meaning.prepare([question.text for question in questions])

    def ask(index, question: Question) -> list[Found]:
        wishes = {each.name: getattr(question, each.name) for each in fields(question) if each.name != "text"}
        found = [each for meaning in meanings for each in index.by(meaning).search(question.text, limit, **wishes)]
        return sorted(found, key=lambda each: -each.rank_score)

    with open_index(studio.settings) as index:
        return [ask(index, question) for question in questions]


def search_order(studio: Studio, text: str) -> Order:
    """The order for a question that somebody asks; the same one again is answered from the journal."""
    key = f"search/{hash_value(text)}"
    return Order(studio.paid_calls, key, studio.settings.home / "received" / key)
