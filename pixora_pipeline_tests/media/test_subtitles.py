"""Subtitles can be read: two lines, whole words, one to six seconds, and nothing a player could take for markup."""

import subprocess
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixora_pipeline.media.facts import Stretch
from pixora_pipeline.media.measure import coverage
from pixora_pipeline.media.subtitle_files import WORD_JOINER, write_subtitles
from pixora_pipeline.media.subtitles import GAP, LONGEST, SHORTEST, Cue, subtitle_cues
from pixora_pipeline.media.words import display_width
from pixora_pipeline.model.results import WordMark

HOSTILE = [
    "{\\an8}",
    "<i>x</i>",
    "-->",
    "C:\\New\\north",
    "&amp;",
    "{",
    "}",
    "<b",
    "00:00:01,000",
    "\\N",
    "👩‍🚀",
    "שלום",
]


def spoken(text: str, start: float = 0.7, pace: float = 0.07) -> list[WordMark]:
    """Marks as a speaker gives them: longer words last longer, sentences end with a breath."""
    marks, at = [], start
    for word in text.split():
        length = 0.1 + pace * len(word)
        marks.append(WordMark(start=at, end=at + length, text=word))
        at += length + (0.35 if word[-1] in ".?!" else 0.02)
    return marks


PROSE = (
    "The lighthouse keeper climbed the stairs every evening, counting each step aloud. There were two hundred and "
    "seven. On the last night of autumn, when the sea had gone strangely quiet, he counted two hundred and eight. "
    "He stopped. Nobody had ever told him what to do about a stair that was not there before!"
)


def words_in(cues: tuple[Cue, ...]) -> list[str]:
    return " ".join(cue.text for cue in cues).split()


def test_prose_becomes_readable_cues() -> None:
    cues = subtitle_cues([spoken(PROSE)])
    assert words_in(cues) == PROSE.split()
    for cue in cues:
        lines = cue.text.split("\n")
        assert len(lines) <= 2 and max(map(len, lines)) <= 42
        assert SHORTEST - 1e-6 <= cue.end - cue.start <= LONGEST
    assert all(later.start - earlier.end >= GAP - 0.0015 for earlier, later in pairwise(cues))


def test_sentences_decide_where_cues_part() -> None:
    cues = subtitle_cues([spoken("The sea was calm that day. Nobody knew that a storm had already begun.")])
    assert [cue.text.replace("\n", " ") for cue in cues] == [
        "The sea was calm that day.",
        "Nobody knew that a storm had already begun.",
    ]


def test_a_line_parts_after_its_comma() -> None:
    (cue,) = subtitle_cues([spoken("When the sea had gone quiet, he counted the stairs again.")])
    assert cue.text == "When the sea had gone quiet,\nhe counted the stairs again."


def test_a_sign_stays_on_the_line_of_what_it_follows() -> None:
    cue = subtitle_cues([spoken("All of the stairs she took 33,5 % with none beside her at all")])[0]
    assert "33,5 %" in cue.text
    assert "\n" in cue.text


def test_every_spoken_word_is_covered_by_its_cue() -> None:
    marks = spoken(PROSE)
    cues = subtitle_cues([marks])
    late = [
        mark
        for mark in marks
        if not any(cue.start <= mark.start + 1e-3 and mark.end <= cue.end + GAP + 1e-3 for cue in cues)
    ]
    assert late == []


@pytest.mark.parametrize("seconds", [6.6, 14.0])
def test_a_number_that_takes_long_to_say_is_shown_as_written_until_it_is_said(seconds: float) -> None:
    said = [("In", 0.1), ("1123581321", seconds), ("they", 0.2), ("counted", 0.5), ("again.", 0.6)]
    marks, at = [], 0.7
    for text, lasts in said:
        marks.append(WordMark(start=at, end=at + lasts, text=text))
        at += lasts + 0.02
    cues = subtitle_cues([marks])
    shown = [Stretch(start=cue.start, end=cue.end) for cue in cues]
    assert words_in(cues) == [text for text, _ in said]
    assert all(cue.end - cue.start >= SHORTEST for cue in cues)
    assert (coverage(marks, shown) or 0.0) > 0.99


