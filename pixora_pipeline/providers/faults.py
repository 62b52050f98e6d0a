"""What may go wrong with a paid request, told apart by what is to be done about it.

    Fault
    ├── about the account: another one may do
    │   ├── RateLimited      TryAgain    it is asked too often; it rests, and nothing counts as tried
    │   ├── OutOfQuota       UserError   its credit or its quota is used up
    │   └── KeyDead          UserError   its key is revoked, mistyped or not allowed to
    ├── about the service: the same request may do later
    │   ├── ServerFault      TryAgain    it answered with a failure of its own, and says it did nothing
    │   ├── Unreachable      TryAgain    the request never reached it
    │   └── AnswerLost       TryAgain    it has the request; whether it was carried out, and paid, nobody knows
    └── about the request: only another one may do
        ├── Refused          UserError   the content is not allowed there
        ├── BadRequest       UserError   it is not understood there
        ├── ModelGone        UserError   the model was shut down
        └── BadOutput        TryAgain    it was carried out, and what came back can't be used

An adapter raises these from `send`, `submit` and `look`, and validates what came back there too: what is refused there
is never kept as the answer. `NoAccount`, `OverBudget` and `Unsettled` are ours, raised before anything is sent.
"""

from collections.abc import Mapping
from typing import ClassVar

from pixora_pipeline.errors import PixoraError, TryAgain, UserError


class Fault(PixoraError):
    """A request to a service that came to nothing.

    `detail` is what the service said; `usd` (None where unknown) and `usage` are what it took all the same.
    """

    sentence: ClassVar[str] = "{service} did not do it{because}."

    def __init__(
        self, service: str, detail: str = "", *, usd: float | None = 0.0, usage: Mapping[str, float] | None = None
    ) -> None:
        super().__init__(service, detail)
        self.service, self.detail = service, " ".join(detail.split()).rstrip(".")[:300]
        self.usd, self.usage = usd, dict(usage or {})

    def __str__(self) -> str:
        because = f": {self.detail}" if self.detail else ""
        return self.sentence.format(service=self.service, detail=self.detail, because=because)


class RateLimited(Fault, TryAgain):
    """The account is asked too often. `retry_after` is in seconds, None where the service does not say."""

    sentence = (
        "{service} takes no more requests for now{because}. Run the same command a little later, or give it another "
        "account: pixora keys add {service}"
    )

    def __init__(self, service: str, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(service, detail)
        self.retry_after = retry_after


class OutOfQuota(Fault, UserError):
    """The account has no credit or quota left."""

    sentence = (
        "The account at {service} is used up{because}. Top it up there, or add another: pixora keys add {service}"
    )


class KeyDead(Fault, UserError):
    """The key is not accepted, today or ever again."""

    sentence = "{service} does not accept the key{because}. Give it another: pixora keys add {service}"


class ServerFault(Fault, TryAgain):
    """The service answered with a failure of its own: HTTP 5xx, overloaded."""

    sentence = "{service} has a failure of its own{because}. Run the same command later: what is finished is kept."


class Unreachable(Fault, TryAgain):
    """The request never got there: no such host, connection refused, no TLS."""

    sentence = "{service} can't be reached{because}. Look at the network and the base URL, then run the same command."


class AnswerLost(Fault, TryAgain):
    """The request was sent and no whole answer came: a timeout, a connection cut. It may have been carried out."""

    sentence = "{service} has the request and its answer never came{because}. Run the same command again."


class Refused(Fault, UserError):
    """The service will not make such content: a refusal, a content filter, moderation."""

    sentence = "{service} refuses to make this{because}. Put it in other words: pixora edit"


class BadRequest(Fault, UserError):
    """The service does not take the request as it stands."""

    sentence = "{service} does not take this request{because}. Change what is asked, or choose another model."


class ModelGone(Fault, UserError):
    """There is no such model any more. `detail` names it; `successor` is what to use now."""

    sentence = "{service} has no model {detail}."

    def __init__(self, service: str, detail: str, *, successor: str | None = None) -> None:
        super().__init__(service, detail)
        self.successor = successor

    def __str__(self) -> str:
        return f"{super().__str__()} {f'Choose {self.successor}.' if self.successor else 'pixora models lists others.'}"


class BadOutput(Fault, TryAgain):
    """It was carried out, and what came back is no good: broken JSON, half a picture, silence. Say what it cost."""

    sentence = "{service} gave back something that can't be used{because}. Run the same command to have it made again."

    def __init__(
        self, service: str, detail: str = "", *, usd: float | None = None, usage: Mapping[str, float] | None = None
    ) -> None:
        super().__init__(service, detail, usd=usd, usage=usage)


class BadAnswer(BadOutput):
    """A text model was told what is wrong with its answer, and the next is no good either: it is left at that."""

    again_by_itself = False


class NoAccount(UserError):
    """There is nobody to call as: no account of the service, or none that works."""


class OverBudget(UserError):
    """The project's budget does not reach for the next request. Nothing was sent."""


class Unsettled(UserError):
    """A request may have been carried out and paid, and only a person can find out. Nothing more is sent until then."""
