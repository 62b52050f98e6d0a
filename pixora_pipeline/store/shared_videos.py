"""The library's files on several machines: here where they were added or read, and all of them in S3.

Below the place in S3 a file is `footage/videos/{hash}`. What a machine lacks is fetched when it is read, and believed
if its content has that hash.
"""

from pathlib import Path
from typing import Any

from pixora_pipeline.errors import NotFound
from pixora_pipeline.once import once
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.drafts import draft_name
from pixora_pipeline.store.s3 import S3Place, s3_client, talking_to_s3
from pixora_pipeline.store.videos import VideoShelf, blocks_of, hash_of

_FOLDER = ("footage", "videos")


class SharedShelf(VideoShelf):
    """Source videos and their subtitle files in S3, with those that were added or read here in a local folder."""

    def __init__(self, root: Path, settings: Settings) -> None:
        super().__init__(root)
        self._place = S3Place.of(settings.storage_url or "")
        self._settings = settings

    @once
    def _client(self) -> Any:
        with talking_to_s3(self._place):
            return s3_client(self._settings)

    def take_in(self, file: Path) -> str:
        """Copy a file in and put it into S3, unless it is there. Returns its content hash."""
        hash = super().take_in(file)
        if not self.is_there(hash):
            self.put(hash)
        return hash

    def path(self, hash: str) -> Path:
        """Where a content is, fetched where it is not here. Raises `NotFound` when it is nowhere, or nowhere sound."""
        if not (self.root / hash).is_file():
            self._fetch(hash)
        return super().path(hash)

    def drop(self, hash: str) -> None:
        """Delete a content, here and in S3."""
        super().drop(hash)
        with talking_to_s3(self._place):
            self._client.delete_object(**self._named(hash))

    def put(self, hash: str) -> None:
        """Put a content into S3."""
        with talking_to_s3(self._place):
            # S3 works out the same checksum of what arrives, and refuses what is not as it was sent.
            checked = {"ChecksumAlgorithm": "SHA256"}
            self._client.upload_file(str(self.root / hash), *self._named(hash).values(), ExtraArgs=checked)

    def is_there(self, hash: str) -> bool:
        """Whether S3 has a content in its full length."""
        try:
            with talking_to_s3(self._place):
                found = self._client.head_object(**self._named(hash))
        except NotFound:
            return False
        return found["ContentLength"] == (self.root / hash).stat().st_size

    def is_sound_there(self, hash: str) -> bool:
        """Whether what S3 gives back has that hash. All of it is read."""
        try:
            with talking_to_s3(self._place):
                return hash_of(self._client.get_object(**self._named(hash))["Body"].iter_chunks()) == hash
        except NotFound:
            return False

    def _fetch(self, hash: str) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        draft = self.root / f".{draft_name()}"
        try:
            with talking_to_s3(self._place):
                self._client.download_file(*self._named(hash).values(), str(draft))
            if hash_of(blocks_of(draft)) == hash:
                draft.replace(self.root / hash)
        except NotFound:
            return
        finally:
            draft.unlink(missing_ok=True)

    def _named(self, hash: str) -> dict[str, str]:
        return {"Bucket": self._place.bucket, "Key": self._place.key(*_FOLDER, hash)}
