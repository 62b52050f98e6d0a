"""A script by a hosted text model, clip by clip, held to what each clip shows and says.

Words that the clip on screen does not have are sent back once, and more words than there is time for, and sentences
that another scene has; a scene that has strange words even then is told in the instructors' own words instead, one that
has too many loses some of its sentences, and a notice says so. What is told twice even then is left out.
"""

from collections.abc import Collection, Mapping
from importlib.resources import files
from itertools import islice

from pixora_pipeline.footage.lengths import crowded, rooms_of
from pixora_pipeline.footage.narration import narrations, scene_of, script_of, strange_words
from pixora_pipeline.footage.repetition import as_heard
from pixora_pipeline.footage.titles import title_of
from pixora_pipeline.footage.told import Fault, Telling, ToldScript, fault_of, telling_of
from pixora_pipeline.model.compilation import ClipPlan, Notice, PlannedSegment
from pixora_pipeline.model.script import Scene, ScriptBreakdown
from pixora_pipeline.providers.protocols import TextModel

_WORDS_A_SECOND, _PAUSE_SECONDS = 2.3, 0.4
_FEWEST_WORDS, _MOST_TOLD = 3, 4
_LEFT_OUT = "Scene {} has no time for {} of the model's sentences."
_AGAIN = Fault("", "the model said what another scene says")
_LATE = Fault("", "the model said more than there is time for")


def have_told(model: TextModel, plan: ClipPlan, language: str) -> tuple[ScriptBreakdown, tuple[Notice, ...]]:
    """The script of a plan in the model's words, and what had to be told otherwise."""
    instructions = files(__package__).joinpath("telling.md").read_text("utf-8")

    def check(told: ToldScript) -> str | None:
        return _complaint(_by_number(told, plan, language), plan, language)

    told = model.answer(instructions, _question(plan, language), ToldScript, "narration", check=check)
    return _script(_by_number(told, plan, language), plan, language)


def _question(plan: ClipPlan, language: str) -> str:
    blocks = [f"Title: {plan.title}", f"Language: {language}"]
    for number, segment in enumerate(plan.segments, 1):
        rows = [f"Scene {number}: {segment.topic}"]
        for at, (clip, room) in enumerate(zip(segment.clips, rooms_of(segment.clips), strict=True), 1):
            rows += [f"Clip {at}: {_room_in_words(room / plan.pace, alone=len(segment.clips) == 1)}"]
            rows += [f"Shown: {clip.look}"] if clip.look else []
            rows += [f"Said: {clip.words}"] if clip.words else []
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks)


def _room_in_words(seconds: float, alone: bool) -> str:
    words = round((seconds - _PAUSE_SECONDS) * _WORDS_A_SECOND)
    if words < _FEWEST_WORDS and not alone:
        return "no time for words"
    return f"at most {max(_FEWEST_WORDS, words)} words"


def _by_number(told: ToldScript, plan: ClipPlan, language: str) -> dict[int, Telling]:
    segments = _numbered(plan)
    return {each.number: telling_of(each, segments[each.number], language) for each in told.scenes
            if each.number in segments}  # fmt: skip


def _numbered(plan: ClipPlan) -> dict[int, PlannedSegment]:
    return dict(enumerate(plan.segments, 1))


def _complaint(told: Mapping[int, Telling], plan: ClipPlan, language: str) -> str | None:
    wrong, heard = [], set[str]()
    for number, segment in _numbered(plan).items():
        if fault := _fault(told.get(number), segment, language, plan.pace, heard):
            wrong.append(f"Scene {number} {fault}")
        if telling := told.get(number):
            heard |= set(map(as_heard, telling.all))
    if not wrong:
        return None
    return "\n".join(["That can't be said over these clips:", *wrong, "Give the whole answer again."])


