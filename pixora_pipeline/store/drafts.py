"""What is being written: its name says who writes it, so that what a killed process left can be cleared away."""

import shutil
import time
import uuid
from contextlib import suppress
from pathlib import Path

from pixora_pipeline.store.holders import is_at_work, this_process

_KEPT = 24 * 3600.0
"""Seconds that a draft is left alone, whoever began it: it may be another machine's."""


def draft_name() -> str:
    """A name that nothing else has."""
    return f"{this_process().replace(':', '-')}-{uuid.uuid4().hex}"


def sweep(folder: Path, names: str = "*") -> None:
    """Remove the drafts in a folder that are older than a day and whose writer is no longer at work."""
    for draft in folder.glob(names):
        # Another process may be sweeping as well.
        with suppress(FileNotFoundError):
            if _is_old(draft) and not is_at_work(_writer(draft.name)):
                shutil.rmtree(draft, ignore_errors=True) if draft.is_dir() else draft.unlink()


def _is_old(draft: Path) -> bool:
    return time.time() - draft.lstat().st_mtime > _KEPT


def _writer(name: str) -> str:
    return ":".join(name.lstrip(".").split("-")[:3])
