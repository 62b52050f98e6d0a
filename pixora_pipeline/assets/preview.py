"""preview_video: the whole film small, from the film's own pictures, voices and music. No plan of a film asks for it.

Its clips are parts and no assets: what is made for a preview stands in nobody's way when the film is made.
"""

from pathlib import Path
from typing import Any

from pixora_pipeline.assets import assembling
from pixora_pipeline.assets.assembling import Laid, lay_out
from pixora_pipeline.assets.clip import burned_words, film_format
from pixora_pipeline.assets.parts import keep_part
from pixora_pipeline.assets.shots import INPUTS, scene_shot, shot_version
from pixora_pipeline.assets.watching import watched_fact
from pixora_pipeline.assets.work import Made, Work
from pixora_pipeline.checks.names import FILM_CHECKS
from pixora_pipeline.media.timing import FilmFormat, scene_frames
from pixora_pipeline.model.briefs import ClipBrief, Timeline
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.results import Speech
from pixora_pipeline.planning.recipe import Facts, Recipe
from pixora_pipeline.store.artifacts import Stored

SHARE = 4
"""Each side is that much smaller than the film's."""

SMALLEST_SIDE = 120
CLIP_VERSION = "2"


def preview_format(fmt: FilmFormat) -> FilmFormat:
    """The format of a film's preview: its shape and speed, a quarter of its size."""
    short = min(fmt.width, fmt.height)
    smaller = max(short / SHARE, min(short, SMALLEST_SIDE)) / short
    width, height = (2 * round(side * smaller / 2) for side in (fmt.width, fmt.height))
    return FilmFormat(width=width, height=height, fps=fmt.fps, handle=fmt.handle)


def laid_preview(work: Work) -> Laid:
    """The film laid out as it will be, small."""
    timeline = work.value("script_breakdown/timeline", Timeline)
    fmt = preview_format(film_format(timeline.aspect, timeline.resolution, timeline.fps))
    return lay_out(timeline, fmt, {scene.slot: _frames(work, scene.slot, fmt) for scene in timeline.scenes})


def assemble(work: Work) -> Made:
    """Encode the scenes small and put them together."""
    laid = laid_preview(work)
    return assembling.assemble(work, laid, lambda slot: _clip(work, slot, laid))


def verify_preview(work: Work, made: Made) -> tuple[Finding, ...]:
    """Measure the preview as it was written."""
    return assembling.verify(work, made, laid_preview(work))


def _frames(work: Work, slot: str, fmt: FilmFormat) -> int:
    brief, speech = work.value("scene_brief/clip", ClipBrief, slot), work.facts("voice_over", Speech, slot)
    return scene_frames(speech.seconds, brief.minimum_seconds, fmt)


def _clip(work: Work, slot: str, laid: Laid) -> Stored:
    from pixora_pipeline.media.clip import make_clip

    brief, speech = work.value("scene_brief/clip", ClipBrief, slot), work.facts("voice_over", Speech, slot)
    fmt, frames = laid.fmt, laid.frames[slot]
    shot = scene_shot(work, slot, frames)
    shape: list[Any] = [fmt.width, fmt.height, fmt.fps, fmt.handle]
    words = work.input("voice_over", slot).sidecar.data_version if brief.captions != "none" else None
    written = [brief.captions, brief.at_head, brief.off_action, brief.lower_third, words]

    def make(to: Path) -> Facts:
        burned = burned_words(work, brief, speech, slot, shot, fmt)
        # Its sound is the film's: the clip is never heard alone.
        work.workers.run(make_clip, shot, None, fmt, to, burned)
        return watched_fact(work.workers, to)

    made_from = [CLIP_VERSION, shape, shot_version(work, slot, frames), written]
    return keep_part(work, "preview_clip", made_from, "clip.mp4", make)


RECIPES = (
    Recipe(
        name="preview_video",
        scope="project",
        group="film",
        description="The whole film at a quarter of its size, to look at before it is made.",
        version="2",
        make=assemble,
        inputs=tuple(
            dict.fromkeys(
                ("script_breakdown/timeline", "project_brief/sound", "scene_brief/clip", *INPUTS, "voice_over", "music")
            )
        ),
        kinds=("video", "ffmpeg"),
        checks=FILM_CHECKS,
        verify=verify_preview,
    ),
)
