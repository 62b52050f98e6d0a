"""The artifact store: `{root}/{artifact}/{partition}/{fingerprint}/`, each version complete or absent.

A version is written under a temporary name, synced, and renamed, so that a crash or a full disk leaves nothing
half-visible. Its hashes are checked on read; a corrupt one is moved to `quarantine/` and counts as absent. The store is
the memo as well: what stands under a fingerprint need never be made again.
"""

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pixora_pipeline.errors import Defect, TryAgain
from pixora_pipeline.model.content import hash_file
from pixora_pipeline.store.drafts import draft_name, sweep
from pixora_pipeline.store.sidecar import Sidecar, StoredFile

SIDECAR = "sidecar.json"
MOST_PEEKED = 5_000
"""Sidecars that are kept in memory: a plan looks at all of a film's, and is made again with every run."""

ROOM_TO_KEEP = 200 * 1024 * 1024
"""Bytes of disk left free: a version is refused before it is begun rather than after."""


@dataclass(frozen=True)
class Address:
    """The name of one version of one artifact."""

    artifact: str
    partition: str
    fingerprint: str

    def under(self, root: Path) -> Path:
        """Its folder. A scene's key `p-x|s01` becomes two levels."""
        return root.joinpath(self.artifact, self.partition.replace("|", "/"), self.fingerprint)


@dataclass(frozen=True)
class Stored:
    """A version in the store whose files have been checked. The files of one that is `elsewhere` are not here yet."""

    folder: Path
    sidecar: Sidecar
    elsewhere: bool = False

    @property
    def path(self) -> Path:
        """The artifact's own file."""
        return self.folder / self.sidecar.files[0].name

    def is_whole(self) -> bool:
        """Whether its files are all there at their right sizes. Cheap: no content is read."""
        if self.elsewhere:
            return True
        try:
            return all((self.folder / file.name).stat().st_size == file.size for file in self.sidecar.files)
        except OSError:
            return False


FREE_SOME = "Free some room and run the same command."


class ArtifactStore:
    """Versions of artifacts in a local folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._peeked: dict[Path, tuple[tuple[int, ...], Stored]] = {}

    def find(self, address: Address) -> Stored | None:
        """The version at that address, or None when it is absent or was found corrupt just now."""
        folder = address.under(self.root)
        try:
            sidecar = _read_sidecar(folder)
        except FileNotFoundError:
            return None
        except ValueError:
            return self._quarantine(folder)
        if not all(is_intact(folder / file.name, file) for file in sidecar.files):
            return self._quarantine(folder)
        return Stored(folder, sidecar)

    def has(self, address: Address) -> bool:
        """Whether the version's files are all there at their right sizes. Cheap: no content is read."""
        stored = self.peek(address)
        return stored is not None and stored.is_whole()

    def was_quarantined(self, address: Address) -> bool:
        """Whether a version was found corrupt at that address."""
        return any((self.root / "quarantine").glob(f"{address.fingerprint}-*"))

    def peek(self, address: Address) -> Stored | None:
        """The version at that address by its sidecar alone; its files are not looked at."""
        folder = address.under(self.root)
        try:
            written = _when_written(folder / SIDECAR)
            known = self._peeked.get(folder)
            if known is None or known[0] != written:
                if len(self._peeked) >= MOST_PEEKED:
                    self._peeked.clear()
                known = self._peeked[folder] = written, Stored(folder, _read_sidecar(folder))
            return known[1]
        except (OSError, ValueError):
            return None

    def peek_value(self, address: Address) -> Stored | None:
        """The same where the artifact is a value, whose content is looked at: a corrupt one counts as absent."""
        stored = self.peek(address)
        if stored and not is_intact(stored.path, stored.sidecar.files[0]):
            return self.find(address)
        return stored

    def versions(self, artifact: str, partition: str) -> Iterator[Stored]:
        """Every version of a partition by its sidecar alone, in no order."""
        for folder in Address(artifact, partition, "").under(self.root).glob("*"):
            if stored := self.peek(Address(artifact, partition, folder.name)):
                yield stored

    def bring(self, path: str) -> None:
        """Have the file at that path below the root here, where the store has another place to fetch it from."""

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """A fresh folder to make a version in; it is gone afterwards unless `commit` took it."""
        draft = self.root / "drafts" / draft_name()
        try:
            with _as_people_say_it(self.root):
                sweep(draft.parent)
                draft.mkdir(parents=True)
                if (free := shutil.disk_usage(draft).free) < ROOM_TO_KEEP:
                    told = f"The disk that holds {self.root} has {free / 1e6:.0f} MB left"
                    raise TryAgain(f"{told}; {ROOM_TO_KEEP / 1e6:.0f} MB are needed. {FREE_SOME}")
                yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def commit(self, draft: Path, address: Address, sidecar: Sidecar) -> Stored:
        """Move a finished draft to its address, in the place of whatever stood there."""
        folder, sidecar = address.under(self.root), sidecar.sealed()
        (draft / SIDECAR).write_text(sidecar.model_dump_json(indent=2), encoding="utf-8")
        for path in draft.iterdir():
            _sync(path)
        folder.parent.mkdir(parents=True, exist_ok=True)
        while not _took_place(draft, folder):
            self._discard(folder)
        _sync(folder.parent)
        return Stored(folder, sidecar)

    def _discard(self, folder: Path) -> None:
        old = self.root / "drafts" / draft_name()
        with suppress(FileNotFoundError):  # another process may have moved it first
            folder.rename(old)
        shutil.rmtree(old, ignore_errors=True)

    def _quarantine(self, folder: Path) -> None:
        target = self.root / "quarantine" / f"{folder.name}-{uuid.uuid4().hex[:8]}"
        # Where it can't be moved it counts as absent all the same.
        with suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(target)


def describe_files(draft: Path, names: list[str]) -> tuple[StoredFile, ...]:
    """The files of a draft by hash and size; one that was promised and not written is our defect."""
    for name in names:
        if not (draft / name).is_file():
            raise Defect(f"The step promised the file {name!r} and did not write it.")
    return tuple(StoredFile(name=n, hash=hash_file(draft / n), size=(draft / n).stat().st_size) for n in names)


def _read_sidecar(folder: Path) -> Sidecar:
    sidecar = Sidecar.model_validate_json((folder / SIDECAR).read_bytes())
    if not sidecar.is_intact:
        raise ValueError(f"{folder / SIDECAR} is not as it was written")
    return sidecar


def _when_written(path: Path) -> tuple[int, ...]:
    """What is another for every file that ever stood at that path, and after every change to it."""
    status = path.stat()
    return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size


def is_intact(path: Path, file: StoredFile) -> bool:
    """Whether a file is there and is as it was stored."""
    return path.is_file() and path.stat().st_size == file.size and hash_file(path) == file.hash


def _took_place(draft: Path, folder: Path) -> bool:
    try:
        draft.rename(folder)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        return False
    return True


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _as_people_say_it(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise TryAgain(f"The disk that holds {root} is full. {FREE_SOME}") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
            raise TryAgain(
                f"{root} can't be written ({error.strerror}). Set PIXORA_HOME to a folder of yours."
            ) from error
        raise
