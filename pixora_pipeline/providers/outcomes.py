"""From what a request raised to what the pool and the journal note of it, with no secret in any sentence."""

import traceback
from pathlib import Path

from pixora_pipeline.errors import Defect, PixoraError
from pixora_pipeline.providers.calls import Credential
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
from pixora_pipeline.store.rota import Ending, Result

ABOUT_ACCOUNT = (RateLimited, OutOfQuota, KeyDead)
ABOUT_SERVICE = (ServerFault, Unreachable)

_ENDINGS: tuple[tuple[type[Fault], Ending], ...] = (
    (RateLimited, "limited"),
    (OutOfQuota, "used_up"),
    (KeyDead, "dead"),
    (ServerFault, "service_failed"),
    (Unreachable, "service_failed"),
    (AnswerLost, "service_failed"),
)

CERTAIN = (RateLimited, OutOfQuota, KeyDead, ServerFault, Unreachable, Refused, BadRequest, ModelGone)
"""After these it is known that the request was not carried out."""

_SECRET_OPTIONS = ("token", "secret", "password", "key_id")


def result_of(error: PixoraError, seconds: float) -> Result:
    """What a use came to that ended with this."""
    ending = next((ending for kind, ending in _ENDINGS if isinstance(error, kind)), "failed")
    return Result(
        ending,
        reason=(error.detail if isinstance(error, Fault) else "") or str(error),
        retry_after=error.retry_after if isinstance(error, RateLimited) else None,
        seconds=seconds,
    )


def told_safely(error: Exception, service: str, credential: Credential) -> PixoraError:
    """The same error for people and logs: no secret in it, and no chain to one that has it.

    Anything but an exception of ours is a defect of the adapter, told by its kind, its words and its place.
    """
    if isinstance(error, Fault):
        error.detail = without_secrets(error.detail, credential)
        error.args = (error.service, error.detail)
        return _unchained(error)
    words = without_secrets(str(error), credential)
    if isinstance(error, PixoraError):
        return _unchained(type(error)(words))
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" ({Path(frame.filename).name}:{frame.lineno})" for frame in last)
    return Defect(
        f"The adapter of {service} failed with {type(error).__name__}: {words[:300]}{place}. Please report it."
    )


def without_secrets(text: str, credential: Credential) -> str:
    """The text with every secret of an account blacked out."""
    options = [value for name, value in credential.options.items() if any(part in name for part in _SECRET_OPTIONS)]
    for secret in (credential.secret.get_secret_value(), *options):
        if len(secret) >= 4:
            text = text.replace(secret, "[key]")
    return text


def _unchained(error: PixoraError) -> PixoraError:
    error.__cause__ = error.__context__ = None
    error.__suppress_context__ = True
    return error.with_traceback(None)
