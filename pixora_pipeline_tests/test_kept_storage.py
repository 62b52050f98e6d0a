"""Dagster's runs and schedules as we keep them: the same files, opened without asking what is known."""

import subprocess
import sys
from pathlib import Path

import pytest
from dagster import AssetKey, AssetMaterialization, DagsterRunStatus, asset, materialize
from dagster._core.storage.runs import SqliteRunStorage
from dagster._core.storage.schedules import SqliteScheduleStorage

from pixora_pipeline.assets.latest_events import latest_events
from pixora_pipeline.instance import open_instance
from pixora_pipeline.kept_storage import RunStorage, ScheduleStorage, is_begun
from pixora_pipeline.settings import CHECKOUT, Settings
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.openers import OPENERS, open_at_once

LAMP = AssetKey("lamp")
DATABASES = ("history/runs.db", "history/runs/index.db", "schedules/schedules.db")

_OPENED_AGAIN = """
import sys
from pathlib import Path
from dagster._core.storage import sql
def refuse(*_): raise AssertionError("Alembic was asked")
from dagster._core.storage.event_log.sqlite import sqlite_event_log
from dagster._core.storage.runs.sqlite import sqlite_run_storage
from dagster._core.storage.schedules.sqlite import sqlite_schedule_storage
for module in (sqlite_event_log, sqlite_run_storage, sqlite_schedule_storage):
    module.check_alembic_revision = refuse
from pixora_pipeline.instance import open_instance
from pixora_pipeline.settings import Settings
with open_instance(Settings(home=Path(sys.argv[1]))) as instance:
    print(len(instance.get_runs()), len(instance.all_instigator_state()))
"""


@asset
def lamp() -> None:
    """Anything."""


def test_dagsters_own_storages_read_what_was_written(bench: Bench) -> None:
    run = materialize([lamp], instance=bench.instance).run_id
    assert isinstance(bench.instance.run_storage, RunStorage)
    assert isinstance(bench.instance.schedule_storage, ScheduleStorage)
    home = bench.studio.settings.dagster
    own = SqliteRunStorage.from_local(str(home / "history"))
    assert [(each.run_id, each.status) for each in own.get_runs()] == [(run, DagsterRunStatus.SUCCESS)]
    assert SqliteScheduleStorage.from_local(str(home / "schedules")).all_instigator_state() == []


def test_a_home_that_was_begun_is_opened_without_asking_what_its_tables_are(bench: Bench) -> None:
    materialize([lamp], instance=bench.instance)
    again = [sys.executable, "-c", _OPENED_AGAIN, str(bench.studio.settings.home)]
    done = subprocess.run(again, capture_output=True, text=True, check=True, cwd=CHECKOUT)
    assert done.stdout.split() == ["1", "0"]


@pytest.mark.parametrize("content", [None, b""])
def test_a_file_that_holds_no_tables_yet_is_not_begun(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "runs.db"
    if content is not None:
        file.write_bytes(content)
    assert not is_begun(file)
    RunStorage.from_local(str(tmp_path)).dispose()
    assert is_begun(file)


def test_processes_that_begin_a_home_in_the_same_instant_all_find_it_whole(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    open_at_once(settings)
    with open_instance(settings) as instance:
        assert set(instance.get_dynamic_partitions("openers")) == OPENERS
        assert instance.run_storage.has_built_index("run_partitions")
    assert all(is_begun(settings.dagster / file) for file in DATABASES)


def test_files_are_let_go_in_the_end(bench: Bench) -> None:
    materialize([lamp], instance=bench.instance)
    assert "runs.db" in open_files(bench)
    bench.instance.dispose()
    assert open_files(bench) == set()


def test_the_latest_events_are_found_at_once_and_what_was_wiped_counts_as_never_made(bench: Bench) -> None:
    for name, partition in (("lamp", "a"), ("lamp", "b"), ("lamp", "b"), ("oil", "a")):
        bench.instance.report_runless_asset_event(AssetMaterialization(name, partition=partition))
    keys, parts = [LAMP, AssetKey("oil"), AssetKey("wick")], ["a", "b", "c"]
    found = latest_events(bench.instance, keys, parts)
    assert set(found) == {(LAMP, "a"), (LAMP, "b"), (AssetKey("oil"), "a")}
    assert found[LAMP, "a"] < found[LAMP, "b"] < found[AssetKey("oil"), "a"]
    bench.instance.wipe_assets([LAMP])
    assert set(latest_events(bench.instance, keys, parts)) == {(AssetKey("oil"), "a")}


def open_files(bench: Bench) -> set[str]:
    """The databases of Dagster's that this process has open."""
    links = [file.readlink() for file in Path("/proc/self/fd").iterdir() if file.exists()]
    return {link.name for link in links if bench.studio.settings.dagster in link.parents and link.suffix == ".db"}
