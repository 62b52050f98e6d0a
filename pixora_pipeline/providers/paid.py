"""Paid calls that are never paid for twice: the implementation of `PaidCalls` over the journal and the key pool.

Killed anywhere, the same call goes on from what the journal says. A job whose id was lost is looked for at the service
before another is begun. A request that answers at once and whose answer is lost is repeated once; lost again, a later
attempt of the work may ask once more, and after that nobody does. Every lost one counts as paid. What only a person can
settle waits for `pixora calls`.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tenacity import RetryError, Retrying, retry_if_exception_type, retry_if_result, stop_after_delay, wait_exponential

from pixora_pipeline.errors import Defect, PixoraError, TryAgain
from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.cost import place_of
from pixora_pipeline.providers.calls import Answer, Call, Credential, Job
from pixora_pipeline.providers.faults import (
    AnswerLost,
    BadOutput,
    BadRequest,
    ModelGone,
    RateLimited,
    Refused,
    ServerFault,
    Unreachable,
    Unsettled,
)
from pixora_pipeline.providers.outcomes import CERTAIN, told_safely
from pixora_pipeline.providers.pool import KeyPool
from pixora_pipeline.providers.sending import TRIES, OutcomeUnknown, Sender, Sent
from pixora_pipeline.store.claims import Attempt, Claim, Entry
from pixora_pipeline.store.heartbeat import Heartbeat
from pixora_pipeline.store.journal import Journal

Submit = Callable[[Credential], str]
Look = Callable[[Credential, str], Job]
Find = Callable[[Credential, float], Sequence[str]]

IDEMPOTENCY_KEY = "idempotency_key"
"""The option of a credential that names the attempt, for services that carry out a request of one name only once."""

POINTS = ("claimed", "leased", "intended", "sent", "noted", "looking", "looked", "kept")
"""The points between the steps, in their order: where tests kill. `noted` to `looked` are passed by jobs only."""

_PASSING = (RateLimited, ServerFault, Unreachable, AnswerLost)
_ENDING = (Refused, BadRequest, ModelGone, BadOutput)
"""What a look at a job may say that ends it."""

_AT_MOST = 2
"""How often a run sends a request that is answered at once: a lost answer is asked for once more."""

_MOST_LOST = 3
"""How many answers of one call may be lost, by whichever runs, before it waits for a person."""

_CLOCKS_APART = 120.0


@dataclass(frozen=True)
class Pace:
    """How long to wait, in seconds: between looks at a job, for it to end, and for a lost one to be listed.

    A request may still be at work in the service after its sender died: a job is known not to have been begun when it
    is not listed `settled_after` its intent. `unit` scales the pauses before a request is tried again.
    """

    first_look: float = 2.0
    slowest_look: float = 15.0
    longest_job: float = 3600.0
    finding: float = 2.0
    settled_after: float = 20.0
    unit: float = 1.0


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
        self._pool = pool
        self._heartbeat = heartbeat
        self._pace = pace or Pace()
        self._at = at
        self._sender = Sender(journal, pool, at, self._pace.unit)

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
            running = self._resume(call, claim, submit, find, repeatable)
            running = running or self._submit(call, claim.call, submit, find, repeatable)
            return self._await(call, running, look)

    @contextmanager
    def _holding(self, call: Call) -> Iterator[Claim]:
        entry = _entry(call)
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
            raise self._park(call, claim.call, f"was asked {lost} times and every answer was lost")
        raise error

    def _keep(self, sent: Sent) -> Answer:
        answer: Answer = sent.result
        self._journal.answer(sent.attempt, answer.model_dump(mode="json"), answer.usd, answer.usage)
        self._at("kept")
        self._sender.finish(sent)
        return answer

    def _resume(self, call: Call, claim: Claim, submit: Submit, find: Find | None, repeatable: bool) -> Attempt | None:
        """The job that was begun before, None when there is none."""
        if claim.open is None or claim.open.state == "running":
            return claim.open
        return self._recover(call, claim.open, submit, find, repeatable)

    def _submit(self, call: Call, number: int, submit: Submit, find: Find | None, repeatable: bool) -> Attempt:
        # A failure of the service may come after it began the job: where that can be found out, it is.
        certain = tuple(each for each in CERTAIN if each is not ServerFault) if find or repeatable else CERTAIN
        for _ in range(TRIES):
            try:
                sent = self._sender.send(call, number, lambda c, a: submit(_named(call, c, a, repeatable)), certain)
            except OutcomeUnknown as unknown:
                attempt, error = unknown.attempt, unknown.error
            else:
                running = self._journal.note_job(sent.attempt, sent.result)
                self._at("noted")
                self._sender.finish(sent)
                return running
            if running := self._recover(call, attempt, submit, find, repeatable):
                return running
        raise error

    def _recover(
        self, call: Call, attempt: Attempt, submit: Submit, find: Find | None, repeatable: bool
    ) -> Attempt | None:
        """The job of an attempt of which only the intent is known. None when it was certainly never begun."""
        if find is None and not repeatable:
            raise self._park(call, attempt.call, "may have begun a job, and its id was lost")
        credential = self._pool.credential(call.service, attempt.account)
        if repeatable:
            id = self._ask_about(call, credential, lambda: submit(_named(call, credential, attempt, True)))
            return self._journal.note_job(attempt, id)
        since = attempt.began_at - _CLOCKS_APART
        settled = False
        while not settled:
            settled = self._journal.age(attempt) > self._pace.settled_after
            listed = self._ask_about(call, credential, lambda: find(credential, since))
            # Asked in this order: a job that got its owner in between is known.
            claimed = self._journal.others_begin(attempt, call.service, call.model) and not settled
            known = self._journal.known_jobs(call.service, since)
            if (unknown := [id for id in listed if id not in known]) and not claimed:
                return self._journal.note_job(attempt, unknown[0])
            time.sleep(self._pace.finding)
        self._journal.fail(attempt, "was never begun", 0.0, {})
        return None

    def _await(self, call: Call, attempt: Attempt, look: Look) -> Job:
        credential = self._pool.credential(call.service, attempt.account)
        looks = Retrying(
            retry=retry_if_exception_type(_PASSING) | retry_if_result(lambda job: job.state == "running"),
            wait=wait_exponential(multiplier=self._pace.first_look, exp_base=1.5, max=self._pace.slowest_look),
            stop=stop_after_delay(self._pace.longest_job),
        )
        try:
            job = looks(self._look, call, credential, attempt, look)
        except RetryError as over:
            error = over.last_attempt.exception() or TryAgain(
                f"The job {attempt.job_id} at {call.service} is still running. Run the same command to wait on."
            )
        except _ENDING as ended:
            self._journal.fail(attempt, ended.detail, ended.usd, ended.usage, refused=isinstance(ended, Refused))
            raise
        else:
            return self._end(attempt, job)
        raise error

    def _look(self, call: Call, credential: Credential, attempt: Attempt, look: Look) -> Job:
        self._at("looking")
        job = self._ask_about(call, credential, lambda: look(credential, attempt.job_id or ""))
        self._at("looked")
        return job

    def _end(self, attempt: Attempt, job: Job) -> Job:
        failure = None if job.state == "succeeded" else job.reason or job.state
        self._journal.answer(attempt, job.model_dump(mode="json"), job.usd, job.usage, failure)
        self._at("kept")
        return job

    def _ask_about(self, call: Call, credential: Credential, ask: Callable[[], Any]) -> Any:
        """Ask what costs nothing."""
        try:
            return ask()
        except Exception as raised:
            error = told_safely(raised, call.service, credential)
        raise error

    def _park(self, call: Call, number: int, what: str) -> Unsettled:
        place = place_of(call.key, call.project)
        reason = (
            f"{call.service} {what} for {place}, so it may have been paid already. Look at your account there, then: "
            f"pixora calls again {number}"
        )
        self._journal.park(number, reason)
        return Unsettled(reason)


def _entry(call: Call) -> Entry:
    asked = [call.service, call.model, call.capability, call.request]
    return Entry(
        identity=hash_value([call.project, call.key, call.part, *asked]),
        project_id=call.project,
        **call.model_dump(include={"key", "part", "service", "model", "capability"}),
    )


def _named(call: Call, credential: Credential, attempt: Attempt, repeatable: bool) -> Credential:
    if not repeatable:
        return credential
    name = {IDEMPOTENCY_KEY: hash_value([_entry(call).identity, attempt.number])}
    return credential.model_copy(update={"options": credential.options | name})
