"""What texts mean to an embedding: the one that is built in, or a service's. Each has collections of its own."""

import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.errors import Defect
from pixora_pipeline.footage.embedding import EMBEDDING, embed
from pixora_pipeline.model.content import hash_text
from pixora_pipeline.model.footage import Moment
from pixora_pipeline.providers.catalogue import Offer
from pixora_pipeline.providers.protocols import Embedder

Vectors = NDArray[np.float32]
"""One of length 1 for each text."""

_TITLE_SHARE = 0.35
"""How much a source's name and tags say about each of its moments, beside the moment's own words."""
_LEAST_SIMILARITY = 0.2


class Meaning(Protocol):
    """An embedding. What is less similar than `least_similarity`, or than `least_share` of the best, is not meant."""

    name: str
    least_similarity: float
    least_share: float

    def collection(self, name: str, dimensions: int) -> str:
        """What a collection is called in which this embedding's vectors are."""

    def prepare(self, texts: Sequence[str]) -> None:
        """Get ready for these questions, at once: a service is asked before the index is locked."""

    def of_question(self, text: str, domains: Sequence[str] = ()) -> list[float]:
        """The vector of what somebody looks for; `domains` are those it may be read by, none are all."""

    def of_moments(self, moments: Sequence[Moment]) -> Vectors:
        """The vectors of what can be found."""


class Lexicon:
    """The embedding that is built in. The least similarities are measured in benchmarks/retrieval."""

    name = EMBEDDING
    least_similarity, least_share = 0.2, 0.7

    def collection(self, name: str, dimensions: int) -> str:
        """By its plain name."""
        return name

    def prepare(self, texts: Sequence[str]) -> None:
        """Nothing is to be got ready."""

    def of_question(self, text: str, domains: Sequence[str] = ()) -> list[float]:
        """The vector of a question."""
        return embed(text, asked=True, domains=domains).tolist()

    def of_moments(self, moments: Sequence[Moment]) -> Vectors:
        """The vectors of moments."""
        return _unit([self._of(each) for each in moments])

    def _of(self, moment: Moment) -> Vectors:
        about = embed(f"{moment.title} {' '.join(moment.tags)}", domains=moment.domains)
        return embed(moment.text, domains=moment.domains) + np.float32(_TITLE_SHARE) * about


class HostedMeaning:
    """A service's embedding; without an embedder, for vectors that are there already."""

    def __init__(self, offer: Offer, embedder: Embedder | None = None) -> None:
        self.name = offer.id
        # How near texts are that have nothing in common differs from model to model.
        self.least_similarity = float(offer.options.get("least_similarity", _LEAST_SIMILARITY))
        self.least_share = 0.7
        self._embedder = embedder
        self._known: dict[str, list[float]] = {}

    def collection(self, name: str, dimensions: int) -> str:
        """By the model and its dimensions, so that no two are ever mixed."""
        model = re.sub(r"[^A-Za-z0-9._-]", "_", self.name.replace("/", "."))
        apart = "" if model == self.name.replace("/", ".") else f".{hash_text(self.name)[:6]}"
        return f"{name}.{model}{apart}.{dimensions}"

    def prepare(self, texts: Sequence[str]) -> None:
        """Ask for all vectors in one request."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            vectors = self._embed(new)
            self._known |= {text: vector.tolist() for text, vector in zip(new, vectors, strict=True)}

    def of_question(self, text: str, domains: Sequence[str] = ()) -> list[float]:
        """The vector of a question."""
        self.prepare([text])
        return self._known[text]

    def of_moments(self, moments: Sequence[Moment]) -> Vectors:
        """The vectors of moments, their source's name and tags before their own words."""
        return self._embed([_told(each) for each in moments])

    def _embed(self, texts: Sequence[str]) -> Vectors:
        if self._embedder is None:
            raise Defect(f"{self.name} was asked for vectors, and nobody was hired to make them.")
        return _unit(self._embedder.embed(texts).vectors)


LEXICON = Lexicon()


def _told(moment: Moment) -> str:
    return ". ".join(filter(None, [moment.title, ", ".join(moment.tags), moment.text]))


def _unit(vectors: Sequence) -> Vectors:
    if not len(vectors):
        return np.zeros((0, 0), np.float32)
    rows = np.asarray(vectors, np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1)
