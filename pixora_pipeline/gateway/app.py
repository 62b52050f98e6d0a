"""One ASGI application: the store's media under /media, with range requests, and Dagster's UI for the rest."""

from dagster import DagsterInstance
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import GrpcServerTarget
from dagster_webserver.webserver import DagsterWebserver
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from pixora_pipeline.settings import Settings

MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".wav": "audio/wav",
    ".png": "image/png",
    ".webp": "image/webp",
    ".srt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}


def create_app(settings: Settings, instance: DagsterInstance, code_server_port: int) -> Starlette:
    """The application, its graph read from the code server on that port."""
    target = GrpcServerTarget(host="localhost", port=code_server_port, socket=None, location_name="pixora")
    context = WorkspaceProcessContext(instance, target)
    webserver = DagsterWebserver(context).create_asgi_app()
    return Starlette(routes=[Route("/media/{path:path}", _media(settings)), Mount("/", webserver)])


def _media(settings: Settings):
    root = settings.store.resolve()

    async def serve(request: Request) -> Response:
        path = (root / request.path_params["path"]).resolve()
        if not path.is_relative_to(root) or not path.is_file() or path.suffix not in MEDIA_TYPES:
            return PlainTextResponse("There is no such file.", status_code=404)
        headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline"}
        return FileResponse(path, media_type=MEDIA_TYPES[path.suffix], headers=headers)

    return serve
