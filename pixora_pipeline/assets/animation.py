"""manim_script and manim_render: an animated scene as a script, and as it was recorded. Its timing is the clip's."""

from pixora_pipeline.animation.installed import check_installed
from pixora_pipeline.assets.clip import film_format
from pixora_pipeline.assets.thumbnails import keep_poster
from pixora_pipeline.assets.work import Made, Work
from pixora_pipeline.model.briefs import AnimationBrief
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.store.sidecar import Provenance

SCRIPT, RECORDING = "scene.py", "animation.mp4"
TEMPLATES = "templates@1"


def write_script(work: Work) -> Made:
    """Fill a template with the scene's figure."""
    from pixora_pipeline.animation.script import script_text

    brief = work.value("scene_brief/animation", AnimationBrief)
    work.file(SCRIPT).write_text(script_text(brief.figure, brief.style), encoding="utf-8")
    return Made([SCRIPT], provenance=Provenance(provider="embedded", model=TEMPLATES))


def render(work: Work) -> Made:
    """Have Manim play the script. The recording holds each picture that stands once, however long it will stand."""
    check_installed()
    brief = work.value("scene_brief/animation", AnimationBrief)
    fmt = film_format(brief.aspect, brief.resolution, brief.fps)
    script, to = work.input("manim_script").path, work.file(RECORDING)
    recorded = work.workers.animators.render(script, to, (fmt.width, fmt.height), fmt.fps)
    return Made(
        [RECORDING, *keep_poster(work, to, max(0, recorded.frames - 2) / fmt.fps)],
        facts=recorded.model_dump(mode="json"),
        provenance=Provenance(provider="embedded", model=TEMPLATES, parameters={"frames": recorded.frames}),
    )


RECIPES = (
    Recipe(
        name="manim_script",
        scope="scene",
        group="pictures",
        description="This scene's animation as a Manim script.",
        version="1",
        make=write_script,
        only=("animated",),
        inputs=("scene_brief/animation",),
        kinds=("python",),
    ),
    Recipe(
        name="manim_render",
        scope="scene",
        group="pictures",
        description="The animation as Manim drew it, before it is fitted to the voice.",
        version="1",
        make=render,
        only=("animated",),
        inputs=("manim_script", "scene_brief/animation"),
        kinds=("video", "manim"),
    ),
)
