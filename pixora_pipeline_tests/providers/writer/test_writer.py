import time
from pathlib import Path

import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.providers.embedded.writer.writer import LONGEST_TEXT, EmbeddedWriter

EXAMPLES = Path(__file__).parents[3] / "examples"
LIGHTHOUSE = (EXAMPLES / "lighthouse.md").read_text(encoding="utf-8")
BEES = (EXAMPLES / "how-bees-find-home.md").read_text(encoding="utf-8")


def write(text: str, language: str = "en", seconds: float | None = None, title: str | None = None) -> ScriptBreakdown:
    return EmbeddedWriter().write(ScriptRequest(text=text, language=language, seconds=seconds, title=title))


def seconds_of(script: ScriptBreakdown) -> float:
    return sum(scene.estimated_seconds for scene in script.scenes)


def told(script: ScriptBreakdown) -> str:
    return " ".join(scene.narration for scene in script.scenes[1:])


@pytest.mark.parametrize("text", [LIGHTHOUSE, BEES])
def test_an_example_is_told_whole_in_about_two_minutes(text: str) -> None:
    script = write(text)
    prose = " ".join(line for line in text.splitlines() if not line.startswith("#")).split()
    assert told(script).split() == prose
    assert 100 <= seconds_of(script) <= 150
    assert 6 <= len(script.scenes) <= 12
    assert all(5 <= scene.estimated_seconds <= 18 for scene in script.scenes[1:])


def test_the_first_scene_is_the_title() -> None:
    script = write(LIGHTHOUSE)
    first = script.scenes[0]
    assert script.title == "The Lamp on Tern Rock"
    assert (first.slot, first.role, first.caption) == ("s01", "title", script.title)
    assert first.narration == "The Lamp on Tern Rock."
    assert all(scene.role == "story" and scene.caption is None for scene in script.scenes[1:])


def test_slots_count_on() -> None:
    script = write(LIGHTHOUSE)
    assert [scene.slot for scene in script.scenes] == [f"s{number + 1:02}" for number in range(len(script.scenes))]


def test_the_lighthouse_shows_its_places_as_they_change() -> None:
    script = write(LIGHTHOUSE)
    seen = [scene.description.lower() for scene in script.scenes]
    for words in (
        ("harbour", "dusk"),
        ("lighthouse", "storm"),
        ("ship", "night"),
        ("sea", "dawn"),
        ("village",),
        ("garden",),
    ):
        assert any(all(word in description for word in words) for description in seen), words


def test_the_lighthouse_has_its_two_people() -> None:
    script = write(LIGHTHOUSE)
    looks = {profile.name: profile.look for profile in script.characters}
    assert looks == {
        "Tobias": "a tall old keeper with a grey beard and a long yellow coat",
        "Nell": "a small girl with a red coat and a brown braid",
    }
    assert all(set(scene.characters) <= set(looks) for scene in script.scenes)
    assert any(set(scene.characters) == set(looks) for scene in script.scenes)


def test_the_storm_is_tense_and_the_end_is_not() -> None:
    script = write(LIGHTHOUSE)
    storm = next(scene for scene in script.scenes if "great storm" in scene.narration)
    assert storm.mood == "tense"
    assert script.scenes[-1].mood in ("calm", "hopeful", "joyful")


def test_chapters_name_their_first_scenes() -> None:
    titles = [scene.title for scene in write(BEES).scenes]
    assert {"A Map of Small Things", "The Sun as a Compass", "The Dance in the Dark", "Evening"} <= set(titles)


@pytest.mark.parametrize("text", [LIGHTHOUSE, BEES])
def test_scene_titles_are_short_and_distinct(text: str) -> None:
    titles = [scene.title for scene in write(text).scenes[1:]]
    assert len(set(titles)) == len(titles)
    assert all(1 <= len(title.split()) <= 5 for title in titles)


@pytest.mark.parametrize("seconds", [40, 60, 90])
def test_a_shorter_film_is_condensed_to_its_length_and_keeps_beginning_and_end(seconds: float) -> None:
    script = write(LIGHTHOUSE, seconds=seconds)
    assert seconds * 0.8 <= seconds_of(script) <= seconds * 1.2
    assert "At dusk the fishing boats came home" in script.scenes[1].narration
    assert script.scenes[-1].narration.endswith("where every ship is looking back.")


def test_a_long_text_becomes_three_minutes_with_all_its_chapters() -> None:
    chapters = [f"## Part {number}\n\n{LIGHTHOUSE.split(chr(10), 1)[1]}" for number in range(5)]
    script = write("\n\n".join(["# Five Lamps", *chapters]))
    assert 150 <= seconds_of(script) <= 200
    assert {f"Part {number}" for number in range(5)} <= {scene.title for scene in script.scenes}


def test_a_longer_film_gets_more_scenes() -> None:
    text = "# Lamps\n\n" + (LIGHTHOUSE.split("\n", 1)[1] + "\n\n") * 6
    script = write(text, seconds=600)
    assert 40 <= len(script.scenes) <= 60
    assert max(scene.estimated_seconds for scene in script.scenes) <= 25


