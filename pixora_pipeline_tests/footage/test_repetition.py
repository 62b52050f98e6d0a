"""No sentence is heard twice in a film, however little footage there is; what is left without words is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pixora_pipeline.footage.narration import narrations, write_script
from pixora_pipeline.footage.repetition import as_heard, shared_out
from pixora_pipeline.model.compilation import ClipPlan, PlannedClip, PlannedSegment
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences

LOOK = "A bright picture in green, gentle movement."
CHIN, ROLL, EARS = (
    "Drop your chin to your chest.",
    "Roll your head slowly to the right.",
    "Bring your shoulders up to your ears.",
)


def scene(*words: str, name: str = "mat", look: str = LOOK, seconds: float = 5.0) -> PlannedSegment:
    clips = tuple(
        PlannedClip(source="v-a", video="0", name=name, start=0, end=seconds, look=look, words=each, motion=0, score=1,
                    similarity=1)
        for each in words
    )  # fmt: skip
    return PlannedSegment(query=0, topic="neck", clips=clips)


def test_a_clip_that_is_shown_twice_tells_another_of_its_sentences() -> None:
    assert narrations([scene(f"{CHIN} {ROLL}"), scene(f"{CHIN} {ROLL}")], "en") == [CHIN, ROLL]


def test_a_sentence_is_left_to_the_scene_that_has_no_other() -> None:
    assert narrations([scene(f"{CHIN} {ROLL}"), scene(CHIN)], "en") == [ROLL, CHIN]
    long = scene(f"{CHIN} {ROLL}", seconds=30.0)
    assert narrations([long, scene(ROLL)], "en") == [CHIN, ROLL], "there is time for both"


def test_a_sentence_is_the_same_whatever_its_signs_and_capitals() -> None:
    assert narrations([scene(CHIN), scene(CHIN.upper().replace(".", "!"))], "en") == [CHIN, "Mat."]
    assert narrations([scene(f"{CHIN} {CHIN.upper()}", seconds=30.0)], "en") == [CHIN]


def test_clips_that_say_the_same_are_told_by_name_then_by_look_then_not_at_all() -> None:
    segments = tuple([scene(EARS, seconds=8.0)] * 5)
    told = narrations(segments, "en")
    assert told == [EARS, "Mat.", LOOK, "", ""]


def test_silent_clips_are_not_called_the_same_twice() -> None:
    dark = "A dark picture in blue, no movement."
    assert narrations([scene("", name="old harbour"), scene("", name="old harbour", look=dark)], "en") == [
        "Old harbour.",
        dark,
    ]


@pytest.mark.parametrize(
    ("topic", "words", "title"),
    [
        ("plank", "Hold a plank on your forearms.", "Plank"),
        ("core", "Hold a plank on your forearms.", "Core"),
        ("low lunge", "This is the cat cow, and it wakes your whole spine.", "Cat cow"),
        ("low lunge", "Feel the sun on your skin.", "Mat"),
        ("feel the sun", "Feel the sun on your skin.", "Feel the sun"),
    ],
)
def test_a_scene_is_called_by_what_it_shows(topic: str, words: str, title: str) -> None:
    segment = scene(words).model_copy(update={"topic": topic})
    (told,) = write_script(ClipPlan(title="Morning", seconds=8, segments=(segment,)), "en").scenes
    assert told.title == title


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from([CHIN, ROLL, EARS, "Well done.", ""]), min_size=1, max_size=3), max_size=12))
def test_nothing_is_ever_told_twice(said: list[list[str]]) -> None:
    told = narrations([scene(*words, seconds=9.0) for words in said], "en")
    sentences = [as_heard(each) for narration in told for each in split_sentences(narration)]
    assert len(set(sentences)) == len(sentences)


@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True), max_size=8))
def test_sentences_are_shared_out_to_as_many_as_possible(choices: list[list[str]]) -> None:
    given_out = shared_out(choices)
    kept = [each for each in given_out if each]
    assert len(set(kept)) == len(kept)
    assert all(each is None or each in choices[at] for at, each in enumerate(given_out))
    assert len(kept) == _most(choices, frozenset())


def _most(choices: list[list[str]], taken: frozenset[str]) -> int:
    if not choices:
        return 0
    first, rest = choices[0], choices[1:]
    return max([_most(rest, taken), *(1 + _most(rest, taken | {each}) for each in first if each not in taken)])
