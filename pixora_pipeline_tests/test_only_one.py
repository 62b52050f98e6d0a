"""A daemon that loses its lock takes it again, or makes way for the one that was quicker."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from pixora_pipeline.errors import Conflict
from pixora_pipeline.only_one import DAEMON, only_one
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.makers import _SPACE, FileHolds, ServerHolds
from pixora_pipeline_tests.conftest import close_bench, open_bench
from pixora_pipeline_tests.daemon import code_server, daemon, wait_until

OFTEN = 0.05

_LOCKS = text("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = :space")


def test_a_lost_lock_is_taken_again(postgres: str, tmp_path: Path) -> None:
    settings, called_off = Settings(home=tmp_path, database_url=postgres), threading.Event()
    with server(postgres) as engine:
        with only_one(settings, OFTEN, called_off.set):
            before = holder_of(engine)
            end_connection(engine, before)
            wait_until(lambda: holder_of(engine) not in (None, before))
            with pytest.raises(Conflict, match="A daemon is at work already: `pixora up`, process"):
                only_one(settings, OFTEN).__enter__()
        assert not called_off.is_set()
        wait_until(lambda: holder_of(engine) is None)


def test_one_that_was_taken_by_another_daemon_stops_this_one(postgres: str, tmp_path: Path) -> None:
    called_off = threading.Event()
    with (
        server(postgres) as engine,
        pytest.raises(Conflict, match="The lock was lost, and another daemon took over: the other one"),
        only_one(Settings(home=tmp_path, database_url=postgres), OFTEN, called_off.set),
        waiting_to_take_over(engine),
    ):
        end_connection(engine, holder_of(engine))
        assert called_off.wait(30)


def test_on_a_file_it_is_lost_with_the_file(tmp_path: Path) -> None:
    called_off, file = threading.Event(), tmp_path / "makers" / DAEMON
    with (
        pytest.raises(Conflict, match="another daemon took over: the other one"),
        only_one(Settings(home=tmp_path), 1.0, called_off.set),
    ):
        file.unlink()
        other = FileHolds(file.parent).take(DAEMON, "the other one")
        assert other
        assert called_off.wait(30)
    assert FileHolds(file.parent).holder(DAEMON) == "the other one"


@pytest.mark.slow
def test_a_real_daemon_ends_when_another_took_over(postgres: str, tmp_path: Path) -> None:
    here = open_bench(tmp_path, postgres)
    home, setting = here.studio.settings.home, {"PIXORA_DATABASE_URL": postgres}
    with (
        server(postgres) as engine,
        code_server(home, **setting) as port,
        daemon(home, port, **setting) as process,
    ):
        wait_until(lambda: holder_of(engine))
        with waiting_to_take_over(engine):
            end_connection(engine, holder_of(engine))
            assert process.wait(60) == 1
    said = (home / "processes.log").read_text("utf-8")
    assert "The lock was lost, and another daemon took over: the other one." in said
    assert "Traceback" not in said
    close_bench(here)


@contextmanager
def server(url: str) -> Iterator[Engine]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@contextmanager
def waiting_to_take_over(engine: Engine) -> Iterator[None]:
    """Another daemon, first in the queue for the lock."""
    with engine.connect() as connection:
        connection.execute(text("SELECT set_config('application_name', 'the other one', false)"))
        lock = text("SELECT pg_advisory_lock(:space, hashtext(:name))")
        queue = threading.Thread(target=connection.execute, args=(lock, {"space": _SPACE, "name": DAEMON}))
        queue.start()
        waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        with engine.connect() as looking:
            wait_until(lambda: looking.execute(waiting).scalar())
        yield
        queue.join()
        ServerHolds(engine).let_go(connection)


def holder_of(engine: Engine) -> int | None:
    """The process of the server's that has the daemon's lock."""
    with engine.connect() as connection:
        return connection.execute(_LOCKS, {"space": _SPACE}).scalar()


def end_connection(engine: Engine, pid: int | None) -> None:
    assert pid
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
