"""Records of finished films: kept exact, and found by words, tags and length, on either database."""

from pathlib import Path

import pytest
from sqlalchemy import text

from pixora_pipeline.errors import NotFound
from pixora_pipeline.model.generated_video import GeneratedVideo, GenerationDetails, SceneAudio, VideoWish
from pixora_pipeline.model.script import Scene, ScriptBreakdown
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.generated_videos import GeneratedVideos
from pixora_pipeline.store.projects import ProjectTable

DETAILS = GenerationDetails(
    fps=30, aspect="16:9", loudness=-14.0, cost_usd=0.0, failed_checks=(), notices=(), provenance=()
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'pixora.db'}"
    found = request.getfixturevalue("postgres")
    with open_database(found).begin() as connection:
        connection.execute(text("TRUNCATE projects, generated_videos"))
    return found


@pytest.fixture
def videos(url: str) -> GeneratedVideos:
    return GeneratedVideos(open_database(url))


def keep(videos: GeneratedVideos, url: str, letter: str, narration: str, **columns) -> GeneratedVideo:
    id = f"p-{letter * 10}"
    scene = Scene(slot="s01", title="One", description="", narration=narration, estimated_seconds=3, mood="calm")
    values = {
        "title": "A title", "description": "It begins.", "requirements": "Whatever it was", "seconds": 60.0, "tags": (),
        "fingerprint": "f1", "audio": (), **columns,
    }  # fmt: skip
    video = GeneratedVideo(
        id=id, owner="local", kind="story", script=ScriptBreakdown(title="A title", language="en", scenes=(scene,)),
        sources=(), width=426, height=240, bytes=3_000_000_000, details=DETAILS, **values,
    )  # fmt: skip
    rows = ProjectTable(open_database(url))
    if not any(each.id == id for each in rows.newest()):
        rows.add(id, "Whatever it was")
    videos.keep(video)
    return video


def found(videos: GeneratedVideos, **wish) -> set[str]:
    return {each.id[2] for each in videos.search(VideoWish(**wish))}


def test_a_record_comes_back_as_it_was_kept(videos: GeneratedVideos, url: str) -> None:
    kept = keep(videos, url, "a", 'Straße, "quoted" – 100 % \\ and 🚤', tags=("core", "größe"))
    back = videos.get(kept.id)
    assert GeneratedVideo.model_validate(back.model_dump(include=set(GeneratedVideo.model_fields))) == kept
    assert (back.resolution, back.bytes) == ("240p", 3_000_000_000)
    with pytest.raises(NotFound, match="pixora videos"):
        videos.get("p-zzzzzzzzzz")


def test_another_version_takes_the_place_of_the_one_before(videos: GeneratedVideos, url: str) -> None:
    first = keep(videos, url, "a", "A boat.")
    made = videos.get(first.id).created_at
    keep(videos, url, "a", "A storm.", fingerprint="f2", title="Other")
    assert (videos.get(first.id).title, videos.get(first.id).created_at) == ("Other", made)
    assert (found(videos, text="boat"), found(videos, text="storm")) == (set(), {"a"})
    assert videos.fingerprints() == {first.id: "f2"}


def test_what_a_voice_said_is_found_with_how_long_it_took(videos: GeneratedVideos, url: str) -> None:
    def heard(voice: str, model: str | None = "tts-1") -> tuple[SceneAudio, ...]:
        said = {"slot": "s01", "language": "en", "provider": "openai", "seconds": 9.0, "spoken_seconds": 4.0}
        return (SceneAudio(voice=voice, model=model, **said),)

    keep(videos, url, "a", "A boat.", audio=heard('no"va'))
    keep(videos, url, "b", "A storm.", audio=heard("nova_"))
    keep(videos, url, "c", "A lamp.", audio=heard('no"va', "tts-1-hd"))
    ((words, audio),) = videos.told_by("openai/tts-1", 'no"va')
    assert (words, audio.spoken_seconds) == ("A boat.", 4.0)
    assert videos.told_by("openai/tts-1", "nova") == []


def test_the_same_version_again_changes_nothing(videos: GeneratedVideos, url: str) -> None:
    first = keep(videos, url, "a", "A boat.")
    with open_database(url).begin() as connection:
        connection.execute(text("UPDATE generated_videos SET updated_at = '2001-01-01 00:00:00'"))
    keep(videos, url, "a", "A boat.")
    assert videos.get(first.id).updated_at.year == 2001


def test_words_are_found_wherever_they_stand_and_however_they_are_written(videos: GeneratedVideos, url: str) -> None:
    keep(videos, url, "a", "Anna kept a red BOAT.", title="Größe", requirements="for a harbour_master, 100% sure")
    keep(videos, url, "b", "她把船划到灯塔。", description="A lighthouse.")
    cases = {
        "boat": "a", "red boat": "a", "BOAT anna": "a", "GRÖSSE": "a", "harbour_master": "a", "100%": "a",
        "灯塔": "b", "light": "b", "": "ab", "boat lighthouse": "", "r_d": "", "%": "a", "\\": "", "'; DROP": "",
    }  # fmt: skip
    for words, ids in cases.items():
        assert found(videos, text=words) == set(ids), words


def test_tags_are_found_whole(videos: GeneratedVideos, url: str) -> None:
    keep(videos, url, "a", "x", tags=("core strength", "größe"))
    keep(videos, url, "b", "x", tags=("core", 'quo"ted'))
    for tags, ids in {
        ("core",): "b", ("Core Strength",): "a", ("core", "größe"): "", ("Größe",): "a", ('quo"ted',): "b",
        ("strength",): "", ("%",): "", (): "ab",
    }.items():  # fmt: skip
        assert found(videos, tags=tags) == set(ids), tags


def test_lengths_are_found_between_limits(videos: GeneratedVideos, url: str) -> None:
    for letter, seconds in (("a", 30.0), ("b", 60.0), ("c", 90.5)):
        keep(videos, url, letter, "x", seconds=seconds)
    assert found(videos, min_seconds=60) == {"b", "c"}
    assert found(videos, max_seconds=60) == {"a", "b"}
    assert found(videos, min_seconds=31, max_seconds=90) == {"b"}
    assert len(videos.search(VideoWish(limit=2))) == 2


def test_a_deleted_project_shows_no_film(videos: GeneratedVideos, url: str) -> None:
    keep(videos, url, "a", "x")
    with open_database(url).begin() as connection:
        connection.execute(text("DELETE FROM projects"))
    assert found(videos) == set()
