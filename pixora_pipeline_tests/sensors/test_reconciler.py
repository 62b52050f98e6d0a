"""The sensor makes the films of rows, whoever inserted them: one run at a time, and not for ever."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from dagster import AssetKey, DagsterInstance, DagsterRunStatus, RunRequest, build_sensor_context
from dagster._core.definitions.partitions.context import partition_loading_context
from dagster._core.definitions.sensor_definition import SensorExecutionData
from sqlalchemy import text

from pixora_pipeline.assets.next_run import PROJECT, WHY
from pixora_pipeline.assets.operations import REQUESTED_BY
from pixora_pipeline.definitions import build_defs
from pixora_pipeline.errors import UserError
from pixora_pipeline.launcher import DIED
from pixora_pipeline.model.project import Project
from pixora_pipeline.partitions import projects
from pixora_pipeline.sensors import reconciler as module
from pixora_pipeline.sensors.reconciler import ATTEMPTS, DEATHS
from pixora_pipeline.store.database import open_database
from pixora_pipeline_tests.cli.keyboard import in_process, living_in
from pixora_pipeline_tests.conftest import STORY, Bench

ID = "p-aaaaaaaaaa"


class Ticks:
    """The sensor as the daemon drives it: partitions are added, the cursor is kept."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.cursor: str | None = None
        self.definitions = build_defs(studio=bench.studio)
        self.sensor = self.definitions.resolve_sensor_def("project_reconciler")

    def tick(self) -> SensorExecutionData:
        instance = self.bench.instance
        context = build_sensor_context(
            instance=instance,
            cursor=self.cursor,
            definitions=self.definitions,
            sensor_name=self.sensor.name,
            resources={"studio": self.bench.studio},
        )
        with context, partition_loading_context(dynamic_partitions_store=instance):
            result = self.sensor.evaluate_tick(context)
        for request in result.dynamic_partitions_requests or []:
            self.bench.instance.add_dynamic_partitions(request.partitions_def_name, list(request.partition_keys))
        self.cursor = result.cursor
        return result

    def requests(self) -> list[RunRequest]:
        return list(self.tick().run_requests or [])

    def settle(self) -> RunRequest:
        """Tick until something is requested."""
        for _ in range(3):
            if requests := self.requests():
                return requests[0]
        raise AssertionError("nothing was requested")


@pytest.fixture
def ticks(bench: Bench) -> Ticks:
    return Ticks(bench)


@dataclass
class Log:
    """What the sensor logged: Dagster's loggers print, and pytest's hear nothing of them."""

    capture: pytest.CaptureFixture[str]

    def text(self) -> str:
        """What was logged since the last look."""
        return self.capture.readouterr().err


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Log:
    return Log(capsys)


def sql(bench: Bench, statement: str, **values: object) -> None:
    with open_database(bench.studio.settings.database).begin() as connection:
        connection.execute(text(statement), values)


def insert(bench: Bench, id: str = ID, **columns: object) -> None:
    columns = {"id": id, "text": STORY, "preferences": '{"resolution": "240p"}', **columns}
    names, marks = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    sql(bench, f"INSERT INTO projects ({names}) VALUES ({marks})", **columns)


def run_of(
    instance: DagsterInstance, request: RunRequest, status: DagsterRunStatus, bench: Bench, tags: dict | None = None
) -> None:
    job = build_defs(studio=bench.studio).resolve_job_def(request.job_name)
    instance.create_run_for_job(job_def=job, tags={**request.tags, **(tags or {})}, status=status)


def test_a_row_inserted_by_sql_gets_its_partition_and_then_its_script(bench: Bench, ticks: Ticks) -> None:
    assert ticks.requests() == []
    insert(bench)
    request = ticks.settle()
    assert bench.instance.get_dynamic_partitions(projects.name) == [ID]
    assert (request.job_name, request.partition_key) == ("make_script", ID)
    assert request.tags[PROJECT] == ID
    assert request.tags[REQUESTED_BY] == "reconciler"
    assert request.run_key.startswith(f"{ID}-r1-make_script-")
    assert {key.path[0] for key in request.asset_selection} >= {"project_brief", "script_breakdown", "music"}


