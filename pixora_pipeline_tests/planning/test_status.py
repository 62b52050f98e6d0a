"""How far a project has come follows from its plan and from who is at it, and from nothing else."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.model.project import KINDS, Preferences, Project
from pixora_pipeline.planning.causes import Cause
from pixora_pipeline.planning.layout import Layout
from pixora_pipeline.planning.plan import Plan, Step
from pixora_pipeline.planning.records import Place
from pixora_pipeline.planning.status import STAGES, Status, status_of

PICTURED = {"story": "drawn", "explainer": "animated", "compilation": "filmed"}
SLOTS = ("s01", "s02", "s03", "s04")


def project_of(kind: str, **columns) -> Project:
    return Project(
        id="p-aaaaaaaaaa", owner="local", kind=kind, title=None, text="Why is it so?", preferences=Preferences(),
        revision=1, created_at=datetime(2026, 1, 1, tzinfo=UTC), **columns,
    )  # fmt: skip


def layout_of(project: Project) -> Layout:
    return Layout(project.kind, dict.fromkeys(SLOTS, PICTURED[project.kind]), project.traits)


def places_of(project: Project) -> list[Place]:
    """Everything there is of it, in the order of the graph."""
    return [place for recipe in GRAPH.values() for place in layout_of(project).places(recipe)]


def plan_of(project: Project, stale: list[Place]) -> Plan:
    steps = (Step(place, "derive" if GRAPH[place[0]].derive else "make", Cause("x"), True) for place in stale)
    return Plan(tuple(steps), layout_of(project), len(places_of(project)) - len(stale))


def told(project: Project, stale: list[Place], *, is_begun=True, under_way=True, failed=None) -> Status:
    plan = plan_of(project, stale)
    return status_of(GRAPH, project, plan, is_begun=is_begun, under_way=under_way, failed=failed)


def course(project: Project) -> list[Status]:
    """What is told while everything is made, one after another."""
    places = places_of(project)
    return [told(project, places[made:], is_begun=made > 0) for made in range(len(places) + 1)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("publish_to", [None, "s3://films"])
def test_progress_rises_to_a_hundred_and_no_status_comes_back(kind: str, publish_to: str | None) -> None:
    states = course(project_of(kind, publish_to=publish_to))
    assert all(one.progress <= other.progress for one, other in pairwise(states))
    assert (states[0].progress, states[-1]) == (0, Status(status="completed", progress=100, words=states[-1].words))
    assert all(state.progress < 100 for state in states[:-1])
    order = list(dict.fromkeys(state.status for state in states))
    changes = [other.status for one, other in pairwise(states) if one.status != other.status]
    assert changes == order[1:]
    assert ("uploading_to_s3" in order) == (publish_to is not None)


def test_an_explainer_passes_its_bands() -> None:
    bands = {}
    for state in course(project_of("explainer", publish_to="s3://films")):
        low, high = bands.get(state.status, (100, 0))
        bands[state.status] = (min(low, state.progress), max(high, state.progress))
    limits = {
        "generating_initial_explanation": (0, 20),
        "refining_explanation": (20, 40),
        "generating_script": (40, 60),
        "validating_script": (60, 70),
        "rendering_video": (70, 90),
        "uploading_to_s3": (90, 95),
        "completed": (100, 100),
    }
    assert list(bands) == list(limits)
    for status, (low, high) in bands.items():
        # Voices may be there before the animations are: then the rendering is some way along when it is reached.
        assert limits[status][0] <= low <= high <= limits[status][1], status


def test_a_project_that_nobody_is_at_is_queued_and_then_says_what_comes_next() -> None:
    project = project_of("explainer")
    places = places_of(project)
    assert told(project, places, is_begun=False, under_way=False).status == "queued"
    assert told(project, places, is_begun=False).status == "generating_initial_explanation"
    assert told(project, [("refined_explanation", None), ("final_video", None)], under_way=False) == Status(
        status="refining_explanation", progress=20, words="next: refining the explanation"
    )


def test_a_failure_stays_where_it_came_and_says_why() -> None:
    project = project_of("story")
    state = told(project, [("final_video", None)], failed="final_video: The disk is full.")
    assert (state.status, state.words) == ("failed", "final_video: The disk is full.")
    assert 70 < state.progress < 90
    assert told(project, places_of(project), is_begun=False, failed="No.").progress == 0


def test_a_script_that_waits_is_in_review_and_nothing_else_is() -> None:
    project = project_of("story", approval="waiting")
    waiting = [place for place in places_of(project) if not GRAPH[place[0]].before_approval]
    assert told(project, waiting, under_way=False).status == "script_review"
    assert told(project, [("script_draft", None), *waiting], under_way=False).status == "generating_script"
    approved = project.model_copy(update={"approval": "approved"})
    assert told(approved, waiting, under_way=False).status == "generating_assets"


def test_after_an_edit_it_is_told_by_what_has_to_be_made() -> None:
    project = project_of("story")
    stale: list[Place] = [("script_breakdown", None), ("scene_brief/narration", "s03"), ("voice_over", "s03")]
    state = told(project, [*stale, ("scene_clip", "s03"), ("final_video", None)])
    assert state.status == "generating_assets"
    assert 60 <= state.progress < 70


def test_an_artifact_that_no_stage_names_belongs_to_the_rendering() -> None:
    project = project_of("story")
    graph = {**GRAPH, "scene_smell": replace(GRAPH["scene_clip"], name="scene_smell")}
    plan = plan_of(project, [("scene_clip", "s01")])
    plan = replace(plan, steps=(replace(plan.steps[0], place=("scene_smell", "s01")),))
    state = status_of(graph, project, plan, is_begun=True, under_way=True)
    assert state.status == "rendering_video"


def test_every_stage_names_artifacts_there_are() -> None:
    families = {name.split("/")[0] for name in GRAPH}
    named = {name for stages in STAGES.values() for stage in stages for name in stage.artifacts}
    assert named <= families
