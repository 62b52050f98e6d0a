"""Keeping what this process holds while it lives: leases are short, so that a killed process's heal soon."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, update

from pixora_pipeline.errors import PixoraError
from pixora_pipeline.store.account_tables import CallRow, UseRow
from pixora_pipeline.store.holders import this_process
from pixora_pipeline.store.transactions import clock, in_transaction

LEASE = 30.0
"""Seconds that a lease holds without being renewed."""


class Heartbeat:
    """Renews this process's leases from a thread of its own, as long as anything is held."""

    def __init__(self, engine: Engine, lease: float = LEASE) -> None:
        self.lease = lease
        self._engine = engine
        self._held = 0
        self._lock = threading.Lock()
        self._stop = threading.Event()

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Renew everything while the block runs."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._lock:
            self._held += change
            if self._held == 1 and change == 1:
                self._stop = threading.Event()
                threading.Thread(target=self._beat, args=(self._stop,), name="heartbeat", daemon=True).start()
            elif self._held == 0:
                self._stop.set()

    def _beat(self, stop: threading.Event) -> None:
        while not stop.wait(self.lease / 3):
            try:
                in_transaction(self._engine, self._renew)
            except PixoraError:
                continue  # the database is away: leases may lapse, and the next beat tries again

    def _renew(self, connection: Connection) -> None:
        until = clock(connection) + self.lease
        mine = this_process()
        held = (UseRow.holder == mine, UseRow.expires_at.is_not(None))
        connection.execute(update(UseRow).where(*held).values(expires_at=until))
        connection.execute(update(CallRow).where(CallRow.holder == mine).values(held_until=until))
