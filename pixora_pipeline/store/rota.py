"""Who is called next: the accounts of a service under their limits, chosen for all processes in one place.

A use counts against a limit for a minute or a day after the service must have seen it: from when it was taken plus
`_ON_THE_WAY`, or from when its answer came, if that was earlier. So no window of the service's own holds more.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, text, update

from pixora_pipeline.store.account_tables import AccountRow, HourRow, ServiceRow, UseRow
from pixora_pipeline.store.accounts import ENVIRONMENT, Account, as_account
from pixora_pipeline.store.heartbeat import LEASE
from pixora_pipeline.store.holders import is_gone, this_process
from pixora_pipeline.store.transactions import clock, in_transaction

Choice = Literal["least_loaded", "round_robin"]
Ending = Literal["answered", "unused", "limited", "used_up", "dead", "service_failed", "failed"]
"""How a use ended. `failed` is about the request alone and says nothing of the account or the service."""

_ON_THE_WAY = 3.0
_DAY = 86_400.0
_PROVEN_FOR = _DAY
_UNPROVEN_AT_ONCE = 2
"""How many requests may be under way with a key that nobody has seen work lately."""

_BREAKER_AFTER = 5
_BREAKER_SECONDS = (2.0, 300.0)
_STRIKE_SECONDS = (2.0, 120.0)
_USED_UP_SECONDS = 3600.0
_LEAST_WAIT = 0.2


@dataclass(frozen=True)
class Taken:
    """An account to call as, until it is given back."""

    use: int
    account: Account


@dataclass(frozen=True)
class Full:
    """Nobody is free; one may be in `retry_in` seconds. None means that there is nobody to wait for.

    `rests` where the service itself has sent the accounts away for that long.
    """

    retry_in: float | None
    reason: str
    rests: bool = False


@dataclass(frozen=True)
class Result:
    """What a use came to. `retry_after` is what the service asked for, in seconds."""

    ending: Ending
    reason: str | None = None
    retry_after: float | None = None
    seconds: float = 0.0


class Rota:
    """Takes and gives back accounts. `minute` is the length of the shorter window, which tests shorten."""

    def __init__(
        self, engine: Engine, *, choice: Choice = "least_loaded", lease: float = LEASE, minute: float = 60.0
    ) -> None:
        self._engine = engine
        self._choice = choice
        self._lease = lease
        self._minute = minute

    def take(self, service: str, here: Collection[str] = ()) -> Taken | Full:
        """The next account of a service. `here` names the accounts of this process's environment."""
        return in_transaction(self._engine, lambda connection: self._take(connection, service, here))

    def give_back(self, taken: Taken, result: Result) -> None:
        """End a use and note how it went, for everybody."""
        in_transaction(self._engine, lambda connection: self._give_back(connection, taken, result))

    def _take(self, connection: Connection, service: str, here: Collection[str]) -> Taken | Full:
        breaker = _lock(connection, service)
        now = clock(connection)
        if breaker.opened_until > now:
            return Full(breaker.opened_until - now, "it failed several times in a row")
        rows = [row for row in _ready(connection, service) if row.source != ENVIRONMENT or row.alias in here]
        if not rows:
            return Full(None, "there is no account that works")
        loads = self._loads(connection, rows, now)
        waits = {row.id: self._wait(connection, row, loads.get(row.id, 0), now) for row in rows}
        free = [row for row in rows if waits[row.id] <= 0]
        if not free:
            soonest = min(rows, key=lambda row: waits[row.id])
            wait = max(waits[soonest.id], _LEAST_WAIT)
            rests = soonest.resting_until - now >= wait
            return Full(wait, soonest.reason or "all its accounts are at their limits", rests)
        chosen = min(free, key=lambda row: self._order(row, loads.get(row.id, 0)))
        if breaker.failures >= _BREAKER_AFTER:
            # One request finds out whether the service is back; the others wait for it.
            _set_breaker(connection, service, breaker.failures, now + self._lease)
        return Taken(self._note_use(connection, chosen, now), as_account(chosen))

    def _loads(self, connection: Connection, rows: list[Row], now: float) -> dict[int, int]:
        """How many requests are under way with each account."""
        ids = [row.id for row in rows]
        under_way = select(UseRow.account_id, UseRow.holder, func.count()).where(
            UseRow.account_id.in_(ids), UseRow.expires_at > now
        )
        loads: dict[int, int] = {}
        for id, holder, count in connection.execute(under_way.group_by(UseRow.account_id, UseRow.holder)):
            loads[id] = loads.get(id, 0) + (0 if is_gone(holder) else count)
        return loads

    def _wait(self, connection: Connection, row: Row, load: int, now: float) -> float:
        """Seconds until that account may be asked; 0 is now."""
        proven = row.proven_at > now - _PROVEN_FOR
        at_once = min(row.at_once or 1_000_000, 1_000_000 if proven else _UNPROVEN_AT_ONCE)
        waits = [row.resting_until - now, _LEAST_WAIT if load >= at_once else 0.0]
        for limit, window in ((row.per_minute, self._minute), (row.per_day, _DAY)):
            if limit is not None:
                waits.append(_window_wait(connection, row.id, limit, window, now))
        return max(*waits, 0.0)

    def _order(self, row: Row, load: int) -> tuple[float, float]:
        busy = load / (row.at_once or row.per_minute or 1) if self._choice == "least_loaded" else 0.0
        return busy, row.last_used_at

    def _note_use(self, connection: Connection, row: Row, now: float) -> int:
        connection.execute(update(AccountRow).where(AccountRow.id == row.id).values(last_used_at=now))
        use = insert(UseRow).values(
            account_id=row.id,
            holder=this_process(),
            taken_at=now,
            seen_by=now + _ON_THE_WAY,
            expires_at=now + self._lease,
        )
        id = int(connection.execute(use).inserted_primary_key[0])
        if id % 100 == 0:
            connection.execute(delete(UseRow).where(UseRow.account_id == row.id, UseRow.seen_by < now - _DAY))
        return id

    def _give_back(self, connection: Connection, taken: Taken, result: Result) -> None:
        breaker = _lock(connection, taken.account.service)
        now = clock(connection)
        if result.ending == "unused":
            connection.execute(delete(UseRow).where(UseRow.id == taken.use))
            return
        seen = select(UseRow.seen_by).where(UseRow.id == taken.use)
        earlier = min(now, connection.execute(seen).scalar() or now)
        connection.execute(update(UseRow).where(UseRow.id == taken.use).values(seen_by=earlier, expires_at=None))
        _judge_account(connection, taken.account.id, result, now)
        _judge_service(connection, breaker, result, now)
        _count(connection, taken.account.id, result, now)


