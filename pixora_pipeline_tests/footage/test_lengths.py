"""A compilation is as long as it was asked to be, or says why not; its clips are whole, and its voices fit them."""

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pixora_pipeline.footage.clip_planning import SourceText, plan_clips
from pixora_pipeline.footage.lengths import film_seconds, shown_seconds, told_seconds
from pixora_pipeline.footage.moments import moments_of
from pixora_pipeline.footage.narration import strange_words, write_script
from pixora_pipeline.footage.ranking import MOST_OFF, matches_of
from pixora_pipeline.footage.scenes import scene_spans
from pixora_pipeline.footage.stretching import Segment, Stretch, fitted
from pixora_pipeline.media.silence import trim_voice
from pixora_pipeline.media.timing import FilmFormat, film_timeline, scene_frames
from pixora_pipeline.model.compilation import ClipPlan, ContentMatch, FootageMatches, SearchQueries, SearchQuery
from pixora_pipeline.model.footage import (
    Found,
    Line,
    Moment,
    SceneDescription,
    SceneDescriptions,
    Shot,
    SourceFacts,
    Transcript,
)
from pixora_pipeline.model.requests import SpeechRequest
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.providers.embedded.speaker.speaker import EmbeddedSpeaker
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences
from pixora_pipeline_tests.footage.test_index import source as a_source

WORDS = (
    "hips",
    "knees",
    "slowly",
    "lift",
    "your",
    "arm",
    "and",
    "hold",
    "breathe",
    "out",
    "reach",
    "spine",
    "belly",
    "tight",
)
TOPICS = ("hips", "spine", "arms", "belly", "breath", "knees", "back")
LOOK = "A bright picture in green, gentle movement."
FMT = FilmFormat()


def sentence(drawn: random.Random) -> str:
    if drawn.random() < 0.15:
        return "Well done."
    return " ".join(drawn.choices(WORDS, k=drawn.randint(3, 24))).capitalize() + "."


def talk(drawn: random.Random, pace: float, pause: float, sentences: int) -> tuple[Line, ...]:
    """What is said in a video, by somebody who takes `pace` of a narrator's time."""
    lines, now = [], 1.0
    for _ in range(sentences):
        text = sentence(drawn)
        seconds = pace * spoken_seconds(text, "en")
        lines.append(Line(start=round(now, 3), end=round(now + seconds, 3), text=text))
        now += seconds + pause * drawn.random()
    return tuple(lines)


def a_video(
    name: str, lines: tuple[Line, ...], seconds: float, drawn: random.Random
) -> tuple[SourceText, list[Moment]]:
    cuts = sorted({0.0, seconds, *(drawn.uniform(0, seconds) for _ in range(int(seconds / 15)))})
    shots = [Shot(start=start, end=end) for start, end in pairwise(cuts)]
    described = SceneDescriptions(
        scenes=tuple(
            SceneDescription(start=s.start, end=s.end, look=LOOK, words="", brightness=0.5, motion=0.05, colours=())
            for s in scene_spans(shots, lines)
        )
    )
    facts = SourceFacts(
        container="mp4", codec="h264", seconds=seconds, width=192, height=108, fps=30, rotation=0, size=1,
        has_sound=True, subtitle_streams=0,
    )  # fmt: skip
    transcript = Transcript(origin="sidecar" if lines else "none", lines=lines)
    known = a_source(f"v-{name[-1] * 10}", name)
    return SourceText("0" * 32, facts, transcript, described), list(moments_of(known, transcript, described))


def library(
    seed: int, videos: int, pace: float, pause: float, speaking: bool = True
) -> tuple[dict[str, SourceText], list[ContentMatch]]:
    """Videos of some minutes each, and what of them fits seven queries."""
    drawn, sources, found = random.Random(seed), {}, []
    for number in range(videos):
        lines = talk(drawn, pace, pause, 40) if speaking else ()
        seconds = lines[-1].end + 2 if lines else drawn.uniform(60, 300)
        text, moments = a_video(f"class {'abcdefghijklmnopqrst'[number]}", lines, seconds, drawn)
        sources[moments[0].source] = text
        found += [(drawn.randrange(len(TOPICS)), moment) for moment in moments]
    matches = []
    for query in range(len(TOPICS)):
        fitting = [
            Found(moment=m, similarity=drawn.random(), rank_score=drawn.random()) for q, m in found if q == query
        ]
        matches += matches_of(query, fitting)[:40]
    return sources, matches


def plan(seconds: float, sources: dict[str, SourceText], matches: list[ContentMatch], pace: float = 1.0) -> ClipPlan:
    share = round(seconds / len(TOPICS), 1)
    queries = tuple(
        SearchQuery(topic=topic, text=topic, priority=5, seconds=share, asked=topic != "back") for topic in TOPICS
    )
    wanted = SearchQueries(title="A class", seconds=seconds, queries=queries)
    return plan_clips(
        wanted,
        FootageMatches(matches=tuple(matches), sources=len(sources)),
        sources,
        language="en",
        pace=pace,
        project="p-1",
    )


