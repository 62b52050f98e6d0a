"""One ASGI application: the store's media under /media, with range requests, and Dagster's UI for the rest."""

from dagster import DagsterInstance
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import GrpcServerTarget
from dagster_webserver.webserver import DagsterWebserver
from starlette.applications import Starlette
from starlette.routing import Mount

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.gateway.media import media_route
from pixora_pipeline.settings import Settings


def create_app(settings: Settings, instance: DagsterInstance, code_server_port: int) -> Starlette:
    """The application, its graph read from the code server on that port."""
    target = GrpcServerTarget(host="localhost", port=code_server_port, socket=None, location_name="pixora")
    context = WorkspaceProcessContext(instance, target)
    webserver = DagsterWebserver(context).create_asgi_app()
    return Starlette(routes=[media_route(settings.store, Studio(settings).store.bring), Mount("/", webserver)])
