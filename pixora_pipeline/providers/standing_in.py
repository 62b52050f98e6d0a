"""A text model that another stands in for: where it fails for good, the other is asked, and the order says so."""

from collections.abc import Callable
from typing import Any

from pixora_pipeline.errors import PixoraError, TryAgain, UserError
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.providers.faults import (
    BadOutput,
    BadRequest,
    KeyDead,
    ModelGone,
    NoAccount,
    OutOfQuota,
    Refused,
)
from pixora_pipeline.providers.order import Order, StandIn

FOR_GOOD = (ModelGone, Refused, BadRequest, BadOutput, KeyDead, OutOfQuota, NoAccount)
"""What waiting does not help against. Limits, failures of the service and the network pass."""

Engage = Callable[[str], Any]


class TextWithStandIn:
    """A text model by its id, and `order.instead` for what it can't do. `engage` readies either to work."""

    def __init__(self, id: str, order: Order, engage: Engage) -> None:
        self._id = id
        self._order = order
        self._engage = engage

    def write(self, request: ScriptRequest) -> ScriptBreakdown:
        """The script, by whoever can write it."""
        return self._ask("write", request)

    def answer(self, *question: Any, **details: Any) -> Any:
        """The answer, by whoever can give it: see `TextModel`."""
        return self._ask("answer", *question, **details)

    def _ask(self, what: str, *question: Any, **details: Any) -> Any:
        if self._order.stood_in is None:
            try:
                return getattr(self._engage(self._id), what)(*question, **details)
            except FOR_GOOD as fault:
                self._pass_over(fault, what)
        try:
            return getattr(self._engage(self._order.stood_in.id), what)(*question, **details)
        except PixoraError as error:
            raise _both(self._order.stood_in, error) from None

    def _pass_over(self, fault: PixoraError, what: str) -> None:
        other = self._order.instead or ""
        if not hasattr(self._engage(other), what):
            raise fault
        self._order.stood_in = StandIn(id=other, instead_of=self._id, because=_what_was_wrong(fault))


def _what_was_wrong(fault: PixoraError) -> str:
    # What to do about it is told after that, and is done already.
    return f"{str(fault).partition('. ')[0].rstrip('.')}."


def _both(told: StandIn, error: PixoraError) -> PixoraError:
    kind = TryAgain if isinstance(error, TryAgain) else UserError
    return kind(f"{told.because} {told.id} was asked instead: {error}")
