"""Dagster's storage on SQLite, with an event log whose connections are kept.

Dagster's own opens the database anew for every event and every question: each time SQLAlchemy compiles the statement
again, and SQLite, whose last connection closes, copies its log back and syncs. That was half of what `pixora make` cost
beside the work itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event, inspect


class SqliteStorage(DagsterSqliteStorage):
    """Dagster's, but for the event log."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(base_dir, inst_data)
        self._event_log_storage = EventLog(self._event_log_storage._base_dir)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value: dict) -> "SqliteStorage":
        """As `dagster.yaml` names us."""
        return cls.from_local(inst_data=inst_data, **config_value)


class EventLog(SqliteEventLogStorage):
    """The event log of all runs: an index, and a database a run. Kept are the index and the run asked for last."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(base_dir, inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.begin() as connection:
                yield connection

    def has_table(self, table_name: str) -> bool:
        """Whether the index has it. Asked while a connection to the index is in use, so not through `_connect`."""
        engine = self._engines.get(INDEX_SHARD_NAME)
        return inspect(engine).has_table(table_name) if engine else super().has_table(table_name)

    def wipe(self) -> None:
        """Remove everything."""
        self._close()
        super().wipe()

    def dispose(self) -> None:
        """Let the files go."""
        super().dispose()
        self._close()

    def _engine(self, shard: str) -> Engine:
        if shard not in self._engines:
            self._close(but=INDEX_SHARD_NAME)
            engine = create_engine(
                self.conn_string_for_shard(shard), connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
            )
            event.listen(engine, "connect", _tune)
            self._engines[shard] = engine
        return self._engines[shard]

    def _close(self, but: str | None = None) -> None:
        for shard in [each for each in self._engines if each != but]:
            self._engines.pop(shard).dispose()


def _tune(connection, _record) -> None:
    # A version is in the store before its event is in the log: one that is lost when the power goes is told again.
    connection.execute("PRAGMA synchronous=NORMAL")
