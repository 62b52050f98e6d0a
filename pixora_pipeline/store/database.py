"""The app database: opened once a process, brought to the current schema when it is behind."""

from functools import cache
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, inspect, make_url, text

from pixora_pipeline.errors import TryAgain

MIGRATIONS = Path(__file__).parent / "migrations"
SCHEMA = "0001"
"""The newest migration. A test holds it to the files."""


@cache
def open_database(url: str) -> Engine:
    """The engine for that SQLAlchemy URL, its schema current.

    Raises `TryAgain` when the database can't be reached.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        _make_folder(Path(parsed.database).parent)
    engine = create_engine(url, pool_pre_ping=True)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
    if _schema(engine) != SCHEMA:
        _migrate(engine)
    return engine


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
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
