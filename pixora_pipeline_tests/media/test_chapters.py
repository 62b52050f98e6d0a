"""Chapters: by headings where there are some, else by scene, and as players read them."""

from pathlib import Path

import av

from pixora_pipeline.media.chapters import Chapter, chapters_of
from pixora_pipeline.media.film import make_film
from pixora_pipeline.media.timing import FilmTimeline, SceneSpan
from pixora_pipeline.model.briefs import TimelineScene
from pixora_pipeline_tests.media.material import SMALL, SmallFilm, ffmpeg_complaints

HOSTILE = "Bread; rum & <i>{\\an8}\n[CHAPTER]\nTIMEBASE=1/1 \u202e\U0001f600"


def scenes(*titles: str, headed: tuple[int, ...] = ()) -> list[TimelineScene]:
    return [
        TimelineScene(slot=f"s{at:02}", title=title, transition="cut", begins_chapter=at in headed)
        for at, title in enumerate(titles)
    ]


def plan(count: int) -> FilmTimeline:
    spans = tuple(SceneSpan(start=at * 100, frames=115, voice_onset=0) for at in range(count))
    return FilmTimeline(spans, count * 100 + 15)


def told(chapters: tuple[Chapter, ...]) -> list[tuple[str, int, int]]:
    return [(each.title, each.start, each.end) for each in chapters]


def test_without_headings_every_scene_is_a_chapter() -> None:
    assert told(chapters_of("Film", scenes("One", "Two", "Three"), plan(3))) == [
        ("One", 0, 100),
        ("Two", 100, 200),
        ("Three", 200, 315),
    ]


def test_headings_are_the_chapters_and_what_stands_before_them_has_the_films_title() -> None:
    found = chapters_of("Film", scenes("Film", "Bread", "Crust", "Salt", headed=(1, 3)), plan(4))
    assert told(found) == [("Film", 0, 100), ("Bread", 100, 300), ("Salt", 300, 415)]


def test_neighbours_called_alike_are_one_chapter_and_one_chapter_is_none() -> None:
    assert told(chapters_of("Film", scenes("One", "Two", "Two"), plan(3))) == [("One", 0, 100), ("Two", 100, 315)]
    assert chapters_of("Film", scenes("One", "One"), plan(2)) == ()


def test_players_find_them_to_the_letter(small_film: SmallFilm, tmp_path: Path) -> None:
    end = small_film.timeline.frames
    wanted = (Chapter(title=HOSTILE, start=0, end=40), Chapter(title="Zwei", start=40, end=end))
    film = tmp_path / "film.mp4"
    make_film(small_film.segments, small_film.sound, small_film.cues, "Film", "en", SMALL, film, wanted)
    with av.open(str(film)) as container:
        found = container.chapters()
    times = [(float(each["start"] * each["time_base"]), float(each["end"] * each["time_base"])) for each in found]
    assert [each["metadata"]["title"] for each in found] == [HOSTILE, "Zwei"]
    assert [(round(30 * start), round(30 * stop)) for start, stop in times] == [(0, 40), (40, end)]
    assert ffmpeg_complaints(film) == ""
