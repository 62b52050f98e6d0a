"""Who is asked where the chosen model fails for good: another one, and what it made says so."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from pixora_pipeline.errors import PixoraError, TryAgain, UserError
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.faults import (
    BadOutput,
    BadRequest,
    KeyDead,
    ModelGone,
    NoAccount,
    OutOfQuota,
    Refused,
    Unsettled,
)

Result = TypeVar("Result")

FOR_GOOD = (ModelGone, Refused, BadRequest, BadOutput, KeyDead, OutOfQuota, NoAccount, Unsettled)
"""What waiting does not help against. Limits, failures of the service and the network pass."""


class Other(NamedTuple):
    """A model that stands in by its id, and after which faults of the one before it."""

    id: str
    after: tuple[type[PixoraError], ...] = FOR_GOOD


class StandIn(Value):
    """A model that was asked instead of the one that was chosen, why, and what can be done about it."""

    id: str
    instead_of: str
    because: str
    remedy: str = ""


def in_turn(
    first: str, others: Sequence[Other], ask: Callable[[str], Result], *, tries: int = 1
) -> tuple[Result, StandIn | None]:
    """What `ask` makes of the first model's id, else of another's; then it is said who stood in.

    With another to turn to after that, what comes back and can't be used is asked for `tries` times of each. Raises
    what the last one raised, with what was wrong with the first.
    """
    told: StandIn | None = None
    before: PixoraError | None = None
    for id, after in (Other(first, ()), *others):
        if before is not None and not isinstance(before, after):
            continue
        if before is not None:
            told = _standing_in(told, id, first, before)
        try:
            return _asked(ask, id, tries if _helps(others) else 1), told
        except FOR_GOOD as fault:
            before = fault
            failed = _told_both(told, fault)
        except PixoraError as error:
            if told is None:
                raise
            failed = _told_both(told, error)
            break
    raise failed


def _helps(others: Sequence[Other]) -> bool:
    return any(issubclass(BadOutput, each.after) for each in others)


def _asked(ask: Callable[[str], Result], id: str, tries: int) -> Result:
    for _ in range(tries - 1):
        try:
            return ask(id)
        except BadOutput:
            continue
    return ask(id)


def _standing_in(told: StandIn | None, id: str, first: str, fault: PixoraError) -> StandIn:
    if told is not None:
        return told.model_copy(update={"id": id})
    return StandIn(id=id, instead_of=first, because=_what_was_wrong(fault), remedy=str(getattr(fault, "remedy", "")))


def _what_was_wrong(fault: PixoraError) -> str:
    # What to do about it is told after that, and is done already.
    return f"{str(fault).partition('. ')[0].rstrip('.')}."


def _told_both(told: StandIn | None, error: PixoraError) -> PixoraError:
    if told is None:
        return error
    kind = TryAgain if isinstance(error, TryAgain) else UserError
    both = kind(f"{told.because} {told.id} was asked instead: {error}")
    both.again_by_itself = error.again_by_itself
    return both
