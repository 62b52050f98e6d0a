"""What is on record: the latest version of each artifact of one project."""

from dataclasses import dataclass, field, replace

Place = tuple[str, str | None]
"""An artifact and, where it belongs to a scene, the scene's slot."""

FILM: Place = ("final_video", None)


@dataclass(frozen=True)
class Record:
    """The latest materialisation of one artifact: `version` is its recipe's, `storage_id` its event's number."""

    fingerprint: str
    data_version: str
    version: str = ""
    storage_id: int = 0


@dataclass(frozen=True)
class Records:
    """The records of one project."""

    by_place: dict[Place, Record] = field(default_factory=dict)

    def get(self, place: Place) -> Record | None:
        """The record at that place, if the artifact was ever made."""
        return self.by_place.get(place)

    def with_record(self, place: Place, record: Record) -> "Records":
        """These records and one more."""
        return replace(self, by_place={**self.by_place, place: record})
