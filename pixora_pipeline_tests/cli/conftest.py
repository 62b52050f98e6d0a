"""A folder to stand in, a home to keep things in, and a keyboard."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pixora_pipeline.model.project import Project
from pixora_pipeline_tests.cli.keyboard import Pixora, in_process, living_in
from pixora_pipeline_tests.conftest import Bench


@dataclass(frozen=True)
class Desk:
    """A folder with nothing in it, a home that is not there yet, and `pixora`."""

    folder: Path
    home: Path
    pixora: Pixora


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    folder, home = tmp_path / "folder", tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with living_in(home, monkeypatch):
        yield Desk(folder, home, in_process(capsys, monkeypatch))


@pytest.fixture
def studio(
    film: tuple[Bench, Project], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    """A desk in the studio where the small film was made. Nothing there is to be changed."""
    monkeypatch.chdir(tmp_path)
    home = film[0].studio.settings.home
    with living_in(home, monkeypatch):
        yield Desk(tmp_path, home, in_process(capsys, monkeypatch))


@pytest.fixture
def own_studio(
    film_home: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    """A desk in a copy of that studio, where anything can be changed."""
    folder, home = tmp_path / "folder", tmp_path / "home"
    folder.mkdir()
    shutil.copytree(film_home[0], home)
    monkeypatch.chdir(folder)
    with living_in(home, monkeypatch):
        yield Desk(folder, home, in_process(capsys, monkeypatch))
