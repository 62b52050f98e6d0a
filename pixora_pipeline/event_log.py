"""Dagster's storage on SQLite, with an event log whose connections are kept.

Dagster's own opens the database anew for every event and every question: each time SQLAlchemy compiles the statement
again, and SQLite, whose last connection closes, copies its log back and syncs. That was half of what `pixora make` cost
beside the work itself.
"""

import shutil
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import dagster
from dagster._core.event_api import EventHandlerFn
from dagster._core.events import ASSET_CHECK_EVENTS, ASSET_EVENTS, EVENT_TYPE_TO_PIPELINE_RUN_STATUS
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.schema import AssetKeyTable, SqlEventLogStorageTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorageWatchdog
from dagster._core.storage.sqlite_storage import (
    DagsterSqliteStorage,
    _event_logs_directory,
    _runs_directory,
    _schedule_directory,
)
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, NullPool, bindparam, create_engine, insert, inspect, update
from watchdog.events import FileSystemEvent
from watchdog.observers import Observer

from pixora_pipeline.kept_storage import RunStorage, ScheduleStorage, is_begun, kept_engine

_IN_THE_INDEX = frozenset({*ASSET_EVENTS, *ASSET_CHECK_EVENTS, *EVENT_TYPE_TO_PIPELINE_RUN_STATUS})
"""Kinds of events that are asked for across runs."""

_COUNTS_AFTER_SECONDS = 0.2

# Built once and filled by parameters, so that SQLAlchemy compiles each of them once.
_NEW_EVENTS = insert(SqlEventLogStorageTable)
_NEW_NUMBERED_EVENTS = _NEW_EVENTS.returning(SqlEventLogStorageTable.c.id, sort_by_parameter_order=True)
_NEW_ASSET = insert(AssetKeyTable)
_KNOWN_ASSET = update(AssetKeyTable).where(AssetKeyTable.c.asset_key == bindparam("known"))


