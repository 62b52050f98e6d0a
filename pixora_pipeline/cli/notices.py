"""What a film had to do without, gathered from its artifacts."""

from typing import TYPE_CHECKING

from pixora_pipeline.assets.notices import looped
from pixora_pipeline.model.compilation import ClipPlan, Notice
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import ScriptBreakdown

if TYPE_CHECKING:
    from pixora_pipeline.cli.session import Session

_OF_FILMS = (
    "initial_explanation",
    "refined_explanation",
    "search_queries",
    "script_draft",
    "character_images",
    "music",
)
_OF_SCENES = ("scene_image", "scene_motion", "manim_render", "scene_footage", "voice_over", "scene_clip")
"""The artifacts that tell what could not be had."""


def notices_of(session: "Session", project: Project, script: ScriptBreakdown) -> tuple[Notice, ...]:
    """Every notice on the artifacts of a film."""
    records = session.records(project, "clip_plan", *_OF_FILMS, *_OF_SCENES)
    plan = session.stored(project, ("clip_plan", None), records)
    found = list(ClipPlan.model_validate_json(plan.path.read_bytes()).notices) if plan else []
    for artifact in _OF_FILMS:
        stored = session.peek(project, (artifact, None), records)
        found += stored.sidecar.notices if stored else ()
    for scene in script.scenes:
        for artifact in _OF_SCENES:
            stored = session.peek(project, (artifact, scene.slot), records)
            if stored is None:
                continue
            found += stored.sidecar.notices
            found += looped(scene.slot, stored)
    return tuple(found)
