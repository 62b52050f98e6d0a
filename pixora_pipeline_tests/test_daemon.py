"""The real daemon, killed again and again while films are made: nothing is lost and nothing is made twice."""

import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing

import pytest
from dagster import AssetRecordsFilter, DagsterEventType, DagsterRunStatus, RunsFilter
from dagster._core.storage.dagster_run import FINISHED_STATUSES

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.next_run import PROJECT
from pixora_pipeline.assets.recorded import FINGERPRINT, asset_key
from pixora_pipeline.launcher import DIED
from pixora_pipeline.model.project import Project
from pixora_pipeline.sensors.reconciler import WORK
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.daemon import code_server, daemon, wait_until

pytestmark = pytest.mark.slow

TEXTS = (
    "A red boat left the quiet harbour. A storm rose over the sea.",
    "Snow fell on the mountains. An old clock struck in the castle.",
)
KILLS = ((1, True), (3, False), (1, False), (8, True), (5, False), (2, True), (12, False), (6, False))
"""After how many more events of Dagster's log, and whether the daemon dies alone or the whole machine goes down."""

UNFINISHED = list(set(DagsterRunStatus) - set(FINISHED_STATUSES))


def test_eight_kills_lose_nothing_and_make_nothing_twice(bench: Bench) -> None:
    rows = [bench.project(text) for text in TEXTS]
    home = bench.studio.settings.home
    with code_server(home) as port:
        for more, alone in KILLS:
            with daemon(home, port, alone) as process:
                wait_for_more(bench, events(bench) + more, process)
        with daemon(home, port):
            wait_until(lambda: all(film_is_there(bench, row) for row in rows) and not unfinished(bench))
    assert all(bench.plan(row).steps == () for row in rows)
    assert all(bench.stored(row, "final_video") for row in rows)
    assert {place for place, count in materialised(bench).items() if count > 1} == set()
    assert Counter(run.tags["dagster/run_key"] for run in bench.instance.get_runs()).most_common(1)[0][1] == 1
    dead = [run for run in bench.instance.get_runs() if run.status == DagsterRunStatus.FAILURE]
    assert all(DIED in run.tags for run in dead)
    assert {run.tags[PROJECT] for run in bench.instance.get_runs()} == {row.id for row in rows}
    assert all(WORK in run.tags for run in bench.instance.get_runs())


def test_a_second_daemon_refuses(bench: Bench) -> None:
    home = bench.studio.settings.home
    with code_server(home) as port, daemon(home, port) as first:
        wait_until((bench.studio.settings.dagster / "daemon.lock").exists)
        with daemon(home, port) as second:
            assert second.wait(60) != 0
        assert first.poll() is None
    assert "two would make everything twice" in (home / "processes.log").read_text("utf-8")


def wait_for_more(bench: Bench, count: int, process: subprocess.Popen) -> None:
    """Until that many events are on record, or the films are as good as done."""
    deadline = time.monotonic() + 60
    while events(bench) < count and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.1)


def events(bench: Bench) -> int:
    """How much has happened: runs requested, and versions reported. Asked often, so by the shortest way."""
    log = bench.studio.settings.dagster / "history" / "runs" / "index.db"
    with closing(sqlite3.connect(log, timeout=30)) as connection:
        query = "SELECT count(*) FROM event_logs WHERE dagster_event_type = 'ASSET_MATERIALIZATION'"
        return connection.execute(query).fetchone()[0] + 2 * bench.instance.get_runs_count()


def materialised(bench: Bench) -> Counter[tuple]:
    """How often each version was reported."""
    found: Counter[tuple] = Counter()
    for name in GRAPH:
        for each in bench.instance.fetch_materializations(AssetRecordsFilter(asset_key(name)), limit=1000).records:
            assert each.event_type == DagsterEventType.ASSET_MATERIALIZATION
            found[name, str(each.partition_key), each.asset_materialization.tags[FINGERPRINT]] += 1
    return found


def film_is_there(bench: Bench, row: Project) -> bool:
    films = AssetRecordsFilter(asset_key("final_video"), asset_partitions=[row.id])
    return bool(bench.instance.fetch_materializations(films, limit=1).records)


def unfinished(bench: Bench) -> list:
    return bench.instance.get_runs(RunsFilter(statuses=UNFINISHED))
