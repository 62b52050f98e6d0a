"""The artifact store of several machines: a local folder to work in, and S3, where every version is kept.

Below the place in S3 a version is `{artifact}/{partition}/{fingerprint}/`, each file named by its content and the
sidecar put last: it is there whole or not at all. Before a step is told to be finished its version is in S3, so what is
on record can be had by every machine. What a machine lacks is fetched when it is read, and checked as it comes.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pixora_pipeline.errors import NotFound
from pixora_pipeline.once import once
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.artifacts import SIDECAR, Address, ArtifactStore, Stored, is_intact
from pixora_pipeline.store.s3 import S3Place, s3_client, talking_to_s3
from pixora_pipeline.store.sidecar import Sidecar, StoredFile

SHARED = ".shared"
"""The file beside a sidecar that names the place in S3 where the version is as well."""

SMALL = 64 * 1024
"""Bytes of a version that is fetched whole as soon as anything is asked of it: a value, which plans read."""

_THREADS = 4


class SharedStore(ArtifactStore):
    """Versions of artifacts in S3, with those that were made or read here in a local folder. Raises as S3 does."""

    def __init__(self, root: Path, settings: Settings) -> None:
        super().__init__(root)
        self._place = S3Place.of(settings.storage_url or "")
        self._settings = settings
        self._known: dict[Address, Stored] = {}

    @once
    def _client(self) -> Any:
        with talking_to_s3(self._place):
            return s3_client(self._settings)

    def find(self, address: Address) -> Stored | None:
        """The version at that address, fetched where it is not here. None when it is nowhere, or nowhere sound."""
        if stored := super().find(address):
            self._share(address, stored)
            return stored
        return self._fetch(address)

    def peek(self, address: Address) -> Stored | None:
        """The version at that address by its sidecar alone: a large one may be `elsewhere`."""
        if (stored := super().peek(address)) and stored.is_whole():
            return stored
        if address not in self._known:
            sidecar = self._sidecar(address)
            if sidecar is None or sidecar.size <= SMALL:
                return self._fetch(address) if sidecar else None
            self._known[address] = Stored(address.under(self.root), sidecar, elsewhere=True)
        return self._known[address]

    def versions(self, artifact: str, partition: str) -> Iterator[Stored]:
        """Every version of a partition, here or in S3."""
        here = {stored.sidecar.fingerprint: stored for stored in super().versions(artifact, partition)}
        yield from here.values()
        for fingerprint in self._fingerprints(artifact, partition):
            if fingerprint not in here and (stored := self.peek(Address(artifact, partition, fingerprint))):
                yield stored

    def commit(self, draft: Path, address: Address, sidecar: Sidecar) -> Stored:
        """Move a finished draft to its address, and put it into S3."""
        stored = super().commit(draft, address, sidecar)
        self._share(address, stored)
        return stored

    def bring(self, path: str) -> None:
        """Have the version here that the file at that path below the root belongs to, if S3 has it."""
        try:
            with talking_to_s3(self._place):
                body = self._client.get_object(**self._named(str(Path(path).parent), SIDECAR))["Body"].read()
            sidecar = Sidecar.model_validate_json(body)
        except (NotFound, ValueError):
            return
        self.find(Address(sidecar.artifact, sidecar.partition, sidecar.fingerprint))

    def is_shared(self, address: Address) -> bool:
        """Whether a version that is here is known to be in S3."""
        return self._is_marked(address.under(self.root))

    def share_again(self, address: Address) -> bool:
        """Put a version that is here into S3, whatever is known; False where it is spoilt."""
        (address.under(self.root) / SHARED).unlink(missing_ok=True)
        stored = super().find(address)
        if stored:
            self._share(address, stored)
        return stored is not None

    def is_sound_there(self, address: Address) -> bool:
        """Whether S3 gives back the version as it is here. All of it is read."""
        here, there = super().peek(address), self._sidecar(address)
        if here is None or there != here.sidecar:
            return False
        with tempfile.TemporaryDirectory() as folder:
            return all(self._fetched(_folder(address), file, Path(folder, file.name)) for file in there.files)

    def _is_marked(self, folder: Path) -> bool:
        try:
            return (folder / SHARED).read_text("utf-8") == str(self._place)
        except OSError:
            return False

    def _share(self, address: Address, stored: Stored) -> None:
        """Put a version into S3, unless it is known to be there."""
        if self._is_marked(stored.folder):
            return
        from boto3.s3.transfer import TransferConfig

        folder, how = _folder(address), TransferConfig(max_concurrency=_THREADS)
        with talking_to_s3(self._place):
            for file in stored.sidecar.files:
                named = self._named(folder, _name_of(file))
                # S3 works out the same checksum of what arrives, and refuses what is not as it was sent.
                checked = {"ChecksumAlgorithm": "SHA256"}
                self._client.upload_file(str(stored.folder / file.name), *named.values(), ExtraArgs=checked, Config=how)
            text = (stored.folder / SIDECAR).read_bytes()
            self._client.put_object(**self._named(folder, SIDECAR), Body=text, ContentType="application/json")
        (stored.folder / SHARED).write_text(str(self._place), "utf-8")

    def _fetch(self, address: Address) -> Stored | None:
        sidecar = self._sidecar(address)
        if sidecar is None:
            return None
        with self.writing() as draft:
            for file in sidecar.files:
                if not self._fetched(_folder(address), file, draft / file.name):
                    return None
            (draft / SHARED).write_text(str(self._place), "utf-8")
            return super().commit(draft, address, sidecar)

    def _fetched(self, folder: str, file: StoredFile, to: Path) -> bool:
        try:
            with talking_to_s3(self._place):
                self._client.download_file(*self._named(folder, _name_of(file)).values(), str(to))
        except NotFound:
            return False
        return is_intact(to, file)

    def _sidecar(self, address: Address) -> Sidecar | None:
        try:
            with talking_to_s3(self._place):
                body = self._client.get_object(**self._named(_folder(address), SIDECAR))["Body"].read()
            sidecar = Sidecar.model_validate_json(body)
        except (NotFound, ValueError):
            return None
        return sidecar if sidecar.is_intact and _is_of(sidecar, address) else None

    def _fingerprints(self, artifact: str, partition: str) -> list[str]:
        prefix = self._place.key(_folder(Address(artifact, partition, "")))
        with talking_to_s3(self._place):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._place.bucket, Prefix=prefix, Delimiter="/"
            )
            found = [each["Prefix"] for page in pages for each in page.get("CommonPrefixes", ())]
        return [each.rstrip("/").rpartition("/")[2] for each in found]

    def _named(self, folder: str, name: str) -> dict[str, str]:
        return {"Bucket": self._place.bucket, "Key": self._place.key(folder, name)}


def _folder(address: Address) -> str:
    return "/".join((address.artifact, address.partition.replace("|", "/"), address.fingerprint))


def _name_of(file: StoredFile) -> str:
    return f"{file.hash}-{file.name}"


def _is_of(sidecar: Sidecar, address: Address) -> bool:
    """Whether it describes that version, and nothing but files in its folder."""
    plain = all(Path(file.name).name == file.name for file in sidecar.files)
    return plain and address == Address(sidecar.artifact, sidecar.partition, sidecar.fingerprint)