def test_no_cue_runs_from_one_scene_into_the_next() -> None:
    cues = subtitle_cues([spoken("One two"), spoken("three four.", start=3.0)])
    assert [cue.text for cue in cues] == ["One two", "three four."]


def test_unspaced_scripts_have_no_spaces_and_twenty_signs_a_line() -> None:
    text = "很久以前在遥远的海边有一座古老的灯塔守塔人每天晚上都要数着台阶走上去一共有两百零七级从来没有变过。"
    marks = [WordMark(start=0.7 + at * 0.2, end=0.9 + at * 0.2, text=sign) for at, sign in enumerate(text)]
    whole = [WordMark(start=0.7, end=0.7 + 0.2 * len(text), text=text)]
    for cues in (subtitle_cues([marks]), subtitle_cues([whole])):
        assert "".join(cue.text for cue in cues).replace("\n", "") == text
        assert max(len(line) for cue in cues for line in cue.text.split("\n")) <= 20


def test_korean_keeps_its_spaces_and_right_to_left_text_its_order() -> None:
    (korean,) = subtitle_cues([spoken("바다가 조용했다.")])
    assert korean.text == "바다가 조용했다."
    (hebrew,) = subtitle_cues([spoken("שלום עולם")])
    assert hebrew.text == "שלום עולם"


def test_signs_nobody_can_see_are_dropped_and_breaks_become_spaces() -> None:
    (cue,) = subtitle_cues([[WordMark(start=0, end=1.5, text="one\ntwo\u202ethree\x00\tfour")]])
    assert cue.text == "one twothree four"


def test_a_word_wider_than_a_line_stays_whole() -> None:
    address = "https://example.org/" + "a" * 40
    cues = subtitle_cues([spoken(f"See {address} for more.")])
    assert address in words_in(cues)


word = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp", "Cf")), min_size=1, max_size=14
)


@given(st.lists(word, min_size=1, max_size=60), st.floats(0.02, 0.2))
def test_any_words_give_ordered_cues_that_lose_nothing(texts: list[str], pace: float) -> None:
    marks = spoken(" ".join(texts), pace=pace)
    cues = subtitle_cues([marks])
    joined = "".join(words_in(cues))
    assert len(joined) <= sum(len(mark.text) for mark in marks) * 2
    for earlier, later in pairwise(cues):
        assert earlier.end < later.start
    assert all(cue.text.count("\n") <= 1 for cue in cues if max(map(display_width, cue.text.split())) <= 42)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is_by_players(tmp_path: Path, text: str) -> None:
    cues = (Cue(start=0.5, end=2.0, text=f"before {text} after"), Cue(start=3.0, end=4.0, text="next\nline"))
    write_subtitles(cues, tmp_path / "s.srt")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(tmp_path / "s.srt"), "-f", "ass", "-"]
    shown = pysubs2.SSAFile.from_string(subprocess.run(command, capture_output=True, check=True).stdout.decode())
    assert len(shown) == 2
    assert (shown[0].start, shown[0].end, shown[1].plaintext) == (500, 2000, "next\nline")
    seen = shown[0].text.replace("\\{", "{").replace("\\}", "}").replace("\\" + WORD_JOINER, "\\")
    assert seen.replace(WORD_JOINER, "") == f"before {text} after"
    assert not any(tag in shown[0].text for tag in ("{\\an8}", "{\\i1}"))


def test_srt_times_and_lines_are_the_cues(tmp_path: Path) -> None:
    write_subtitles((Cue(start=0.7, end=61.25, text="one\ntwo"),), tmp_path / "s.srt")
    assert (tmp_path / "s.srt").read_text("utf-8") == "1\n00:00:00,700 --> 00:01:01,250\none\ntwo\n\n"
