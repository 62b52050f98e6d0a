"""What a command finds in the studio when another one asks for the same at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from pixora_pipeline.cli.session import Session
from pixora_pipeline.model.project import Preferences
from pixora_pipeline.store.projects import ProjectTable
from pixora_pipeline_tests.cli.conftest import Desk


def test_two_that_ask_for_the_same_film_at_once_get_the_same_project(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, look = Barrier(2), ProjectTable.alike

    def look_together(table: ProjectTable, text: str) -> list:
        found = look(table, text)
        with suppress(BrokenBarrierError):
            looked.wait(0.3)
        return found

    def ask(_: int) -> str:
        with Session() as session:
            return session.project_for("Tell a story about a lighthouse", "story", None, Preferences()).id

    with Session() as session:
        assert session.studio.projects.newest() == []
    monkeypatch.setattr(ProjectTable, "alike", look_together)
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(ask, range(2))
    assert first == second
