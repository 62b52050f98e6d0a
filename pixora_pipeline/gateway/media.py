"""The store's media files over HTTP, with range requests so that films can be wound. Nothing outside the store."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".wav": "audio/wav",
    ".png": "image/png",
    ".webp": "image/webp",
    ".srt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}


def media_route(store: Path, bring: Callable[[str], None] | None = None) -> Route:
    """The route `/media/...` to the files below that folder. `bring` may fetch one that is not there."""
    root = store.resolve()

    async def serve(request: Request) -> Response:
        wanted = request.path_params["path"]
        path = _file_below(root, wanted)
        if path is None and bring is not None and Path(wanted).suffix in MEDIA_TYPES:
            await asyncio.to_thread(bring, wanted)
            path = _file_below(root, wanted)
        if path is None:
            return PlainTextResponse("There is no such file.", status_code=404)
        headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline"}
        return FileResponse(path, media_type=MEDIA_TYPES[path.suffix], headers=headers)

    return Route("/media/{path:path}", serve)


def _file_below(root: Path, name: str) -> Path | None:
    try:
        path = (root / name).resolve()
        there = path.is_relative_to(root) and path.suffix in MEDIA_TYPES and path.is_file()
    except (OSError, ValueError, RuntimeError):  # too long, a NUL, a symlink to itself
        return None
    return path if there else None
