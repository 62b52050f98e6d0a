"""A place that films are published at, whatever it is made of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from pixora_pipeline.settings import Settings


@dataclass(frozen=True)
class Held:
    """A film that is there: the hash of its content, None where nobody noted one, its bytes, and its headers."""

    hash: str | None
    size: int
    headers: Mapping[str, str] = field(default_factory=dict)


class Destination(Protocol):
    """Films as `{video_id}.mp4`, each with a JSON sidecar `{video_id}.json`; a file is there whole or not at all.

    What it can't do is told as `UserError`, or as `TryAgain` where it may pass.
    """

    url: str

    def film(self, video_id: str) -> Held | None:
        """The film of that id, None where there is none."""

    def put(self, video_id: str, film: Path, hash: str, headers: Mapping[str, str]) -> None:
        """Put a film in the place of whatever stands there."""

    def describe(self, video_id: str, hash: str, headers: Mapping[str, str]) -> None:
        """Give the film that is there other headers."""

    def noted(self, video_id: str) -> str | None:
        """The sidecar that is there, None where there is none."""

    def note(self, video_id: str, sidecar: str) -> None:
        """Put a sidecar in the place of whatever stands there."""

    def link(self, video_id: str) -> str:
        """A link that plays the film. A signed one is made anew each time, and ends by itself."""

    def remove(self, video_id: str) -> None:
        """Take a film and its sidecar away, if they are there."""

    def drop_unfinished(self, video_ids: Collection[str], hours: float) -> int:
        """Take away what uploads of these films left that were broken off so long ago; how many there were."""


def open_destination(settings: Settings, url: str) -> Destination:
    """The place that the URL names. Raises `UserError` for what it can't do."""
    if url.startswith("s3://"):
        from pixora_pipeline.store.destinations.bucket import Bucket

        return Bucket(settings, url)
    from pixora_pipeline.store.destinations.folder import Folder

    return Folder(settings, url)


def file_names(video_id: str) -> tuple[str, str]:
    """The names of a film and of its sidecar."""
    return f"{video_id}.mp4", f"{video_id}.json"


def base_link(settings: Settings, url: str, name: str) -> str | None:
    """The link below the address that others know the place by, None where they know it by its own."""
    if settings.publish_base_url is None or url != settings.publish_url:
        return None
    return f"{settings.publish_base_url}/{quote(name)}"
