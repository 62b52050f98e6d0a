"""Dagster's runs and schedules on SQLite, opened without Alembic, the runs on connections that are kept.

Dagster's own asks Alembic whether its tables are there, which reads eighty migrations. Then it opens the database anew
for every question; SQLite, whose last connection closes, copies its log back and syncs each time.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import ClassVar, Self

from dagster._core.storage.runs import SqliteRunStorage
from dagster._core.storage.schedules import SqliteScheduleStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS, create_db_conn_string
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event

from pixora_pipeline.store.file_lock import locked


class _Begun:
    _name: ClassVar[str]

    @classmethod
    def from_local(cls, base_dir: str, inst_data: ConfigurableClassData | None = None) -> Self:
        """The storage in that folder, its tables made if there are none."""
        database = Path(base_dir) / f"{cls._name}.db"
        if not is_begun(database):
            with _alone(database):
                if not is_begun(database):
                    return super().from_local(base_dir, inst_data)
        return cls(create_db_conn_string(base_dir, cls._name), inst_data)


class RunStorage(_Begun, SqliteRunStorage):
    """Dagster's runs, on connections that are kept until `dispose`."""

    _name = "runs"

    def __init__(self, conn_string: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engine = kept_engine(conn_string)
        super().__init__(conn_string, inst_data)

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A transaction."""
        with self._engine.begin() as connection:
            yield connection

    def dispose(self) -> None:
        """Let the file go."""
        super().dispose()
        self._engine.dispose()


class ScheduleStorage(_Begun, SqliteScheduleStorage):
    """Dagster's schedules and sensors, with their ticks, on connections for each question: nobody disposes of it."""

    _name = "schedules"


def kept_engine(conn_string: str) -> Engine:
    """An engine for a database of Dagster's, which keeps its connections."""
    # As many at once as are asked for: Dagster's own has no limit.
    engine = create_engine(conn_string, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}, max_overflow=-1)
    event.listen(engine, "connect", _tune)
    return engine


def is_begun(database: Path) -> bool:
    """Whether Dagster has made its tables in that file: their revision is written last."""
    if not database.exists():
        return False
    with closing(sqlite3.connect(database)) as connection:
        try:
            return connection.execute("SELECT 1 FROM alembic_version").fetchone() is not None
        except sqlite3.OperationalError:
            return False


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    # Of two processes that make Dagster's tables at once, one fails: the second waits, and finds them made.
    database.parent.mkdir(parents=True, exist_ok=True)
    with locked(database.with_suffix(".lock")):
        yield


def _tune(connection, _record) -> None:
    # A version is in the store before its event is in the log: one that is lost when the power goes is told again.
    connection.execute("PRAGMA synchronous=NORMAL")
