"""The real daemon, killed again and again while films are made: nothing is lost and nothing is made twice."""

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from dagster import AssetRecordsFilter, DagsterEventType, DagsterRun, DagsterRunStatus, RunsFilter
from dagster._core.storage.dagster_run import FINISHED_STATUSES

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.next_run import PROJECT
from pixora_pipeline.assets.recorded import FINGERPRINT, asset_key
from pixora_pipeline.launcher import DIED, PROCESS
from pixora_pipeline.model.project import Project
from pixora_pipeline.sensors.reconciler import WORK
from pixora_pipeline_tests.conftest import Bench, close_bench, open_bench
from pixora_pipeline_tests.daemon import (
    LONGEST,
    children,
    code_server,
    daemon,
    free_port,
    kill,
    listens,
    runs,
    start,
    wait_until,
)

pytestmark = pytest.mark.slow

TEXTS = ("A red boat left the quiet harbour.", "Snow fell on the mountains. A clock struck in the castle.")
KILLS = ((0, False), (1, True), (0, False), (2, False), (0, False), (4, False), (0, False), (1, True))
"""How many versions are reported before, and whether the daemon dies alone or the whole machine goes down."""

UNFINISHED = list(set(DagsterRunStatus) - set(FINISHED_STATUSES))


def test_eight_kills_lose_nothing_and_make_nothing_twice(bench: Bench) -> None:
    rows = [bench.project(text) for text in TEXTS]
    home, felled, left_alone = bench.studio.settings.home, set(), set()
    with code_server(home) as port:
        for more, alone in KILLS:
            with daemon(home, port, alone) as process:
                at_work = wait_for_work(bench, events(bench) + more, process)
            # What a dead machine has not finished now, nobody finishes any more.
            (left_alone if alone else felled).update(at_work & {run.run_id for run in started(bench)})
        with daemon(home, port):
            wait_until(lambda: all(film_is_there(bench, row) for row in rows) and not unfinished(bench))
    assert len(felled) >= 4, "the kills came too late"
    assert left_alone
    ended = {run.run_id: run for run in bench.instance.get_runs()}
    failed = {id for id, run in ended.items() if run.status == DagsterRunStatus.FAILURE}
    # Beside those that had begun, some went down before their first step. Nothing failed by itself.
    assert felled <= failed
    assert all(DIED in ended[id].tags for id in failed)
    assert {ended[id].status for id in left_alone - felled} == {DagsterRunStatus.SUCCESS}
    assert all(bench.plan(row).steps == () for row in rows)
    assert all(bench.stored(row, "final_video") for row in rows)
    assert {place for place, count in materialised(bench).items() if count > 1} == set()
    assert most_common_key(bench) == 1
    assert {run.tags[PROJECT] for run in ended.values()} == {row.id for row in rows}
    assert all(WORK in run.tags for run in ended.values())


@pytest.mark.parametrize("database", ["file", "server"])
def test_of_two_daemons_that_begin_at_once_one_works_and_one_refuses(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres") if database == "server" else None
    here = open_bench(tmp_path / "here", url)
    # Two machines share a server; on a file there is one home.
    there = open_bench(tmp_path / "there", url) if url else here
    homes = [each.studio.settings.home for each in (here, there)]
    settings = {"PIXORA_DATABASE_URL": url} if url else {}
    rows = [here.project(text) for text in TEXTS]
    with (
        code_server(homes[0], **settings) as port,
        daemon(homes[0], port, **settings) as first,
        daemon(homes[1], port, **settings) as second,
    ):
        both = [first, second]
        wait_until(lambda: any(each.poll() is not None for each in both))
        wait_until(lambda: {run.tags[PROJECT] for run in here.instance.get_runs()} >= {row.id for row in rows})
        assert sorted(each.poll() is None for each in both) == [False, True]
        assert most_common_key(here) == 1
    said = "".join((home / "processes.log").read_text("utf-8") for home in homes)
    assert "A daemon is at work already: `pixora up`, process" in said
    close_bench(here)
    close_bench(there)


def test_a_killed_studio_takes_its_processes_with_it(bench: Bench) -> None:
    port = free_port()
    studio = start(bench.studio.settings.home, "pixora_pipeline.cli", "up", "--port", str(port))
    try:
        wait_until(lambda: listens(port))
        begun = children(studio.pid)
        assert len(begun) == 3
        os.kill(studio.pid, signal.SIGKILL)
        wait_until(lambda: not any(runs(pid) for pid in begun), 30)
    finally:
        kill(studio)


def wait_for_work(bench: Bench, count: int, process: subprocess.Popen) -> set[str]:
    """Wait until that many versions are on record and runs of this daemon's are under way; those runs."""
    deadline = time.monotonic() + LONGEST
    while True:
        of_it = {run.run_id for run in started(bench) if group_of(run) == process.pid}
        if of_it and events(bench) >= count:
            return of_it
        assert process.poll() is None
        assert time.monotonic() < deadline, "there is nothing left to kill"
        time.sleep(0.05)


def group_of(run: DagsterRun) -> int | None:
    """The process group in which a run is at work right now."""
    try:
        return os.getpgid(json.loads(run.tags[PROCESS])["pid"])
    except (KeyError, ProcessLookupError):
        return None


def events(bench: Bench) -> int:
    """How many versions were reported. Asked often, so by the shortest way."""
    log = bench.studio.settings.dagster / "history" / "runs" / "index.db"
    with closing(sqlite3.connect(log, timeout=30)) as connection:
        query = "SELECT count(*) FROM event_logs WHERE dagster_event_type = 'ASSET_MATERIALIZATION'"
        return connection.execute(query).fetchone()[0]


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


def most_common_key(bench: Bench) -> int:
    """How many runs there are at most of one run key; runs of commands, which other tests leave behind, have none."""
    keys = (run.tags.get("dagster/run_key") for run in bench.instance.get_runs())
    return Counter(key for key in keys if key).most_common(1)[0][1]


def started(bench: Bench) -> list[DagsterRun]:
    return bench.instance.get_runs(RunsFilter(statuses=[DagsterRunStatus.STARTED]))


def unfinished(bench: Bench) -> list:
    return bench.instance.get_runs(RunsFilter(statuses=UNFINISHED))