def _lock(connection: Connection, service: str) -> Row:
    # Counting comes in later statements: on Postgres this one alone would still see what was before the lock.
    add = text("INSERT INTO services (service) VALUES (:service) ON CONFLICT DO NOTHING")
    connection.execute(add, {"service": service})
    return connection.execute(select(ServiceRow.__table__).where(ServiceRow.service == service).with_for_update()).one()


def _ready(connection: Connection, service: str) -> list[Row]:
    ready = select(AccountRow.__table__).where(AccountRow.service == service, AccountRow.state == "ready")
    return list(connection.execute(ready.order_by(AccountRow.id)).all())


def _window_wait(connection: Connection, account: int, limit: int, window: float, now: float) -> float:
    newest = select(UseRow.seen_by).where(UseRow.account_id == account).order_by(UseRow.seen_by.desc())
    oldest = connection.execute(newest.offset(limit - 1).limit(1)).scalar()
    return oldest + window - now if oldest is not None else 0.0


def _judge_account(connection: Connection, account: int, result: Result, now: float) -> None:
    strikes = connection.execute(select(AccountRow.strikes).where(AccountRow.id == account)).scalar() or 0
    values: dict[str, object] = {}
    if result.ending == "answered":
        values = {"strikes": 0, "proven_at": now, "reason": None}
    elif result.ending == "limited":
        least, most = _STRIKE_SECONDS
        rest = result.retry_after if result.retry_after is not None else min(least * 2**strikes, most)
        values = {"strikes": strikes + 1, "resting_until": now + rest, "reason": result.reason}
    elif result.ending == "used_up":
        values = {"resting_until": now + _USED_UP_SECONDS, "reason": result.reason}
    elif result.ending == "dead":
        values = {"state": "dead", "reason": result.reason}
    if values:
        connection.execute(update(AccountRow).where(AccountRow.id == account).values(values))


def _judge_service(connection: Connection, breaker: Row, result: Result, now: float) -> None:
    if result.ending != "service_failed":
        if breaker.failures:
            _set_breaker(connection, breaker.service, 0, 0.0)
        return
    failures, (least, most) = breaker.failures + 1, _BREAKER_SECONDS
    rest = min(least * 2 ** min(failures - _BREAKER_AFTER, 10), most) if failures >= _BREAKER_AFTER else 0.0
    _set_breaker(connection, breaker.service, failures, now + rest if rest else 0.0)


def _set_breaker(connection: Connection, service: str, failures: int, opened_until: float) -> None:
    values = {"failures": failures, "opened_until": opened_until}
    connection.execute(update(ServiceRow).where(ServiceRow.service == service).values(values))


def _count(connection: Connection, account: int, result: Result, now: float) -> None:
    hour = (HourRow.account_id == account, HourRow.hour == int(now // 3600))
    add = text("INSERT INTO account_hours (account_id, hour) VALUES (:account, :hour) ON CONFLICT DO NOTHING")
    connection.execute(add, {"account": account, "hour": int(now // 3600)})
    kind = {"answered": "answered", "limited": "limited"}.get(result.ending, "failed")
    more = {"requests": 1, kind: 1, "seconds": result.seconds}
    values = {name: getattr(HourRow, name) + amount for name, amount in more.items()}
    connection.execute(update(HourRow).where(*hour).values(values))
