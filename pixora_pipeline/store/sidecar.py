"""The record that stands beside every stored artifact: what it is, how it was made, and what it cost."""

from pydantic import Field, JsonValue

from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.value import Value

NOTICES = "notices"
"""The fact that says what was asked for and could not be had."""


class StoredFile(Value):
    """A file of an artifact, by its content hash and size in bytes."""

    name: str
    hash: str
    size: int


class Provenance(Value):
    """Who made it and how. `cost_usd` None means unknown, never free.

    `account` is the alias of the account that paid, `usage` what the service counted, over all its requests.
    """

    provider: str = "pixora"
    model: str | None = None
    seed: int | None = None
    cost_usd: float | None = 0.0
    account: str | None = None
    usage: dict[str, float] = Field(default_factory=dict)
    parameters: dict[str, JsonValue] = Field(default_factory=dict)


class Sidecar(Value):
    """Everything known about one version of one artifact. The first file is the artifact itself."""

    artifact: str
    partition: str
    fingerprint: str
    inputs: dict[str, str]
    files: tuple[StoredFile, ...] = Field(min_length=1)
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    provenance: Provenance = Provenance()
    findings: tuple[Finding, ...] = ()
    seconds_to_make: float = 0.0
    seal: str = ""

    def sealed(self) -> "Sidecar":
        """The same with the hash of all its other fields, so that a byte changed in it is noticed."""
        return self.model_copy(update={"seal": self._hash()})

    @property
    def is_intact(self) -> bool:
        """Whether it is as it was sealed."""
        return self.seal == self._hash()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What had to be done otherwise than asked."""
        return tuple(Notice.model_validate(each) for each in self.facts.get(NOTICES) or ())

    def _hash(self) -> str:
        return hash_value(self.model_dump(mode="json", exclude={"seal"}))

    @property
    def data_version(self) -> str:
        """The name of the content: what depends on this artifact reads nothing else of it."""
        return hash_value([{file.name: file.hash for file in self.files}, self.facts])

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)
