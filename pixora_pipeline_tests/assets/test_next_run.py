"""The run that comes next is the first with anything to make; values that change before it go along."""

from pixora_pipeline.assets.graph import GRAPH, WAVES
from pixora_pipeline.assets.next_run import next_run, values_along
from pixora_pipeline.model.overlay import Overlay, SceneEdit
from pixora_pipeline.model.project import Project
from pixora_pipeline_tests.conftest import Bench

TIMELINE = ("script_breakdown/timeline", None)


def edited(bench: Bench, project: Project, **change: object) -> Project:
    return bench.studio.projects.change(project, overlay=Overlay(scenes={"s02": SceneEdit(**change)}))


def test_another_narration_runs_its_scene_and_takes_the_script_along(own_film: tuple[Bench, Project]) -> None:
    bench, project = own_film
    project = edited(bench, project, narration="Nobody saw it leave.")
    plan = bench.plan(project)
    assert next_run(project, plan).job == "make_scenes"
    along = values_along(plan, GRAPH, WAVES[1].recipes)
    assert {name.partition("/")[0] for name, _ in along} == {"script_breakdown"}


def test_another_transition_runs_the_film_and_takes_the_values_of_scenes_along(own_film: tuple[Bench, Project]) -> None:
    bench, project = own_film
    project = edited(bench, project, transition="wipe")
    plan = bench.plan(project)
    assert next_run(project, plan).job == "make_film"
    along = values_along(plan, GRAPH, WAVES[2].recipes)
    assert set(along) == plan.places - {("final_video", None)}
    assert bench.make(project) == 1
    assert bench.plan(project).steps == ()


def test_values_that_wait_for_something_to_be_made_do_not_go_along(bench: Bench) -> None:
    project = bench.project()
    plan = bench.plan(project)
    assert TIMELINE in plan.places
    assert TIMELINE not in values_along(plan, GRAPH, WAVES[1].recipes)


def test_while_the_script_waits_to_be_approved_its_values_have_a_run(own_film: tuple[Bench, Project]) -> None:
    bench, project = own_film
    bench.studio.projects.change(edited(bench, project, narration="Nobody saw it leave."), approval="waiting")
    project = bench.studio.projects.get(project.id)
    assert next_run(project, bench.plan(project)).job == "make_script"
    assert bench.make(project) == 1
    assert next_run(project, bench.plan(project)) is None
