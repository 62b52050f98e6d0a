"""Sending one request: an account is taken, the intent is written, the request goes out, and how it went is noted.

A fault of the account is answered by another account and costs no try; a fault of the service by waiting, three tries
in all. What is about the request itself is raised.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.cost import place_of
from pixora_pipeline.providers.calls import Call, Credential
from pixora_pipeline.providers.faults import Fault, NoAccount, OutOfQuota, OverBudget, RateLimited, Refused
from pixora_pipeline.providers.outcomes import ABOUT_ACCOUNT, ABOUT_SERVICE, CERTAIN, result_of, told_safely
from pixora_pipeline.providers.pool import KeyPool, Lease
from pixora_pipeline.store.claims import Attempt
from pixora_pipeline.store.journal import Journal
from pixora_pipeline.store.rota import Result
from pixora_pipeline.store.spending import Shortfall

TRIES = 3

Request = Callable[[Credential, Attempt], Any]


class OutcomeUnknown(Exception):
    """A request was sent and nobody knows what became of it. Within this package only."""

    def __init__(self, attempt: Attempt, error: PixoraError) -> None:
        super().__init__(str(error))
        self.attempt, self.error = attempt, error


@dataclass(frozen=True)
class Sent:
    """What a request came back with. The account is still ours."""

    attempt: Attempt
    result: Any
    lease: Lease
    seconds: float


class Sender:
    """Sends with whichever account is free. `at` is told each point that is passed, `pause` scales the waiting."""

    def __init__(self, journal: Journal, pool: KeyPool, at: Callable[[str], None], pause: float = 1.0) -> None:
        self._journal = journal
        self._pool = pool
        self._at = at
        self._pause = pause

    def send(self, call: Call, number: int, request: Request, certain: tuple[type[Fault], ...] = CERTAIN) -> Sent:
        """Send the call that has that number in the journal. After `certain` faults it was surely not carried out.

        Raises `OutcomeUnknown`, the fault that nothing helps against, `NoAccount` or `OverBudget`.
        """
        tries = Retrying(
            retry=retry_if_exception_type(ABOUT_SERVICE),
            stop=stop_after_attempt(TRIES),
            wait=wait_random_exponential(multiplier=self._pause, max=20 * self._pause),
            reraise=True,
        )
        return tries(self._with_some_account, call, number, request, certain)

    def finish(self, sent: Sent) -> None:
        """Give the account back after a request that went well."""
        self._pool.give_back(sent.lease, Result("answered", seconds=sent.seconds))

    def _with_some_account(self, call: Call, number: int, request: Request, certain: tuple[type[Fault], ...]) -> Sent:
        fault: Fault | None = None
        while True:
            try:
                lease = self._pool.take(call.service)
            except (NoAccount, OutOfQuota, RateLimited) as nobody:
                error = fault or nobody
                break
            outcome = self._with(lease, call, number, request, certain)
            if isinstance(outcome, Sent):
                return outcome
            if not isinstance(outcome, ABOUT_ACCOUNT):
                error = outcome
                break
            fault = outcome
        raise error

    def _with(
        self, lease: Lease, call: Call, number: int, request: Request, certain: tuple[type[Fault], ...]
    ) -> Sent | Exception:
        self._at("leased")
        attempt = self._begin(lease, call, number)
        self._at("intended")
        began = time.monotonic()
        try:
            result = request(lease.credential, attempt)
        except Exception as raised:
            error = told_safely(raised, call.service, lease.credential)
        except BaseException:  # interrupted: the intent stands, and the next to come finds it
            self._pool.give_back(lease, Result("failed"))
            raise
        else:
            self._at("sent")
            return Sent(attempt, result, lease, time.monotonic() - began)
        self._at("sent")
        return self._note(attempt, lease, error, time.monotonic() - began, certain)

    def _begin(self, lease: Lease, call: Call, number: int) -> Attempt:
        try:
            attempt = self._journal.begin(number, lease.credential.alias, call.expected_usd)
        except PixoraError:
            self._pool.give_back(lease, Result("unused"))
            raise
        if isinstance(attempt, Shortfall):
            self._pool.give_back(lease, Result("unused"))
            raise OverBudget(_explain(attempt, call))
        return attempt

    def _note(
        self, attempt: Attempt, lease: Lease, error: PixoraError, seconds: float, certain: tuple[type[Fault], ...]
    ) -> Exception:
        # The journal first: it is about money.
        noted: Exception = error
        if isinstance(error, certain):
            refused = isinstance(error, Refused)
            self._journal.fail(
                attempt, error.detail if refused else str(error), error.usd, error.usage, refused=refused
            )
        else:
            noted = OutcomeUnknown(attempt, error)
        self._pool.give_back(lease, result_of(error, seconds))
        return noted


def _explain(short: Shortfall, call: Call) -> str:
    place = place_of(call.key, call.project)
    if short.wanted is None:
        return (
            f"What {call.model} costs is not known, so the budget of {_usd(short.budget)} can't be kept for {place}. "
            f"Choose a model with a price, or lift the budget: pixora edit {short.project} --budget none"
        )
    return (
        f"{place} is expected to cost {_usd(short.wanted)}, and {_usd(short.committed)} of the budget of "
        f"{_usd(short.budget)} is spent or under way. Nothing more was sent. "
        f"To go on: pixora edit {short.project} --budget {_enough(short)}"
    )


def _usd(amount: float) -> str:
    return f"${amount:.2f}" if amount >= 0.01 or amount == 0 else f"${amount:.6f}"


def _enough(short: Shortfall) -> str:
    return f"{max(short.budget * 2, short.committed + (short.wanted or 0.0)):.2f}"
