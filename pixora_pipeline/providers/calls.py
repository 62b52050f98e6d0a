"""How an adapter makes a request that costs money: through something that never pays for it twice."""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol, TypeVar

from pydantic import Field, JsonValue, SecretStr

from pixora_pipeline.model.value import Value

Result = TypeVar("Result")


class Credential(Value):
    """An account to call with. `alias` may be shown, the secret never."""

    alias: str
    secret: SecretStr
    base_url: str | None = None
    options: dict[str, str] = Field(default_factory=dict)


class Call(Value):
    """One paid request: whose it is, what it is for, and what is asked. `request` says everything that is sent.

    `key` names the work (a place and its fingerprint) and `part` tells calls of the same work apart.
    """

    key: str
    part: str = "1"
    service: str
    model: str
    capability: str
    request: dict[str, JsonValue]
    project: str | None = None
    expected_usd: float | None = None


class Answer(Value):
    """What came back: JSON, and what it cost (None where that is unknown). `usage` as the service counts it."""

    body: JsonValue = None
    usage: dict[str, float] = Field(default_factory=dict)
    usd: float | None = None


class Job(Value):
    """How an asynchronous job stands. `body` is what the service says of it, such as the addresses of its outputs."""

    state: Literal["running", "succeeded", "failed", "canceled"]
    body: JsonValue = None
    reason: str | None = None
    usage: dict[str, float] = Field(default_factory=dict)
    usd: float | None = None


class PaidCalls(Protocol):
    """Makes paid requests. Raises the exceptions of `pixora_pipeline.errors`."""

    def once(self, call: Call, send: Callable[[Credential], Answer]) -> Answer:
        """Send a request that answers at once, and keep the answer: the same call again is answered from it."""

    def job(
        self,
        call: Call,
        submit: Callable[[Credential], str],
        look: Callable[[Credential, str], Job],
        find: Callable[[Credential, float], Sequence[str]] | None = None,
    ) -> Job:
        """Begin a job, or go on with the one begun before, and wait until it has ended.

        `find` gives the ids of jobs like this one that were begun since a time (seconds since 1970), newest first.
        """
