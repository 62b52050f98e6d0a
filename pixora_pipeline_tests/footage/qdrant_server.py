"""A Qdrant server's REST interface, as far as we call it, for the real client to talk to over a socket.

Every body is read by the models that the client's authors generate from Qdrant's own OpenAPI description, which take
nothing they do not know, and every answer is written by them. What is asked is carried out by the client's local mode:
this shows that we speak the wire format, not how fast or large a server is.
"""

import asyncio
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel, TypeAdapter
from qdrant_client import QdrantClient
from qdrant_client.http import models as qm
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pixora_pipeline_tests.providers.servers.running import running

_QUERIES_SINCE = 10
"""The version 1.x since which there is `/points/query`."""

Handler = Callable[[str, bytes], Any]


class QdrantServer:
    """What a server keeps, who may ask, and what was asked.

    It answers after `slow` seconds. An old `version` has no `/points/query`; `fault` is answered to everything.
    """

    def __init__(self, api_key: str | None = None, version: str = "1.15.1") -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.kept = QdrantClient(":memory:", force_disable_check_same_thread=True)
        self.api_key = api_key
        self.version = version
        self.slow = 0.0
        self.fault: tuple[int, str] | None = None
        self.log: list[str] = []

    def application(self) -> Starlette:
        """The server."""
        at = "/collections/{name}"
        return Starlette(
            routes=[
                Route("/", self._greet),
                self._route("GET", "/collections", lambda name, body: self.kept.get_collections()),
                self._route("GET", at, lambda name, body: self.kept.get_collection(name)),
                self._route("DELETE", at, lambda name, body: self.kept.delete_collection(name)),
                self._route("GET", f"{at}/exists", self._exists),
                self._route("PUT", at, self._create),
                self._route("PUT", f"{at}/index", self._index),
                self._route("PUT", f"{at}/points", self._upsert),
                self._route("POST", f"{at}/points/delete", self._delete),
                self._route("POST", f"{at}/points/scroll", self._scroll),
                self._route("POST", f"{at}/points/query", self._query),
            ]
        )

    def _route(self, method: str, path: str, handle: Handler) -> Route:
        async def endpoint(request: Request) -> Response:
            name, body = request.path_params.get("name", ""), await request.body()
            self.log.append(f"{method} {request.url.path}")
            await asyncio.sleep(self.slow)
            if self.fault:
                return _error(*self.fault)
            if request.url.path.endswith("/query") and int(self.version.split(".")[1]) < _QUERIES_SINCE:
                return Response(status_code=404)
            if self.api_key and request.headers.get("api-key") != self.api_key:
                return _error(403, "Forbidden: Must provide an API key")
            there = path == "/collections" or (method == "PUT" and path == "/collections/{name}") or "exists" in path
            if not there and not self.kept.collection_exists(name):
                return _error(404, f"Not found: Collection `{name}` doesn't exist!")
            if method == "PUT" and path == "/collections/{name}" and self.kept.collection_exists(name):
                return _error(409, f"Wrong input: Collection `{name}` already exists!")
            try:
                result = await run_in_threadpool(handle, name, body)
            except ValueError as error:
                return _error(400, f"Format error in JSON body: {error}")
            return JSONResponse({"result": _json(result), "status": "ok", "time": 0.001})

        return Route(path, endpoint, methods=[method])

    async def _greet(self, request: Request) -> Response:
        told = qm.VersionInfo(title="qdrant - vector search engine", version=self.version)
        return JSONResponse(_json(told))

    def _exists(self, name: str, body: bytes) -> Any:
        return qm.CollectionExistence(exists=self.kept.collection_exists(name))

    def _create(self, name: str, body: bytes) -> bool:
        asked = qm.CreateCollection.model_validate_json(body)
        return self.kept.create_collection(
            name, vectors_config=asked.vectors, sparse_vectors_config=asked.sparse_vectors
        )

    def _index(self, name: str, body: bytes) -> Any:
        qm.CreateFieldIndex.model_validate_json(body)
        return _done()

    def _upsert(self, name: str, body: bytes) -> Any:
        self.kept.upsert(name, qm.PointsList.model_validate_json(body).points)
        return _done()

    def _delete(self, name: str, body: bytes) -> Any:
        self.kept.delete(name, qm.FilterSelector.model_validate_json(body))
        return _done()

    def _scroll(self, name: str, body: bytes) -> Any:
        asked = qm.ScrollRequest.model_validate_json(body)
        points, following = self.kept.scroll(
            name, scroll_filter=asked.filter, limit=asked.limit or 10, offset=asked.offset,
            with_payload=asked.with_payload or False,
        )  # fmt: skip
        return qm.ScrollResult(points=points, next_page_offset=following)

    def _query(self, name: str, body: bytes) -> Any:
        asked = qm.QueryRequest.model_validate_json(body)
        return self.kept.query_points(
            name, query=asked.query, using=asked.using, query_filter=asked.filter, limit=asked.limit or 10,
            with_payload=asked.with_payload or False,
        )  # fmt: skip


@contextmanager
def qdrant_server(api_key: str | None = None, version: str = "1.15.1") -> Iterator[tuple[str, QdrantServer]]:
    """Its URL and the server, for as long as the block lasts."""
    server = QdrantServer(api_key, version)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # local mode has no payload indexes, and says so
        with running(server.application()) as url:
            yield url, server


def _done() -> qm.UpdateResult:
    return qm.UpdateResult(operation_id=1, status=qm.UpdateStatus.COMPLETED)


def _json(result: Any) -> Any:
    if isinstance(result, BaseModel):
        return TypeAdapter(type(result)).dump_python(result, mode="json", exclude_none=True)
    return result


def _error(status: int, message: str) -> JSONResponse:
    return JSONResponse({"status": {"error": message}, "time": 0.0}, status)
