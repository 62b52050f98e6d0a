"""One maker a project: the second one is told who the first is, and a killed one is not waited for."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from pixora_pipeline.errors import Conflict
from pixora_pipeline.settings import CHECKOUT
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.makers import Makers, open_makers

ID, OTHER = "p-aaaaaaaaaa", "p-bbbbbbbbbb"

_HOLDING = """
import sys, time
from pathlib import Path
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.makers import open_makers
url, folder, project = sys.argv[1:]
with open_makers(open_database(url), Path(folder)).hold(project, "somebody else"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A database and the folder beside it."""
    url = f"sqlite:///{tmp_path / 'pixora.db'}" if request.param == "file" else request.getfixturevalue("postgres")
    return url, tmp_path / "makers"


@pytest.fixture
def makers(place: tuple[str, Path]) -> Makers:
    return open_makers(open_database(place[0]), place[1])


@contextmanager
def held_elsewhere(place: tuple[str, Path], project: str = ID) -> Iterator[subprocess.Popen]:
    """Another process makes the project until the block ends, or until it is killed."""
    command = [sys.executable, "-c", _HOLDING, place[0], str(place[1]), project]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT)
    with process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_nobody_makes_a_project_until_somebody_does(makers: Makers) -> None:
    assert makers.holder(ID) is None
    with makers.hold(ID, "me"):
        assert makers.holder(ID) == "me"
        assert makers.holder(OTHER) is None
    assert makers.holder(ID) is None


def test_the_second_maker_is_told_who_the_first_is(place: tuple[str, Path], makers: Makers) -> None:
    with held_elsewhere(place):
        assert makers.holder(ID) == "somebody else"
        with pytest.raises(Conflict, match=rf"^{ID} is being made by somebody else\. Nothing was changed\."):
            makers.hold(ID, "me").__enter__()
        with makers.hold(OTHER, "me"):
            assert makers.holder(OTHER) == "me"


def test_a_killed_maker_is_not_waited_for(place: tuple[str, Path], makers: Makers) -> None:
    with held_elsewhere(place) as process:
        process.kill()
        process.wait()
        with makers.hold(ID, "me"):
            assert makers.holder(ID) == "me"


def test_a_block_within_is_part_of_the_hold_in_the_same_thread_only(makers: Makers) -> None:
    def elsewhere() -> None:
        with makers.hold(ID, "a thread"):
            raise AssertionError("two make it at once")

    with makers.hold(ID, "me"), ThreadPoolExecutor(1) as thread:
        with makers.hold(ID, "me again"):
            assert makers.holder(ID) == "me"
        with pytest.raises(Conflict, match="being made by me"):
            thread.submit(elsewhere).result()
    assert makers.holder(ID) is None


def test_whoever_only_looks_is_in_nobodys_way(makers: Makers) -> None:
    with ThreadPoolExecutor(2) as threads:
        looking = [threads.submit(lambda: [makers.holder(ID) for _ in range(200)]) for _ in range(2)]
        for _ in range(50):
            with makers.hold(ID, "me"):
                assert makers.holder(ID) == "me"
        assert {who for each in looking for who in each.result()} <= {"me", "another process", None}


def test_no_file_is_left_behind(tmp_path: Path) -> None:
    makers = open_makers(open_database(f"sqlite:///{tmp_path / 'pixora.db'}"), tmp_path / "makers")
    with makers.hold(ID, "me"):
        assert [path.name for path in (tmp_path / "makers").iterdir()] == [ID]
    assert list((tmp_path / "makers").iterdir()) == []
