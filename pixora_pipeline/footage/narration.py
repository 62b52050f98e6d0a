"""A script written from chosen clips alone: the instructors' own sentences, as many as there is time for.

And the check that holds every script to that, whoever wrote it.
"""

import math
from collections.abc import Collection, Sequence

from pixora_pipeline.checks.names import GROUNDING
from pixora_pipeline.footage.beats import parts_of
from pixora_pipeline.footage.embedding import little_words
from pixora_pipeline.footage.lengths import FRAME, PAUSES_SECONDS, narration_room, shown_seconds, told_seconds
from pixora_pipeline.footage.repetition import as_heard, each_once, shared_out
from pixora_pipeline.footage.titles import title_of
from pixora_pipeline.footage.vocabulary import domains_of, stems, vocabularies, words
from pixora_pipeline.model.compilation import ClipPlan, PlannedClip, PlannedSegment
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.script import Clip, Mood, Scene, ScriptBreakdown, scene_number
from pixora_pipeline.providers.embedded.writer.music import music_for
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences

_CONNECTIVES = """
today welcome first second third next finally last lastly meanwhile together ready great good well done nice see watch
notice remember try feel now here time times way again still always never yes thank thanks enjoy session workout routine
"""
_CAMERAS = frozenset(words("img dsc dscn dscf vid mov mvi gopr gx gh pxl dji clip video untitled screen recording"))
_ASIDE_SECONDS = 1.5
"""What is said in less than this tells nothing by itself."""
_CALM, _LIVELY = 0.02, 0.09


def write_script(plan: ClipPlan, language: str) -> ScriptBreakdown:
    """The script of a plan."""
    told = zip(plan.segments, narrations(plan.segments, language, pace=plan.pace), strict=True)
    scenes = [scene_of(f"s{number:02}", *each, language, plan.pace) for number, each in enumerate(told, 1)]
    return script_of(plan, language, scenes)


def script_of(plan: ClipPlan, language: str, scenes: Sequence[Scene]) -> ScriptBreakdown:
    """The script of a plan with these scenes."""
    return ScriptBreakdown(title=plan.title, language=language, scenes=tuple(scenes), music=music_for(list(scenes)))


def narrations(
    segments: Sequence[PlannedSegment], language: str, heard: Collection[str] = (), pace: float = 1.0
) -> list[str]:
    """What is told over each segment: sentences said in its clips, in order, as many as fit its time.

    Where nobody speaks, or nothing is said but what another segment tells, it is what is shown. Nothing is told twice:
    a segment that has nothing else to tell is shown without words. What is `heard` in others is not told either.
    """
    said = [
        [each for each in _sentences(segment.clips, language) if as_heard(each) not in heard] for segment in segments
    ]
    leads = _leads(segments, said, language, pace)
    told = {*heard, *(as_heard(lead) for lead in leads if lead)}
    written = []
    for segment, sentences, lead in zip(segments, said, leads, strict=True):
        fresh = [each for each in sentences if as_heard(each) not in told]
        if lead:
            kept = _with_more(lead, fresh, segment, language, pace)
            written.append([each for each in sentences if each in kept])
        else:
            written.append(_shown(segment, language, told, pace))
        told |= set(map(as_heard, written[-1]))
    return [" ".join(each) for each in written]


def _leads(
    segments: Sequence[PlannedSegment], said: Sequence[list[str]], language: str, pace: float
) -> list[str | None]:
    """A sentence for each segment that tells something by itself: one that fits its time, else the shortest left."""
    rooms = [narration_room(segment.clips) for segment in segments]
    telling = [tellings(sentences, language) for sentences in said]
    lasting = [{each: told_seconds([each], language, pace) for each in sentences} for sentences in telling]
    fitting = shared_out([[e for e in each if each[e] <= room] for each, room in zip(lasting, rooms, strict=True)])
    given = {as_heard(lead) for lead in fitting if lead}
    left = [[e for e in sorted(each, key=each.__getitem__) if as_heard(e) not in given] for each in lasting]
    others = shared_out([[] if lead else each for lead, each in zip(fitting, left, strict=True)])
    return [lead or other for lead, other in zip(fitting, others, strict=True)]


def _shown(segment: PlannedSegment, language: str, told: Collection[str], pace: float) -> list[str]:
    """What is shown, in sentences that are not told yet and for which there is time; none where there are none."""
    room, options = narration_room(segment.clips), shown_in_words(segment.clips, segment.topic)
    if not any(clip.words for clip in segment.clips):
        # That much is planned for.
        room = max(room, told_seconds(options[:1], language, pace))
    for option in options:
        fresh = [each for each in split_sentences(option, language) if as_heard(each) not in told]
        if fresh and told_seconds(fresh, language, pace) <= room:
            return fresh
    return []


def _with_more(lead: str, fresh: Sequence[str], segment: PlannedSegment, language: str, pace: float) -> set[str]:
    """A sentence with as many others as there is time for."""
    kept, room = {lead}, narration_room(segment.clips)
    for each in fresh:
        if told_seconds({*kept, each}, language, pace) <= room:
            kept.add(each)
    return kept