def film(script: ScriptBreakdown, voices: list[float]) -> float:
    """How long the film is, as it is laid out."""
    frames = [
        scene_frames(voice, scene.minimum_seconds, FMT) for voice, scene in zip(voices, script.scenes, strict=True)
    ]
    return film_timeline(frames, FMT).frames / FMT.fps


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**16),
    videos=st.integers(1, 12),
    pace=st.floats(0.4, 1.6),
    pause=st.floats(0.1, 5.0),
    seconds=st.sampled_from([30.0, 45.0, 60.0, 180.0, 300.0, 600.0]),
    speaking=st.booleans(),
)
@example(seed=3775, videos=1, pace=1.0, pause=1.0, seconds=30.0, speaking=False)
def test_a_plan_is_as_long_as_asked_or_says_that_there_is_too_little(
    seed: int, videos: int, pace: float, pause: float, seconds: float, speaking: bool
) -> None:
    sources, matches = library(seed, videos, pace, pause, speaking)
    planned = plan(seconds, sources, matches)
    assert planned.seconds <= seconds + max(seconds * MOST_OFF, 3.0) + 0.3
    assert planned.seconds >= seconds * 0.95 - 0.3 or "too little footage" in {each.kind for each in planned.notices}
    script = write_script(planned, "en")
    estimated = [told_seconds(split_sentences(scene.narration), "en") for scene in script.scenes]
    # Every cut is made of whole frames, and what was told before is told again nowhere, however short.
    apart = max(0.2 * len(script.scenes), 0.05 * planned.seconds)
    assert film(script, estimated) == pytest.approx(planned.seconds, abs=apart)
    for scene, segment in zip(script.scenes, planned.segments, strict=True):
        assert strange_words(scene.narration, segment.clips) == []


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**16), pace=st.floats(0.4, 1.6), seconds=st.sampled_from([30.0, 60.0, 300.0]))
@example(seed=313, pace=0.5, seconds=300.0)
def test_a_stretched_clip_has_whole_sentences_and_stays_inside_its_video(
    seed: int, pace: float, seconds: float
) -> None:
    sources, matches = library(seed, 8, pace, 1.0)
    for segment in plan(seconds, sources, matches).segments:
        for clip in segment.clips:
            lines = sources[clip.source].transcript.lines
            within = [line.text for line in lines if line.start >= clip.start - 1 and line.end <= clip.end + 1]
            assert clip.words in " ".join(within)
            assert 0 <= clip.start < clip.end <= sources[clip.source].facts.seconds
        assert len({(clip.source, clip.start) for clip in segment.clips}) == len(segment.clips)


def test_the_film_is_as_long_as_planned_with_the_voice_that_is_built_in(tmp_path: Path) -> None:
    speaker, voice = EmbeddedSpeaker(), tmp_path / "voice.wav"

    def speak(text: str) -> float:
        spoken = speaker.speak(SpeechRequest(text=text, voice="en-us", language="en"), voice)
        return trim_voice(voice, spoken).seconds

    for pace, seconds in ((0.6, 30.0), (0.6, 300.0), (1.0, 60.0)):
        sources, matches = library(11, 10, pace, 1.0)
        script = write_script(plan(seconds, sources, matches), "en")
        lasts = film(script, [speak(scene.narration) for scene in script.scenes])
        assert lasts == pytest.approx(seconds, rel=0.1 if seconds <= 60 else 0.05), (pace, seconds)


def test_what_a_short_film_has_no_time_for_is_told_and_is_not_what_was_asked_for_first() -> None:
    drawn = random.Random(3)
    text, moments = a_video("long takes a", (), 400.0, drawn)
    longest = [m for m in moments if m.seconds > 8][: len(TOPICS)]
    lines = tuple(Line(start=m.start + 0.5, end=m.end - 0.5, text=sentence(drawn)) for m in longest)
    said = SourceText(text.video, text.facts, Transcript(origin="sidecar", lines=lines), text.scenes)
    matches = [
        ContentMatch(query=query, moment=moment, similarity=0.9, score=0.9) for query, moment in enumerate(longest)
    ]
    planned = plan(30.0, {longest[0].source: said}, matches)
    assert planned.seconds <= 31.5
    (notice,) = [each for each in planned.notices if each.kind == "too short"]
    assert notice.message.startswith("30 s are too short to show: ")
    assert TOPICS[0] not in notice.message


def stretch(start: float, end: float, by: float) -> Stretch:
    _, (moment, *_) = a_video("mat a", (), 100.0, random.Random(1))
    sources = {moment.source: a_video("mat a", (), 100.0, random.Random(1))[0]}
    clip = plan(30.0, sources, [ContentMatch(query=0, moment=moment, similarity=1, score=1)]).segments[0].clips[0]
    planned = clip.model_copy(update={"start": start, "end": end})
    return Stretch(planned, (start + by / 2, end - by / 2), (start - by, end + by))


