"""The compilation JSON of a project, put together from its artifacts as they are on record."""

import base64
from collections.abc import Callable
from pathlib import Path

from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.model.compilation import ClipPlan
from pixora_pipeline.model.compilation_json import CompilationJSON, CompilationSegment, VideoClip
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import Scene, ScriptBreakdown
from pixora_pipeline.planning.records import Place
from pixora_pipeline.store.artifacts import Stored

READ = ("clip_plan", "script_breakdown", "scene_footage", "scene_clip", "voice_over", "final_video")
"""The artifacts it is put together from."""

Find = Callable[[Place], Stored | None]
"""The version of a place that is on record."""


def compilation_json(project: Project, find: Find, *, clips: bool = False, audio: bool = False) -> CompilationJSON:
    """What the project shows and says; with its cut clips and its voices inlined where they are asked for."""
    if project.kind != "compilation":
        raise UserError(f"{project.id} is a {project.kind} and no compilation: it has no clips to export.")
    plan = ClipPlan.model_validate_json(_must(find, project, ("clip_plan", None)).path.read_bytes())
    script = ScriptBreakdown.model_validate_json(_must(find, project, ("script_breakdown", None)).path.read_bytes())
    segments = tuple(_segment(project, find, scene, clips, audio) for scene in script.scenes)
    film = find(("final_video", None))
    seconds = float(film.sidecar.facts["seconds"]) if film else sum(segment.duration for segment in segments)
    return CompilationJSON(
        title=script.title,
        segments=segments,
        total_duration=round(seconds, 2),
        aspect_ratio="square" if project.preferences.aspect == "1:1" else project.preferences.aspect,
        tags=tuple(dict.fromkeys(segment.topic for segment in plan.segments)),
        notices=tuple(notice.message for notice in plan.notices),
    )


def _segment(project: Project, find: Find, scene: Scene, clips: bool, audio: bool) -> CompilationSegment:
    footage = _must(find, project, ("scene_footage", scene.slot)) if clips else None
    files = [footage.folder / cut["file"] for cut in footage.sidecar.facts["cuts"]] if footage else []
    videos = [_inlined(file) for file in files] + [None] * (len(scene.clips) - len(files))
    clip, voice = find(("scene_clip", scene.slot)), find(("voice_over", scene.slot))
    seconds = float(clip.sidecar.facts["seconds"]) if clip else scene.estimated_seconds
    return CompilationSegment(
        script_segment=scene.narration,
        clips=tuple(
            VideoClip(video_id=each.source, start=each.start, end=each.end, video=video)
            for each, video in zip(scene.clips, videos, strict=False)
        ),
        audio=_inlined(voice.path) if audio and voice else None,
        duration=round(seconds, 2),
    )


def _must(find: Find, project: Project, place: Place) -> Stored:
    stored = find(place)
    if stored is None:
        raise NotFound(f"{place[0]} of {project.id} is not made yet. Run `pixora make {project.id}`.")
    return stored


def _inlined(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()
