"""scene_brief: the script cut by scene and by concern, so that an edited narration leaves the picture alone."""

from collections.abc import Callable

from pixora_pipeline.assets.work import Made, Work
from pixora_pipeline.errors import Defect
from pixora_pipeline.model.briefs import ClipBrief, LookBrief, NarrationBrief, PictureBrief, Reference, VoiceBrief
from pixora_pipeline.model.script import Scene, ScriptBreakdown
from pixora_pipeline.planning.recipe import Recipe


def brief_narration(work: Work) -> Made:
    """What the voice says."""
    voice = work.value("project_brief/voice", VoiceBrief)
    return work.keep(NarrationBrief(text=_scene(work).narration, **voice.model_dump()))


def brief_picture(work: Work) -> Made:
    """What the picture shows."""
    scene, look = _scene(work), work.value("project_brief/look", LookBrief)
    subject = scene.model_dump(include={"title", "description", "mood", "role", "caption"})
    manner = look.model_dump(exclude={"character_consistency"})
    return work.keep(PictureBrief(**subject, **manner, references=_references(work, scene)))


def brief_clip(work: Work) -> Made:
    """How large the clip is and how long at least."""
    look = work.value("project_brief/look", LookBrief)
    minimum = _scene(work).minimum_seconds
    return work.keep(ClipBrief(aspect=look.aspect, resolution=look.resolution, minimum_seconds=minimum))


def _scene(work: Work) -> Scene:
    scene = work.value("script_breakdown", ScriptBreakdown).scene(work.slot or "")
    if scene is None:
        raise Defect(f"The script has no scene {work.slot}, and its brief was asked for.")
    return scene


def _references(work: Work, scene: Scene) -> tuple[Reference, ...]:
    script = work.value("script_breakdown", ScriptBreakdown)
    pictures = work.input("character_images").sidecar.facts["pictures"]
    present = [person for person in script.characters if person.name in scene.characters]
    return tuple(Reference(profile=person, picture=pictures.get(person.name)) for person in present)


def _recipe(concern: str, description: str, make: Callable[[Work], Made], *inputs: str) -> Recipe:
    return Recipe(
        name=f"scene_brief/{concern}",
        scope="scene",
        group="script",
        description=description,
        version="1",
        make=make,
        inputs=("script_breakdown", *inputs),
        kinds=("json",),
    )


RECIPES = (
    _recipe("narration", "What the voice says in this scene.", brief_narration, "project_brief/voice"),
    _recipe("picture", "What this scene shows.", brief_picture, "project_brief/look", "character_images"),
    _recipe("clip", "How large and how long this scene's clip is to be.", brief_clip, "project_brief/look"),
)
