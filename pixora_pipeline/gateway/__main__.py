"""Serve the gateway: `python -m pixora_pipeline.gateway PORT CODE_SERVER_PORT`, as `pixora up` does."""

import sys

import uvicorn

from pixora_pipeline.gateway.app import create_app
from pixora_pipeline.instance import open_instance
from pixora_pipeline.settings import settings

if __name__ == "__main__":
    port, code_server_port = map(int, sys.argv[1:3])
    app = create_app(settings(), open_instance(settings()), code_server_port)
    # Dagster's UI has no sign-in: it listens on this machine alone.
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
