"""The library's files, each content once: `{root}/{hash}{ending}`, copied in whole or not at all."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pixora_pipeline.errors import NotFound, TryAgain, UserError
from pixora_pipeline.once import once
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

    def contents(self) -> list[str]:
        """The hashes of all that is here."""
        return sorted(path.name for path in self.root.glob("[!.]*") if path.is_file())

    def is_sound(self, hash: str) -> bool:
        """Whether a content is here as it was taken in."""
        return hash_of(blocks_of(self.path(hash))) == hash

    def _same(self, file: Path) -> str | None:
        """The content that is a file's already: what is added again is read and not copied, unless ours is damaged."""
        if file.stat().st_size not in self._sizes:
            return None
        name = hash_of(blocks_of(file))
        return name if (self.root / name).is_file() and VideoShelf.is_sound(self, name) else None

    @once
    def _sizes(self) -> set[int]:
        """The lengths of what is here, looked up once: what others add meanwhile is copied over itself at worst."""
        sweep(self.root, ".*")
        return {each.stat().st_size for each in os.scandir(self.root) if each.name[0] != "."}

    def _copy(self, file: Path) -> str:
        draft = self.root / f".{draft_name()}"
        try:
            with draft.open("wb") as copy:
                name = hash_of(_written(blocks_of(file), copy))
                copy.flush()
                os.fsync(copy.fileno())
            self._sizes.add(draft.stat().st_size)
            draft.replace(self.root / name)
            return name
        finally:
            draft.unlink(missing_ok=True)


def hash_of(blocks: Iterable[bytes]) -> str:
    """The name of a content."""
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()[:32]


def blocks_of(file: Path) -> Iterator[bytes]:
    """A file's content, a few megabytes at a time."""
    with file.open("rb") as source:
        while block := source.read(_BLOCK):
            yield block


def _written(blocks: Iterable[bytes], to: BinaryIO) -> Iterator[bytes]:
    for block in blocks:
        to.write(block)
        yield block
