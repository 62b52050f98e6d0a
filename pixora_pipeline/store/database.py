"""The app database: opened once a process, brought to the current schema when it is behind."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline.store.file_lock import locked

MIGRATIONS = Path(__file__).parent / "migrations"
SCHEMA = "0008"
"""The newest migration. A test holds it to the files."""

VERSION_TABLE = "pixora_version"
"""Not Alembic's usual name: on Postgres, Dagster's storage lives in the same database and has one of that name."""

_MIGRATING = 7_296_921
"""The number of the advisory lock that whoever migrates holds on Postgres."""


@cache
def open_database(url: str) -> Engine:
    """The engine for that SQLAlchemy URL, its schema current.

    Raises `TryAgain` when the database can't be reached, `UserError` when the URL is none.
    """
    engine = _connect_to(url)
    try:
        with _alone(engine):
            _bring_up(engine)
    except (DBAPIError, OSError) as error:
        place = engine.url.render_as_string(hide_password=True)
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else error
        reason = getattr(error, "orig", reason)
        raise TryAgain(f"The database {place} can't be used: {reason}. See PIXORA_DATABASE_URL.") from error
    return engine


def _bring_up(engine: Engine) -> None:
    found = _schema(engine)
    if (found or "") > SCHEMA:
        raise UserError(f"The database has schema {found} of a newer program; this one knows {SCHEMA}. Update it.")
    if found != SCHEMA:
        _migrate(engine)


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    # Two processes can neither turn on write-ahead logging nor migrate at once: the second finds it done.
    if engine.dialect.name != "sqlite" or not engine.url.database:
        yield
        return
    with locked(Path(f"{engine.url.database}.lock")):
        yield


def _connect_to(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            _make_folder(Path(parsed.database).parent)
        engine = create_engine(parsed, pool_pre_ping=True, json_deserializer=_read_json, hide_parameters=True)
    except (ArgumentError, ImportError) as error:
        raise UserError(f"PIXORA_DATABASE_URL is no address of a database that can be used: {error}.") from error
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
    return engine


def _read_json(stored: str) -> Any:
    # Whoever inserts rows by SQL may write anything: what can't be read is left as it is, for its row to be refused.
    try:
        return json.loads(stored)
    except ValueError:
        return stored


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TryAgain(f"{folder} can't be made ({error.strerror}). Set PIXORA_HOME to a folder of yours.") from error


def _tune_sqlite(connection, _record) -> None:
    # Write-ahead logging lets the sensor read while the CLI writes.
    for pragma in ("journal_mode=WAL", "busy_timeout=15000", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _schema(engine: Engine) -> str | None:
    # Asked by hand: importing Alembic costs more than a whole command.
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # Without it, every statement would stand for itself, and a failure leave half a schema.
            connection.execute(text("BEGIN IMMEDIATE"))
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATING})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
