"""What artifacts will be once the plan is done, as far as that can be known before anything is made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.recipe import AnyValue, Facts
from pixora_pipeline.planning.records import Place


class Shelf(Protocol):
    """The stored versions of one project, by place and fingerprint. Reading them is somebody else's business."""

    def has(self, place: Place, fingerprint: str) -> bool:
        """Whether the version is there, its files of their right sizes."""

    def data_version(self, place: Place, fingerprint: str) -> str | None:
        """Its data version, None when it is not there."""

    def text(self, place: Place, fingerprint: str) -> str | None:
        """A value's JSON, None when it is not there."""

    def facts(self, place: Place, fingerprint: str) -> Facts | None:
        """The facts about a file, None when it is not there."""

    def was_corrupt(self, place: Place, fingerprint: str) -> bool:
        """Whether it was there and was found corrupt."""


class NotKnownYet(Exception):
    """A value depends on something that has still to be made."""


@dataclass(frozen=True)
class Foreseen:
    """What is known of one artifact: its data version, its text if it is a value, its facts if it is a file.

    `version` None means that it is to be made and nobody knows the result. `facts` may be known in part even then.
    """

    version: str | None
    text: str | None = None
    facts: Facts | None = None


@dataclass
class Outlook:
    """Everything foreseen so far, and who is looking: a `Source` for the recipe that is looked at next."""

    project: Project
    slot: str | None = None
    by_place: dict[Place, Foreseen] = field(default_factory=dict)

    def at(self, place: Place) -> Foreseen:
        """What is known of that place."""
        return self.by_place.get(place, Foreseen(None))

    def version(self, places: Sequence[Place]) -> dict[Place, str] | None:
        """The data versions of all these places, None when one is not known."""
        versions = {place: self.at(place).version for place in places}
        return None if None in versions.values() else {place: str(each) for place, each in versions.items()}

    def value(self, artifact: str, type: type[AnyValue]) -> AnyValue:
        """An artifact that is a value. Raises `NotKnownYet`."""
        text = self._find(artifact).text
        if text is None:
            raise NotKnownYet(artifact)
        return type.model_validate_json(text)

    def known(self, artifact: str) -> Facts:
        """The facts about an artifact that is a file. Raises `NotKnownYet`."""
        facts = self._find(artifact).facts
        if facts is None:
            raise NotKnownYet(artifact)
        return facts

    def _find(self, artifact: str) -> Foreseen:
        return self.by_place.get((artifact, self.slot)) or self.at((artifact, None))


def value_text(value: Value) -> str:
    """A value as it is stored: equal values give equal text."""
    return value.model_dump_json(indent=2)


def file_version(files: dict[str, str], facts: Facts) -> str:
    """The data version of content: its files' hashes by name, and its facts."""
    return hash_value([files, facts])