def test_a_film_that_is_near_enough_leaves_its_clips_as_they_are() -> None:
    segments = [Segment((stretch(10, 20, 1.0),), 0.0), Segment((stretch(30, 40, 1.0),), 0.0)]
    length, clips = fitted(segments, 19.8)
    assert length == 19.5 and [(c.start, c.end) for (c,) in clips] == [(10, 20), (30, 40)]


def test_clips_give_and_take_at_their_ends() -> None:
    segments = [Segment((stretch(10, 20, 1.0),), 0.0), Segment((stretch(30, 40, 1.0),), 0.0)]
    longer, shorter = (fitted(segments, seconds)[1] for seconds in (30, 10))
    assert [(c.start, c.end) for (c,) in longer] == [(9, 21), (29, 41)]
    assert [(c.start, c.end) for (c,) in shorter] == [(10.5, 19.5), (30.5, 39.5)]
    assert film_seconds([shown_seconds(clips) for clips in longer]) == 23.5


def test_a_clip_grows_for_its_voice_alone() -> None:
    segments = [Segment((stretch(10, 14, 1.0),), 5.0), Segment((stretch(30, 40, 1.0),), 0.0)]
    _, clips = fitted(segments, 14.5)
    assert [(c.start, c.end) for (c,) in clips] == [(9.5, 14.5), (30, 40)]


def test_clips_of_one_video_are_shown_in_the_order_in_which_they_were_filmed() -> None:
    lines = tuple(Line(start=at, end=at + 4, text=f"Hold it for {at} breaths and lift.") for at in (5, 25, 45))
    text, moments = a_video("mat a", lines, 80.0, random.Random(2))
    said = [each for each in moments if each.kind == "transcript"]
    found = [ContentMatch(query=0, moment=m, similarity=s, score=s) for m, s in zip(said, (0.5, 0.9, 0.7), strict=True)]
    planned = plan(210.0, {said[0].source: text}, found)
    starts = [clip.start for segment in planned.segments for clip in segment.clips]
    assert len(starts) == 3 and starts == sorted(starts)


def test_queries_for_one_topic_are_shown_together_in_that_order_too() -> None:
    lines = tuple(Line(start=at, end=at + 4, text=f"Hold it for {at} breaths and lift.") for at in (5, 25, 45))
    text, moments = a_video("mat a", lines, 80.0, random.Random(2))
    said = [each for each in moments if each.kind == "transcript"]
    found = [ContentMatch(query=q, moment=m, similarity=0.5, score=0.5) for q, m in zip((2, 0, 1), said, strict=True)]
    queries = [
        SearchQuery(topic=topic, text=f"{topic} {n}", priority=5, seconds=10)
        for n, topic in enumerate(("mat", "floor", "mat"))
    ]
    wanted = SearchQueries(title="A class", seconds=30, queries=tuple(queries))
    planned = plan_clips(
        wanted,
        FootageMatches(matches=tuple(found), sources=1),
        {said[0].source: text},
        language="en",
        pace=1.0,
        project="p-1",
    )
    shown = [(segment.topic, [clip.words for clip in segment.clips]) for segment in planned.segments]
    assert shown == [("mat", [lines[0].text, lines[1].text]), ("floor", [lines[2].text])]


def test_clips_share_the_breaths_between_them() -> None:
    first, second = stretch(10, 20.4, 2.0), stretch(19.6, 30, 2.0)
    clips = [first.clip, second.clip]
    former, latter = (each.beside(clips) for each in (first, second))
    for step in (-1.0, 0.0, 1.0):
        assert former.ends(step)[1] <= 20.0 <= latter.ends(step)[0]
    assert former.ends(1.0)[0] == 8 and latter.ends(1.0)[1] == 32


def test_a_sentence_too_short_to_be_seen_by_itself_is_shown_with_its_breaths() -> None:
    line = Line(start=5.0, end=7.2, text="Hold a plank.")
    text, moments = a_video("mat a", (line,), 60.0, random.Random(2))
    (said,) = [each for each in moments if each.kind == "transcript"]
    found = matches_of(0, [Found(moment=said, similarity=0.9, rank_score=0.9)])
    (segment,) = plan(30.0, {said.source: text}, found).segments
    assert segment.clips[0].words == "Hold a plank." and segment.clips[0].seconds >= 3


def test_clips_never_grow_into_each_other() -> None:
    first, second = stretch(10, 20, 2.0), stretch(21, 30, 2.0)
    clips = [first.clip, second.clip]
    assert first.beside(clips).most == (8, 20.5) and second.beside(clips).most == (20.5, 32)
