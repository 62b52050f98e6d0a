"""Transactions that many processes write in at once: in turn, durable, tried again while the database is away."""

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random_exponential

from pixora_pipeline.errors import TryAgain

Result = TypeVar("Result")

_PATIENCE = 60.0
"""Seconds that a database may be away: what was paid for is not to be lost for want of a place to note it."""

_NOW = {
    "sqlite": text("SELECT (julianday('now') - 2440587.5) * 86400.0"),
    "postgresql": text("SELECT extract(epoch from clock_timestamp())::float8"),
}

# SQLite's own queue is unfair and polls; within a process, threads stand in line here first.
_lines: dict[str, threading.Lock] = defaultdict(threading.Lock)


def in_transaction(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    """Do `work` in a transaction, on disk when this returns; on SQLite nobody else writes meanwhile.

    `work` may be done again when the database was away. Raises `TryAgain` when it stays away.
    """
    tries = Retrying(
        retry=retry_if_exception(_may_pass),
        wait=wait_random_exponential(multiplier=0.05, max=5),
        stop=stop_after_delay(_PATIENCE),
        reraise=True,
    )
    try:
        return tries(_on_sqlite if engine.dialect.name == "sqlite" else _elsewhere, engine, work)
    except OperationalError as error:
        place = engine.url.render_as_string(hide_password=True)
        raise TryAgain(f"The database {place} can't be used: {error.orig}. Run the same command later.") from None


def clock(connection: Connection) -> float:
    """Seconds since 1970 by the database's clock: the one that all processes share. Read it after the lock."""
    return float(connection.execute(_NOW[connection.dialect.name]).scalar_one())


def _on_sqlite(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    with _lines[str(engine.url)], engine.connect() as connection:
        # NORMAL, which is enough for all else, may forget the last transactions when the power goes.
        connection.exec_driver_sql("PRAGMA synchronous=FULL")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        result = work(connection)
        connection.commit()
        return result


def _elsewhere(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    with engine.begin() as connection:
        return work(connection)


def _may_pass(error: BaseException) -> bool:
    if not isinstance(error, DBAPIError):
        return False
    # On SQLite a misspelt table is an operational error as well, and would never pass.
    busy = isinstance(error.orig, sqlite3.OperationalError) and "locked" in str(error.orig)
    away = isinstance(error, OperationalError) and not isinstance(error.orig, sqlite3.Error)
    return busy or away or error.connection_invalidated
