"""How well and how fast moments are found: `python -m benchmarks.retrieval [--points 100000]`.

Compares BM25 alone, the embedded embedding alone, and both fused as the product does, on the labelled set that weights
were tuned on and on one held out; then measures search over many points in Qdrant's engine.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.retrieval import corpus, heldout
from benchmarks.retrieval.dealing import Asked, Topics, library
from pixora_pipeline.footage import index as fusing
from pixora_pipeline.footage.embedded_engine import embedded_engine
from pixora_pipeline.footage.embedding import DIMENSIONS
from pixora_pipeline.footage.engine import IndexPoint, Only, Sparse
from pixora_pipeline.footage.index import TRANSCRIPTS, Index, mentions_any, point_of
from pixora_pipeline.footage.meanings import LEXICON
from pixora_pipeline.footage.ranking import matches_of, select
from pixora_pipeline.footage.widening import shows
from pixora_pipeline.footage.wishes import without_unwanted
from pixora_pipeline.model.compilation import SearchQuery
from pixora_pipeline.model.footage import Found, Moment

TOP = 5


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--points", type=int, default=100_000)
    points = arguments.parse_args().points
    figures: dict = {"tuned on": quality(TUNED), "held out": quality(HELD_OUT)}
    json.dump(figures | ({"speed": speed(points)} if points else {}), sys.stdout, indent=2)
    print()


@dataclass(frozen=True)
class Labelled:
    """Moments with their labels, and queries with those that satisfy them."""

    moments: list[Moment]
    labels: dict[str, str]
    asked: tuple[Asked, ...]
    topics: Topics


TUNED = Labelled(*library(corpus.SPOKEN, *corpus.APART, twice=True), corpus.ASKED, corpus.TOPICS)
HELD_OUT = Labelled(*library(*heldout.SPOKEN.values()), heldout.ASKED, heldout.TOPICS)


def quality(given: Labelled) -> dict:
    """Relevance in the top five by each way of ranking, and what selection does with exclusions and reuse."""
    with tempfile.TemporaryDirectory() as folder, embedded_engine(Path(folder)) as engine:
        index = Index(engine)
        for source in {moment.source for moment in given.moments}:
            index.replace(source, [moment for moment in given.moments if moment.source == source])
        return {
            "segments": len(given.moments),
            "queries": len(given.asked),
            "top 5": {name: _relevance(index, given, weights) for name, weights in _WAYS.items()},
            "filled up with": _filled(given),
            "weak queries": _weak(index, given),
            **_selection(index, given),
        }


_WAYS = {"BM25 alone": (0.0, 1.0), "embedding alone": (1.0, 0.0), "fused": None}


def _relevance(index: Index, given: Labelled, weights: tuple[float, float] | None) -> dict:
    kept = fusing._MEANING_WEIGHT, fusing._WORDS_WEIGHT
    fusing._MEANING_WEIGHT, fusing._WORDS_WEIGHT = weights or kept
    try:
        shown, right, possible, firsts = 0, 0, 0, 0
        for text, wanted, exclude in given.asked:
            fits = [given.labels[each.moment.id] in wanted for each in _top(index, text, exclude)]
            shown, right, firsts = shown + len(fits), right + sum(fits), firsts + bool(fits and fits[0])
            possible += min(TOP, sum(label in wanted for label in given.labels.values()))
        return {
            "relevant of those shown": round(right / max(shown, 1), 4),
            "relevant of those there could be": round(right / possible, 4),
            "queries with a relevant first": round(firsts / len(given.asked), 4),
        }
    finally:
        fusing._MEANING_WEIGHT, fusing._WORDS_WEIGHT = kept


def _filled(given: Labelled) -> dict:
    """What a film that falls short would be filled up with, topic by topic."""
    fits = [
        given.labels[moment.id] in labels
        for topic, labels in given.topics.items()
        for moment in given.moments
        if shows(moment, topic, (topic,))
    ]
    return {"moments": len(fits), "relevant": round(sum(fits) / len(fits), 4)}


def _weak(index: Index, given: Labelled) -> dict[str, list[str]]:
    weak = {}
    for text, wanted, exclude in given.asked:
        found = [given.labels[each.moment.id] for each in _top(index, text, exclude)]
        if sum(label in wanted for label in found) < len(found) - 1 or not found:
            weak[text] = found
    return weak


def _top(index: Index, text: str, exclude: tuple[str, ...]) -> list[Found]:
    """What `pixora footage search` shows first."""
    asked, unwanted = without_unwanted(text)
    return index.search(asked, TOP, exclude=(*unwanted, *exclude))


def _selection(index: Index, given: Labelled) -> dict:
    queries = [
        SearchQuery(topic=text, text=text, priority=5, seconds=15, exclude=exclude) for text, _, exclude in given.asked
    ]
    matches = []
    for number, query in enumerate(queries):
        asked, unwanted = without_unwanted(query.text)
        matches += matches_of(number, index.search(asked, 40, exclude=(*unwanted, *query.exclude)))
    violated = sum(mentions_any(m.moment.text, queries[m.query].exclude, m.moment.domains) for m in matches)
    early = 0
    for start in range(0, len(queries), 8):
        part = [match for match in matches if start <= match.query < start + 8]
        moved = [match.model_copy(update={"query": match.query - start}) for match in part]
        chosen = select(queries[start : start + 8], moved, lambda _: True)
        for match in chosen.reused:
            others = [m for m in moved if m.query == match.query and not chosen.used(m.moment)]
            early += any(other.score >= 0.95 * match.score for other in others)
    return {"exclusions violated": violated, "reused while an unused one is within 5 %": early}


def speed(points: int) -> dict:
    """Seconds of a search over that many points: both rankings, fused, with and without an exclusion."""
    given = TUNED.moments
    known = [point_of(m, v.tolist()) for m, v in zip(given, LEXICON.of_moments(given), strict=True)]
    noise = np.random.default_rng(7)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        with embedded_engine(Path(folder)) as engine:
            for start in range(0, points, 2000):
                engine.upsert(TRANSCRIPTS, [_like(known, n, noise) for n in range(start, min(start + 2000, points))])
        filled = time.perf_counter() - began
        began = time.perf_counter()
        with embedded_engine(Path(folder)) as engine:
            engine.near(TRANSCRIPTS, known[0].meaning, Only(), 1)
            opened, index = time.perf_counter() - began, Index(engine)
            index.search("anything")  # what is read once a process
            plain = [_timed(index, text, ()) for text, _, _ in corpus.ASKED]
            without = [_timed(index, text, ("jumping",)) for text, _, _ in corpus.ASKED]
    return {
        "points": points,
        "fill (s)": round(filled, 1),
        "open (s)": round(opened, 3),
        "search": _spread(plain),
        "with an exclusion": _spread(without),
    }


def _spread(timed: list[tuple[float, float]]) -> dict:
    """Of clock and of processor seconds: on a machine with other work, the clock counts that as well."""
    kinds = zip(("s", "processor s"), zip(*timed, strict=True), strict=True)
    return {kind: {"median": round(statistics.median(each), 4), "slowest": round(max(each), 4)} for kind, each in kinds}


def _like(known: list[IndexPoint], number: int, noise: np.random.Generator) -> IndexPoint:
    """A point like one of the set, a little to the side."""
    model = known[number % len(known)]
    meaning = np.asarray(model.meaning, np.float32) + noise.normal(0, 0.02, DIMENSIONS).astype(np.float32)
    payload = {**model.payload, "source": f"v-{number // 100:010}"}
    id = f"00000000-0000-5000-8000-{number:012x}"
    return IndexPoint(id, meaning.tolist(), Sparse(model.words.indices, model.words.values), payload)


def _timed(index: Index, text: str, exclude: tuple[str, ...]) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.process_time()
    index.search(text, 10, exclude=exclude)
    return time.perf_counter() - began, time.process_time() - worked


if __name__ == "__main__":
    main()
