"""Finished films are listed and found by command, and a film that can't be published is there all the same."""

from pathlib import Path

import pytest

from pixora_pipeline.model.project import Project
from pixora_pipeline.settings import settings
from pixora_pipeline_tests.cli.conftest import Desk
from pixora_pipeline_tests.conftest import Bench


def test_films_are_listed_and_found_by_command(studio: Desk, film: tuple[Bench, Project]) -> None:
    id = film[1].id
    told = studio.pixora("videos", "--text", "lighthouse storm", "--tag", "boat", "--min-seconds", "5")
    assert told.code == 0
    for words in (id, "The Red", "story", "240p", "boat"):
        assert words in told.told, words
    (found,) = studio.pixora("videos", "--json").json
    assert (found["id"], found["resolution"], found["script"]["title"]) == (id, "240p", "The Red Boat")
    assert studio.pixora("videos", "--json", "--text", "submarine").json == []
    assert "No finished film is like that." in studio.pixora("videos", "--max-seconds", "1").told
    backwards = studio.pixora("videos", "--min-seconds", "50", "--max-seconds", "20")
    assert backwards.code == 2 and "--min-seconds 50 is more than --max-seconds 20" in backwards.told


def test_a_published_film_is_shown_with_its_link_and_one_that_could_not_be_is_delivered(
    own_studio: Desk, film_home: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, site = film_home[1], tmp_path / "site"
    site.write_text("a file where the folder should be")
    monkeypatch.setenv("PIXORA_PUBLISH_URL", site.as_uri())
    settings.cache_clear()
    monkeypatch.setattr("time.sleep", lambda _: None)
    failed = own_studio.pixora("make", id, "-o", "film.mp4")
    assert failed.code == 75
    assert "published_video: " in failed.told and "PIXORA_PUBLISH_URL" in failed.told
    assert (own_studio.folder / "film.mp4").stat().st_size > 50_000
    assert own_studio.pixora("show", id, "--json").json["status"] == "failed"
    site.unlink()
    made = own_studio.pixora("make", id, "-o", "film.mp4", "--json")
    link = (site / f"{id}.mp4").as_uri()
    assert (made.code, made.json["published"]) == (0, link)
    shown = own_studio.pixora("show", id, "--json").json
    assert shown["published"] == {"destination": site.as_uri(), "url": link, "current": True, "reason": None}
    assert (shown["status"], shown["progress"]) == ("completed", 100)
    assert f"Published: {link}" in own_studio.pixora("show", id).told
    own_studio.pixora("edit", id, "--scene", "2", "--volume", "0.7")
    assert "the film from before the changes" in own_studio.pixora("show", id).told
    (listed,) = own_studio.pixora("list", "--json").json
    assert (listed["status"], listed["published"]["current"]) == ("rendering_video", False)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PUBLISH_URL", "ftp://films", "PIXORA_PUBLISH_URL is 'ftp://films': it is to name a place such as s3://"),
        ("PUBLISH_URL", "file://films", "file:///FOLDER"),
        ("PUBLISH_LINKS", "secret", "PIXORA_PUBLISH_LINKS is 'secret'"),
        ("PUBLISH_LINK_HOURS", "200", "PIXORA_PUBLISH_LINK_HOURS is '200'"),
        ("PUBLISH_RETENTION_DAYS", "0", "PIXORA_PUBLISH_RETENTION_DAYS is '0'"),
        ("PUBLISH_BASE_URL", "films.example", "such as https://films.example.org"),
    ],
)
def test_settings_that_cannot_be_had_are_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"PIXORA_{name}", value)
    settings.cache_clear()
    outcome = desk.pixora("list")
    assert outcome.code == 2
    assert told in outcome.told
