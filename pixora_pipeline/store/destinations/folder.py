"""A local folder, perhaps one that a web server shows. It has no headers: the sidecar says everything."""

import os
import shutil
import time
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline.model.content import hash_file
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.destinations.destination import Held, base_link, file_names

_DRAFT = ".part"


class Folder:
    """`file:///FOLDER`."""

    def __init__(self, settings: Settings, url: str) -> None:
        if settings.publish_links == "signed":
            raise UserError(f"Links to {url} can't be signed: that is for S3. Set PIXORA_PUBLISH_LINKS to public.")
        self.url = url
        self._settings = settings
        self._root = Path(unquote(urlsplit(url).path))

    def film(self, video_id: str) -> Held | None:
        """The film by its content: nobody has to be believed."""
        path = self._root / file_names(video_id)[0]
        with self._told():
            return Held(hash_file(path), path.stat().st_size) if path.is_file() else None

    def put(self, video_id: str, film: Path, hash: str, headers: Mapping[str, str]) -> None:
        """Copy it under a name that nobody looks for, then rename it."""
        with self._told(), self._draft(file_names(video_id)[0]) as draft:
            shutil.copyfile(film, draft)

    def describe(self, video_id: str, hash: str, headers: Mapping[str, str]) -> None:
        """A file has no headers."""

    def noted(self, video_id: str) -> str | None:
        """The sidecar's text."""
        with self._told(), suppress(FileNotFoundError):
            return (self._root / file_names(video_id)[1]).read_text("utf-8", errors="replace")
        return None

    def note(self, video_id: str, sidecar: str) -> None:
        """Write it under another name, then rename it."""
        with self._told(), self._draft(file_names(video_id)[1]) as draft:
            draft.write_text(sidecar, "utf-8")

    def link(self, video_id: str) -> str:
        """Below the folder's address in the web, else the file's own."""
        name = file_names(video_id)[0]
        return base_link(self._settings, self.url, name) or (self._root.absolute() / name).as_uri()

    def remove(self, video_id: str) -> None:
        """Delete both files, the film first: a film without its sidecar would be worse."""
        with self._told():
            for name in file_names(video_id):
                (self._root / name).unlink(missing_ok=True)

    def drop_unfinished(self, video_ids: Collection[str], hours: float) -> int:
        """Delete drafts that nobody has written to for so long."""
        with self._told():
            drafts = (path for id in video_ids for path in self._root.glob(f".{id}.*{_DRAFT}"))
            left = [each for each in drafts if _age(each) > hours * 3600]
            for each in left:
                each.unlink(missing_ok=True)
        return len(left)

    @contextmanager
    def _draft(self, name: str) -> Iterator[Path]:
        self._root.mkdir(parents=True, exist_ok=True)
        draft = self._root / f".{name}.{uuid.uuid4().hex}{_DRAFT}"
        try:
            yield draft
            with draft.open("rb") as written:
                os.fsync(written.fileno())
            draft.replace(self._root / name)
        finally:
            draft.unlink(missing_ok=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise TryAgain(
                f"{self._root} can't be used for publishing: {error.strerror}. Look at PIXORA_PUBLISH_URL."
            ) from error


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
