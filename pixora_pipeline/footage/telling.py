"""A script by a hosted text model, held to what the chosen clips show and say.

Words that are in none of a scene's clips are sent back once, and more words than there is time for, and sentences that
another scene has; a scene that has strange words even then is told in the instructors' own words instead, one that has
too many loses its last sentences, and a notice says so. What is told twice even then is left out.
"""

from collections.abc import Sequence
from importlib.resources import files

from pydantic import Field

from pixora_pipeline.footage.lengths import narration_room, told_seconds
from pixora_pipeline.footage.narration import narrations, scene_of, script_of, strange_words
from pixora_pipeline.footage.repetition import as_heard, each_once
from pixora_pipeline.model.compilation import ClipPlan, Notice, PlannedSegment
from pixora_pipeline.model.script import ScriptBreakdown
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
    wrong, told = [], set[str]()
    for number, segment in enumerate(plan.segments, 1):
        if fault := _fault(scenes.get(number), segment, language, told):
            wrong.append(f"Scene {number} {fault}")
        if scene := scenes.get(number):
            told |= set(map(as_heard, _sentences(scene.narration, language)))
    if not wrong:
        return None
    return "\n".join(["That can't be said over these clips:", *wrong, "Give the whole answer again."])


def _fault(scene: ToldScene | None, segment: PlannedSegment, language: str, told: set[str]) -> str | None:
    if scene is None:
        return "is missing."
    if strays := strange_words(scene.narration, segment.clips):
        return f"uses words that are in none of its clips' texts: {', '.join(strays[:_MOST_STRAYS])}."
    if told_seconds(_sentences(scene.narration, language), language) > narration_room(segment.clips):
        return "has more words than there is time for."
    if again := next((each for each in _sentences(scene.narration, language) if as_heard(each) in told), None):
        return f"says again what another scene says: {again}"
    return None


def _script(told: dict[int, ToldScene], plan: ClipPlan, language: str) -> tuple[ScriptBreakdown, tuple[Notice, ...]]:
    numbered = dict(enumerate(plan.segments, 1))
    sayable, kept = _sayable(told, numbered, language), dict[int, str]()
    for number, sentences in sayable.items():
        kept[number] = " ".join(_in_time(sentences, numbered[number], language))
    ours = [number for number in numbered if not kept.get(number)]
    heard = {as_heard(each) for narration in kept.values() for each in _sentences(narration, language)}
    own = dict(zip(ours, narrations([numbered[number] for number in ours], language, heard), strict=True))
    scenes, notices = [], []
    for number, segment in numbered.items():
        if number in own:
            scenes.append(scene_of(f"s{number:02}", segment, own[number], language))
            notices.append(_notice(number, told.get(number), segment, again=sayable.get(number) == []))
            continue
        scene = scene_of(f"s{number:02}", segment, kept[number], language)
        scenes.append(scene.model_copy(update={"title": " ".join(told[number].title.split())}))
        if left := len(sayable[number]) - len(_sentences(kept[number], language)):
            notices.append(Notice(kind="shortened", message=_LEFT_OUT.format(number, left, "s" * (left > 1))))
    return script_of(plan, language, scenes), tuple(notices)


def _sayable(told: dict[int, ToldScene], segments: dict[int, PlannedSegment], language: str) -> dict[int, list[str]]:
    """The sentences of each scene that says nothing strange, without those that an earlier one has."""
    found, heard = {}, set[str]()
    for number, segment in segments.items():
        if number in told and not strange_words(told[number].narration, segment.clips):
            sentences = each_once(_sentences(told[number].narration, language))
            found[number] = [each for each in sentences if as_heard(each) not in heard]
            heard |= set(map(as_heard, sentences))
    return found


def _in_time(sentences: Sequence[str], segment: PlannedSegment, language: str) -> list[str]:
    """The first of them, as many as there is time for."""
    kept = list(sentences)
    while kept and told_seconds(kept, language) > narration_room(segment.clips):
        kept.pop()
    return kept


def _sentences(text: str, language: str) -> list[str]:
    return split_sentences(" ".join(text.split()), language)


def _notice(number: int, told: ToldScene | None, segment: PlannedSegment, again: bool) -> Notice:
    strays = strange_words(told.narration, segment.clips) if told else []
    if told is None:
        why = "the model left it out"
    elif strays:
        why = f"the model said {', '.join(strays[:4])}, which its clips do not have"
    elif again:
        why = "the model said what another scene says"
    else:
        why = "the model said more than there is time for"
    return Notice(kind="own words", message=f"Scene {number} is told in the clips' own words: {why}.")
