"""final_video: clips and joints copied together, one sound pass, subtitles. No picture is encoded twice."""

from dataclasses import replace

from pixora_pipeline.assets import assembling
from pixora_pipeline.assets.assembling import Laid, lay_out
from pixora_pipeline.assets.clip import film_format
from pixora_pipeline.assets.film_length import told_length
from pixora_pipeline.assets.film_record import note_film
from pixora_pipeline.assets.shots import INPUTS, scene_length
from pixora_pipeline.assets.work import Made, Work, noticed
from pixora_pipeline.checks.names import FILM_CHECKS
from pixora_pipeline.model.briefs import Timeline
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.planning.recipe import Recipe


def laid_film(work: Work) -> Laid:
    """The film laid out, each scene as long as its clip says."""
    timeline = work.value("script_breakdown/timeline", Timeline)
    fmt = film_format(timeline.aspect, timeline.resolution, timeline.fps)
    return lay_out(timeline, fmt, {scene.slot: scene_length(work, scene.slot) for scene in timeline.scenes})


def assemble(work: Work) -> Made:
    """Put the scenes' clips together."""
    laid = laid_film(work)
    made = assembling.assemble(work, laid, lambda slot: work.input("scene_clip", slot))
    return replace(made, facts={**made.facts, **noticed(told_length(work, laid))})


def verify_film(work: Work, made: Made) -> tuple[Finding, ...]:
    """Measure the film as it was written."""
    return assembling.verify(work, made, laid_film(work))


RECIPES = (
    Recipe(
        name="final_video",
        scope="project",
        group="film",
        description="The finished film, with sound, subtitles, chapters, a poster and thumbnails.",
        version="3",
        make=assemble,
        inputs=tuple(
            dict.fromkeys(
                ("script_breakdown/timeline", "project_brief/sound", "scene_clip", *INPUTS, "voice_over", "music")
            )
        ),
        kinds=("video", "ffmpeg"),
        checks=FILM_CHECKS,
        verify=verify_film,
        note=note_film,
    ),
)
