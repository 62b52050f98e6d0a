"""The footage index: moments as points of Qdrant collections, and how they are found again.

Meaning (the dense vector) and words (BM25) are asked separately, and their rankings fused by reciprocal rank.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from pixora_pipeline.footage.embedding import little_words
from pixora_pipeline.footage.engine import Engine, Hit, IndexPoint, Only, Sparse
from pixora_pipeline.footage.meanings import LEXICON, Meaning, Vectors
from pixora_pipeline.footage.vocabulary import domains_of, stems, vocabularies
from pixora_pipeline.model.footage import Found, Moment

TRANSCRIPTS, SCENES = "video_transcript_segments", "video_scene_descriptions"
COLLECTION_OF = {"transcript": TRANSCRIPTS, "scene": SCENES}

_BM25 = {"k": 1.2, "b": 0.5, "avg_len": 24.0, "language": "english"}
_DEPTH = 60
"""How many points of each ranking are fused."""
_SHARE_ABOUT = 0.5
"""The least share of the best similarity among what is known to be about the right thing."""
_ABOUT_LEAST = 0.4
"""The share of the least similarity that does for what is about the right thing, where there is nothing better."""
_SAID_SHARE = 0.5
"""The share of the words looked for that a moment has to have to be shown for them alone."""
_RRF = 10
_MEANING_WEIGHT = 1.0
_WORDS_WEIGHT = 0.4


def point_of(moment: Moment, meaning: list[float]) -> IndexPoint:
    """A moment with its vectors, and the terms that exclusions look at."""
    about = f"{moment.title} {' '.join(moment.tags)}"
    sparse = _bm25().embed_document(f"{moment.text} {about}")
    return IndexPoint(
        id=moment.id,
        meaning=meaning,
        words=Sparse(list(sparse.indices), list(sparse.values)),
        payload={
            **moment.model_dump(mode="json", exclude={"id"}),
            "terms": sorted(terms_of(f"{moment.text} {about}", moment.domains)),
        },
    )


def terms_of(text: str, domains: Sequence[str] = ()) -> set[str]:
    """Every stem of a text, and every concept that it names or that stands above one it names."""
    concepts = {
        f"#{known.term(each)}"
        for known in vocabularies(domains)
        for name in known.named_in(text)
        for each in known.lineage(name)
    }
    return {*stems(text), *concepts}


def terms_to_avoid(phrases: Iterable[str]) -> tuple[str, ...]:
    """The terms by which the database leaves out what has one of these phrases. See `mentions_any` for the rest."""
    avoided: set[str] = set()
    for phrase in phrases:
        meant, said = _stands_for(phrase), stems(phrase)
        # Of a phrase that names several things, one alone is not what is unwanted.
        avoided |= {term for terms in meant if len(terms) == 1 for term in terms}
        if not meant and len(said) == 1:
            avoided |= set(said)
    return tuple(sorted(avoided))


def mentions_any(text: str, phrases: Iterable[str], domains: Sequence[str] = ()) -> bool:
    """Whether a text says one of these phrases, or names what a phrase stands for, or a kind of it."""
    there, said = terms_of(text, domains), f" {' '.join(stems(text))} "
    for phrase in phrases:
        if any(terms <= there for terms in _stands_for(phrase)) or f" {' '.join(stems(phrase))} " in said:
            return True
    return False


def _stands_for(phrase: str) -> list[set[str]]:
    """The concepts that a phrase names, in each domain in which it says nothing beside them.

    `tight belly` is more than the belly.
    """
    said, found = stems(phrase), []
    for known in vocabularies():
        mentions = known.mentions(said)
        named = {at for mention in mentions for at in range(mention.start, mention.end)}
        beside = {stem for at, stem in enumerate(said) if at not in named} - little_words()
        if mentions and not beside:
            found.append({f"#{known.term(mention.concept)}" for mention in mentions})
    return found


class Index:
    """Moments in their collections: what is said, what is seen, and both in a source's own collection.

    An index is of one embedding; those of others lie beside it.
    """

    def __init__(self, engine: Engine, meaning: Meaning = LEXICON) -> None:
        self._engine = engine
        self._meaning = meaning

    def by(self, meaning: Meaning) -> "Index":
        """The index of another embedding."""
        return Index(self._engine, meaning)

    def replace(self, source: str, moments: Sequence[Moment], vectors: Vectors | None = None) -> None:
        """Have the index hold exactly these moments of a source, and no other's vectors of it."""
        wanted: dict[str, list[IndexPoint]] = {}
        vectors = self._meaning.of_moments(moments) if vectors is None else vectors
        for moment, vector in zip(moments, vectors, strict=True):
            point = point_of(moment, vector.tolist())
            for name in filter(None, (COLLECTION_OF[moment.kind], moment.collection)):
                wanted.setdefault(self._meaning.collection(name, len(vector)), []).append(point)
        for collection, points in wanted.items():
            # An earlier version of an embedding may have had others; its points are of no use any more.
            if self._engine.dimensions(collection) not in (None, len(points[0].meaning)):
                self._engine.drop(collection)
            self._engine.upsert(collection, points)
        for collection in self._engine.collections():
            self._engine.forget(collection, source, [point.id for point in wanted.get(collection, ())])

    def remove(self, source: str) -> None:
        """Forget a source."""
        self.replace(source, ())

    def ids(self, source: str | None = None) -> dict[str, list[str]]:
        """The ids of the points there are, by collection."""
        return {each: sorted(self._engine.ids(each, source)) for each in self._engine.collections()}

    def search(
        self,
        text: str,
        limit: int = 10,
        *,
        collection: str | None = None,
        tags: Sequence[str] = (),
        sources: Sequence[str] = (),
        exclude: Sequence[str] = (),
        about: Sequence[str] = (),
        by_words: bool = False,
        anyhow: bool = False,
    ) -> list[Found]:
        """The moments that fit a text best. Nothing that says an excluded phrase is among them.

        `about` are concepts of a vocabulary, such as `fitness:core`; where they are given, only what is about one of
        them is found. The text is read by its own domain's vocabulary, the collection's where that is one.

        Where nothing means what is looked for, `by_words` finds what has at least half of its words. `anyhow` finds the
        nearest, however far that is.
        """
        with_terms = tuple(f"#{name}" for name in about)
        only = Only(tuple(sources), tuple(tags), with_terms, terms_to_avoid(exclude))
        domains = tuple(dict.fromkeys(name.partition(":")[0] for name in about)) or domains_of(
            text, collection, fewest=1
        )
        meaning, words = self._meaning.of_question(text, domains), _bm25().embed_query(text)
        places = [
            self._meaning.collection(n, len(meaning)) for n in ([collection] if collection else [TRANSCRIPTS, SCENES])
        ]
        places = [place for place in places if self._engine.dimensions(place) == len(meaning)]
        sparse = Sparse(list(words.indices), list(words.values))
        near = _best(hit for place in places for hit in self._engine.near(place, meaning, only, _DEPTH))
        matching = _best(hit for place in places for hit in self._engine.matching(place, sparse, only, _DEPTH))
        found = _fused(near, matching, meaning)
        wanted = [each for each in found if not mentions_any(each.moment.text, exclude, each.moment.domains)]
        best = max((each.similarity for each in wanted), default=0.0)
        share = _SHARE_ABOUT if about else self._meaning.least_share
        least = 0.0 if anyhow else max(self._meaning.least_similarity, share * best)
        meant = [each for each in wanted if each.similarity >= least]
        if about and not meant:
            # A video in which nobody speaks may have nothing but its name, and that says what it is about.
            meant = [each for each in wanted if each.similarity >= _ABOUT_LEAST * self._meaning.least_similarity]
        if meant or not by_words:
            return meant[:limit]
        said = {hit.id for hit in matching if _says(hit, text)}
        return [each for each in wanted if each.moment.id in said][:limit]


