"""Paid calls that are never paid for twice: the implementation of `PaidCalls` over the journal and the key pool.

Killed anywhere, the same call goes on from what the journal says. A job whose id was lost is looked for at the service
before another is begun. A request that answers at once and whose answer is lost is repeated once; lost again, a later
attempt of the work may ask once more, and after that nobody does. Every lost one counts as paid. What only a person can
settle waits for `pixora calls`.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pixora_pipeline.errors import Defect, PixoraError
from pixora_pipeline.providers.calls import Answer, Call, Credential, Job
from pixora_pipeline.providers.entries import entry_of, park
from pixora_pipeline.providers.faults import BadOutput, Refused, Unsettled
from pixora_pipeline.providers.jobs import Find, Jobs, Look, Pace, Submit
from pixora_pipeline.providers.pool import KeyPool
from pixora_pipeline.providers.sending import OutcomeUnknown, Sender, Sent
from pixora_pipeline.store.claims import Claim
from pixora_pipeline.store.heartbeat import Heartbeat
from pixora_pipeline.store.journal import Journal

POINTS = ("claimed", "leased", "intended", "sent", "noted", "looking", "looked", "kept")
"""The points between the steps, in their order: where tests kill. `noted` to `looked` are passed by jobs only."""

_AT_MOST = 2
"""How often a run sends a request that is answered at once: a lost answer is asked for once more."""

_MOST_LOST = 3
"""How many answers of one call may be lost, by whichever runs, before it waits for a person."""


def _passed(_: str) -> None:
    """A point was passed."""


class JournaledCalls:
    """Implements `PaidCalls`. `at` is told each point that is passed, by its name: see `POINTS`."""

    def __init__(
        self,
        journal: Journal,
        pool: KeyPool,
        heartbeat: Heartbeat,
        *,
        pace: Pace | None = None,
        at: Callable[[str], None] = _passed,
    ) -> None:
        self._journal = journal
        self._heartbeat = heartbeat
        self._at = at
        pace = pace or Pace()
        self._sender = Sender(journal, pool, at, pace.unit)
        self._jobs = Jobs(journal, pool, self._sender, pace, at)

    def once(self, call: Call, send: Callable[[Credential], Answer]) -> Answer:
        """Send a request that answers at once, and keep the answer: the same call again is answered from it.

        What comes back must be found good within `send`: the answer it returns is kept for good.
        """
        with self._holding(call) as claim:
            if claim.standing == "answered":
                return Answer.model_validate(claim.answer)
            lost = claim.lost
            if claim.open:
                self._journal.lose(claim.open, "whoever sent it ended before the answer was kept")
                lost += 1
            return self._ask(call, claim, send, lost)

    def job(self, call: Call, submit: Submit, look: Look, find: Find | None = None, *, repeatable: bool = False) -> Job:
        """Begin a job, or go on with the one begun before, and wait until it has ended. A new one is another part.

        `find` gives the ids of jobs like this one that were begun since a time (seconds since 1970), newest first. A
        service that is `repeatable` begins one job for all requests with the same `idempotency_key`, which is among
        the options of the credential. Without either, a job whose id was lost waits for a person.
        """
        with self._holding(call) as claim:
            if claim.standing == "answered":
                return Job.model_validate(claim.answer)
            return self._jobs.carry_out(call, claim, submit, look, find, repeatable)

    @contextmanager
    def _holding(self, call: Call) -> Iterator[Claim]:
        entry = entry_of(call)
        nap = 0.1
        while (claim := self._journal.claim(entry)).standing == "held":
            time.sleep(nap)
            nap = min(nap * 1.5, 2.0)
        self._at("claimed")
        if claim.standing == "refused":
            raise Refused(call.service, claim.reason or "")
        if claim.standing == "parked":
            raise Unsettled(claim.reason)
        if claim.standing == "answered":
            yield claim
            return
        with self._heartbeat.beating():
            try:
                yield claim
            finally:
                self._journal.let_go(claim.call)

    def _ask(self, call: Call, claim: Claim, send: Callable[[Credential], Answer], lost: int) -> Answer:
        error: PixoraError | None = None
        # What was lost before is what this run repeats.
        sends = 1 if lost else _AT_MOST
        for _ in range(min(sends, _MOST_LOST - lost)):
            try:
                sent = self._sender.send(call, claim.call, lambda credential, _: send(credential))
            except OutcomeUnknown as unknown:
                attempt, error = unknown.attempt, unknown.error
            else:
                return self._keep(sent)
            if isinstance(error, BadOutput):
                self._journal.fail(attempt, str(error), error.usd, error.usage)
                raise error
            self._journal.lose(attempt, str(error))
            lost += 1
            if isinstance(error, Defect):
                raise error
        if error is None or lost >= _MOST_LOST:
            raise park(self._journal, call, claim.call, f"was asked {lost} times and every answer was lost")
        raise error

    def _keep(self, sent: Sent) -> Answer:
        answer: Answer = sent.result
        self._journal.answer(sent.attempt, answer.model_dump(mode="json"), answer.usd, answer.usage)
        self._at("kept")
        self._sender.finish(sent)
        return answer
