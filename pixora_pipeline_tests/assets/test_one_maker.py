"""While somebody makes a project, nobody else touches it, and edits that come in meanwhile are made next."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from dagster import AssetKey, DagsterInstance, ExecuteInProcessResult, MultiPartitionKey

from pixora_pipeline.assets.operations import REQUESTED_BY
from pixora_pipeline.assets.progress import Progress, watching
from pixora_pipeline.definitions import build_defs
from pixora_pipeline.errors import Conflict
from pixora_pipeline.model.project import Project
from pixora_pipeline.runner import make_current
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.makers import Makers, open_makers
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.planning.world import WAVES, DagsterWorld


@pytest.fixture
def quick(bench: Bench) -> Iterator[Bench]:
    """A bench whose instance is in memory."""
    with DagsterInstance.ephemeral() as instance:
        yield replace(bench, instance=instance)


@pytest.fixture
def project(quick: Bench) -> Project:
    project = quick.project()
    make_current(quick.studio, quick.instance, project, WAVES)
    return project


@pytest.fixture
def others(quick: Bench) -> Makers:
    """Makers as another process has them."""
    settings = quick.studio.settings
    return open_makers(open_database(settings.database), settings.home / "makers")


def click(bench: Bench, project: Project, **tags: str) -> ExecuteInProcessResult:
    return (
        build_defs(studio=bench.studio, waves=WAVES)
        .resolve_job_def("make_scenes")
        .execute_in_process(
            instance=bench.instance,
            partition_key=MultiPartitionKey({"project": project.id, "scene": "s02"}),
            asset_selection=[AssetKey("scene_image")],
            tags=tags,
            raise_on_error=False,
        )
    )


def test_a_run_started_by_hand_says_who_has_the_project(quick: Bench, project: Project, others: Makers) -> None:
    with others.hold(project.id, "`pixora make`, process 7 on anvil"):
        result = click(quick, project)
    assert not result.success
    (failure,) = [event.step_failure_data for event in result.all_events if event.is_step_failure]
    told = f"{project.id} is being made by `pixora make`, process 7 on anvil. Nothing was changed."
    assert told in failure.user_failure_data.description
    assert not any(event.is_step_up_for_retry for event in result.all_events)
    assert result.get_asset_materialization_events() == []
    assert quick.studio.projects.get(project.id) == project
    assert click(quick, project).success


def test_a_run_of_the_sensor_leaves_the_project_alone_and_is_no_failure(
    quick: Bench, project: Project, others: Makers
) -> None:
    with others.hold(project.id, "somebody"):
        result = click(quick, project, **{REQUESTED_BY: "reconciler"})
    assert result.success
    assert result.get_asset_materialization_events() == []


def test_a_second_maker_is_refused(quick: Bench, project: Project, others: Makers) -> None:
    with others.hold(project.id, "somebody"), pytest.raises(Conflict, match="being made by somebody"):
        make_current(quick.studio, quick.instance, project, WAVES)
    make_current(quick.studio, quick.instance, project, WAVES)


def test_the_maker_is_named_while_it_works(quick: Bench, others: Makers) -> None:
    project, seen = quick.project(), set()
    with watching(lambda _: seen.add(others.holder(project.id))):
        make_current(quick.studio, quick.instance, project, WAVES)
    assert len(seen) == 1
    assert seen.pop().startswith("`pixora make`, process ")
    assert others.holder(project.id) is None


def test_an_edit_that_comes_in_meanwhile_is_made_too(quick: Bench) -> None:
    world = DagsterWorld(quick, quick.project().id, quick.studio.store)

    def edit(progress: Progress) -> None:
        if progress.place == ("music", None) and progress.state == "begun" and world.project.revision == 1:
            world.change(preferences=world.project.preferences.model_copy(update={"voice": "en-gb", "music": "epic"}))

    with watching(edit):
        world.make()
    assert world.project.revision == 2
    assert world.plan()[0].steps == ()
