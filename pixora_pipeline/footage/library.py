"""The index of this installation: a Qdrant server where one is named, else the engine in this process."""

from collections.abc import Iterator
from contextlib import contextmanager

from pixora_pipeline.footage.index import Index
from pixora_pipeline.settings import Settings


@contextmanager
def open_index(settings: Settings) -> Iterator[Index]:
    """The index, for as long as it is needed; the embedded one is locked meanwhile, so be brief."""
    if settings.qdrant_url:
        from pixora_pipeline.footage.server_engine import server_engine

        key = settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
        with server_engine(settings.qdrant_url, key) as engine:
            yield Index(engine)
    else:
        from pixora_pipeline.footage.embedded_engine import embedded_engine

        with embedded_engine(settings.footage / "index") as engine:
            yield Index(engine)