def _says(hit: Hit, text: str) -> bool:
    """Whether a moment has the very words that are looked for, or half of them."""
    wanted = set(stems(text)) - little_words()
    return bool(wanted) and len(wanted & set(hit.payload["terms"])) >= _SAID_SHARE * len(wanted)


def apart(found: Iterable[Found]) -> list[Found]:
    """Of moments that show the same stretch, the best alone."""
    kept: list[Found] = []
    for each in found:
        if not any(overlap(each.moment, other.moment) > 0.5 for other in kept):
            kept.append(each)
    return kept


def overlap(one: Moment, other: Moment) -> float:
    """The share of the shorter of two moments that both show."""
    if one.source != other.source:
        return 0.0
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0.0, common) / max(min(one.seconds, other.seconds), 1e-6)


def _best(hits: Iterable[Hit]) -> list[Hit]:
    return sorted({hit.id: hit for hit in hits}.values(), key=lambda hit: (-hit.score, hit.id))[:_DEPTH]


def _fused(near: list[Hit], matching: list[Hit], meaning: list[float]) -> list[Found]:
    hits = {hit.id: hit for hit in (*matching, *near)}
    ranks = dict.fromkeys(hits, 0.0)
    for ranking, weight in ((near, _MEANING_WEIGHT), (matching, _WORDS_WEIGHT)):
        for rank, hit in enumerate(ranking, 1):
            ranks[hit.id] += weight / (_RRF + rank)
    similarity = {hit.id: hit.score for hit in near}
    best = (_MEANING_WEIGHT + _WORDS_WEIGHT) / (_RRF + 1)
    found = [
        Found(
            moment=_moment(hit),
            similarity=round(min(max(similarity.get(id, 0.0), 0.0), 1.0), 4),
            rank_score=round(ranks[id] / best, 4),
        )
        for id, hit in hits.items()
    ]
    return sorted(found, key=lambda each: (-each.rank_score, each.moment.id))


def _moment(hit: Hit) -> Moment:
    return Moment(id=hit.id, **{name: each for name, each in hit.payload.items() if name != "terms"})


@cache
def _bm25():
    from qdrant_edge import Bm25, Bm25Config

    return Bm25(Bm25Config(**_BM25))
