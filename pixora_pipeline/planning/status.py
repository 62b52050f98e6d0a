"""How far a project has come, in one word, as a percentage and in words: a view over its plan. Pure.

The bands are those that explainers were promised: 0-20-40-60-70-90-95-100. Films of other kinds have no explanations,
and draw and speak in the time that explainers explain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pixora_pipeline.model.project import Project, ProjectStatus
from pixora_pipeline.model.requests import Kind
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.plan import Plan
from pixora_pipeline.planning.recipe import Graph
from pixora_pipeline.planning.records import Place


class Status(Value):
    """`progress` is a whole percentage; `words` say what is being done, or what was wrong."""

    status: ProjectStatus
    progress: int
    words: str


@dataclass(frozen=True)
class Stage:
    """A stretch of the work, up to a percentage: which artifacts it makes (their names up to a slash)."""

    status: ProjectStatus
    upto: int
    words: str
    artifacts: frozenset[str] = frozenset()


def _stage(status: ProjectStatus, upto: int, words: str, *artifacts: str) -> Stage:
    return Stage(status, upto, words, frozenset(artifacts))


_UPLOAD = _stage("uploading_to_s3", 95, "publishing the film", "published_video")

# What no stage names belongs to the rendering.
_RENDER = "rendering the video"

_EXPLAINER = (
    _stage("generating_initial_explanation", 20, "writing the explanation", "project_brief", "initial_explanation"),
    _stage("refining_explanation", 40, "refining the explanation", "refined_explanation"),
    _stage("generating_script", 60, "writing the script", "script_draft", "script_breakdown", "scene_brief"),
    _stage("validating_script", 70, "writing and checking the animations", "manim_script"),
    _stage("rendering_video", 90, _RENDER),
    _UPLOAD,
)
_WRITING = ("project_brief", "script_draft", "script_breakdown", "scene_brief")
_ASSETS = ("character_images", "music", "voice_over", "scene_image", "scene_motion", "scene_footage", "manim_script")
_FILM = (_stage("rendering_video", 90, _RENDER), _UPLOAD)
_STORY = (
    _stage("generating_script", 20, "writing the script", *_WRITING),
    _stage("generating_assets", 70, "making voices, pictures and music", *_ASSETS),
    *_FILM,
)
_COMPILATION = (
    _stage("generating_script", 10, "looking for footage", "search_queries", "footage_matches", "clip_plan"),
    _stage("generating_script", 20, "writing the script", *_WRITING),
    _stage("generating_assets", 70, "making voices, clips and music", *_ASSETS),
    *_FILM,
)
STAGES: Mapping[Kind, tuple[Stage, ...]] = {
    "story": _STORY,
    "explainer": _EXPLAINER,
    "compilation": _COMPILATION,
}


def status_of(
    graph: Graph, project: Project, plan: Plan, *, is_begun: bool, under_way: bool, failed: str | None = None
) -> Status:
    """Where a project stands.

    `is_begun` is whether anything of it was ever made, `under_way` whether somebody is at it right now, `failed` why
    the latest try came to nothing, None where it did not.
    """
    if not plan.steps:
        return Status(status="completed", progress=100, words="the film is finished")
    stages = STAGES[project.kind]
    number = _first_open(stages, plan)
    progress = _progress(graph, stages, number, plan) if is_begun else 0
    if failed:
        return Status(status="failed", progress=progress, words=failed)
    if project.approval == "waiting" and not _may_go_on(graph, plan):
        return Status(status="script_review", progress=progress, words="the script waits for approval")
    if not (is_begun or under_way):
        return Status(status="queued", progress=0, words="waiting to begin")
    stage = stages[number]
    return Status(status=stage.status, progress=progress, words=stage.words if under_way else f"next: {stage.words}")


def _first_open(stages: Sequence[Stage], plan: Plan) -> int:
    # Values follow by themselves: after an edit it is the voice that has to be made, and not the script.
    made = [step.place for step in plan.steps if step.action in ("make", "reuse")]
    return min(_stage_of(stages, place) for place in made or plan.places)


def _may_go_on(graph: Graph, plan: Plan) -> bool:
    return any(graph[artifact].before_approval for artifact, _ in plan.places)


def _stage_of(stages: Sequence[Stage], place: Place) -> int:
    family = place[0].split("/")[0]
    named = (number for number, stage in enumerate(stages) if family in stage.artifacts)
    return next(named, next(number for number, stage in enumerate(stages) if stage.status == "rendering_video"))


def _progress(graph: Graph, stages: Sequence[Stage], number: int, plan: Plan) -> int:
    """The beginning of the stage's band, and its share of what the stage makes."""
    begin, end = stages[number - 1].upto if number else 0, stages[number].upto
    places = [place for recipe in graph.values() for place in plan.layout.places(recipe)]
    own = [place for place in places if _stage_of(stages, place) == number]
    done = sum(place not in plan.places for place in own)
    return begin + (end - begin) * done // max(len(own), 1)
