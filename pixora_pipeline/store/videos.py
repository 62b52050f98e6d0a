"""The library's files, each content once: `{root}/{hash}{ending}`, copied in whole or not at all."""

import hashlib
import os
import shutil
from pathlib import Path

from pixora_pipeline.errors import NotFound, TryAgain, UserError
from pixora_pipeline.store.artifacts import ROOM_TO_KEEP
from pixora_pipeline.store.drafts import draft_name, sweep

_BLOCK = 4 * 1024 * 1024


class VideoShelf:
    """Source videos and their subtitle files, by content hash."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def take_in(self, file: Path) -> str:
        """Copy a file in, unless it is there, and return its content hash. Raises `UserError` or `TryAgain`."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            if there := self._same(file):
                return there
            if shutil.disk_usage(self.root).free < file.stat().st_size + ROOM_TO_KEEP:
                raise TryAgain(f"The disk that holds {self.root} has no room for {file.name}. Free some and try again.")
            return self._copy(file)
        except OSError as error:
            raise UserError(f"{file.name} can't be taken in: {error.strerror}.") from error

    def path(self, hash: str) -> Path:
        """Where a content is. Raises `NotFound` when it is not there."""
        path = self.root / hash
        if not path.is_file():
            raise NotFound(f"The library's file {hash} is gone. Add the video again: `pixora footage add`.")
        return path

    def drop(self, hash: str) -> None:
        """Delete a content."""
        (self.root / hash).unlink(missing_ok=True)

    def _same(self, file: Path) -> str | None:
        """The content that is a file's already: what is added again is read and not copied, unless ours is damaged."""
        size = file.stat().st_size
        alike = [each.name for each in os.scandir(self.root) if each.name[0] != "." and each.stat().st_size == size]
        if not alike:
            return None
        name = _name_of(file)
        return name if name in alike and _name_of(self.root / name) == name else None

    def _copy(self, file: Path) -> str:
        sweep(self.root, ".*")
        draft, digest = self.root / f".{draft_name()}", hashlib.sha256()
        try:
            with file.open("rb") as source, draft.open("wb") as copy:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
            name = digest.hexdigest()[:32]
            draft.replace(self.root / name)
            return name
        finally:
            draft.unlink(missing_ok=True)


def _name_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:32]
