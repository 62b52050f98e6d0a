"""A script by a hosted text model, held to what the chosen clips show and say.

Words that are in none of a scene's clips are sent back once, and more words than there is time for; a scene that has
strange ones even then is told in the instructors' own words instead, one that has too many loses its last sentences,
and a notice says so.
"""

from importlib.resources import files

from pydantic import Field

from pixora_pipeline.footage.lengths import narration_room, told_seconds
from pixora_pipeline.footage.narration import scene_of, script_of, strange_words, write_script
from pixora_pipeline.model.compilation import ClipPlan, Notice, PlannedSegment
from pixora_pipeline.model.script import Scene, ScriptBreakdown
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences
from pixora_pipeline.providers.protocols import TextModel

_WORDS_A_SECOND = 2.3
_MOST_STRAYS = 12
_LEFT_OUT = "Scene {} has no time for the model's last {} sentence{}."


class ToldScene(Value):
    """What is said over one scene, as a model writes it."""

    number: int
    title: str = Field(min_length=1)
    narration: str = Field(min_length=1)


class ToldScript(Value):
    """What is said over all of them."""

    scenes: list[ToldScene] = Field(min_length=1)


def have_told(model: TextModel, plan: ClipPlan, language: str) -> tuple[ScriptBreakdown, tuple[Notice, ...]]:
    """The script of a plan in the model's words, and what had to be told otherwise."""
    instructions = files(__package__).joinpath("telling.md").read_text("utf-8")

    def check(told: ToldScript) -> str | None:
        return _complaint(_by_number(told), plan, language)

    told = model.answer(instructions, _question(plan, language), ToldScript, "narration", check=check)
    return _script(_by_number(told), plan, language)


def _question(plan: ClipPlan, language: str) -> str:
    blocks = [f"Title: {plan.title}", f"Language: {language}"]
    for number, segment in enumerate(plan.segments, 1):
        words = max(4, round(narration_room(segment.clips) * _WORDS_A_SECOND))
        rows = [f"Scene {number}: {segment.topic}", f"At most {words} words"]
        for clip in segment.clips:
            rows += [f"Shown: {clip.look}"] if clip.look else []
            rows += [f"Said: {clip.words}"] if clip.words else []
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks)


def _by_number(told: ToldScript) -> dict[int, ToldScene]:
    return {scene.number: scene for scene in told.scenes}


def _complaint(scenes: dict[int, ToldScene], plan: ClipPlan, language: str) -> str | None:
    wrong = []
    for number, segment in enumerate(plan.segments, 1):
        if fault := _fault(scenes.get(number), segment, language):
            wrong.append(f"Scene {number} {fault}")
    if not wrong:
        return None
    return "\n".join(["That can't be said over these clips:", *wrong, "Give the whole answer again."])


def _fault(scene: ToldScene | None, segment: PlannedSegment, language: str) -> str | None:
    if scene is None:
        return "is missing."
    if strays := strange_words(scene.narration, segment.clips):
        return f"uses words that are in none of its clips' texts: {', '.join(strays[:_MOST_STRAYS])}."
    if told_seconds(_sentences(scene.narration, language), language) > narration_room(segment.clips):
        return "has more words than there is time for."
    return None


def _script(told: dict[int, ToldScene], plan: ClipPlan, language: str) -> tuple[ScriptBreakdown, tuple[Notice, ...]]:
    own, scenes, notices = write_script(plan, language), [], []
    for number, (segment, spare) in enumerate(zip(plan.segments, own.scenes, strict=True), 1):
        scene = told.get(number)
        in_time = _in_time(scene.narration, segment, language) if scene else ""
        if scene is None or not in_time or strange_words(scene.narration, segment.clips):
            notices.append(_notice(number, scene, segment))
            scenes.append(spare)
            continue
        if left := len(_sentences(scene.narration, language)) - len(_sentences(in_time, language)):
            notices.append(Notice(kind="shortened", message=_LEFT_OUT.format(number, left, "s" * (left > 1))))
        scenes.append(_scene(spare, segment, scene, in_time, language))
    return script_of(plan, language, scenes), tuple(notices)


def _in_time(narration: str, segment: PlannedSegment, language: str) -> str:
    """Its first sentences, as many as there is time for."""
    kept = _sentences(narration, language)
    while kept and told_seconds(kept, language) > narration_room(segment.clips):
        kept.pop()
    return " ".join(kept)


def _sentences(text: str, language: str) -> list[str]:
    return split_sentences(" ".join(text.split()), language)


def _scene(spare: Scene, segment: PlannedSegment, told: ToldScene, narration: str, language: str) -> Scene:
    scene = scene_of(spare.slot, segment, narration, language)
    return scene.model_copy(update={"title": " ".join(told.title.split())})


def _notice(number: int, told: ToldScene | None, segment: PlannedSegment) -> Notice:
    strays = strange_words(told.narration, segment.clips) if told else []
    if told is None:
        why = "the model left it out"
    elif strays:
        why = f"the model said {', '.join(strays[:4])}, which its clips do not have"
    else:
        why = "the model said more than there is time for"
    return Notice(kind="own words", message=f"Scene {number} is told in the clips' own words: {why}.")
