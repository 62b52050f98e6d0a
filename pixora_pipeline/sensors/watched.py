"""The files of the watched folder that were looked at: kept in a file, for a cursor is written anew at every tick."""

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pixora_pipeline.model.value import Value


class FileState(Value):
    """A file as it was seen, and whether it was taken in or refused since."""

    size: int
    changed: int
    done: bool = False


_FILES = TypeAdapter(dict[str, FileState])
_KEPT_EVERY = 2.0
"""Seconds between two writings; of ten thousand small files each one is not written for itself."""


class WatchedFiles:
    """What is known of the files, by path. It is kept while files are taken in: a tick that takes long is cut off."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._files = _read(kept)
        self._written, self._changed = time.monotonic(), False

    def looks_settled(self, path: Path) -> bool:
        """Whether a file is as it was when it was last looked at: before, somebody may still be writing it."""
        before, now = self._files.get(str(path)), _state(path)
        if before is not None and before.model_copy(update={"done": False}) == now:
            return True
        self._files[str(path)], self._changed = now, True
        return False

    def is_done(self, path: Path) -> bool:
        """Whether it was taken in or refused as it is."""
        return self._files[str(path)].done

    def finish(self, path: Path) -> None:
        """Remember that it was taken in or refused."""
        self._files[str(path)], self._changed = self._files[str(path)].model_copy(update={"done": True}), True
        if time.monotonic() - self._written > _KEPT_EVERY:
            self.keep(map(Path, self._files))

    def keep(self, there: Iterable[Path]) -> None:
        """Write down what is known of the files that are `there`."""
        paths = {str(path) for path in there}
        left = {path: state for path, state in self._files.items() if path in paths}
        if not self._changed and left == self._files:
            return
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        draft = self._kept.with_name(f".{self._kept.name}.{os.getpid()}")
        draft.write_bytes(_FILES.dump_json(left))
        draft.replace(self._kept)
        self._files, self._written, self._changed = left, time.monotonic(), False


def _read(kept: Path) -> dict[str, FileState]:
    try:
        return _FILES.validate_python(json.loads(kept.read_bytes()))
    except (FileNotFoundError, ValueError, ValidationError):
        # Lost, everything is looked at again, and nothing is made again.
        return {}


def _state(path: Path) -> FileState:
    stat = path.stat()
    return FileState(size=stat.st_size, changed=stat.st_mtime_ns)
