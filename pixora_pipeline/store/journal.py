"""The journal of paid calls: what is about to be sent is written before it is sent, and what came back after it.

A call is held by one process at a time. Its attempts go `sent` -> `running` (jobs, once their id is known) ->
`succeeded` or `failed`; `lost` is one of which nobody knows whether it was carried out.
"""

import json
import zlib

from pydantic import JsonValue
from sqlalchemy import Connection, Engine, Row, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pixora_pipeline.errors import NotFound
from pixora_pipeline.store.account_tables import AttemptRow, CallRow
from pixora_pipeline.store.claims import Attempt, Claim, Entry, Parked
from pixora_pipeline.store.heartbeat import LEASE
from pixora_pipeline.store.holders import is_gone, this_process
from pixora_pipeline.store.spending import Shortfall, reserve
from pixora_pipeline.store.transactions import clock, in_transaction

KEPT_FOR = 30 * 86_400.0
"""Seconds that answers are kept: long after what was made of them is in the store."""

_FORGOTTEN = {"state": "open", "answer": None, "answered_at": None}


class Journal:
    """Calls and their attempts."""

    def __init__(self, engine: Engine, *, lease: float = LEASE) -> None:
        self._engine = engine
        self._lease = lease
        self._tidied = False

    def claim(self, entry: Entry) -> Claim:
        """Take a call to make it, unless it is made or somebody is at it."""
        return in_transaction(self._engine, lambda connection: self._claim(connection, entry))

    def let_go(self, call: int) -> None:
        """Give up the hold on a call."""
        mine = (CallRow.id == call, CallRow.holder == this_process())
        free = update(CallRow).where(*mine).values(holder=None, held_until=0.0)
        in_transaction(self._engine, lambda connection: connection.execute(free))

    def begin(self, call: int, account: str, expected_usd: float | None) -> Attempt | Shortfall:
        """Write that a call is about to be sent, if its project's budget reaches for it."""

        def write(connection: Connection) -> Attempt | Shortfall:
            short = reserve(connection, call, expected_usd)
            return short or _insert(connection, call, account, expected_usd)

        return in_transaction(self._engine, write)

    def note_job(self, attempt: Attempt, job_id: str) -> Attempt:
        """Write the id of a job that was begun."""
        running = update(AttemptRow).where(AttemptRow.id == attempt.id).values(state="running", job_id=job_id)
        in_transaction(self._engine, lambda connection: connection.execute(running))
        return attempt.model_copy(update={"state": "running", "job_id": job_id})

    def answer(
        self,
        attempt: Attempt,
        answer: JsonValue,
        usd: float | None,
        usage: dict[str, float],
        failure: str | None = None,
    ) -> None:
        """Keep what came back: the same call is answered from it from now on. A job that failed has a `failure`."""

        def write(connection: Connection) -> None:
            now = clock(connection)
            _end(connection, attempt, "failed" if failure else "succeeded", now, usd, usage, failure)
            kept = {"state": "answered", "answer": _pack(answer), "answered_at": now, "reason": None}
            connection.execute(update(CallRow).where(CallRow.id == attempt.call).values(kept))
            self._tidy(connection, now)

        in_transaction(self._engine, write)

    def fail(
        self, attempt: Attempt, reason: str, usd: float | None, usage: dict[str, float], *, refused: bool = False
    ) -> None:
        """Write that an attempt came to nothing. A refused call is not sent again."""

        def write(connection: Connection) -> None:
            _end(connection, attempt, "failed", clock(connection), usd, usage, reason)
            if refused:
                kept = {"state": "refused", "reason": reason}
                connection.execute(update(CallRow).where(CallRow.id == attempt.call).values(kept))

        in_transaction(self._engine, write)

    def lose(self, attempt: Attempt, reason: str) -> None:
        """Write that nobody knows what became of an attempt: it counts as paid."""

        def write(connection: Connection) -> None:
            _end(connection, attempt, "lost", clock(connection), attempt.expected_usd, {}, reason)

        in_transaction(self._engine, write)

    def park(self, call: int, reason: str) -> None:
        """Have a call wait for a person."""
        parked = update(CallRow).where(CallRow.id == call).values(state="parked", reason=reason)
        in_transaction(self._engine, lambda connection: connection.execute(parked))

    def age(self, attempt: Attempt) -> float:
        """Seconds since its intent was written."""
        with self._engine.connect() as connection:
            return clock(connection) - attempt.began_at

    def parked(self) -> list[Parked]:
        """The calls that wait for a person, oldest first."""
        waiting = select(CallRow.__table__).where(CallRow.state == "parked").order_by(CallRow.id)
        with self._engine.connect() as connection:
            return [
                Parked(call=row.id, project_id=row.project_id, key=row.key, service=row.service, reason=row.reason)
                for row in connection.execute(waiting)
            ]

    def send_again(self, call: int) -> None:
        """Have a parked call sent once more. What was lost stays counted as paid. Raises `NotFound`."""

        def write(connection: Connection) -> None:
            _reopen(connection, call)
            open_ones = (AttemptRow.call_id == call, AttemptRow.state.in_(("sent", "lost")))
            # Known costs stay; an attempt that nobody ended counts at what was expected of it.
            usd = func.coalesce(AttemptRow.usd, AttemptRow.expected_usd)
            connection.execute(update(AttemptRow).where(*open_ones).values(state="given_up", usd=usd))

        in_transaction(self._engine, write)

    def adopt(self, call: int, job_id: str) -> None:
        """Tell a parked call which job it began. Raises `NotFound`."""

        def write(connection: Connection) -> None:
            _reopen(connection, call)
            last = _attempts(connection, call)[-1]
            running = {"state": "running", "job_id": job_id}
            connection.execute(update(AttemptRow).where(AttemptRow.id == last.id).values(running))

        in_transaction(self._engine, write)

    def known_jobs(self, service: str, since: float) -> frozenset[str]:
        """The ids of the jobs at a service, begun since then, that belong to a call."""
        ids = select(AttemptRow.job_id).join(CallRow, CallRow.id == AttemptRow.call_id)
        with self._engine.connect() as connection:
            belong = (CallRow.service == service, AttemptRow.began_at >= since, AttemptRow.job_id.is_not(None))
            found = connection.execute(ids.where(*belong))
            return frozenset(found.scalars())

    def others_begin(self, attempt: Attempt, service: str, model: str) -> bool:
        """Whether other calls are beginning a job of that model: one without an owner may be theirs."""
        ids = select(AttemptRow.id).join(CallRow, CallRow.id == AttemptRow.call_id)
        same = (CallRow.service == service, CallRow.model == model)
        with self._engine.connect() as connection:
            others = ids.where(*same, AttemptRow.state == "sent", AttemptRow.id != attempt.id)
            return connection.execute(others.limit(1)).first() is not None

    def _tidy(self, connection: Connection, now: float) -> None:
        # Once a process: pictures and voices are kept here for retries, not for ever.
        if not self._tidied:
            old = (CallRow.state == "answered", CallRow.answered_at < now - KEPT_FOR)
            connection.execute(update(CallRow).where(*old).values(**_FORGOTTEN))
            self._tidied = True

    def _claim(self, connection: Connection, entry: Entry) -> Claim:
        row, now = _row(connection, entry, clock(connection)), clock(connection)
        attempts = _attempts(connection, row.id)
        if row.state != "open":
            return Claim(row.state, row.id, _unpack(row.answer), row.reason, attempts)
        if row.holder and row.held_until > now and not is_gone(row.holder):
            return Claim("held", row.id)
        mine = {"holder": this_process(), "held_until": now + self._lease}
        connection.execute(update(CallRow).where(CallRow.id == row.id).values(mine))
        return Claim("mine", row.id, attempts=attempts)


