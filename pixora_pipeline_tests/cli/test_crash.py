"""Killed half-way at any point and begun again, a film is finished without making anything twice, and is the same."""

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.model.project import Project
from pixora_pipeline.settings import CHECKOUT
from pixora_pipeline.store.artifacts import SIDECAR
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.projects import ProjectTable
from pixora_pipeline_tests.conftest import SMALL, STORY, Bench

pytestmark = pytest.mark.slow

ID = "p-aaaaaaaaaa"


@dataclass(frozen=True)
class Machine:
    """A home with one row in it, and processes that die in it."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def log(self) -> Path:
        return self.folder / "made.log"

    @property
    def made(self) -> list[str]:
        """Everything that was stored so far, by whichever process."""
        return self.log.read_text().split() if self.log.exists() else []

    @property
    def stored(self) -> set[tuple[Path, int]]:
        """Every version that stands in the store, and when it was written."""
        return {(path, path.stat().st_mtime_ns) for path in (self.home / "artifacts").rglob(SIDECAR) if _stands(path)}

    def run(self, point: str, at: int) -> subprocess.CompletedProcess[str]:
        module = [sys.executable, "-m", "pixora_pipeline_tests.cli.crashing", point, str(at), str(self.log)]
        chosen = os.environ | {"PIXORA_HOME": str(self.home), "PIXORA_WORKERS": "1", "PYTHONPATH": str(CHECKOUT)}
        for name in ("DAGSTER_HOME", "PIXORA_DATABASE_URL"):
            chosen.pop(name, None)
        typed = ["make", ID, "-o", str(self.folder / "film.mp4"), "--json"]
        return subprocess.run(
            [*module, *typed], capture_output=True, text=True, cwd=self.folder, env=chosen, timeout=400
        )


def _stands(path: Path) -> bool:
    return not {"drafts", "quarantine"} & set(path.parts)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    ProjectTable(open_database(f"sqlite:///{machine.home / 'pixora.db'}")).add(ID, STORY, preferences=SMALL)
    return machine


# From the first brief to the film itself, which is the last to be begun.
POINTS = [("stored", 6), ("drafted", 6), ("stored", 9)]


def test_a_film_killed_again_and_again_is_finished_without_making_anything_twice(
    machine: Machine, film: tuple[Bench, Project]
) -> None:
    for point, at in POINTS:
        before = machine.stored
        killed = machine.run(point, at)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert machine.stored >= before, "what was finished was made again"
        assert not (machine.folder / "film.mp4").exists()
    before = machine.stored
    finished = machine.run("never", 0)
    assert finished.returncode == 0, finished.stderr
    assert machine.stored >= before, "what was finished was made again"
    assert {place for place, times in Counter(machine.made).items() if times > 1} == set()
    whole = film[0].stored(film[1], "final_video").path
    assert (machine.folder / "film.mp4").read_bytes() == whole.read_bytes()


def test_what_a_killed_process_left_half_written_is_in_nobodys_way(own_film: tuple[Bench, Project]) -> None:
    bench, project = own_film
    store, clip = bench.studio.store, bench.stored(project, "scene_clip", "s02")
    data = clip.path.read_bytes()
    for number, part in enumerate((b"", data[:100], data)):
        draft = store.root / "drafts" / f"{number}"
        draft.mkdir(parents=True)
        (draft / "clip.mp4").write_bytes(part)
    # Moved to its place without its record, as a file system that lost the end of a rename may show it.
    (clip.folder / SIDECAR).unlink()
    clip.path.write_bytes(data[:100])
    bench.make(project)
    assert bench.plan(project).steps == ()
    assert bench.stored(project, "scene_clip", "s02").path.read_bytes() == data
    there = {place for recipe in GRAPH.values() for place in bench.plan(project).layout.places(recipe)}
    assert there == bench.records(project).by_place.keys()