def test_a_request_says_why_it_exists_and_the_plan_is_on_the_films_page_once(bench: Bench, ticks: Ticks) -> None:
    insert(bench)
    result = ticks.tick()
    (request,) = result.run_requests
    assert request.tags[WHY] == "never made"
    (observed,) = result.asset_events
    assert (observed.asset_key.path, observed.partition) == (["final_video"], ID)
    assert "| script_draft | never made | make | $0.00 |" in observed.metadata["plan"].value
    run(bench, request)
    later = ticks.tick()
    assert (later.asset_events, later.run_requests[0].tags[WHY]) == ([], "never made")
    log = bench.instance.fetch_materializations(AssetKey(["script_draft"]), limit=1).records[0]
    assert log.asset_materialization.metadata["why"].value == "never made"


def test_the_same_request_has_the_same_key_until_it_is_done(bench: Bench, ticks: Ticks) -> None:
    insert(bench)
    assert ticks.settle().run_key == ticks.settle().run_key


def test_after_the_script_come_its_scenes_as_one_range(bench: Bench, ticks: Ticks) -> None:
    insert(bench)
    run(bench, ticks.settle())
    request = ticks.settle()
    slots = bench.slots(bench.studio.projects.get(ID))
    assert request.job_name == "make_scenes"
    assert request.partition_key is None
    assert request.tags["dagster/asset_partition_range_start"] == f"{ID}|{slots[0]}"
    assert request.tags["dagster/asset_partition_range_end"] == f"{ID}|{slots[-1]}"


@pytest.mark.parametrize("status", [DagsterRunStatus.NOT_STARTED, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING])
def test_nothing_is_requested_while_a_run_of_the_project_is_under_way(
    bench: Bench, ticks: Ticks, status: DagsterRunStatus
) -> None:
    insert(bench)
    request = ticks.settle()
    run_of(bench.instance, request, status, bench)
    assert ticks.requests() == []
    insert(bench, "p-bbbbbbbbbb")
    assert ticks.settle().partition_key == "p-bbbbbbbbbb"


def test_a_settled_project_costs_no_plan(film: tuple[Bench, Project], monkeypatch: pytest.MonkeyPatch) -> None:
    bench, _ = film
    ticks = Ticks(bench)
    assert ticks.requests() == []

    def refuse(*_: object) -> None:
        raise AssertionError("a settled project was planned")

    monkeypatch.setattr(module, "current_plan", refuse)
    assert ticks.requests() == []


def test_a_changed_row_wakes_its_project(bench: Bench, ticks: Ticks) -> None:
    insert(bench)
    give_up(bench, ticks)
    sql(bench, "UPDATE projects SET text = :text, revision = revision + 1 WHERE id = :id", text=STORY + STORY, id=ID)
    request = ticks.settle()
    assert request.job_name == "make_script"
    assert request.run_key.startswith(f"{ID}-r2-")


def test_after_so_many_failures_it_stops_asking_and_says_so(bench: Bench, ticks: Ticks, log: Log) -> None:
    insert(bench)
    keys = give_up(bench, ticks)
    assert len(set(keys)) == len(keys)
    # The first run got a little further than none, so that what was left for the others was other work.
    assert Counter(key.rpartition("-a")[0] for key in keys).most_common(1)[0][1] == ATTEMPTS == 3
    told = log.text()
    assert f"{ID}-r1-make_script" in told
    assert "failed 3 times; it waits" in told
    assert ticks.requests() == []
    assert log.text() == ""


def test_a_run_whose_process_died_does_not_count_as_a_failure(bench: Bench, ticks: Ticks) -> None:
    insert(bench)
    for _ in range(ATTEMPTS + 1):
        run_of(bench.instance, ticks.settle(), DagsterRunStatus.FAILURE, bench, {DIED: "true"})
    assert ticks.settle().run_key.endswith(f"-a{ATTEMPTS + 2}")


def test_work_that_kills_every_process_is_left_in_the_end(bench: Bench, ticks: Ticks, log: Log) -> None:
    insert(bench)
    request = ticks.settle()
    for _ in range(DEATHS):
        run_of(bench.instance, request, DagsterRunStatus.FAILURE, bench, {DIED: "true"})
    assert ticks.requests() == []
    assert f"died {DEATHS} times; it waits" in log.text()


