"""Putting what a home already holds into S3: every version of every artifact, and the library's files.

Broken off, it goes on where it was: what is there is not put again. Every file is held to its hash before it is sent,
and S3 holds what arrives to a checksum.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from pixora_pipeline.errors import UserError
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.artifacts import SIDECAR, Address
from pixora_pipeline.store.shared import SharedStore
from pixora_pipeline.store.shared_videos import SharedShelf
from pixora_pipeline.store.sidecar import Sidecar

Fate = Literal["copied", "there", "corrupt"]

_AT_ONCE = 8
_OURS = ("drafts", "quarantine")


@dataclass(frozen=True)
class Copied:
    """What became of one version or one file of the library: put now, there already, or spoilt and left out."""

    name: str
    bytes: int
    fate: Fate


def copy_home(settings: Settings, *, verify: bool = False) -> Iterator[Copied]:
    """Put everything into the place that the settings name. With `verify` all of it is read back and held to its hash.

    Raises `UserError` where no place is named, and as S3 does.
    """
    if not settings.storage_url:
        raise UserError("No place is named to copy to. Set PIXORA_STORAGE_URL to s3://BUCKET/FOLDER.")
    work = [*_versions(SharedStore(settings.store, settings), verify), *_videos(settings, verify)]
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="copy") as threads:
        try:
            yield from threads.map(lambda each: each(), work)
        finally:
            threads.shutdown(cancel_futures=True)


def _versions(store: SharedStore, verify: bool) -> Iterator[Callable[[], Copied]]:
    for path in sorted(store.root.rglob(SIDECAR)):
        if path.relative_to(store.root).parts[0] in _OURS:
            continue
        try:
            sidecar = Sidecar.model_validate_json(path.read_bytes())
        except ValueError:
            yield lambda path=path: Copied(str(path.parent.relative_to(store.root)), 0, "corrupt")
            continue
        yield lambda of=sidecar: _version(store, of, verify)


def _version(store: SharedStore, sidecar: Sidecar, verify: bool) -> Copied:
    address = Address(sidecar.artifact, sidecar.partition, sidecar.fingerprint)
    name = f"{address.artifact} {address.partition}"
    if store.is_shared(address) and (not verify or store.is_sound_there(address)):
        return Copied(name, sidecar.size, "there")
    fate: Fate = "copied" if store.share_again(address) else "corrupt"
    if fate == "copied" and verify and not store.is_sound_there(address):
        fate = "corrupt"
    return Copied(name, sidecar.size, fate)


def _videos(settings: Settings, verify: bool) -> Iterator[Callable[[], Copied]]:
    shelf = SharedShelf(settings.videos, settings)
    for hash in shelf.contents():
        yield lambda hash=hash: _video(shelf, hash, verify)


def _video(shelf: SharedShelf, hash: str, verify: bool) -> Copied:
    size = (shelf.root / hash).stat().st_size
    if shelf.is_there(hash) and (not verify or shelf.is_sound_there(hash)):
        return Copied(f"video {hash}", size, "there")
    if not shelf.is_sound(hash):
        return Copied(f"video {hash}", size, "corrupt")
    shelf.put(hash)
    return Copied(f"video {hash}", size, "copied" if not verify or shelf.is_sound_there(hash) else "corrupt")
