"""Whatever happens to a project, bringing it up to date makes what the plan says and ends in the film from scratch."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from dagster import DagsterInstance
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.store.artifacts import ArtifactStore
from pixora_pipeline_tests.conftest import Bench, close_bench, open_bench
from pixora_pipeline_tests.planning.world import HAPPENINGS, DagsterWorld, Happening, WaveWorld, World, harm

pytestmark = pytest.mark.slow

# What is loaded by its first use, on a busy machine, is no fault of the strategy.
_SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
TEXT = "There was a boat, and there was a storm."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = open_bench(tmp_path_factory.mktemp("desk") / "home")
    yield bench
    close_bench(bench)


def happens(world: World, happenings: list[Happening]) -> None:
    world.bring_up()
    for happen in happenings:
        happen(world)
    world.bring_up()
    world.read_everything()
    world.bring_up()


@settings(max_examples=12, deadline=None, suppress_health_check=_SLOW)
@given(happenings=st.lists(HAPPENINGS, max_size=10))
@example(happenings=[harm(0, "delete")])  # the portraits, with the facts about them
@example(happenings=[harm(41, "cut")])  # the timeline, which the plan is laid out by
def test_the_waves_end_in_the_film_from_scratch(desk: Bench, happenings: list[Happening]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        id = desk.studio.projects.add(new_project_id(), TEXT).id
        world = WaveWorld(desk, id, ArtifactStore(Path(folder) / "ours"))
        happens(world, happenings)
        scratch = WaveWorld(desk, id, ArtifactStore(Path(folder) / "theirs"))
        scratch.make()
        assert world.content() == scratch.content()


@settings(max_examples=2, deadline=None, suppress_health_check=_SLOW)
@given(happenings=st.lists(HAPPENINGS, min_size=3, max_size=6))
def test_so_do_the_runs_of_a_real_instance(desk: Bench, happenings: list[Happening]) -> None:
    with DagsterInstance.ephemeral() as ours, DagsterInstance.ephemeral() as theirs:
        id = desk.studio.projects.add(new_project_id(), TEXT).id
        world = DagsterWorld(replace(desk, instance=ours), id, desk.studio.store)
        happens(world, happenings)
        content = world.content()
        with tempfile.TemporaryDirectory() as folder:
            fresh = open_bench(Path(folder) / "home", desk.studio.settings.database)
            scratch = DagsterWorld(replace(fresh, instance=theirs), id, fresh.studio.store)
            scratch.make()
            assert scratch.content() == content
            close_bench(fresh)
