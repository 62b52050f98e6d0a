"""script_draft and script_breakdown: the story cut into scenes, and what the parts of the film read of it."""

from pixora_pipeline.assets.compilation import verify_grounding, write_from_clips
from pixora_pipeline.assets.explanation import request_of
from pixora_pipeline.assets.makers import orders_for
from pixora_pipeline.assets.stand_ins import made_in_turn
from pixora_pipeline.assets.work import Made, Work, provenance_of
from pixora_pipeline.checks.names import GROUNDING
from pixora_pipeline.model.briefs import (
    CharacterSheet,
    CueSheet,
    CutBrief,
    LookBrief,
    MusicCue,
    RefinementBrief,
    StoryBrief,
    TellingBrief,
    Timeline,
    TimelineScene,
)
from pixora_pipeline.model.overlay import apply_overlay
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.script import MusicPrompt, Scene, ScriptBreakdown
from pixora_pipeline.planning.recipe import Recipe, Source
from pixora_pipeline.planning.transitions import transition_into
from pixora_pipeline.providers.catalogue import engage, offer


def write_draft(work: Work) -> Made:
    """Have the script written."""
    if work.project.kind == "compilation":
        return write_from_clips(work)
    story = work.value("project_brief/story", StoryBrief)
    request = request_of(work, story)
    if story.kind == "explainer":
        return work.keep(_staged(work, request), provenance_of("explanation", "embedded", seed=request.seed))

    def write(model: str) -> Made:
        orders = orders_for(work, "text", model)
        draft = engage("text", model, *orders).write(request)
        return work.keep(draft, provenance_of("text", model, *orders, seed=request.seed))

    return made_in_turn(work, "text", story.model, write)


def _staged(work: Work, request: ScriptRequest) -> ScriptBreakdown:
    """The explanation cut into scenes. A built-in refinement has the first explanation's own sentences."""
    from pixora_pipeline.providers.explaining.telling import told_by

    initial, refined = (
        work.input(name).path.read_text("utf-8") for name in ("initial_explanation", "refined_explanation")
    )
    ours = offer("explanation", work.value("project_brief/refinement", RefinementBrief).model).embedded
    # A model has summed up where it wanted to.
    draft: ScriptBreakdown = engage("explanation", "embedded").stage(request, initial, refined, sum_up=ours)
    first = work.value("project_brief/telling", TellingBrief).narrate == "initial"
    return told_by(draft, initial) if first and not ours else draft


def review(source: Source) -> ScriptBreakdown:
    """The script as it is to be filmed: the draft with all edits laid over it."""
    return apply_overlay(source.value("script_draft", ScriptBreakdown), source.project.overlay)


def list_characters(source: Source) -> CharacterSheet:
    """Who appears."""
    return CharacterSheet(characters=source.value("script_breakdown", ScriptBreakdown).characters)


def list_cues(source: Source) -> CueSheet:
    """The music, from the draft: cutting a scene out of the film leaves its music as it is."""
    draft = source.value("script_draft", ScriptBreakdown)
    return CueSheet(cues=tuple(_cue(draft, prompt) for prompt in draft.music))


def lay_timeline(source: Source) -> Timeline:
    """The scenes in order."""
    script, look = source.value("script_breakdown", ScriptBreakdown), source.value("project_brief/look", LookBrief)
    befores = (None, *script.scenes)
    return Timeline(
        title=script.title,
        language=script.language,
        aspect=look.aspect,
        resolution=look.resolution,
        fps=source.value("project_brief/cut", CutBrief).fps,
        scenes=tuple(_placed(before, scene) for before, scene in zip(befores, script.scenes, strict=False)),
    )


def _placed(before: Scene | None, scene: Scene) -> TimelineScene:
    told = scene.model_dump(include={"slot", "title", "volume", "pictured", "begins_chapter"})
    return TimelineScene(**told, transition=transition_into(before, scene))


def _cue(script: ScriptBreakdown, prompt: MusicPrompt) -> MusicCue:
    seconds = sum(scene.estimated_seconds for scene in script.scenes if scene.slot in prompt.scenes)
    return MusicCue(mood=prompt.mood, prompt=prompt.prompt, seconds=round(seconds, 1))


RECIPES = (
    Recipe(
        name="script_draft",
        scope="project",
        group="script",
        description="The script as the writer first wrote it.",
        version="3",
        make=write_draft,
        retakes=True,
        capability="text",
        before_approval=True,
        inputs=(
            *("project_brief/story", "project_brief/refinement", "project_brief/telling"),
            *("initial_explanation", "refined_explanation", "clip_plan"),
        ),
        kinds=("json", "text"),
    ),
    Recipe(
        name="script_breakdown",
        scope="project",
        group="script",
        description="The script to be filmed: scenes with title, picture, narration, mood and characters.",
        version="1",
        row=lambda project: project.overlay.model_dump(mode="json", exclude_defaults=True),
        derive=review,
        before_approval=True,
        inputs=("script_draft", "clip_plan"),
        kinds=("json",),
        checks=(GROUNDING,),
        verify=verify_grounding,
    ),
    Recipe(
        name="script_breakdown/characters",
        scope="project",
        group="script",
        description="Everybody who appears, and how they look.",
        version="1",
        derive=list_characters,
        before_approval=True,
        inputs=("script_breakdown",),
        kinds=("json",),
    ),
    Recipe(
        name="script_breakdown/cues",
        scope="project",
        group="script",
        description="The music the film needs, stretch by stretch.",
        version="1",
        derive=list_cues,
        before_approval=True,
        inputs=("script_draft",),
        kinds=("json",),
    ),
    Recipe(
        name="script_breakdown/timeline",
        scope="project",
        group="script",
        description="The order of the scenes and the transitions between them.",
        version="1",
        derive=lay_timeline,
        before_approval=True,
        inputs=("script_breakdown", "project_brief/look", "project_brief/cut"),
        kinds=("json",),
    ),
)
