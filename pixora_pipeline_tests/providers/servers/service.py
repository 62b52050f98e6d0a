"""What every such service has: a log of what it was asked, and a script of what is to go wrong next."""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

Handler = Callable[["Seen"], Response]


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    query: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    form: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def json(self) -> Any:
        """Its body."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Misfortune:
    """What is answered instead: an error, nothing for so many seconds, or an answer cut short after some bytes.

    With `spoil` the request is carried out and its answer changed; a `slow` one is answered whole in the end.
    """

    status: int = 500
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    hang: float = 0.0
    cut_after: int | None = None
    spoil: Callable[[Response], Response] | None = None
    slow: bool = False
    name: str = ""


@dataclass(frozen=True)
class Fate:
    """What became of a request."""

    seen: Seen
    misfortune: Misfortune | None = None

    @property
    def well(self) -> bool:
        """Whether it was carried out, and its answer sent whole."""
        return self.misfortune is None or self.misfortune.slow


class LoopbackService:
    """A service with routes of its own. Subclasses list them."""

    name = "service"

    def __init__(self) -> None:
        self.log: list[Seen] = []
        self.fates: list[Fate] = []
        self.script: deque[Misfortune] = deque()
        self.weather: Callable[[Seen], Misfortune | None] = lambda _: None
        self.takes = 0.0
        self.together = self.under_way = self.most_at_once = 0

    def next(self, *misfortunes: Misfortune) -> None:
        """What goes wrong with the next requests that cost something, one each."""
        self.script.extend(misfortunes)

    @property
    def paid(self) -> list[Seen]:
        """The requests that would cost something."""
        return [seen for seen in self.log if seen.method == "POST"]

    def forget(self) -> None:
        """Begin anew."""
        for kept in vars(self).values():
            if isinstance(kept, list | dict | deque):
                kept.clear()
        self.weather, self.takes = lambda _: None, 0.0

    def routes(self) -> list[tuple[str, str, Handler]]:
        """Method, path and handler of each."""
        raise NotImplementedError

    def mount(self) -> Mount:
        """All routes below the service's name."""
        return Mount(f"/{self.name}", routes=[Route(p, self._endpoint(h), methods=[m]) for m, p, h in self.routes()])

    async def _take_time(self) -> None:
        """Take as long as is said, and until so many requests are under way as are to be, a minute at most."""
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        until = time.monotonic() + 60
        while self.most_at_once < self.together and time.monotonic() < until:
            await asyncio.sleep(0.02)
        await asyncio.sleep(self.takes)
        self.under_way -= 1

    def _misfortune(self, seen: Seen) -> Misfortune | None:
        return self.script.popleft() if self.script and seen.method == "POST" else self.weather(seen)

    def _endpoint(self, handler: Handler) -> Callable:
        async def endpoint(request: Request) -> Response:
            seen = await _seen(request)
            self.log.append(seen)
            misfortune = self._misfortune(seen)
            self.fates.append(Fate(seen, misfortune))
            if seen.method == "POST":
                await self._take_time()
            if misfortune is None:
                return await asyncio.to_thread(handler, seen)
            await asyncio.sleep(misfortune.hang)
            if misfortune.slow or misfortune.spoil or misfortune.cut_after is not None:
                whole = await asyncio.to_thread(handler, seen)
                return _changed(whole, misfortune)
            return JSONResponse(misfortune.body or {}, misfortune.status, headers=misfortune.headers)

        return endpoint


def application(*services: LoopbackService) -> Starlette:
    """One server of all of them."""
    return Starlette(routes=[service.mount() for service in services])


async def _seen(request: Request) -> Seen:
    body, form = await request.body(), {}
    if request.headers.get("content-type", "").startswith("multipart/"):
        async with request.form() as fields:
            for name, value in fields.multi_items():
                kept = value if isinstance(value, str) else await value.read()
                form.setdefault(name, []).append(kept)
    return Seen(
        request.method, request.url.path, dict(request.headers), body, dict(request.query_params),
        dict(request.path_params), form,
    )  # fmt: skip


def _changed(whole: Response, misfortune: Misfortune) -> Response:
    if misfortune.spoil:
        return misfortune.spoil(whole)
    return whole if misfortune.cut_after is None else _cut(whole, misfortune.cut_after)


def _cut(whole: Response, after: int) -> Response:
    async def some() -> AsyncIterator[bytes]:
        yield bytes(whole.body)[:after]
        raise ConnectionResetError

    headers = {name: value for name, value in whole.headers.items() if name != "content-length"}
    # A length is promised, so that whoever reads knows that it was not kept.
    return StreamingResponse(some(), whole.status_code, headers | {"content-length": str(len(whole.body))})
