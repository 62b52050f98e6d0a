"""Where the studio is open right now: `pixora up` writes it down, whoever gives people a link reads it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixora_pipeline.settings import Settings
from pixora_pipeline.store.holders import is_at_work, this_process


@contextmanager
def studio_open_at(home: Path, url: str) -> Iterator[None]:
    """Have it known meanwhile that this process keeps the studio open at that address."""
    file = _file(home)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_text(json.dumps({"url": url, "holder": this_process()}), "utf-8")
    draft.replace(file)
    try:
        yield
    finally:
        if _read(home).get("holder") == this_process():
            file.unlink(missing_ok=True)


def media_address(settings: Settings) -> str:
    """Where the store's files are served: by the studio that is open, else by the next one as it is set."""
    found = _read(settings.home)
    is_open = isinstance(found.get("holder"), str) and is_at_work(found["holder"])
    return f"{found['url'] if is_open else f'http://127.0.0.1:{settings.webserver_port}'}/media"


def _file(home: Path) -> Path:
    return home / "studio.json"


def _read(home: Path) -> dict:
    try:
        found = json.loads(_file(home).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
