"""What the index asks of a vector database: named collections of points with a dense and a sparse vector each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

MEANING, WORDS = "meaning", "words"
"""The names of a point's two vectors."""

KEYWORDS = ("source", "tags", "terms")
"""The payload fields that are filtered by."""


@dataclass(frozen=True)
class Sparse:
    """A vector of few dimensions: BM25 weights by word. The database multiplies in how rare each word is."""

    indices: list[int]
    values: list[float]


@dataclass(frozen=True)
class IndexPoint:
    """A moment as the database keeps it."""

    id: str
    meaning: list[float]
    words: Sparse
    payload: dict[str, Any]


@dataclass(frozen=True)
class Hit:
    """A point that was found, the best first."""

    id: str
    score: float
    payload: dict[str, Any]


@dataclass(frozen=True)
class Only:
    """What may be found: any of `sources` and of `tags` where they are given, what has any of
    `with_terms`, nothing that has one of `without_terms`."""

    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    with_terms: tuple[str, ...] = ()
    without_terms: tuple[str, ...] = ()


class Engine(Protocol):
    """A Qdrant server, or its engine in this process."""

    def upsert(self, collection: str, points: Sequence[IndexPoint]) -> None:
        """Insert or replace points; the collection is made when it is not there."""

    def forget(self, collection: str, source: str, keep: Sequence[str] = ()) -> None:
        """Delete a source's points but those of the ids to keep."""

    def collections(self) -> list[str]:
        """The collections there are."""

    def dimensions(self, collection: str) -> int | None:
        """How long a collection's vectors of meaning are; None where there is no such collection."""

    def drop(self, collection: str) -> None:
        """Remove a collection with all its points."""

    def ids(self, collection: str, source: str | None = None) -> list[str]:
        """The ids of a source's points, or of all."""

    def near(self, collection: str, meaning: list[float], only: Only, limit: int) -> list[Hit]:
        """The points nearest in meaning, by cosine."""

    def matching(self, collection: str, words: Sparse, only: Only, limit: int) -> list[Hit]:
        """The points that share words, by BM25."""
