"""The event log on kept connections is Dagster's own, file by file, and holds no more files than it needs."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from dagster import AssetKey, AssetMaterialization, DagsterEventType, DagsterInstance, asset, materialize
from dagster._core.events import AssetMaterializationPlannedData, DagsterEvent, StepMaterializationData
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.utils import make_new_run_id

from pixora_pipeline.event_log import EventLog
from pixora_pipeline_tests.conftest import Bench

LAMP, OIL = AssetKey("lamp"), AssetKey("oil")


@asset
def lamp() -> None:
    """Anything."""


@asset
def oil() -> None:
    """Anything else."""


def test_a_home_of_ours_has_it(bench: Bench) -> None:
    assert isinstance(bench.instance.event_log_storage, EventLog)


def test_dagsters_own_log_reads_what_it_wrote(bench: Bench) -> None:
    run = materialize([lamp], instance=bench.instance).run_id
    own = SqliteEventLogStorage(str(logs(bench)))
    told = [each.dagster_event_type for each in own.get_logs_for_run(run)]
    assert told == [each.dagster_event_type for each in bench.instance.all_logs(run)]
    assert own.get_latest_materialization_events([LAMP])[LAMP].run_id == run


def test_what_another_process_writes_is_read(bench: Bench) -> None:
    materialize([lamp], instance=bench.instance)
    with DagsterInstance.from_config(str(bench.studio.settings.dagster)) as other:
        other.report_runless_asset_event(AssetMaterialization("lamp"))
    assert len(bench.instance.fetch_materializations(LAMP, limit=10).records) == 2


def test_after_many_runs_it_holds_the_index_and_the_last(bench: Bench) -> None:
    runs = [materialize([lamp], instance=bench.instance).run_id for _ in range(3)]
    assert all(bench.instance.all_logs(run) for run in runs)
    assert open_logs(bench) == {"index.db", f"{runs[-1]}.db"}
    bench.instance.dispose()
    assert open_logs(bench) == set()


def test_whoever_watches_a_run_hears_each_event_while_its_log_stays_open(bench: Bench) -> None:
    heard, ended = [], threading.Event()
    watching, run = EventLog(str(logs(bench))), make_new_run_id()
    assert watching.get_logs_for_run(run) == []

    def hear(entry: EventLogEntry, _cursor: str) -> None:
        heard.append(entry.message)
        if entry.message == "9":
            ended.set()

    watching.watch(run, None, hear)
    for number in range(10):
        bench.instance.report_engine_event(str(number), run_id=run, job_name="any")
    assert ended.wait(30)
    assert heard == [str(number) for number in range(10)]
    assert f"{run}.db" in open_logs(bench)
    watching.end_watch(run, hear)
    watching.dispose()


def test_what_is_announced_together_is_stored_together(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    stored, one_by_one = [], EventLog.store_event_batch
    monkeypatch.setattr(EventLog, "store_event_batch", lambda *told: stored.append(len(told[1])) or one_by_one(*told))
    run = materialize([lamp, oil], instance=bench.instance)
    assert stored == [2]
    planned = DagsterEventType.ASSET_MATERIALIZATION_PLANNED
    assert {each.dagster_event.asset_key for each in bench.instance.all_logs(run.run_id, of_type=planned)} == {
        LAMP,
        OIL,
    }
    assert set(bench.instance.get_asset_keys()) == {LAMP, OIL}


def test_what_is_stored_together_is_stored_whole_or_not_at_all(bench: Bench) -> None:
    log, run = bench.instance.event_log_storage, make_new_run_id()
    bench.instance.report_engine_event("first", run_id=run, job_name="any")
    [first] = bench.instance.all_logs(run)
    announced = DagsterEvent.build_asset_materialization_planned_event(
        "any", "any", AssetMaterializationPlannedData(LAMP)
    )
    broken = announced._replace(event_type_value=DagsterEventType.ASSET_CHECK_EVALUATION.value)
    with pytest.raises(AttributeError):
        log.store_event_batch([first._replace(dagster_event=each) for each in (announced, broken)])
    assert len(bench.instance.all_logs(run)) == 1
    assert bench.instance.get_asset_keys() == []
    log.store_event_batch([first, first])
    assert len(bench.instance.all_logs(run)) == 3


def test_each_of_many_events_stored_together_is_found_by_its_own_partition_and_number(bench: Bench) -> None:
    log, run = bench.instance.event_log_storage, make_new_run_id()
    bench.instance.report_engine_event("first", run_id=run, job_name="any")
    [first] = bench.instance.all_logs(run)
    made = [
        StepMaterializationData(AssetMaterialization("lamp", partition=str(number), tags={"dagster/data_version": "1"}))
        for number in range(50)
    ]
    kind = DagsterEventType.ASSET_MATERIALIZATION.value
    log.store_event_batch(
        [first._replace(dagster_event=DagsterEvent(kind, "any", event_specific_data=each)) for each in made]
    )
    found = bench.instance.fetch_materializations(LAMP, limit=100, ascending=True).records
    assert [each.partition_key for each in found] == [str(number) for number in range(50)]
    assert sorted({each.storage_id for each in found}) == [each.storage_id for each in found]
    assert bench.instance.get_latest_materialization_event(LAMP).asset_materialization.partition == "49"
    tags = log.get_latest_tags_by_partition(LAMP, DagsterEventType.ASSET_MATERIALIZATION, ["dagster/data_version"])
    assert len(tags) == 50


def logs(bench: Bench) -> Path:
    return bench.studio.settings.dagster / "history" / "runs"


def open_logs(bench: Bench) -> set[str]:
    """The databases of the log that this process has open."""
    links = [file.readlink() for file in Path("/proc/self/fd").iterdir() if file.exists()]
    return {link.name for link in links if link.parent == logs(bench) and link.suffix == ".db"}


def test_a_runs_log_and_the_index_are_as_dagsters_own_would_be(bench: Bench, tmp_path: Path) -> None:
    run = materialize([lamp], instance=bench.instance).run_id
    own = SqliteEventLogStorage(str(tmp_path))
    assert own.get_logs_for_run("any") == []
    for name, like in ((run, "any"), ("index", "index")):
        with sqlite3.connect(logs(bench) / f"{name}.db") as ours, sqlite3.connect(tmp_path / f"{like}.db") as theirs:
            for question in ("SELECT sql FROM sqlite_master", "SELECT * FROM alembic_version", "PRAGMA journal_mode"):
                assert ours.execute(question).fetchall() == theirs.execute(question).fetchall()


def test_processes_that_begin_a_runs_log_at_once_lose_nothing(bench: Bench) -> None:
    others = [EventLog(str(logs(bench))) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda each: each.get_logs_for_run("fresh"), others)) == [[]] * 4
    assert not list(logs(bench).parent.rglob(".*"))
    for each in others:
        each.dispose()
