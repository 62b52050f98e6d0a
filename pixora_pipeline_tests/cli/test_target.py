"""The place of a film is checked before the work, and the film is put there whole or not at all."""

import os
from pathlib import Path

import pytest

from pixora_pipeline.cli.target import check_target, deliver
from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline_tests.locked import locked_folder


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("to", ["film.mp4", "a/b/c/film.mp4", "FILM.MP4", "with space/фильм.mp4"])
def test_a_good_place_is_made_ready(folder: Path, to: str) -> None:
    assert check_target(Path(to)) == Path(to)
    assert (folder / to).parent.is_dir()
    assert not (folder / to).exists()


@pytest.mark.parametrize("to", ["film.mkv", "film", "film.mp4.txt", ".mp4"])
def test_what_is_no_mp4_is_refused_with_a_suggestion(to: str) -> None:
    with pytest.raises(UserError, match=r"does not end in \.mp4.* Try .*\.mp4"):
        check_target(Path(to))


@pytest.mark.parametrize("to", ["films.mp4", "films", ".", "", "/", ".."])
def test_a_folder_is_no_place_for_a_film(folder: Path, to: str) -> None:
    (folder / "films.mp4").mkdir()
    (folder / "films").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        check_target(Path(to))


@pytest.mark.parametrize("to", ["blocked/film.mp4", "blocked/deeper/film.mp4"])
def test_a_file_in_the_way_is_named(folder: Path, to: str) -> None:
    (folder / "blocked").write_text("a file")
    with pytest.raises(UserError, match=r"blocked.* can't be made: .* Give another -o"):
        check_target(Path(to))


def test_a_name_too_long_for_a_file_is_refused() -> None:
    for to in (Path("a" * 300 + ".mp4"), Path("b" * 300) / "film.mp4"):
        with pytest.raises(UserError, match="Give another -o"):
            check_target(to)


def test_a_folder_without_permission_is_refused() -> None:
    with locked_folder() as locked:
        for to in (locked / "film.mp4", locked / "films" / "film.mp4"):
            with pytest.raises(UserError, match=r"[Pp]ermission denied"):
                check_target(to)
        assert os.listdir(locked) == []  # noqa: PTH208


def test_a_film_replaces_the_one_before(folder: Path) -> None:
    (folder / "made.mp4").write_bytes(b"new")
    (folder / "film.mp4").write_bytes(b"old")
    deliver(folder / "made.mp4", folder / "film.mp4")
    assert (folder / "film.mp4").read_bytes() == b"new"
    assert sorted(path.name for path in folder.iterdir()) == ["film.mp4", "made.mp4"]


def test_a_film_that_cannot_be_put_is_not_lost(folder: Path) -> None:
    (folder / "made.mp4").write_bytes(b"new")
    (folder / "film.mp4").mkdir()
    with pytest.raises(TryAgain, match=r"could not be put at .*film\.mp4: .* It is at .*made\.mp4"):
        deliver(folder / "made.mp4", folder / "film.mp4")
    assert sorted(path.name for path in folder.iterdir()) == ["film.mp4", "made.mp4"]


def test_a_film_that_breaks_off_leaves_the_old_one(folder: Path) -> None:
    (folder / "film.mp4").write_bytes(b"old")
    with pytest.raises(TryAgain):
        deliver(folder / "gone.mp4", folder / "film.mp4")
    assert (folder / "film.mp4").read_bytes() == b"old"
    assert [path.name for path in folder.iterdir()] == ["film.mp4"]
