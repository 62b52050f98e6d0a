"""INPUT is told apart, and what no film can be made from is refused in a sentence."""

import os
from pathlib import Path

import pytest

from pixora_pipeline.cli.source import check_text, read_source
from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.model.project import TEXT_LIMITS

STORY = "Anna kept a red boat in the quiet harbour."
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def file_of(content: bytes, name: str = "story.md") -> str:
    Path(name).write_bytes(content)
    return name


@pytest.mark.parametrize(
    "content",
    [
        STORY.encode(),
        b"\xef\xbb\xbf" + STORY.encode(),
        b"\xff\xfe" + STORY.encode("utf-16-le"),
        b"\xfe\xff" + STORY.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big"],
)
def test_a_text_file_is_read_in_its_encoding(content: bytes) -> None:
    source = read_source(file_of(content))
    assert (source.name, source.text) == ("story", STORY)


def test_a_prompt_is_its_own_text_and_names_the_film() -> None:
    source = read_source("Tell a story: about Anna's red boat & the storm")
    assert source.text == "Tell a story: about Anna's red boat & the storm"
    assert source.name == "tell-a-story-about-anna"


@pytest.mark.parametrize(
    "prompt", ["讲一个关于灯塔和暴风雨的故事给我听", "🚤🚤🚤 🌊🌊🌊 🗼🗼🗼", "Ελλάδα και η θάλασσα της"]
)
def test_a_prompt_without_latin_letters_still_has_a_name(prompt: str) -> None:
    assert read_source(prompt).name == "film"


@pytest.mark.parametrize(
    "prompt", ["../../etc/passwd and other stories", "~/.ssh: a tale of two keys", ".. .. .. .. .."]
)
def test_the_name_of_a_prompt_stays_in_its_folder(prompt: str) -> None:
    name = read_source(prompt).name
    assert Path(name).name == name
    assert not name.startswith((".", "~"))


def test_a_prompt_may_be_longer_than_a_file_name() -> None:
    prompt = "Once upon a time there was a very long sentence. " * 200
    assert read_source(prompt).text == prompt
    assert len(read_source(prompt).name) <= 40


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "story.md is empty"),
        (b"  \n\t\r\n \xe3\x80\x80 ", "story.md is empty"),
        (b"\xef\xbb\xbf", "story.md is empty"),
        (b"Too short", "story.md has 9 characters; a film needs 10"),
        (PNG, "story.md is not text in UTF-8"),
        (b"Anna kept a red boat\0\0\0", "story.md is not a text file: it has NUL bytes"),
        ("Café au lait, s'il vous plaît".encode("latin-1"), r"story.md is not text in UTF-8 (byte 3)"),
        (b"\xff\xfeodd", "story.md is not text in UTF-8"),
    ],
    ids=["empty", "blank", "mark alone", "short", "png", "nul", "latin-1", "half a utf-16 letter"],
)
def test_a_file_that_is_no_text_is_told_why(content: bytes, problem: str) -> None:
    with pytest.raises(UserError) as told:
        read_source(file_of(content))
    assert str(told.value).startswith(problem)


def test_a_file_of_50_megabytes_is_refused_unread() -> None:
    with Path("huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(UserError, match=r"huge\.txt has 50\.0 MB; a text of 200,000 characters is the most"):
        read_source("huge.txt")


def test_a_text_just_too_long_is_refused_by_its_length() -> None:
    most = TEXT_LIMITS[1]
    assert check_text("a" * most, "the prompt") == "a" * most
    with pytest.raises(UserError, match=r"The prompt has 200,001 characters; the most is 200,000"):
        check_text("a" * (most + 1), "the prompt")


@pytest.mark.parametrize("given", ["stories", "./stories", "."])
def test_a_folder_is_no_input(folder: Path, given: str) -> None:
    (folder / "stories").mkdir()
    with pytest.raises(UserError, match="is not a file") as told:
        read_source(given)
    assert not isinstance(told.value, NotFound)


@pytest.mark.parametrize("given", ["missing.md", "MISSING.TXT", "stories/missing", "/nowhere/at/all"])
def test_a_missing_file_is_not_taken_for_a_prompt(given: str) -> None:
    with pytest.raises(NotFound) as told:
        read_source(given)
    assert f"There is no file {given!r}" in str(told.value)


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(UserError, match="pipe is not a file"):
        read_source("pipe")


@pytest.mark.parametrize(
    ("prompt", "problem"),
    [
        ("", "The prompt is empty"),
        (" \n\t ", "The prompt is empty"),
        ("nine char", "The prompt has 9 characters; a film needs 10"),
        ("x", "The prompt has 1 character; a film needs 10"),
        ("  nine char  ", "The prompt has 9 characters"),
        ("a story of caf\udce9 and more", "The prompt is not valid UTF-8"),
        ("a story of \ud83d half an emoji", "The prompt is not valid UTF-8"),
    ],
)
def test_a_prompt_that_says_nothing_is_told_why(prompt: str, problem: str) -> None:
    with pytest.raises(UserError) as told:
        read_source(prompt)
    assert str(told.value).startswith(problem)
    assert type(told.value) is UserError
