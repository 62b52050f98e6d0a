"""A Qdrant server, by its client."""

import json
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from qdrant_client import QdrantClient
from qdrant_client import models as qm
from qdrant_client.http.exceptions import ApiException, UnexpectedResponse

from pixora_pipeline.errors import PixoraError, TryAgain, UserError
from pixora_pipeline.footage.engine import KEYWORDS, MEANING, WORDS, Hit, IndexPoint, Only, Sparse

OLDEST = (1, 10)
"""The first version that has queries by named sparse vectors with their rarity."""

_BATCH = 256
_THERE_ALREADY = 409
"""Somebody else made it meanwhile."""
_KEY_REFUSED = (401, 403)

# On loopback that is no matter; elsewhere `pixora doctor` tells it in our words.
warnings.filterwarnings("ignore", message="Api key is used with an insecure connection", category=UserWarning)


@contextmanager
def server_engine(url: str, api_key: str | None = None, timeout: int = 30) -> Iterator["ServerEngine"]:
    """The server at that URL; `timeout` is in seconds.

    Raises `TryAgain` when it can't be reached, `UserError` when it is not for us as it is.
    """
    try:
        client = QdrantClient(url=url, api_key=api_key, timeout=timeout, check_compatibility=False)
    except ValueError as error:
        raise UserError(f"PIXORA_QDRANT_URL is {url!r}: {error}. Give one such as http://localhost:6333.") from error
    try:
        yield ServerEngine(client)
    except (ApiException, UnexpectedResponse) as error:
        raise _told(url, client, error) from error
    finally:
        client.close()


def _told(url: str, client: QdrantClient, error: Exception) -> PixoraError:
    """What is wrong with the server, in a sentence."""
    status = getattr(error, "status_code", None)
    if status in _KEY_REFUSED:
        return UserError(f"The Qdrant server at {url} does not accept our key ({status}). See PIXORA_QDRANT_API_KEY.")
    version = _version(client) if status else None
    if version and version < OLDEST:
        found, wanted = (".".join(map(str, each)) for each in (version, OLDEST))
        return UserError(f"The Qdrant server at {url} is version {found}; {wanted} or newer is needed. Upgrade it.")
    return TryAgain(f"The Qdrant server at {url} can't be used: {_words(error)}. See PIXORA_QDRANT_URL.")


def _version(client: QdrantClient) -> tuple[int, ...] | None:
    try:
        return tuple(int(part) for part in client.info().version.split("-")[0].split("."))
    except (ApiException, UnexpectedResponse, ValueError):
        return None


def _words(error: Exception) -> str:
    """The server's own words for it, where it has any."""
    try:
        said = json.loads(getattr(error, "content", b""))["status"]["error"]
    except (ValueError, KeyError, TypeError):
        said = str(error)
    return " ".join(str(said).split())[:300].rstrip(".")


class ServerEngine:
    """The same operations as the embedded engine's, through a client."""

    def __init__(self, client: QdrantClient) -> None:
        self._client = client

    @property
    def version(self) -> str:
        """What the server says it is."""
        return self._client.info().version

    def upsert(self, collection: str, points: Sequence[IndexPoint]) -> None:
        """Insert or replace points."""
        if points and not self._client.collection_exists(collection):
            self._create(collection, len(points[0].meaning))
        for start in range(0, len(points), _BATCH):
            batch = [_point(point) for point in points[start : start + _BATCH]]
            self._client.upsert(collection, batch, wait=True)

    def forget(self, collection: str, source: str, keep: Sequence[str] = ()) -> None:
        """Delete a source's points but those to keep."""
        if self._client.collection_exists(collection):
            kept = [qm.HasIdCondition(has_id=list(keep))] if keep else []
            chosen = qm.FilterSelector(filter=qm.Filter(must=[_any("source", [source])], must_not=kept))
            self._client.delete(collection, chosen, wait=True)

    def collections(self) -> list[str]:
        """The collections there are."""
        return sorted(each.name for each in self._client.get_collections().collections)

    def dimensions(self, collection: str) -> int | None:
        """How long a collection's vectors of meaning are."""
        if not self._client.collection_exists(collection):
            return None
        vectors = self._client.get_collection(collection).config.params.vectors
        return vectors[MEANING].size if isinstance(vectors, dict) and MEANING in vectors else None

    def drop(self, collection: str) -> None:
        """Remove a collection."""
        self._client.delete_collection(collection)

    def ids(self, collection: str, source: str | None = None) -> list[str]:
        """The ids of a source's points, or of all."""
        found, offset = [], None
        wanted = qm.Filter(must=[_any("source", [source])]) if source else None
        while self._client.collection_exists(collection):
            records, offset = self._client.scroll(
                collection, scroll_filter=wanted, limit=1000, offset=offset, with_payload=False
            )
            found += [str(record.id) for record in records]
            if offset is None:
                break
        return found

    def near(self, collection: str, meaning: list[float], only: Only, limit: int) -> list[Hit]:
        """The points nearest in meaning."""
        return self._query(collection, meaning, MEANING, only, limit)

    def matching(self, collection: str, words: Sparse, only: Only, limit: int) -> list[Hit]:
        """The points that share words."""
        if not words.indices:
            return []
        return self._query(collection, qm.SparseVector(indices=words.indices, values=words.values), WORDS, only, limit)

    def _query(self, collection: str, query, using: str, only: Only, limit: int) -> list[Hit]:
        if not self._client.collection_exists(collection):
            return []
        found = self._client.query_points(
            collection, query=query, using=using, query_filter=_filter(only), limit=limit, with_payload=True
        )
        return [Hit(str(point.id), point.score, point.payload or {}) for point in found.points]

    def _create(self, collection: str, dimensions: int) -> None:
        try:
            self._client.create_collection(
                collection,
                vectors_config={MEANING: qm.VectorParams(size=dimensions, distance=qm.Distance.COSINE)},
                sparse_vectors_config={WORDS: qm.SparseVectorParams(modifier=qm.Modifier.IDF)},
            )
        except UnexpectedResponse as error:
            if error.status_code != _THERE_ALREADY:
                raise
        for field in KEYWORDS:
            self._client.create_payload_index(collection, field, qm.PayloadSchemaType.KEYWORD)


def _point(point: IndexPoint) -> qm.PointStruct:
    sparse = qm.SparseVector(indices=point.words.indices, values=point.words.values)
    return qm.PointStruct(id=point.id, vector={MEANING: point.meaning, WORDS: sparse}, payload=point.payload)


def _filter(only: Only) -> qm.Filter | None:
    wanted = (("source", only.sources), ("tags", only.tags), ("terms", only.with_terms))
    must = [_any(name, values) for name, values in wanted if values]
    must_not = [_any("terms", only.without_terms)] if only.without_terms else []
    return qm.Filter(must=must, must_not=must_not) if must or must_not else None


def _any(field: str, values: Sequence[str]) -> qm.FieldCondition:
    return qm.FieldCondition(key=field, match=qm.MatchAny(any=list(values)))
