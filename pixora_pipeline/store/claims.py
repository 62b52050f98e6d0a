"""Paid calls as the journal tells of them: what is asked, how it stands, and every sending of it."""

from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from pixora_pipeline.model.value import Value

Standing = Literal["mine", "held", "answered", "refused", "parked"]


class Entry(Value):
    """A call as the journal knows it. `identity` is equal for equal calls."""

    identity: str
    project_id: str | None
    key: str
    part: str
    service: str
    model: str
    capability: str


class Attempt(Value):
    """One sending. `number` counts from 1 within its call."""

    id: int
    call: int
    number: int
    account: str
    state: str
    job_id: str | None = None
    began_at: float = 0.0
    expected_usd: float | None = None


class Parked(Value):
    """A call that only a person can settle."""

    call: int
    project_id: str | None
    key: str
    service: str
    reason: str


@dataclass(frozen=True)
class Claim:
    """How a call stands for whoever asks: to be made by us, under way elsewhere, answered, refused, or parked."""

    standing: Standing
    call: int
    answer: JsonValue = None
    reason: str | None = None
    attempts: tuple[Attempt, ...] = ()

    @property
    def open(self) -> Attempt | None:
        """The attempt that somebody began and nobody ended."""
        return next((each for each in self.attempts if each.state in ("sent", "running")), None)

    @property
    def lost(self) -> int:
        """How many attempts were sent without anybody knowing what became of them."""
        return sum(each.state == "lost" for each in self.attempts)
