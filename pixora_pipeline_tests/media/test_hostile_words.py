"""What people write is drawn, read and stored, and never becomes part of a command, a filter or a markup."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import av
import pysubs2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pixora_pipeline.errors import UserError
from pixora_pipeline.media import ffmpeg as running
from pixora_pipeline.media import signwriter
from pixora_pipeline.media.captions import Sign, caption_signs
from pixora_pipeline.media.lettered import plain
from pixora_pipeline.media.lower_third import lower_third_sign
from pixora_pipeline.media.signwriter import write_signs
from pixora_pipeline.media.subtitle_files import write_subtitles
from pixora_pipeline.media.subtitles import Cue
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.results import WordMark

FMT = FilmFormat(width=320, height=180)
CANARY = "canary"
SYNTAX = st.sampled_from(
    [
        *(":", ";", ",", "'", '"', "\\", "[in]", "%{pts}", "{\\p1}", "{\\fn", "}", "\\N", "-->", "<i>", "&lt;", "|"),
        *("\n", "\r", "\x0b", "\x85", "\u2028", "\x00", "\u202e", "\ufeff", "$(id)", "`", "WEBVTT", "NOTE", "[Fonts]"),
        "movie=/etc/passwd",
        "Dialogue: 0,0:00:00.00,9:00:00.00,Plain,,0,0,0,,",
        "1\n00:00:00,000 --> 00:00:09,000\n",
    ]
)
HOSTILE = st.lists(SYNTAX | st.text(max_size=6) | st.just(CANARY), min_size=1, max_size=12).map("".join)

EXAMPLES = (
    "16:9, it's 100% [in]movie=/etc/passwd;drawtext=textfile=/etc/passwd canary",
    "canary{\\p1}m 0 0 l 999 0 999 999{\\p0}\\N{\\fs200}canary",
    "canary\rDialogue: 0,0:00:00.00,9:00:00.00,Plain,,0,0,0,,canary",
    "$(touch canary) `canary` 'canary' \"canary\" %{expr:canary}",
)


def signs_of(text: str) -> list[Sign]:
    """All signs that the text can be on; none where no font has its letters."""
    words = [WordMark(start=0.2 * at, end=0.2 * at + 0.2, text=word) for at, word in enumerate(text.split())]
    signs: list[Sign] = []
    for write in (
        lambda: lower_third_sign(text, 90, FMT),
        lambda: caption_signs("karaoke", "foot", words, 0.0, 90, FMT),
    ):
        try:
            signs += write()
        except UserError:
            continue
    return signs


@settings(max_examples=100, deadline=None)
@given(HOSTILE)
def test_a_text_stays_one_text_of_its_document(text: str) -> None:
    document = signwriter._document([(plain(text), False), ("after", True)], FMT)
    rows = [row for row in document.splitlines() if row.startswith("Dialogue:")]
    assert len(rows) == 2
    assert len(document.splitlines()) == len(signwriter._document([("x", False), ("after", True)], FMT).splitlines())
    event = pysubs2.SSAFile.from_string(document, format_="ass").events[0]
    # No tag is left that libass would act on: every brace is one to be shown.
    assert not event.text.replace("\\{", "").replace("\\}", "").count("{")


@settings(max_examples=25, deadline=None)
@given(HOSTILE)
def test_every_sign_is_written_in_tags_of_our_own(text: str) -> None:
    for sign in signs_of(text):
        assert "\r" not in sign.text and "\x00" not in sign.text
        bare = sign.text.replace("\\{", "").replace("\\}", "")
        tags = [part.partition("}")[0] for part in bare.split("{")[1:]]
        assert bare.count("{") == bare.count("}") == len(tags)
        assert all(tag.startswith("\\") and CANARY not in tag and "movie" not in tag for tag in tags)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every argument of every process that is started."""
    heard: list[str] = []

    class Listening(subprocess.Popen):
        def __init__(self, command: Sequence[str], *options: Any, **named: Any) -> None:
            heard.extend(command)
            super().__init__(command, *options, **named)

    for module in (signwriter, running):
        monkeypatch.setattr(module.subprocess, "Popen", Listening)
    yield heard


@pytest.mark.parametrize("text", EXAMPLES)
def test_no_command_ever_holds_a_word_of_it(text: str, commands: list[str]) -> None:
    assert write_signs(signs_of(text), FMT)
    assert commands
    assert not any(CANARY in argument or "passwd" in argument for argument in commands)


@settings(max_examples=50, deadline=None)
@given(HOSTILE)
def test_a_subtitle_file_holds_one_cue_whatever_it_says(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("cues")
    shown = f"{' '.join(text.split())} said"
    for name in ("film.srt", "film.vtt"):
        write_subtitles([Cue(start=1.0, end=2.0, text=shown), Cue(start=3.0, end=4.0, text="after")], folder / name)
        with av.open(f"file:{folder / name}") as read:
            cues = [packet for packet in read.demux() if packet.size]
        assert [float(cue.pts * cue.time_base) for cue in cues] == [1.0, 3.0]
        assert bytes(cues[1]).rstrip() == b"after"


def test_a_path_is_taken_for_nothing_but_a_path(tmp_path: Path) -> None:
    from pixora_pipeline.media.loudness import measure_file
    from pixora_pipeline_tests.media.material import tone, write_wav

    for name in ("a:b;[x]volume=9,movie=x.wav", "concat:a|b.wav", "-i.wav", "%d.wav", "'\"\\.wav", "two\nlines.wav"):
        assert -25 < measure_file(write_wav(tmp_path / name, tone(1.0))).integrated < -5
