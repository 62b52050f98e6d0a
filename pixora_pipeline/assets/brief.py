"""project_brief: the row, frozen and cut by concern, so that a new voice does not touch a picture."""

from collections.abc import Callable

from pixora_pipeline.model.briefs import (
    AnimatorBrief,
    CutBrief,
    LookBrief,
    MusicBrief,
    RefinementBrief,
    StoryBrief,
    TellingBrief,
    VoiceBrief,
)
from pixora_pipeline.model.content import seed_from
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.requests import Kind
from pixora_pipeline.model.sound import SoundWishes
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.providers.catalogue import offer
from pixora_pipeline.providers.voices import check_voice_reads, voice_for

EXPLAINERS, COMPILATION = ("explainer",), "compilation"
TOLD = (*EXPLAINERS, COMPILATION)

TELLING = "clip by clip"
"""How a model is asked to tell a compilation: one that was told otherwise is told anew."""


def story_of(project: Project) -> StoryBrief:
    """What is told."""
    wish = project.preferences
    return StoryBrief(
        text=project.text,
        kind=project.kind,
        title=project.title,
        language=wish.language,
        seconds=wish.seconds,
        model=writer_of(project.kind, wish.models.text),
    )


def writer_of(kind: Kind, model: str) -> str:
    """Who writes a film of that kind where that model is to write. Raises `UserError` where it can't."""
    if kind == "explainer":
        return offer("explanation", model).id
    writer = offer("text", model)
    return writer.id


def refiner_of(project: Project) -> RefinementBrief:
    """Who makes an explanation clearer: whoever wrote it, if nobody else is named."""
    models = project.preferences.models
    return RefinementBrief(model=offer("explanation", models.refinement or models.text).id)


def telling_of(project: Project) -> TellingBrief:
    """Which explanation is spoken, or how a model tells clips."""
    wish = project.preferences
    told_by_model = project.kind == COMPILATION and not offer("text", wish.models.text).embedded
    return TellingBrief(narrate=wish.narrate, clips=TELLING if told_by_model else "")


def animator_of(project: Project) -> AnimatorBrief:
    """Who writes the animations."""
    return AnimatorBrief(model=offer("animation", project.preferences.models.animation).id)


def look_of(project: Project) -> LookBrief:
    """How it looks."""
    wish = project.preferences
    return LookBrief(
        style=wish.style,
        aspect=wish.aspect,
        resolution=wish.resolution,
        palette_seed=seed_from("palette", project.text),
        character_consistency=wish.character_consistency,
        image_model=offer("image", wish.models.image).id,
        motion_model=offer("motion", wish.models.motion).id,
    )


def cut_of(project: Project) -> CutBrief:
    """How it is cut together."""
    return CutBrief(fps=project.preferences.fps, captions=project.preferences.captions)


def voice_of(project: Project) -> VoiceBrief:
    """Who tells it."""
    wish, speaker = project.preferences, offer("speech", project.preferences.models.speech)
    voice = wish.voice or voice_for(speaker.id, wish.language)
    if not speaker.embedded:
        # A row may name a voice and be given a speaker that its owner prefers: told before it is paid for.
        check_voice_reads(speaker.id, voice, "")
    return VoiceBrief(voice=voice, language=wish.language, model=speaker.id)


def music_of(project: Project) -> MusicBrief:
    """Who plays to it, and in what mood."""
    wish = project.preferences
    return MusicBrief(model=offer("music", wish.models.music).id, mood=wish.music)


def sound_of(project: Project) -> SoundWishes:
    """How voice and music stand to each other."""
    return project.preferences.sound


def _recipe(concern: str, description: str, of: Callable[[Project], Value], only: tuple[str, ...] = ()) -> Recipe:
    return Recipe(
        name=f"project_brief/{concern}",
        scope="project",
        group="brief",
        description=description,
        version="1",
        row=lambda project: of(project).model_dump(mode="json"),
        derive=lambda source: of(source.project),
        before_approval=True,
        only=only,
        kinds=("json",),
    )


RECIPES = (
    _recipe("story", "What you asked for: the text, its language and length.", story_of),
    _recipe("refinement", "Who makes the explanation clearer.", refiner_of, EXPLAINERS),
    _recipe("telling", "Which of the two explanations is spoken, or how clips are told.", telling_of, TOLD),
    _recipe("animator", "Who writes the scripts of animated scenes.", animator_of, EXPLAINERS),
    _recipe("look", "How the film is to look: style, shape, size, and who draws it.", look_of),
    _recipe("cut", "How the film is cut together: frames a second, burned captions.", cut_of),
    _recipe("voice", "Whose voice tells the story.", voice_of),
    _recipe("music", "Who makes the music.", music_of),
    _recipe("sound", "How loud the film is, and how far the music steps back under the voice.", sound_of),
)
