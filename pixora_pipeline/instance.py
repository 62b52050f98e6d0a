"""Dagster's instance: opened where the settings say, with the configuration this project ships."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dagster import DagsterInstance

from pixora_pipeline.errors import Defect, TryAgain
from pixora_pipeline.settings import CHECKOUT, Settings

_ON_SQLITE = """
storage:
  custom:
    module: pixora_pipeline.event_log
    class: SqliteStorage
    config:
      base_dir:
        env: DAGSTER_HOME
"""
_ON_POSTGRES = """
storage:
  postgres:
    postgres_url:
      env: PIXORA_DATABASE_URL
"""

_BEGINNING = 7_296_922
"""The number of the advisory lock that whoever makes Dagster's tables holds on Postgres."""

_LAST_MADE = "jobs"
"""The table that is there when all of Dagster's are."""


def prepare_home(settings: Settings) -> Path:
    """The folder Dagster works in, made and configured, and named to every process begun from here.

    With a Postgres URL, Dagster's runs and events are in the app's own database.
    """
    home = settings.dagster.resolve()
    try:
        home.mkdir(parents=True, exist_ok=True)
        _configure(settings, home / "dagster.yaml")
    except OSError as error:
        raise TryAgain(f"{home} can't be written ({error.strerror}). Set PIXORA_HOME to a folder of yours.") from error
    os.environ["DAGSTER_HOME"] = str(home)
    # Events that Dagster reports together are stored together.
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", "1000")
    if settings.database_url:
        os.environ["PIXORA_DATABASE_URL"] = settings.database_url
    return home


def open_instance(settings: Settings) -> DagsterInstance:
    """The instance that keeps runs and materialisations."""
    home = str(prepare_home(settings))
    with _beginning(settings):
        return DagsterInstance.from_config(home)


@contextmanager
def _beginning(settings: Settings) -> Iterator[None]:
    # Of processes that make Dagster's tables at once, all but one fail. On SQLite each file has a lock of its own.
    if not _is_on_postgres(settings):
        yield
        return
    from sqlalchemy import inspect, text

    from pixora_pipeline.store.database import open_database

    with open_database(settings.database).begin() as connection:
        if not inspect(connection).has_table(_LAST_MADE):
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _BEGINNING})
        yield


def _is_on_postgres(settings: Settings) -> bool:
    return settings.database.partition(":")[0].startswith("postgres")


def _configure(settings: Settings, to: Path) -> None:
    # A home that somebody chose may have a configuration of its own; ours follows the project's.
    if settings.dagster_home and to.exists():
        return
    shipped = CHECKOUT / "dagster.yaml"
    if not shipped.is_file():
        raise Defect(f"{shipped} is missing. Install with `uv sync` in a checkout of the project.")
    wanted = shipped.read_text("utf-8") + (_ON_POSTGRES if _is_on_postgres(settings) else _ON_SQLITE)
    if not to.exists() or to.read_text("utf-8") != wanted:
        draft = to.with_name(f".dagster.yaml.{os.getpid()}")
        draft.write_text(wanted, "utf-8")
        draft.replace(to)