class SqliteStorage(DagsterSqliteStorage):
    """Dagster's files in Dagster's places, opened as we keep them."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        # Not Dagster's own beginning, which opens its own storages.
        super(DagsterSqliteStorage, self).__init__()
        self.base_dir, self._inst_data = base_dir, inst_data
        self._run_storage = RunStorage.from_local(_runs_directory(base_dir))
        self._event_log_storage = EventLog(_event_logs_directory(base_dir))
        self._schedule_storage = ScheduleStorage.from_local(_schedule_directory(base_dir))

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value: dict) -> "SqliteStorage":
        """As `dagster.yaml` names us."""
        return cls.from_local(inst_data=inst_data, **config_value)


class EventLog(SqliteEventLogStorage):
    """The event log of all runs: an index, and a database a run. Kept are the index and the run asked for last."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        self._open: dict[str, Connection] = {}
        self._tables: set[str] = set()
        super().__init__(base_dir, inst_data)
        self._db_lock = threading.RLock()

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard in self._open:
                yield self._open[shard]  # within a transaction of this thread
                return
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.begin() as connection:
                self._open[shard] = connection
                try:
                    yield connection
                finally:
                    del self._open[shard]

    def store_event(self, event: EventLogEntry) -> None:
        """Store an event."""
        self._store([event])

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Store events of one run in one transaction."""
        self._store(events)

    def _store(self, events: Sequence[EventLogEntry]) -> None:
        rows = [self._event_to_row(event) for event in events]
        shared = [number for number, event in enumerate(events) if event.dagster_event_type in _IN_THE_INDEX]
        with (
            self.index_connection() if shared else nullcontext() as index,
            self.run_connection(events[0].run_id) as own,
        ):
            own.execute(_NEW_EVENTS, rows)
            if shared:
                numbers = index.execute(_NEW_NUMBERED_EVENTS, [rows[each] for each in shared])
                self._store_in_index(index, [events[each] for each in shared], list(numbers.scalars()))

    def _store_in_index(self, index: Connection, events: list[EventLogEntry], numbers: list[int]) -> None:
        numbered = list(zip(events, numbers, strict=True))
        about_assets = [(event, number) for event, number in numbered if event.dagster_event_type in ASSET_EVENTS]
        if about_assets:
            self._store_asset_event_tags(index, *zip(*about_assets, strict=True))
        # Of events of a kind about one asset, the last is what is noted.
        latest = {(each[0].dagster_event.asset_key, each[0].dagster_event_type): each for each in about_assets}
        for event, number in latest.values():
            self._store_asset_event(index, event, number)
        for event, number in numbered:
            if event.dagster_event_type in ASSET_CHECK_EVENTS:
                self.store_asset_check_event(event, number)

    def _store_asset_event(self, conn: Connection, event: EventLogEntry, event_id: int) -> None:
        # Dagster's looks the columns up and provokes an error, with every event.
        about = event.dagster_event
        if not (about and about.asset_key):
            return
        if values := self._get_asset_entry_values(event, event_id, has_asset_key_index_cols=True):
            key = about.asset_key.to_string()
            if conn.execute(_KNOWN_ASSET, {"known": key, **values}).rowcount == 0:
                conn.execute(_NEW_ASSET, {"asset_key": key, **values})

    def _initdb(self, engine: Engine, for_index_shard: bool = False) -> None:
        path = Path(engine.url.database)
        if is_begun(path):
            return
        if path.exists():
            super()._initdb(engine, for_index_shard)
            return
        # Making one takes reading eighty migrations to find out which is the newest: it is made once and copied. The
        # index has the tables of a run.
        empty = path.parents[1] / f"empty-run-{dagster.__version__}.db"
        if not empty.exists():
            self._make(empty)
        _copy(empty, path)

    def _make(self, to: Path) -> None:
        draft = _draft(to)
        engine = create_engine(f"sqlite:///{draft}", poolclass=NullPool)
        super()._initdb(engine)
        draft.replace(to)

    def has_table(self, table_name: str) -> bool:
        """Whether the index has it: Dagster asks with every event."""
        if table_name not in self._tables:
            with self.index_connection() as connection:
                self._tables |= set(inspect(connection).get_table_names())
        return table_name in self._tables

    def watch(self, run_id: str, cursor: str | None, callback: EventHandlerFn) -> None:
        """Call back with every event of a run, whichever process writes it."""
        if not self._obs:
            self._obs = Observer()
            self._obs.start()
        watchdog = _Watchdog(self, run_id, callback, cursor)
        self._watchers[run_id][callback] = watchdog, self._obs.schedule(watchdog, self._base_dir)

    def is_watched(self, run_id: str, callback: EventHandlerFn) -> bool:
        """Whether somebody is still called back with the events of that run."""
        return bool(self._obs and self._obs.is_alive() and callback in self._watchers[run_id])

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
            self._engines[shard] = kept_engine(self.conn_string_for_shard(shard))
        return self._engines[shard]

    def _close(self, but: str | None = None) -> None:
        for shard in [each for each in self._engines if each != but]:
            self._engines.pop(shard).dispose()


class _Watchdog(SqliteEventLogStorageWatchdog):
    """Dagster's looks at the database alone, which changes when its last connection closes: we look at its log.

    The log is written a moment before what was written counts: after the last of it, we look once more.
    """

    def __init__(self, log: EventLog, run_id: str, callback: EventHandlerFn, cursor: str | None) -> None:
        super().__init__(log, run_id, callback, cursor)
        self._patterns = [self._log_path, f"{self._log_path}-wal"]
        self._telling = threading.Lock()
        self._once_more = threading.Timer(_COUNTS_AFTER_SECONDS, self._tell)

    def on_modified(self, event: FileSystemEvent) -> None:
        """Tell what is new."""
        self._once_more.cancel()
        self._tell()
        self._once_more = threading.Timer(_COUNTS_AFTER_SECONDS, self._tell)
        self._once_more.daemon = True
        self._once_more.start()

    def _tell(self) -> None:
        with self._telling:
            if self._event_log_storage.is_watched(self._run_id, self._cb):
                self._process_log()


def _copy(file: Path, to: Path) -> None:
    draft = _draft(to)
    shutil.copyfile(file, draft)
    # Another process may have made it, and written in it, the moment before.
    with suppress(FileExistsError):
        to.hardlink_to(draft)
    draft.unlink()


def _draft(of: Path) -> Path:
    return of.with_name(f".{of.name}.{uuid.uuid4().hex}")