def test_a_short_text_gets_a_few_scenes() -> None:
    script = write("The old dog waited at the station every evening. Nobody came. Then a girl sat down beside him.")
    assert 2 <= len(script.scenes) <= 4
    assert script.title == "The Old Dog"


def test_a_given_title_wins() -> None:
    script = write(LIGHTHOUSE, title="  Night   Light ")
    assert (script.title, script.scenes[0].narration) == ("Night Light", "Night Light.")


@pytest.mark.parametrize("title", ["***", "   ", "— —"])
def test_a_title_that_cannot_be_said_is_not_taken(title: str) -> None:
    assert write(LIGHTHOUSE, title=title).title == "The Lamp on Tern Rock"


def test_a_title_that_takes_too_long_to_say_is_shortened() -> None:
    script = write(LIGHTHOUSE, title="a very long title " * 5000)
    assert script.scenes[0].estimated_seconds <= 13
    assert script.title.startswith("a very long title")


def test_dots_without_end_before_a_word_still_have_a_title() -> None:
    assert write("." * 400 + " word. " + "." * 400).title


def test_a_short_first_sentence_is_a_title() -> None:
    assert write("Memory is not a library. We rebuild what we recall, and we keep what we rebuilt.").title == (
        "Memory Is Not a Library"
    )


def test_two_recurring_people_are_a_title() -> None:
    text = (
        "Once the boy Hansel and the girl Gretel lived by a forest. Then Hansel said he was hungry. Gretel cried. " * 3
    )
    assert write(text).title == "Hansel and Gretel"


def test_music_covers_every_scene_once_in_at_most_four_pieces() -> None:
    script = write(LIGHTHOUSE)
    assert [slot for piece in script.music for slot in piece.scenes] == [scene.slot for scene in script.scenes]
    assert len(script.music) <= 4
    assert all(piece.prompt.endswith(".") for piece in script.music)


def test_code_tables_images_and_addresses_are_not_told() -> None:
    text = (
        "# Tools\n\nThe *old* hammer lies on [the bench](https://example.com/bench). ![a hammer](h.png)\n\n"
        "```python\nprint('hidden')\n```\n\n| a | b |\n|---|---|\n| cell | cell |\n\n"
        "It waits for morning. See https://example.com/more for all of it.\n\n- The saw is blue\n- Nails are small\n"
    )
    assert told(write(text)) == (
        "The old hammer lies on the bench. It waits for morning. The saw is blue. Nails are small."
    )


def test_german_keeps_its_abbreviations_and_finds_its_people() -> None:
    script = write(
        "Am Dorfrand stand eine Mühle. Der Müller hieß Konrad. Er war ein alter Mann mit einem weißen Bart, "
        "der z.B. am 3. Mai die Glocke läutete. Am Abend nahm Konrad die Laterne. Der Bach war wild. Konrad lachte.",
        "de",
    )
    assert [profile.look for profile in script.characters] == ["an old miller with a white beard"]
    assert any("z.B. am 3. Mai die" in scene.narration for scene in script.scenes)


def test_chinese_is_told_without_spaces_and_pictured() -> None:
    text = "从前，海边的山上住着一位老人。他每天晚上都点亮灯塔的灯。有一天夜里，暴风雨来了。第二天早晨，海面平静。"
    script = write(text, "zh")
    assert "".join(scene.narration for scene in script.scenes[1:]) == text
    assert any("a lighthouse" in scene.description.lower() for scene in script.scenes)
    assert any("in a storm" in scene.description for scene in script.scenes)


def test_the_same_request_gives_the_same_script() -> None:
    assert write(LIGHTHOUSE) == write(LIGHTHOUSE)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "at least 10"),
        ("too few", "at least 10"),
        ("x" * (LONGEST_TEXT + 1), "the most is 200000"),
        ("```\ncode only, no prose\n```", "no sentence to tell"),
        ("!!! --- ??? ... ***", "no sentence to tell"),
        ("![image](a.png) ![image](b.png)", "no sentence to tell"),
    ],
)
def test_refuses_what_it_cannot_tell(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        write(text)


@pytest.mark.parametrize("seconds", [1, 5000, -3])
def test_refuses_a_length_out_of_range(seconds: float) -> None:
    with pytest.raises(UserError, match="out of range"):
        write(LIGHTHOUSE, seconds=seconds)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000 + " word",
        "a" * 100_000,
        "老" * 50_000,
        "a, " * 60_000,
        "- one item here\n" * 5_000,
        '"' * 90_000 + "Hi",
    ],
    ids=["brackets", "one word", "ideographs", "commas", "list", "quotes"],
)
def test_hostile_texts_neither_hang_nor_overflow(text: str) -> None:
    started = time.perf_counter()
    try:
        script = write(text)
    except UserError:
        script = None
    assert time.perf_counter() - started < 10
    assert script is None or max(scene.estimated_seconds for scene in script.scenes) <= 25
