"""A room where nothing is made yet, and one where everything is."""

from datetime import UTC, datetime

import pytest

from pixora_pipeline.model.project import Preferences, Project
from pixora_pipeline_tests.planning.toy import ID, NARRATIONS, Room, toy_graph


@pytest.fixture
def empty() -> Room:
    wishes = Preferences(voice="en-gb")
    row = Project(
        id=ID, owner="local", kind="story", title=None, text="A text.", preferences=wishes, revision=1,
        created_at=datetime.now(UTC),
    )  # fmt: skip
    return Room(toy_graph(), row, NARRATIONS)


@pytest.fixture
def room(empty: Room) -> Room:
    """Everything is made."""
    empty.make()
    return empty
