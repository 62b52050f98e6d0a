"""A source with three shots and known words, and a small library with a compilation of it, each made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pixora_pipeline.model.project import FootageWishes, Preferences, Project
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.providers.order import Order
from pixora_pipeline_tests.conftest import Bench, close_bench, open_bench
from pixora_pipeline_tests.footage.library import fill, make_takes
from pixora_pipeline_tests.footage.material import Take, film
from pixora_pipeline_tests.providers.servers.direct import DirectCalls
from pixora_pipeline_tests.providers.servers.journaled import open_account_with_all
from pixora_pipeline_tests.providers.servers.street import Street

REQUEST = "40 seconds, beginner-friendly, mobility and core, no jumping"
WISHES = Preferences(resolution="240p", aspect="9:16", footage=FootageWishes(context="morning workout"))

LISTENER, VIEWER, PLACER = "openai/gpt-transcribe", "openai/gpt-6-luna", "openai/text-embedding-3-small"

THREE_SHOTS = (
    ("Let us begin with gentle neck rolls.", "Drop your chin to your chest and roll slowly to the right."),
    ("Now bring your shoulders up to your ears and let them fall.",),
    ("Hold a plank on your forearms.", "Keep your hips level and squeeze your belly."),
)


@pytest.fixture(scope="session")
def three_shots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Take]:
    """The video and what is in it."""
    take = Take("three shots", THREE_SHOTS)
    return film(take, tmp_path_factory.mktemp("footage")), take


@pytest.fixture(scope="session")
def takes(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The videos of the small library."""
    return make_takes(tmp_path_factory.mktemp("takes"))


@pytest.fixture(scope="session")
def compiled(takes: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bench, Project]]:
    """A finished compilation. Tests look at it and leave it as it is."""
    bench = open_bench(tmp_path_factory.mktemp("compiled"))
    fill(bench, takes, collection="fitness")
    project = bench.studio.projects.add(new_project_id(), REQUEST, kind="compilation", preferences=WISHES)
    bench.make(project)
    yield bench, project
    close_bench(bench)


@pytest.fixture
def order(street: Street, tmp_path: Path) -> Order:
    """A piece of work that is paid for."""
    return Order(DirectCalls(street.credential), "p-test/work/1", tmp_path / "received", "p-test")


@pytest.fixture
def hired(street: Street, bench: Bench) -> Bench:
    """A bench whose studio calls the services of the street, through the journal."""
    bench.studio.paid_calls = open_account_with_all(bench.studio, street)
    return bench
