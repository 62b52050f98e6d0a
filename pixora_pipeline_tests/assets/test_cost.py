"""What an artifact cost is on its sidecar and in Dagster, and a budget stops a run with a sentence."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dagster import materialize
from pydantic import SecretStr

from pixora_pipeline.assets.operations import REQUESTED_BY, wave_assets
from pixora_pipeline.assets.recorded import asset_key
from pixora_pipeline.assets.work import Made, Work
from pixora_pipeline.model.cost import work_key
from pixora_pipeline.model.project import Preferences, Project
from pixora_pipeline.partitions import projects
from pixora_pipeline.planning.fingerprint import fingerprint
from pixora_pipeline.planning.recipe import Recipe, graph_of
from pixora_pipeline.providers.calls import Answer, Call, Credential
from pixora_pipeline_tests.conftest import STORY, Bench, close_bench, open_bench

USD = 0.4
KEY = "sk-canary-0123456789abcdef"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Bench]:
    bench = open_bench(tmp_path / "home")
    bench.studio.accounts.put("judge", "main", SecretStr(KEY))
    yield bench
    close_bench(bench)


def paying(bench: Bench, usd: float | None, send: Callable[[Credential], Answer] | None = None):
    """A recipe that asks a service, and the graph of it."""
    send = send or (lambda _: Answer(body="a sketch", usd=usd))

    def make(work: Work) -> Made:
        wanted = fingerprint(RECIPES["sketch"], work.project, None, {})
        call = Call(
            key=work_key(work.project.id, "sketch", wanted), service="judge", model="m-1", capability="image",
            request={}, project=work.project.id, expected_usd=USD,
        )  # fmt: skip
        bench.studio.paid_calls.once(call, send)
        work.file("sketch.txt").write_text("a sketch")
        return Made(["sketch.txt"])

    RECIPES = graph_of(Recipe("sketch", "project", "pictures", "A sketch.", "1", make=make))
    return RECIPES


def run(bench: Bench, project: Project, graph):
    asset = wave_assets("sketches", "Sketches.", graph, list(graph.values()), projects)
    bench.instance.add_dynamic_partitions(projects.name, [project.id])
    return materialize(
        [asset],
        instance=bench.instance,
        partition_key=project.id,
        resources={"studio": bench.studio},
        tags={REQUESTED_BY: "test"},
        raise_on_error=False,
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
    )


@pytest.mark.parametrize(("usd", "shown"), [(USD, 0.4), (None, "unknown")])
def test_the_cost_of_an_artifact_is_recorded_on_it(office: Bench, usd: float | None, shown: float | str) -> None:
    project = office.project()
    assert run(office, project, paying(office, usd)).success
    event = office.instance.get_latest_materialization_event(asset_key("sketch"))
    assert event.asset_materialization.metadata["cost (USD)"].value == shown
    (sidecar,) = office.studio.store.root.glob("sketch/*/*/sidecar.json")
    assert f'"cost_usd": {"null" if usd is None else usd}' in sidecar.read_text()
    assert office.studio.spending.of_project(project.id).total == usd


def test_a_budget_stops_the_run_and_says_so(office: Bench) -> None:
    project = office.studio.projects.add("p-aaaaaaaaaa", STORY, preferences=Preferences(budget_usd=0.3))
    result = run(office, project, paying(office, USD))
    (failure,) = [event for event in result.all_events if event.is_step_failure]
    told = failure.step_failure_data.user_failure_data.description
    assert told.startswith("sketch: sketch is expected to cost $0.40, and $0.00 of the budget of $0.30 is spent")
    assert told.endswith("pixora edit p-aaaaaaaaaa --budget 0.60")
    assert office.studio.spending.of_project(project.id).requests == 0


def test_a_careless_adapter_leaks_no_key_into_dagsters_storage_nor_onto_the_terminal(
    office: Bench, capfd: pytest.CaptureFixture[str]
) -> None:
    def careless(credential: Credential) -> Answer:
        raise RuntimeError(f"500 for Authorization: Bearer {credential.secret.get_secret_value()} {credential!r}")

    result = run(office, office.project(), paying(office, USD, careless))
    (failure,) = [event for event in result.all_events if event.is_step_failure]
    assert "RuntimeError: 500 for Authorization: Bearer [key]" in str(failure.step_failure_data)
    assert "canary" not in "".join(map(repr, result.all_events)) + "".join(capfd.readouterr())
    written = b"".join(path.read_bytes() for path in office.studio.settings.home.rglob("*") if path.is_file())
    assert b"Bearer [key]" in written
    assert b"canary" not in written
