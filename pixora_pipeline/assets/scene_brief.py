"""scene_brief: the script cut by scene and by concern, so that an edited narration leaves the picture alone."""

from collections.abc import Callable

from pixora_pipeline.errors import Defect
from pixora_pipeline.model.briefs import (
    AnimationBrief,
    AnimatorBrief,
    CameraBrief,
    ClipBrief,
    CutBrief,
    LookBrief,
    NarrationBrief,
    PictureBrief,
    Reference,
    SpokenBrief,
    VoiceBrief,
)
from pixora_pipeline.model.figures import Figure, Statement
from pixora_pipeline.model.script import Scene, ScriptBreakdown, scene_number
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.recipe import Recipe, Source
from pixora_pipeline.providers.catalogue import offer


def brief_narration(source: Source) -> NarrationBrief:
    """What the voice says."""
    from pixora_pipeline.footage.beats import beats_of

    voice, scene = source.value("project_brief/voice", VoiceBrief), _scene(source)
    beats = beats_of(scene, voice.language)
    clips = sum(clip.end - clip.start for clip in scene.clips)
    shown = round(min(clips, scene.minimum_seconds or clips), 3) if beats else 0.0
    return NarrationBrief(text=scene.narration, **voice.model_dump(), beats=beats, shown=shown)


def brief_picture(source: Source) -> PictureBrief:
    """What the picture shows."""
    scene, look = _scene(source), source.value("project_brief/look", LookBrief)
    subject = scene.model_dump(include={"title", "description", "mood", "role", "caption"})
    manner = look.model_dump(exclude={"character_consistency", "motion_model"})
    return PictureBrief(**subject, **manner, references=_references(source, scene))


def brief_animation(source: Source) -> AnimationBrief:
    """What the animation shows."""
    manner = source.value("project_brief/look", LookBrief).model_dump(include={"style", "aspect", "resolution"})
    return AnimationBrief(figure=_figure(_scene(source)), **manner, fps=_cut(source).fps)


def brief_spoken(source: Source) -> SpokenBrief:
    """What a model is told is said. It is the draft's: an edit of it is another voice, and not another animation."""
    if offer("animation", source.value("project_brief/animator", AnimatorBrief).model).embedded:
        return SpokenBrief()
    draft = source.value("script_draft", ScriptBreakdown)
    scene = draft.scene(source.slot or "") or _scene(source)
    return SpokenBrief(says=scene.narration, seconds=scene.estimated_seconds, language=draft.language)


def brief_clip(source: Source) -> ClipBrief:
    """How large the clip is and how long at least, what fills its picture, and the words burned into it."""
    scene, look, cut = _scene(source), source.value("project_brief/look", LookBrief), _cut(source)
    # A title card already shows what is said.
    captions = "none" if scene.role == "title" else cut.captions
    return ClipBrief(
        aspect=look.aspect,
        resolution=look.resolution,
        fps=cut.fps,
        captions=captions,
        at_head=captions != "none" and (bool(scene.caption) or _covered(scene, look)),
        lower_third=scene.lower_third,
        minimum_seconds=scene.minimum_seconds,
        pictured=scene.pictured,
        off_action=scene.pictured == "filmed" and (captions != "none" or bool(scene.lower_third)),
    )


def _covered(scene: Scene, look: LookBrief) -> bool:
    """Whether captions at the foot would lie over people: our artist stands them anywhere in the lower half."""
    return scene.pictured == "drawn" and bool(scene.characters) and offer("image", look.image_model).embedded


def brief_camera(source: Source) -> CameraBrief:
    """How the camera moves."""
    scene, look = _scene(source), source.value("project_brief/look", LookBrief)
    # The slot, and not the place in the film: a reordered scene keeps its move, and its clip.
    turn = scene_number(scene.slot)
    # A camera of ours looks at the picture and not at its description: an edit of that leaves it alone.
    shows = None if offer("motion", look.motion_model).embedded else scene.description
    return CameraBrief(kind=scene.camera, turn=turn, aspect=look.aspect, motion_model=look.motion_model, shows=shows)


def _cut(source: Source) -> CutBrief:
    return source.value("project_brief/cut", CutBrief)


def _scene(source: Source) -> Scene:
    scene = source.value("script_breakdown", ScriptBreakdown).scene(source.slot or "")
    if scene is None:
        raise Defect(f"The script has no scene {source.slot}, and its brief was asked for.")
    return scene


def _figure(scene: Scene) -> Figure:
    """The scene's figure under the scene's own title, which people may have edited."""
    figure = scene.figure or Statement(text=scene.narration[:2000])
    heading = (scene.caption or scene.title) if scene.role == "title" else scene.title
    return figure.model_copy(update={"heading": heading[:200]}) if figure.heading or scene.role == "title" else figure


def _references(source: Source, scene: Scene) -> tuple[Reference, ...]:
    script = source.value("script_breakdown", ScriptBreakdown)
    pictures = source.known("character_images")["pictures"]
    present = [person for person in script.characters if person.name in scene.characters]
    return tuple(Reference(profile=person, picture=pictures.get(person.name)) for person in present)


def _recipe(
    concern: str,
    description: str,
    derive: Callable[[Source], Value],
    *inputs: str,
    only: tuple[str, ...] = (),
    version: str = "1",
) -> Recipe:
    return Recipe(
        name=f"scene_brief/{concern}",
        scope="scene",
        group="script",
        description=description,
        version=version,
        derive=derive,
        only=only,
        inputs=("script_breakdown", *inputs),
        kinds=("json",),
    )


RECIPES = (
    _recipe("narration", "What the voice says in this scene.", brief_narration, "project_brief/voice", version="2"),
    _recipe(
        "picture", "What this scene shows.", brief_picture, "project_brief/look", "character_images", only=("drawn",)
    ),
    _recipe(
        "camera",
        "How the camera is to move over this scene's picture.",
        brief_camera,
        "project_brief/look",
        only=("drawn",),
    ),
    _recipe(
        "animation",
        "What this scene's animation shows.",
        brief_animation,
        "project_brief/look",
        "project_brief/cut",
        only=("animated",),
    ),
    _recipe(
        "spoken",
        "What is said over this scene's animation, for a model that writes it.",
        brief_spoken,
        "script_draft",
        "project_brief/animator",
        only=("animated",),
    ),
    _recipe(
        "clip",
        "How large and how long this scene's clip is to be, and the words burned into it.",
        brief_clip,
        "project_brief/look",
        "project_brief/cut",
        version="4",
    ),
)
