"""A server that speaks S3 on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from moto.server import ThreadedMotoServer

from pixora_pipeline.settings import Settings
from pixora_pipeline.store.s3 import s3_client

BUCKET = "films"


@contextmanager
def open_s3(patch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of an empty S3 with one bucket, whose keys this process has."""
    patch.setenv("AWS_ACCESS_KEY_ID", "loopback")
    patch.setenv("AWS_SECRET_ACCESS_KEY", "loopback-secret")
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    try:
        # All servers of a process share what they hold: one that was open before may have left something.
        httpx.post(f"{url}/moto-api/reset").raise_for_status()
        client_of(url).create_bucket(Bucket=BUCKET)
        yield url
    finally:
        server.stop()


def client_of(url: str) -> Any:
    """A client of the server at that URL."""
    return s3_client(Settings(s3_endpoint_url=url))
