"""One maker a project: whoever makes its artifacts holds it meanwhile, and lets go when their process ends, however.

With a database file the hold is a lock on a file in the home; on Postgres it is the server's own advisory lock, so that
two machines know of each other.
"""

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from pixora_pipeline.errors import Conflict

_PATIENCE = 0.5
"""Seconds to wait for a hold: somebody who only looks has the file for a moment."""

_SPACE = 7_296_922
"""The first number of our advisory locks on Postgres; the second is made from the project's id."""


_SOMEBODY = "another process"


class Holds(Protocol):
    """Where holds are kept."""

    def take(self, project: str, who: str) -> object | None:
        """The hold, or None when somebody else has it."""

    def let_go(self, hold: object) -> None:
        """End it."""

    def has(self, hold: object) -> bool:
        """Whether it still holds: a server's connection may have been lost, a file removed."""

    def holder(self, project: str) -> str | None:
        """Who has it, None when nobody does."""


class Makers:
    """Who makes what right now."""

    def __init__(self, holds: Holds) -> None:
        self._holds = holds
        self._ours: set[tuple[int, str]] = set()

    @contextmanager
    def hold(self, project: str, who: str) -> Iterator[None]:
        """Be the project's maker during the block; a block within it, in the same thread, is part of it.

        Raises `Conflict` at once when somebody else is, naming them as they named themselves.
        """
        ours = (get_ident(), project)
        if ours in self._ours:
            yield
            return
        hold = self._take(project, who)
        self._ours.add(ours)
        try:
            yield
        finally:
            self._ours.remove(ours)
            self._holds.let_go(hold)

    def holder(self, project: str) -> str | None:
        """Who makes the project right now, None when nobody does."""
        return self._holds.holder(project)

    def _take(self, project: str, who: str) -> object:
        deadline = time.monotonic() + _PATIENCE
        while (hold := self._holds.take(project, who)) is None:
            if time.monotonic() > deadline:
                holder = self._holds.holder(project) or _SOMEBODY
                told = f"{project} is being made by {holder}. Nothing was changed."
                raise Conflict(f"{told} Try again when that is done.")
            time.sleep(0.05)
        return hold


class FileHolds:
    """A locked file a project, which says who has it. Only files of projects that are being made are there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, project: str, who: str) -> object | None:
        """The open, locked file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / project
        file = path.open("a+", encoding="utf-8")
        if not (_lock(file, fcntl.LOCK_EX) and _is_still(path, file)):
            file.close()
            return None
        file.truncate(0)
        file.write(who)
        file.flush()
        return file

    def let_go(self, hold: object) -> None:
        """Remove the file, then unlock it: whoever opened it meanwhile sees that it is gone."""
        with suppress(FileNotFoundError):
            Path(hold.name).unlink()
        hold.close()

    def has(self, hold: object) -> bool:
        """Whether the file is still there for others to see."""
        return _is_still(Path(hold.name), hold)

    def holder(self, project: str) -> str | None:
        """What the file says, while it is locked."""
        try:
            with (self.folder / project).open(encoding="utf-8") as file:
                return None if _lock(file, fcntl.LOCK_SH) else file.read() or _SOMEBODY
        except FileNotFoundError:
            return None


class ServerHolds:
    """An advisory lock a project, on a connection of its own whose name says who has it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def take(self, project: str, who: str) -> object | None:
        """The connection that has the lock."""
        connection = self.engine.execution_options(isolation_level="AUTOCOMMIT").connect()
        connection.detach()
        connection.execute(_NAME, {"who": who})
        if not connection.execute(_TAKE, {"space": _SPACE, "project": project}).scalar():
            connection.close()
            return None
        # A machine that vanished is missed within a minute.
        for setting, value in (("idle", 30), ("interval", 10), ("count", 3)):
            connection.execute(text(f"SET tcp_keepalives_{setting} = {value}"))
        return connection

    def let_go(self, hold: Connection) -> None:
        """Unlock, since the server notices only later that a connection is closed, and close it."""
        with suppress(DBAPIError):
            hold.execute(_LET_GO)
        hold.close()

    def has(self, hold: Connection) -> bool:
        """Whether the connection lives: the lock lives as long."""
        try:
            hold.execute(_ASK)
        except DBAPIError:
            return False
        return True

    def holder(self, project: str) -> str | None:
        """The name of the connection that has the lock."""
        with self.engine.connect() as connection:
            found = connection.execute(_LOOK, {"space": _SPACE, "project": project}).first()
        # A connection that is being closed has lost its name already.
        return found and (found[0] or _SOMEBODY)


_ASK = text("SELECT 1")
_TAKE = text("SELECT pg_try_advisory_lock(:space, hashtext(:project))")
_LET_GO = text("SELECT pg_advisory_unlock_all()")
_NAME = text("SELECT set_config('application_name', :who, false)")
_LOOK = text("""
    SELECT activity.application_name FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = :space
      AND objid = (hashtext(:project)::bigint & 4294967295)
      AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
""")


def open_makers(engine: Engine, folder: Path) -> Makers:
    """The makers that share this database; `folder` is for the locks where it is a file."""
    return Makers(open_holds(engine, folder))


def open_holds(engine: Engine, folder: Path) -> Holds:
    """The holds of all who share this database."""
    return FileHolds(folder) if engine.dialect.name == "sqlite" else ServerHolds(engine)


def this_process(what: str) -> str:
    """What this process is called where others read who makes a project."""
    return f"{what}, process {os.getpid()} on {socket.gethostname()}"


def _lock(file: IO, how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(path: Path, file: IO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
