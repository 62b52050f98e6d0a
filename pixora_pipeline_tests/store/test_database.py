"""The app database comes up by itself, current, and takes rows from whoever inserts them."""

import multiprocessing
import re
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from pixora_pipeline.errors import NotFound, TryAgain, UserError
from pixora_pipeline.model.project import Preferences
from pixora_pipeline.store import account_tables  # noqa: F401 its tables are among the base's
from pixora_pipeline.store.database import MIGRATIONS, SCHEMA, VERSION_TABLE, open_database
from pixora_pipeline.store.projects import ProjectTable
from pixora_pipeline.store.tables import Base
from pixora_pipeline_tests.locked import locked_folder
from pixora_pipeline_tests.store.opening import open_in_step

ID = "p-aaaaaaaaaa"
TEXT = "Tell a story about a lighthouse."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "pixora.db"


@pytest.fixture
def engine(file: Path) -> Engine:
    return open_database(f"sqlite:///{file}")


def insert(engine: Engine, **columns: object) -> None:
    names, marks = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO projects ({names}) VALUES ({marks})"), columns)


def test_a_fresh_database_has_the_current_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM pixora_version")).scalars().all() == [SCHEMA]


def test_the_schema_is_the_newest_migration() -> None:
    revisions = {
        re.search(r'^revision = "(\w+)"', path.read_text("utf-8"), re.MULTILINE).group(1)
        for path in (MIGRATIONS / "versions").glob("*.py")
    }
    assert max(revisions) == SCHEMA


def test_the_migrations_make_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "version_table": VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def test_opening_twice_keeps_the_rows(engine: Engine, file: Path) -> None:
    ProjectTable(engine).add(ID, TEXT)
    open_database.cache_clear()
    again = open_database(f"sqlite:///{file}")
    assert again is not engine
    assert ProjectTable(again).get(ID).text == TEXT


def test_two_processes_may_open_a_fresh_database_at_once(tmp_path: Path) -> None:
    processes = multiprocessing.get_context("spawn")
    barrier, urls = processes.Barrier(2), [f"sqlite:///{tmp_path / str(number)}.db" for number in range(6)]
    both = [processes.Process(target=open_in_step, args=(barrier, urls)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(120)
    assert [process.exitcode for process in both] == [0, 0]
    assert [ProjectTable(open_database(url)).newest() for url in urls] == [[]] * len(urls)


def test_a_migration_that_fails_leaves_no_half_a_schema(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(op, "create_index", fail)
        with pytest.raises(RuntimeError):
            open_database(f"sqlite:///{file}")
    assert ProjectTable(open_database(f"sqlite:///{file}")).newest() == []


def test_a_row_of_an_id_and_a_text_is_a_project(engine: Engine) -> None:
    insert(engine, id=ID, text=TEXT)
    project = ProjectTable(engine).get(ID)
    assert (project.owner, project.kind, project.title, project.revision) == ("local", "story", None, 1)
    assert project.preferences == Preferences()
    assert project.created_at.year >= 2024


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("preferences", '{"resolution": "999p"}', "resolution is '999p'"),
        ("preferences", '{"seconds": 5}', "seconds is 5"),
        ("preferences", '{"colour": "red"}', "colour is 'red'"),
        ("preferences", '{"models": {"image": 3}}', "models.image is 3"),
        ("preferences", '["16:9"]', "preferences is ['16:9']"),
        ("preferences", "{not json", "preferences is '{not json'"),
        ("kind", "documentary", "kind is 'documentary'"),
    ],
)
def test_a_broken_row_is_told_by_its_field(engine: Engine, column: str, value: str, named: str) -> None:
    insert(engine, id=ID, text=TEXT, **{column: value})
    with pytest.raises(UserError) as told:
        ProjectTable(engine).get(ID)
    assert ID in str(told.value)
    assert named in str(told.value)
    assert str(told.value).endswith("Mend the row.")


@pytest.mark.parametrize("preferences", ['{"resolution": "999p"}', "{not json"])
def test_a_broken_row_hides_no_other(engine: Engine, preferences: str) -> None:
    insert(engine, id=ID, text=TEXT, preferences=preferences)
    insert(engine, id="p-bbbbbbbbbb", text=TEXT)
    complaints: list[UserError] = []
    projects = ProjectTable(engine).newest(on_broken=complaints.append)
    assert [project.id for project in projects] == ["p-bbbbbbbbbb"]
    assert [ID in str(complaint) for complaint in complaints] == [True]


def test_a_project_comes_back_as_it_was_added(engine: Engine) -> None:
    wishes = Preferences(aspect="9:16", seconds=40, voice="de")
    odd = "Zwei Zeilen\n\n— und ein 🚤, 'Anführung' und \"mehr\"; DROP TABLE projects;--"
    added = ProjectTable(engine).add(ID, odd, title="Ti\ttel", preferences=wishes)
    assert ProjectTable(engine).get(ID) == added
    assert (added.text, added.title, added.preferences) == (odd, "Ti\ttel", wishes)


def test_projects_are_listed_newest_first(engine: Engine) -> None:
    for day, id in enumerate(("p-cccccccccc", "p-aaaaaaaaaa", "p-bbbbbbbbbb"), 1):
        insert(engine, id=id, text=TEXT, created_at=f"2026-01-0{day} 00:00:00")
    assert [project.id for project in ProjectTable(engine).newest()] == ["p-bbbbbbbbbb", "p-aaaaaaaaaa", "p-cccccccccc"]
    assert len(ProjectTable(engine).newest(limit=2)) == 2


def test_an_unknown_project_is_not_found(engine: Engine) -> None:
    with pytest.raises(NotFound, match=r"There is no project 'p-zzzzzzzzzz'\. `pixora list` shows"):
        ProjectTable(engine).get("p-zzzzzzzzzz")


def test_a_file_that_is_no_database_is_told_by_its_name(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("This is a diary, not a database." * 100)
    with pytest.raises(TryAgain, match=re.escape(str(file))):
        open_database(f"sqlite:///{file}")


def test_a_database_of_a_newer_program_is_left_alone(engine: Engine, file: Path) -> None:
    engine.dispose()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE pixora_version SET version_num = '9999'")
    open_database.cache_clear()
    with pytest.raises(UserError, match=r"9999.*newer"):
        open_database(f"sqlite:///{file}")


@pytest.mark.parametrize("url", ["nonsense", "sqlite//x", "postgresql+nosuchdriver://localhost/x"])
def test_an_address_that_is_none_is_told_with_its_variable(url: str) -> None:
    with pytest.raises(UserError, match="PIXORA_DATABASE_URL"):
        open_database(url)


def test_a_folder_that_cannot_be_written_is_named() -> None:
    with locked_folder() as folder:
        for place in (folder / "home" / "pixora.db", folder / "pixora.db"):
            with pytest.raises(TryAgain, match=re.escape(str(folder))):
                open_database(f"sqlite:///{place}")


def test_a_home_that_cannot_be_written_is_told_without_codes(tmp_path: Path) -> None:
    (tmp_path / "x.db.lock").mkdir()
    with pytest.raises(TryAgain, match=r"x\.db can't be used: is a directory\. See PIXORA_DATABASE_URL"):
        open_database(f"sqlite:///{tmp_path}/x.db")