def tellings(sentences: Sequence[str], language: str) -> list[str]:
    """The sentences that tell something by themselves, as `Well done.` does not; all, where none does."""
    return [each for each in sentences if spoken_seconds(each, language) >= _ASIDE_SECONDS] or list(sentences)


def least_seconds(clips: Sequence[PlannedClip], topic: str, language: str, pace: float = 1.0) -> float:
    """How long a scene of clips is at least: its pauses, and the shortest that can be told of it."""
    leads = tellings(_sentences(clips, language), language) or shown_in_words(clips, topic)[:1]
    return PAUSES_SECONDS + min(told_seconds([each], language, pace) for each in leads)


def shown_in_words(clips: Sequence[PlannedClip], topic: str) -> list[str]:
    """What can be told of clips in which nobody speaks: what their owner calls them, else how they look."""
    names = list(dict.fromkeys(clip.name for clip in clips if _says_something(clip.name)))
    called = " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    looks = dict.fromkeys(clip.look for clip in clips if clip.look)
    return [*([f"{called[:1].upper()}{called[1:]}."] if called else []), *looks] or [topic.capitalize() + "."]


def _says_something(name: str) -> bool:
    """Whether a video is called by words, and not by a camera's counter or a clock."""
    told = [word for word in words(name) if word.isalpha() and word not in _CAMERAS and len(word) > 2]
    return len(told) >= len(words(name)) / 2 and bool(told)


def check_grounding(script: ScriptBreakdown, plan: ClipPlan) -> Finding:
    """Whether every narration says only what its clips show or say: of each clip, what that one does.

    A sentence of no clip, as people edit them in, is held to all clips of its scene.
    """
    segments = {f"s{number:02}": segment for number, segment in enumerate(plan.segments, 1)}
    strays = {s.slot: _strays(s, segments[s.slot], script.language) for s in script.scenes if s.slot in segments}
    found = {slot: words for slot, words in strays.items() if words}
    unknown = [scene.slot for scene in script.scenes if scene.slot not in segments]
    passed = not found and not unknown
    if passed:
        message = "Every narration says only what its clips show or say."
    else:
        said = [f"scene {scene_number(slot)} says {', '.join(words[:4])}" for slot, words in list(found.items())[:3]]
        said += [f"scene {scene_number(slot)} has no clips" for slot in unknown[:2]]
        message = f"Not in the clips: {'; '.join(said)}."
    return Finding(name=GROUNDING, passed=passed, message=message, measured=len(found) + len(unknown), limit=0)


def _strays(scene: Scene, segment: PlannedSegment, language: str) -> list[str]:
    by_clip = len(scene.clips) == len(segment.clips)
    strays = (
        strange_words(part, segment.clips if number is None or not by_clip else segment.clips[number : number + 1])
        for part, number in parts_of(scene, language)
    )
    return list(dict.fromkeys(word for each in strays for word in each))


def strange_words(narration: str, clips: Sequence[PlannedClip]) -> list[str]:
    """The words of a narration that its clips' names, looks and words neither have nor mean."""
    text = " ".join(f"{clip.name} {clip.look} {clip.words}" for clip in clips)
    there, domains = set(stems(text)) | _allowed(), domains_of(text)
    said, plain = stems(narration), words(narration)
    meant = {
        at
        for known in vocabularies(domains)
        for mention in known.mentions(said)
        if mention.concept in known.named_in(text)
        for at in range(mention.start, mention.end)
    }
    return list(dict.fromkeys(plain[at] for at, stem in enumerate(said) if stem not in there and at not in meant))


def _allowed() -> frozenset[str]:
    return little_words() | frozenset(stem for word in words(_CONNECTIVES) for stem in stems(word))


def _sentences(clips: Sequence[PlannedClip], language: str) -> list[str]:
    return each_once(each for clip in clips for each in split_sentences(clip.words, language))


def scene_of(slot: str, segment: PlannedSegment, narration: str, language: str, pace: float = 1.0) -> Scene:
    """A filmed scene that shows a segment's clips under a narration."""
    return Scene(
        slot=slot,
        title=title_of(segment, strange_words),
        description=" ".join(dict.fromkeys(clip.look for clip in segment.clips if clip.look)) or segment.topic,
        narration=narration,
        estimated_seconds=round(max(shown_seconds(segment.clips), pace * spoken_seconds(narration, language)), 1),
        mood=_mood(segment),
        clips=tuple(Clip(**clip.model_dump(include={"source", "start", "end", "words"})) for clip in segment.clips),
        # Rounded down: a frame too many would have the first clip begin again.
        minimum_seconds=math.floor((shown_seconds(segment.clips) - FRAME * len(segment.clips)) * 100) / 100,
        pictured="filmed",
    )


def _mood(segment: PlannedSegment) -> Mood:
    motion = sum(clip.motion for clip in segment.clips) / len(segment.clips)
    if motion < _CALM:
        return "calm"
    return "hopeful" if motion < _LIVELY else "joyful"
