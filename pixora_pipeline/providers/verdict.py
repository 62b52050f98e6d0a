"""From what a service answered to what it means: the one place that reads status codes and words of errors."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum

from pixora_pipeline.providers.catalogue import Offer
from pixora_pipeline.providers.faults import (
    AnswerLost,
    BadRequest,
    Fault,
    KeyDead,
    ModelGone,
    OutOfQuota,
    RateLimited,
    Refused,
    ServerFault,
    Unreachable,
)

_QUOTA = (
    "insufficient_quota",
    "insufficient credit",
    "credit balance",
    "billing",
    "quota exceeded",
    "payment required",
)
_CONTENT = (
    "content_policy", "content_filter", "content policy", "moderation", "safety", "sensitive", "nsfw", "guardrail",
    "flagged", "prohibited",
)  # fmt: skip
_GONE = ("model_not_found", "not_found_error", "model_not_available", "decommissioned", "deprecated", "end of its life")
_BUSY = ("throttl", "too many requests", "rate_limit", "rate limit", "slowdown", "limitexceeded")
_KEY = ("invalid_api_key", "unrecognizedclient", "invalidclienttokenid", "invalidsignature", "signaturedoesnotmatch",
        "expiredtoken", "accessdenied")  # fmt: skip
_CLIENTS = ("httpx", "httpx2", "httpcore", "httpcore2", "botocore", "urllib3")


class NoAnswer(Enum):
    """How a request came to nothing without an answer."""

    NEVER_SENT = "never sent"
    TIMED_OUT = "no answer in time"
    CUT = "the connection was cut"

    @classmethod
    def of(cls, error: BaseException) -> "NoAnswer":
        """By the exceptions that HTTP clients raise, which are called alike: only before a connection is it surely
        not sent.
        """
        names = [type(each).__name__ for each in _chain(error)]
        if any(name in ("ConnectError", "ConnectTimeout", "EndpointConnectionError", "PoolTimeout") for name in names):
            return cls.NEVER_SENT
        return cls.TIMED_OUT if any("Timeout" in name for name in names) else cls.CUT

    @classmethod
    def is_one(cls, error: BaseException) -> bool:
        """Whether an HTTP client raised it: SDKs let some pass as they are, such as that of a stream cut short."""
        return type(error).__module__.split(".")[0] in _CLIENTS


def fault_of(offer: Offer, status: int, code: str, message: str, headers: Mapping[str, str]) -> Fault:
    """What an answer that is an error means."""
    service, words = offer.provider, f"{code} {message}".lower()
    if status == 402 or _has(words, _QUOTA):
        return OutOfQuota(service, message)
    if status == 429 or _has(code.lower(), _BUSY):
        return RateLimited(service, message, retry_after=_retry_after(headers))
    if status in (400, 403, 422, 451) and _has(words, _CONTENT):
        return Refused(service, message)
    if status in (401, 403) or _has(code.lower(), _KEY):
        return KeyDead(service, message)
    if status in (400, 404, 410) and (_has(words, _GONE) or (status != 400 and offer.model.lower() in words)):
        return ModelGone(service, offer.model, successor=offer.successor)
    if status == 408 or status >= 500:
        return ServerFault(service, f"HTTP {status}, {message}" if message else f"HTTP {status}")
    return BadRequest(service, message or f"HTTP {status}")


def fault_of_silence(offer: Offer, how: NoAnswer) -> Fault:
    """What no answer means: where the request may have arrived, nobody knows whether it was paid."""
    if how is NoAnswer.NEVER_SENT:
        return Unreachable(offer.provider)
    return AnswerLost(offer.provider, how.value)


def _has(words: str, marks: tuple[str, ...]) -> bool:
    return any(mark in words for mark in marks)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    if said is None:
        return None
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
