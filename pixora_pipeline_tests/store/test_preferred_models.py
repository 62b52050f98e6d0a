"""A project row takes over what its owner prefers, by whomever it is inserted, and keeps that."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from pixora_pipeline.model.project import Models, Preferences
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.projects import ProjectTable
from pixora_pipeline.store.user_models import UserModels

ID, TEXT = "p-aaaaaaaaaa", "Tell a story about a lighthouse."
MINE = Models(text="openai/gpt-6-luna", text_instead="embedded", image="openai/gpt-image-2.5-flare")


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield open_database(f"sqlite:///{tmp_path / 'pixora.db'}")
        return
    server = create_engine(request.getfixturevalue("postgres"), isolation_level="AUTOCOMMIT")
    url = server.url.set(database="preferring").render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE preferring"))
        yield open_database(url)
        open_database(url).dispose()
        open_database.cache_clear()
        connection.execute(text("DROP DATABASE preferring"))
    server.dispose()


def insert(engine: Engine, preferences: object = None, owner: str = "local") -> Models:
    given = {} if preferences is None else {"preferences": json.dumps(preferences)}
    columns = {"id": ID, "text": TEXT, "owner": owner, **given}
    names, marks = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO projects ({names}) VALUES ({marks})"), columns)
    return ProjectTable(engine).get(ID).preferences.models


def test_a_row_that_names_no_models_gets_its_owners(engine: Engine) -> None:
    table = UserModels(engine)
    table.keep(MINE)
    table.keep(Models(music="replicate/musicgen"), owner="anna")
    assert insert(engine, {"resolution": "240p"}) == MINE
    stored = ProjectTable(engine).get(ID)
    assert (stored.preferences.resolution, stored.revision) == ("240p", 1)
    (revision,) = ProjectTable(engine).revisions(ID)
    assert Preferences.model_validate(revision.preferences).models == MINE
    assert [id for _, id in ProjectTable(engine).changed_since(0)] == [ID]


def test_each_owner_has_their_own(engine: Engine) -> None:
    UserModels(engine).keep(MINE)
    assert insert(engine, owner="anna") == Models()


def test_what_the_row_names_comes_before_what_is_preferred(engine: Engine) -> None:
    UserModels(engine).keep(MINE)
    own = insert(engine, {"models": {"image": "embedded", "text_instead": None}})
    assert own == Models(text="openai/gpt-6-luna")


def test_a_later_wish_changes_no_row_and_an_edit_is_a_revision(engine: Engine) -> None:
    UserModels(engine).keep(MINE)
    insert(engine)
    UserModels(engine).keep(Models(speech="polly/neural"))
    table = ProjectTable(engine)
    assert table.get(ID).preferences.models == MINE
    changed = table.change(table.get(ID), preferences=Preferences())
    assert (changed.preferences.models, changed.revision) == (Models(), 2)


def test_what_a_command_says_is_taken_as_it_is(engine: Engine) -> None:
    UserModels(engine).keep(MINE)
    table = ProjectTable(engine)
    assert table.add(ID, TEXT, preferences=Preferences()).preferences.models == Models()
    assert table.add("p-bbbbbbbbbb", TEXT).preferences.models == MINE


@pytest.mark.parametrize("preferences", [["16:9"], {"models": 3}, {"models": None}])
def test_a_broken_row_is_left_as_it_is(engine: Engine, preferences: object) -> None:
    UserModels(engine).keep(MINE)
    with engine.begin() as connection:
        given = {"id": ID, "text": TEXT, "preferences": json.dumps(preferences)}
        connection.execute(
            text("INSERT INTO projects (id, text, preferences) VALUES (:id, :text, :preferences)"), given
        )
        kept = connection.execute(text("SELECT CAST(preferences AS TEXT) FROM projects")).scalar_one()
    assert json.loads(kept) == preferences
