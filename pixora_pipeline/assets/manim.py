"""manim_script and manim_render: an animated scene as a script, and as it was recorded. Its timing is the clip's."""

from pathlib import Path

from pydantic import JsonValue

from pixora_pipeline.animation.installed import check_installed
from pixora_pipeline.animation.playing import ScriptFailed
from pixora_pipeline.animation.rendering import UNSAFE
from pixora_pipeline.assets.animating import SCRIPT, TEMPLATES, have_written, replaced_notice
from pixora_pipeline.assets.clip import film_format
from pixora_pipeline.assets.thumbnails import keep_poster
from pixora_pipeline.assets.work import Made, Work, noticed
from pixora_pipeline.errors import Defect
from pixora_pipeline.model.briefs import AnimationBrief, AnimatorBrief
from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.requests import AnimationRequest
from pixora_pipeline.model.results import Animation
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.providers.catalogue import engage, offer
from pixora_pipeline.store.sidecar import Provenance

RECORDING = "animation.mp4"


def write_script(work: Work) -> Made:
    """Have a model write it, or fill a template with the scene's figure."""
    model = work.value("project_brief/animator", AnimatorBrief).model
    if not offer("animation", model).embedded:
        return have_written(work, model)
    work.file(SCRIPT).write_text(_template(work), encoding="utf-8")
    return Made([SCRIPT], provenance=Provenance(provider="embedded", model=TEMPLATES))


def render(work: Work) -> Made:
    """Have Manim play the script. The recording holds each picture that stands once, however long it will stand."""
    check_installed()
    script, to = work.input("manim_script"), work.file(RECORDING)
    animators, generated = work.workers.animators, bool(script.sidecar.facts.get("generated"))
    notices = list(script.sidecar.notices)
    if generated and animators.exposed:
        notices.append(Notice(kind="unsafe", message=f"Scene {scene_number(work.slot)}: {UNSAFE}"))
    try:
        recorded = _recorded(work, script.path, to, generated)
    except ScriptFailed as failed:
        if not generated:
            raise Defect(f"A built-in animation can't be drawn. {failed}") from failed
        model = script.sidecar.provenance
        notices.append(replaced_notice(work, f"{model.provider}/{model.model}", f"it could not be rendered. {failed}"))
        recorded = _recorded(work, _template_file(work), to, False)
    said: dict[str, JsonValue] = {"notices": [each.message for each in notices]} if notices else {}
    parameters = {"frames": recorded.frames, "locked_in_by": animators.walls, **said}
    return Made(
        [RECORDING, *keep_poster(work, to, max(0, recorded.frames - 2) / recorded.fps)],
        facts={**recorded.model_dump(mode="json"), **noticed(notices)},
        provenance=Provenance(provider="embedded", model=TEMPLATES, parameters=parameters),
    )


def _recorded(work: Work, script: Path, to: Path, generated: bool) -> Animation:
    brief = work.value("scene_brief/animation", AnimationBrief)
    fmt = film_format(brief.aspect, brief.resolution, brief.fps)
    return work.workers.animators.render(script, to, (fmt.width, fmt.height), fmt.fps, generated=generated)


def _template(work: Work) -> str:
    brief = work.value("scene_brief/animation", AnimationBrief)
    return engage("animation", "embedded").write(AnimationRequest(figure=brief.figure, style=brief.style))


def _template_file(work: Work) -> Path:
    path = work.file(SCRIPT)
    path.write_text(_template(work), encoding="utf-8")
    return path


RECIPES = (
    Recipe(
        name="manim_script",
        scope="scene",
        group="pictures",
        description="This scene's animation as a Manim script.",
        version="1",
        make=write_script,
        retakes=True,
        capability="animation",
        only=("animated",),
        inputs=("project_brief/animator", "scene_brief/animation", "scene_brief/spoken"),
        kinds=("python",),
    ),
    Recipe(
        name="manim_render",
        scope="scene",
        group="pictures",
        description="The animation as Manim drew it, before it is fitted to the voice.",
        version="3",
        make=render,
        only=("animated",),
        inputs=("manim_script", "scene_brief/animation"),
        kinds=("video", "manim"),
    ),
)
