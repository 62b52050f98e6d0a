"""What a film had to do without, gathered from its artifacts."""

from typing import TYPE_CHECKING

from pixora_pipeline.model.compilation import ClipPlan, Notice
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import ScriptBreakdown, scene_number

if TYPE_CHECKING:
    from pixora_pipeline.cli.session import Session

_OF_SCENES = {
    "compilation": ("scene_footage", "voice_over", "scene_clip"),
    "explainer": ("manim_render",),
}
"""The artifacts of a scene that tell what could not be had, by the kind of the film."""


def notices_of(session: "Session", project: Project, script: ScriptBreakdown) -> tuple[Notice, ...]:
    """Every notice on the artifacts of a compilation or an explainer; none for other films."""
    if project.kind not in _OF_SCENES:
        return ()
    records = session.records(project, "clip_plan", "script_draft", *_OF_SCENES[project.kind])
    plan = session.stored(project, ("clip_plan", None), records)
    found = list(ClipPlan.model_validate_json(plan.path.read_bytes()).notices) if plan else []
    draft = session.stored(project, ("script_draft", None), records)
    found += draft.sidecar.notices if draft else ()
    for scene in script.scenes:
        for artifact in _OF_SCENES[project.kind]:
            stored = session.peek(project, (artifact, scene.slot), records)
            if stored is None:
                continue
            found += stored.sidecar.notices
            if loops := stored.sidecar.facts.get("loops"):
                message = f"Scene {scene_number(scene.slot)} is longer than its clips: they begin again {loops} times."
                found.append(Notice(kind="looped", message=message))
    return tuple(found)