def _fault(told: Telling | None, segment: PlannedSegment, language: str, pace: float, heard: set[str]) -> str | None:
    if fault := fault_of(told, segment):
        return fault.complaint
    assert told is not None
    if (late := crowded(told.sentences, segment.clips, language, pace)) is not None:
        where = f" over clip {late + 1}" if len(segment.clips) > 1 else ""
        return f"has more words than there is time for{where}."
    if again := next((each for each in told.all if as_heard(each) in heard), None):
        return f"says again what another scene says: {again}"
    return None


def _script(told: Mapping[int, Telling], plan: ClipPlan, language: str) -> tuple[ScriptBreakdown, tuple[Notice, ...]]:
    numbered = _numbered(plan)
    because = {number: fault for number, each in numbered.items() if (fault := fault_of(told.get(number), each))}
    fresh, kept, heard = dict[int, Telling](), dict[int, Telling](), set[str]()
    for number in (each for each in numbered if each not in because):
        fresh[number] = _new(told[number], heard)
        kept[number] = _in_time(fresh[number], numbered[number], language, plan.pace)
        heard |= set(map(as_heard, kept[number].all))
    because |= {number: _LATE if fresh[number].all else _AGAIN for number, each in kept.items() if not each.all}
    own, scenes, notices = _in_own_words(plan, because, kept, language), [], _own_words_told(because)
    for number, segment in numbered.items():
        if number in because:
            scenes.append(scene_of(f"s{number:02}", segment, own[number], language, plan.pace))
            continue
        scenes.append(_scene(f"s{number:02}", kept[number], segment, language, plan.pace))
        if left := len(fresh[number].all) - len(kept[number].all):
            notices.append(Notice(kind="shortened", message=_LEFT_OUT.format(number, left)))
    return script_of(plan, language, scenes), tuple(notices)


def _own_words_told(because: Mapping[int, Fault]) -> list[Notice]:
    """Which scenes a model did not tell, those for the same cause together."""
    notices = []
    for cause in dict.fromkeys(fault.because for fault in because.values()):
        faults = {number: fault for number, fault in sorted(because.items()) if fault.because == cause}
        words = dict.fromkeys(word for fault in faults.values() for word in fault.words)
        *others, last = map(str, faults)
        scenes = f"Scenes {', '.join(others)} and {last} are" if others else f"Scene {last} is"
        message = f"{scenes} told in the clips' own words: {cause.format(', '.join(islice(words, _MOST_TOLD)))}."
        notices.append(Notice(kind="own words", message=message))
    return notices


def _new(told: Telling, heard: Collection[str]) -> Telling:
    """The same without sentences that are heard before."""
    known = set(heard)

    def is_new(sentence: str) -> bool:
        before = len(known)
        known.add(as_heard(sentence))
        return len(known) > before

    return told.with_sentences(tuple(filter(is_new, said)) for said in told.sentences)


def _in_time(told: Telling, segment: PlannedSegment, language: str, pace: float) -> Telling:
    """The same without the last sentences of clips that have no time for them."""
    sentences = [list(said) for said in told.sentences]
    while (late := crowded(sentences, segment.clips, language, pace)) is not None:
        sentences[late].pop()
    return told.with_sentences(map(tuple, sentences))


def _in_own_words(plan: ClipPlan, ours: Collection[int], kept: Mapping[int, Telling], language: str) -> dict[int, str]:
    """What the clips' own words tell of these scenes, nothing of it told in the others."""
    heard = {as_heard(sentence) for each in kept.values() for sentence in each.all}
    segments = {number: segment for number, segment in _numbered(plan).items() if number in ours}
    return dict(zip(segments, narrations(list(segments.values()), language, heard, plan.pace), strict=True))


def _scene(slot: str, told: Telling, segment: PlannedSegment, language: str, pace: float) -> Scene:
    texts = [" ".join(said) for said in told.sentences]
    scene = scene_of(slot, segment, " ".join(filter(None, texts)), language, pace)
    clips = tuple(clip.model_copy(update={"told": text}) for clip, text in zip(scene.clips, texts, strict=True))
    title = title_of(segment, strange_words, told.title)
    return scene.model_copy(update={"title": title, "clips": clips})
