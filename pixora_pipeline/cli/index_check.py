"""Whether the footage index can be used, wherever it is kept."""

from pathlib import Path
from urllib.parse import urlsplit

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def check_index(_: Path) -> str:
    """What is in it, in a sentence. Raises `PixoraError`."""
    from pixora_pipeline.settings import settings

    chosen = settings()
    return _server(chosen.qdrant_url) if chosen.qdrant_url else _embedded(chosen.footage / "index")


def _embedded(folder: Path) -> str:
    from pixora_pipeline.footage.embedded_engine import embedded_engine

    with embedded_engine(folder) as engine:
        count = len(engine.collections())
    return f"Qdrant's engine in {folder}, {count} collections; PIXORA_QDRANT_URL names a server instead"


def _server(url: str) -> str:
    from pixora_pipeline.footage.server_engine import server_engine
    from pixora_pipeline.settings import settings

    key, at = settings().qdrant_api_key, urlsplit(url if "://" in url else f"http://{url}")
    with server_engine(url, key.get_secret_value() if key else None) as engine:
        told = f"Qdrant {engine.version} at {url}, {len(engine.collections())} collections"
    open_to_all = key and at.scheme == "http" and at.hostname not in _LOOPBACK
    return f"{told}; its key goes there unencrypted: use https" if open_to_all else told
