"""Jobs at services: each begun once, found again where its id was lost, and waited for until it has ended."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tenacity import RetryError, Retrying, retry_if_exception_type, retry_if_result, stop_after_delay, wait_exponential

from pixora_pipeline.errors import TryAgain
from pixora_pipeline.providers.calls import Call, Credential, Job
from pixora_pipeline.providers.entries import named, park
from pixora_pipeline.providers.faults import (
    AnswerLost,
    BadOutput,
    BadRequest,
    ModelGone,
    RateLimited,
    Refused,
    ServerFault,
    Unreachable,
)
from pixora_pipeline.providers.outcomes import CERTAIN, told_safely
from pixora_pipeline.providers.pool import KeyPool
from pixora_pipeline.providers.sending import TRIES, OutcomeUnknown, Sender
from pixora_pipeline.store.claims import Attempt, Claim
from pixora_pipeline.store.journal import Journal

Submit = Callable[[Credential], str]
Look = Callable[[Credential, str], Job]
Find = Callable[[Credential, float], Sequence[str]]

_PASSING = (RateLimited, ServerFault, Unreachable, AnswerLost)
_ENDING = (Refused, BadRequest, ModelGone, BadOutput)
"""What a look at a job may say that ends it."""

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


class Jobs:
    """Carries out the jobs of calls that we hold. `at` is told each point that is passed."""

    def __init__(self, journal: Journal, pool: KeyPool, sender: Sender, pace: Pace, at: Callable[[str], None]) -> None:
        self._journal = journal
        self._pool = pool
        self._sender = sender
        self._pace = pace
        self._at = at

    def carry_out(
        self, call: Call, claim: Claim, submit: Submit, look: Look, find: Find | None, repeatable: bool
    ) -> Job:
        """Begin the job of a call, or go on with the one begun before, and wait until it has ended."""
        running = self._resume(call, claim, submit, find, repeatable)
        running = running or self._submit(call, claim.call, submit, find, repeatable)
        return self._await(call, running, look)

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
                sent = self._sender.send(call, number, lambda c, a: submit(named(call, c, a, repeatable)), certain)
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
            raise park(self._journal, call, attempt.call, "may have begun a job, and its id was lost")
        credential = self._pool.credential(call.service, attempt.account)
        if repeatable:
            id = _ask_about(call, credential, lambda: submit(named(call, credential, attempt, True)))
            return self._journal.note_job(attempt, id)
        since = attempt.began_at - _CLOCKS_APART
        settled = False
        while not settled:
            settled = self._journal.age(attempt) > self._pace.settled_after
            listed = _ask_about(call, credential, lambda: find(credential, since))
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
        job = _ask_about(call, credential, lambda: look(credential, attempt.job_id or ""))
        self._at("looked")
        return job

    def _end(self, attempt: Attempt, job: Job) -> Job:
        failure = None if job.state == "succeeded" else job.reason or job.state
        self._journal.answer(attempt, job.model_dump(mode="json"), job.usd, job.usage, failure)
        self._at("kept")
        return job


def _ask_about(call: Call, credential: Credential, ask: Callable[[], Any]) -> Any:
    """Ask what costs nothing."""
    try:
        return ask()
    except Exception as raised:
        error = told_safely(raised, call.service, credential)
    raise error
