"""Being the one daemon of a database, and noticing when that is no longer so.

A lock on a server ends with its connection: when the server is restarted, or the network gone for a while, another
daemon may begin, and two would make everything twice.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from pixora_pipeline.errors import Conflict
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.makers import Holds, open_holds, this_process

DAEMON = "daemon"
"""What its lock is called among those of projects, whose names are ids."""

_ANOTHER = "Two would make everything twice."


@contextmanager
def only_one(chosen: Settings, every: float, stop: Callable[[], None] | None = None) -> Iterator[None]:
    """Be the one daemon of this database meanwhile. Raises `Conflict`, also at the end of a block that was stopped.

    `every` so many seconds the lock is looked after. One that was lost is taken again; where another daemon was
    quicker, `stop` is called: it interrupts this process unless it is given.
    """
    holds = open_holds(open_database(chosen.database), chosen.home / "makers")
    watch = _Watch(holds, every, stop or _interrupt)
    if not watch.take():
        raise Conflict(f"A daemon is at work already: {_holder(holds)}. {_ANOTHER}")
    watch.start()
    try:
        yield
    finally:
        watch.end()
        if watch.lost_to:
            raise Conflict(f"The lock was lost, and another daemon took over: {watch.lost_to}. {_ANOTHER}")


class _Watch(threading.Thread):
    def __init__(self, holds: Holds, every: float, stop: Callable[[], None]) -> None:
        super().__init__(name="only one daemon", daemon=True)
        self.lost_to: str | None = None
        self._holds, self._every, self._call_off = holds, every, stop
        self._held: object | None = None
        self._ended = threading.Event()

    def take(self) -> bool:
        """Take the lock. False when another daemon has it."""
        self._held = self._holds.take(DAEMON, this_process("`pixora up`"))
        return self._held is not None

    def run(self) -> None:
        """Look after it until the end."""
        while not self._ended.wait(self._every):
            if self._held is not None and self._holds.has(self._held):
                continue
            try:
                if not self.take():
                    self.lost_to = _holder(self._holds)
                    self._call_off()
                    return
            except DBAPIError:
                self._held = None  # the server is away, for every daemon: whoever is first takes it

    def end(self) -> None:
        """Let it go."""
        self._ended.set()
        self.join()
        if self._held is not None:
            self._holds.let_go(self._held)


def _holder(holds: Holds) -> str:
    return holds.holder(DAEMON) or "another process"


def _interrupt() -> None:
    # As Ctrl-C does: the daemon ends its loops, and runs under way go on in their own processes.
    os.kill(os.getpid(), signal.SIGINT)