def _reopen(connection: Connection, call: int) -> None:
    waiting = (CallRow.id == call, CallRow.state == "parked")
    opened = update(CallRow).where(*waiting).values(state="open", reason=None, holder=None, held_until=0.0)
    if connection.execute(opened).rowcount != 1:
        raise NotFound(f"No call {call} waits for anybody. `pixora calls list` shows those that do.")


def _row(connection: Connection, entry: Entry, now: float) -> Row:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(CallRow).values(**entry.model_dump(), created_at=now).on_conflict_do_nothing()
    connection.execute(new)
    wanted = select(CallRow.__table__).where(CallRow.identity == entry.identity).with_for_update()
    return connection.execute(wanted).one()


def _attempts(connection: Connection, call: int) -> tuple[Attempt, ...]:
    wanted = select(AttemptRow.__table__).where(AttemptRow.call_id == call).order_by(AttemptRow.id)
    return tuple(
        Attempt(
            id=row.id,
            call=call,
            number=number,
            account=row.account,
            state=row.state,
            job_id=row.job_id,
            began_at=row.began_at,
            expected_usd=row.expected_usd,
        )
        for number, row in enumerate(connection.execute(wanted), 1)
    )


def _insert(connection: Connection, call: int, account: str, expected_usd: float | None) -> Attempt:
    new = {"call_id": call, "account": account, "state": "sent", "expected_usd": expected_usd}
    connection.execute(insert(AttemptRow).values(**new, began_at=clock(connection)))
    return _attempts(connection, call)[-1]


def _end(
    connection: Connection,
    attempt: Attempt,
    state: str,
    now: float,
    usd: float | None,
    usage: dict[str, float],
    reason: str | None = None,
) -> None:
    ended = {"state": state, "usd": usd, "usage": usage, "reason": reason, "ended_at": now}
    connection.execute(update(AttemptRow).where(AttemptRow.id == attempt.id).values(ended))


def _pack(answer: JsonValue) -> bytes:
    return zlib.compress(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def _unpack(packed: bytes | None) -> JsonValue:
    return json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass")) if packed is not None else None
