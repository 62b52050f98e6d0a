"""The compilation JSON of a project, put together from its artifacts as they are on record.

What else a `/compile` answer has beside it can be read here too: `generated_video_id` is the project's id, `duration`
the JSON's `total_duration`, `source_videos_used` counts the different `video_id`s, `processing_time` sums the sidecars'
`seconds_to_make`, `video_base64` is final_video's file, and `success` and `error` are the view of `assets.standing`.
"""

import base64
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pixora_pipeline.assets.clip import film_format
from pixora_pipeline.assets.compilation_tags import tags_of
from pixora_pipeline.assets.notices import OF_FILM, OF_SCENES, notices_on
from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.model.briefs import Timeline
from pixora_pipeline.model.compilation import CompilationBrief, CutFootage
from pixora_pipeline.model.compilation_json import CompilationJSON, CompilationSegment, VideoClip
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import Scene, ScriptBreakdown
from pixora_pipeline.planning.records import FILM, Place
from pixora_pipeline.store.artifacts import Stored

READ = (*OF_FILM, *OF_SCENES, "project_brief/footage", "script_breakdown", "script_breakdown/timeline")
"""The artifacts it is put together from."""

Find = Callable[[Place], Stored | None]
"""The version of a place that is on record."""


def compilation_json(project: Project, find: Find, *, clips: bool = False, audio: bool = False) -> CompilationJSON:
    """What the project shows and says; with its cut clips and its voices inlined where they are asked for."""
    if project.kind != "compilation":
        raise UserError(f"{project.id} is a {project.kind} and no compilation: it has no clips to export.")
    script = ScriptBreakdown.model_validate_json(_must(find, project, ("script_breakdown", None)).path.read_bytes())
    # The row may ask for something else by now.
    asked = _must(find, project, ("project_brief/footage", None))
    brief = CompilationBrief.model_validate_json(asked.path.read_bytes())
    segments = tuple(_segment(project, find, scene, clips, audio) for scene in script.scenes)
    film = find(FILM)
    seconds = float(film.sidecar.facts["seconds"]) if film else sum(segment.duration for segment in segments)
    return CompilationJSON(
        title=script.title,
        segments=segments,
        total_duration=round(seconds, 2),
        aspect_ratio="square" if project.preferences.aspect == "1:1" else project.preferences.aspect,
        tags=tags_of(script, brief),
        notices=tuple(notice.message for notice in notices_on(find, [scene.slot for scene in script.scenes])),
    )


def _segment(project: Project, find: Find, scene: Scene, clips: bool, audio: bool) -> CompilationSegment:
    found = _clips(find, project, scene.slot) if clips else []
    videos = [*found, *[None] * (len(scene.clips) - len(found))]
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


def _clips(find: Find, project: Project, slot: str) -> list[str]:
    """The scene's footage in the film's own shape, each piece an MP4."""
    from pixora_pipeline.media.exchange_clip import write_exchange_clip
    from pixora_pipeline.media.reel import Cut

    footage = _must(find, project, ("scene_footage", slot))
    timeline = _must(find, project, ("script_breakdown/timeline", None))
    wanted = Timeline.model_validate_json(timeline.path.read_bytes())
    fmt, fit = film_format(wanted.aspect, wanted.resolution, wanted.fps), footage.sidecar.facts["fit"]
    cuts = [CutFootage.model_validate(cut) for cut in footage.sidecar.facts["cuts"]]
    inlined = []
    with TemporaryDirectory(prefix="pixora-") as folder:
        for cut in cuts:
            to = Path(folder) / "clip.mp4"
            write_exchange_clip(Cut(footage.folder / cut.file, cut.start, cut.end), fit, fmt, to)
            inlined.append(_inlined(to))
    return inlined


def _must(find: Find, project: Project, place: Place) -> Stored:
    stored = find(place)
    if stored is None:
        raise NotFound(f"{place[0]} of {project.id} is not made yet. Run `pixora make {project.id}`.")
    return stored


def _inlined(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()
