"""Qdrant's engine in this process, on files of ours. Its files have one owner at a time: whoever holds the lock."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import qdrant_edge as qe

from pixora_pipeline.errors import TryAgain
from pixora_pipeline.footage.engine import KEYWORDS, MEANING, WORDS, Hit, IndexPoint, Only, Sparse
from pixora_pipeline.store.file_lock import locked

_PAGE = 10_000


@contextmanager
def embedded_engine(folder: Path) -> Iterator["EmbeddedEngine"]:
    """The engine over a folder. A second process waits here until the first is done; opening takes milliseconds."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / "lock"):
            engine = EmbeddedEngine(folder)
            try:
                yield engine
            finally:
                engine.close()
    except OSError as error:
        reason = error.strerror.lower() if error.strerror else error
        raise TryAgain(f"The footage index {folder} can't be used: {reason}. See PIXORA_HOME.") from error


class EmbeddedEngine:
    """One shard a collection, opened when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, qe.EdgeShard] = {}

    def close(self) -> None:
        """Write everything and let the files go."""
        for shard in self._open.values():
            shard.flush()
            shard.close()
        self._open.clear()

    def upsert(self, collection: str, points: Sequence[IndexPoint]) -> None:
        """Insert or replace points."""
        if points:
            shard = self._shard(collection) or self._create(collection, len(points[0].meaning))
            shard.update(qe.UpdateOperation.upsert_points([_point(point) for point in points]))

    def forget(self, collection: str, source: str, keep: Sequence[str] = ()) -> None:
        """Delete a source's points but those to keep."""
        if shard := self._shard(collection):
            kept = [qe.HasIdCondition(set(keep))] if keep else []
            shard.update(
                qe.UpdateOperation.delete_points_by_filter(qe.Filter(must=[_any("source", [source])], must_not=kept))
            )

    def collections(self) -> list[str]:
        """The collections there are."""
        return sorted(path.name for path in self._folder.iterdir() if (path / "edge_config.json").is_file())

    def dimensions(self, collection: str) -> int | None:
        """How long a collection's vectors of meaning are."""
        config = self._folder / collection / "edge_config.json"
        return int(json.loads(config.read_bytes())["vectors"][MEANING]["size"]) if config.is_file() else None

    def drop(self, collection: str) -> None:
        """Remove a collection."""
        if shard := self._open.pop(collection, None):
            shard.close()
        shutil.rmtree(self._folder / collection, ignore_errors=True)

    def ids(self, collection: str, source: str | None = None) -> list[str]:
        """The ids of a source's points, or of all."""
        shard, found, offset = self._shard(collection), [], None
        wanted = qe.Filter(must=[_any("source", [source])]) if source else None
        while shard:
            page = qe.ScrollRequest(offset=offset, limit=_PAGE, filter=wanted, with_payload=False)
            records, offset = shard.scroll(page)
            found += [str(record.id) for record in records]
            if offset is None:
                break
        return found

    def near(self, collection: str, meaning: list[float], only: Only, limit: int) -> list[Hit]:
        """The points nearest in meaning."""
        return self._query(collection, qe.Query.Nearest(meaning, using=MEANING), only, limit)

    def matching(self, collection: str, words: Sparse, only: Only, limit: int) -> list[Hit]:
        """The points that share words."""
        if not words.indices:
            return []
        sparse = qe.SparseVector(indices=words.indices, values=words.values)
        return self._query(collection, qe.Query.Nearest(sparse, using=WORDS), only, limit)

    def _query(self, collection: str, query: qe.Query, only: Only, limit: int) -> list[Hit]:
        shard = self._shard(collection)
        if shard is None:
            return []
        found = shard.query(qe.QueryRequest(limit=limit, query=query, filter=_filter(only), with_payload=True))
        return [Hit(str(point.id), point.score, point.payload or {}) for point in found]

    def _shard(self, collection: str) -> qe.EdgeShard | None:
        path = self._folder / collection
        if collection not in self._open and (path / "edge_config.json").is_file():
            self._open[collection] = qe.EdgeShard.load(str(path))
        return self._open.get(collection)

    def _create(self, collection: str, dimensions: int) -> qe.EdgeShard:
        path = self._folder / collection
        path.mkdir(parents=True, exist_ok=True)
        config = qe.EdgeConfig(
            vectors={MEANING: qe.EdgeVectorParams(dimensions, qe.Distance.Cosine)},
            sparse_vectors={WORDS: qe.EdgeSparseVectorParams(modifier=qe.Modifier.Idf)},
        )
        shard = self._open[collection] = qe.EdgeShard.create(str(path), config)
        for field in KEYWORDS:
            shard.update(qe.UpdateOperation.create_field_index(field, qe.PayloadSchemaType.Keyword))
        return shard


def _point(point: IndexPoint) -> qe.Point:
    sparse = qe.SparseVector(indices=point.words.indices, values=point.words.values)
    return qe.Point(point.id, {MEANING: point.meaning, WORDS: sparse}, point.payload)


def _filter(only: Only) -> qe.Filter | None:
    wanted = (("source", only.sources), ("tags", only.tags), ("terms", only.with_terms))
    must = [_any(name, values) for name, values in wanted if values]
    must_not = [_any("terms", only.without_terms)] if only.without_terms else []
    return qe.Filter(must=must, must_not=must_not) if must or must_not else None


def _any(field: str, values: Sequence[str]) -> qe.FieldCondition:
    return qe.FieldCondition(field, match=qe.MatchAny(list(values)))