def test_what_somebody_cancelled_is_not_begun_again_until_it_is_changed(bench: Bench, ticks: Ticks) -> None:
    insert(bench)
    run_of(bench.instance, ticks.settle(), DagsterRunStatus.CANCELED, bench)
    assert "was cancelled" in str(ticks.tick().skip_message)
    sql(bench, "UPDATE projects SET title = 'Another' WHERE id = :id", id=ID)
    assert ticks.settle().run_key.startswith(f"{ID}-r2-")


def test_a_tick_that_requests_nothing_says_why(bench: Bench, ticks: Ticks) -> None:
    assert ticks.tick().skip_message == "No project has changed."
    insert(bench)
    run_of(bench.instance, ticks.settle(), DagsterRunStatus.STARTED, bench)
    assert ticks.tick().skip_message == f"{ID}: a run is under way."


def test_a_film_that_failed_is_listed_with_the_reason(
    bench: Bench, ticks: Ticks, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    insert(bench)
    give_up(bench, ticks)
    with living_in(bench.studio.settings.home, monkeypatch):
        pixora = in_process(capsys, monkeypatch)
        (listed,) = pixora("list", "--json").json
        assert (listed["status"], listed["reason"]) == ("failed", "script_draft: Nothing comes to mind.")
        assert "Nothing comes to mind." in pixora("list").told
        assert "Nothing comes to mind." in pixora("show", ID).told


def test_a_row_that_cannot_be_read_is_named_and_stops_no_other(bench: Bench, ticks: Ticks, log: Log) -> None:
    insert(bench, preferences='{"resolution": "999p"}')
    insert(bench, "p-bbbbbbbbbb", preferences="{not json")
    insert(bench, "p-cccccccccc")
    assert ticks.settle().partition_key == "p-cccccccccc"
    told = log.text().splitlines()
    assert any(ID in line and "999p" in line for line in told)
    assert any("p-bbbbbbbbbb" in line and "{not json" in line for line in told)


@pytest.mark.parametrize("id", ["my-film", "p-AAAAAAAAAA", "../../etc", "p-aaaaaaaaaa|s01"])
def test_an_id_that_is_none_is_named_and_gets_no_partition(bench: Bench, ticks: Ticks, log: Log, id: str) -> None:
    insert(bench, id)
    insert(bench, "p-bbbbbbbbbb")
    assert ticks.settle().partition_key == "p-bbbbbbbbbb"
    assert bench.instance.get_dynamic_partitions(projects.name) == ["p-bbbbbbbbbb"]
    assert any(id in line for line in log.text().splitlines())


def test_two_ticks_that_race_ask_for_the_same_and_miss_nothing(bench: Bench) -> None:
    ids = [f"p-aaaaaaaaa{letter}" for letter in "abcdef"]

    def keys() -> set[str]:
        ticks, asked = Ticks(bench), set()
        while len(asked) < len(ids):
            asked |= {request.run_key for request in ticks.requests()}
        return asked

    with ThreadPoolExecutor(2) as threads:
        racing = [threads.submit(keys) for _ in range(2)]
        for id in ids:
            insert(bench, id)
        first, second = (each.result(60) for each in racing)
    assert first == second
    assert sorted(key[:12] for key in first) == ids
    assert sorted(bench.instance.get_dynamic_partitions(projects.name)) == ids


def run(bench: Bench, request: RunRequest) -> bool:
    """Do what was requested, as the daemon would."""
    job = build_defs(studio=bench.studio).resolve_job_def(request.job_name)
    result = job.execute_in_process(
        instance=bench.instance,
        partition_key=request.partition_key,
        asset_selection=request.asset_selection,
        tags=dict(request.tags),
        raise_on_error=False,
    )
    return result.success


def give_up(bench: Bench, ticks: Ticks) -> list[str]:
    """Let every attempt fail; the keys under which they were requested."""
    from pixora_pipeline.providers.embedded.writer.writer import EmbeddedWriter

    def refuse(*_: object) -> None:
        raise UserError("Nothing comes to mind.")

    keys = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EmbeddedWriter, "write", refuse)
        while requests := [ticks.settle()] if not keys else ticks.requests():
            keys.append(requests[0].run_key)
            assert not run(bench, requests[0])
            assert len(keys) <= 2 * ATTEMPTS
    return keys
