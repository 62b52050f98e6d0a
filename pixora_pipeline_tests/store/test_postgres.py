"""On Postgres everything is as on SQLite: chosen by one URL, for the rows and for Dagster's own storage."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from dagster import AssetRecordsFilter, RunsFilter
from sqlalchemy import create_engine, text

from pixora_pipeline.assets.next_run import PROJECT
from pixora_pipeline.assets.recorded import asset_key
from pixora_pipeline.errors import Conflict
from pixora_pipeline.instance import open_instance
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.database import open_database
from pixora_pipeline_tests.conftest import STORY, Bench, close_bench, open_bench
from pixora_pipeline_tests.daemon import open_studio, wait_until
from pixora_pipeline_tests.openers import OPENERS, open_at_once

pytestmark = pytest.mark.slow

TEXT = "A red boat left the harbour."


@pytest.fixture(scope="module")
def team(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = open_bench(tmp_path_factory.mktemp("team"), postgres)
    yield bench
    close_bench(bench)


def test_a_film_is_made_and_a_second_time_nothing_is(team: Bench, tmp_path: Path) -> None:
    project = team.project(TEXT)
    team.make(project)
    assert team.stored(project, "final_video").path.stat().st_size > 50_000
    assert team.make(project) == 0
    assert team.instance.get_latest_materialization_event(asset_key("final_video")) is not None
    assert not list(team.studio.settings.home.rglob("*.db"))


def test_a_row_changed_by_sql_counts_as_a_revision_and_as_a_change(team: Bench) -> None:
    project = team.project()
    cursor = max(number for number, _ in team.studio.projects.changed_since(0))
    with open_database(team.studio.settings.database).begin() as connection:
        connection.execute(text("UPDATE projects SET title = 'Other' WHERE id = :id"), {"id": project.id})
        connection.execute(text("UPDATE projects SET title = 'Other' WHERE id = :id"), {"id": project.id})
    changed = team.studio.projects.get(project.id)
    assert (changed.title, changed.revision) == ("Other", 2)
    assert [id for _, id in team.studio.projects.changed_since(cursor)] == [project.id]
    assert [row.revision for row in team.studio.projects.revisions(project.id)] == [1, 2]


def test_a_source_added_or_changed_by_sql_counts_as_a_change(team: Bench) -> None:
    with open_database(team.studio.settings.database).begin() as connection:
        row = {"id": "v-aaaaaaaaaa", "name": "one"}
        connection.execute(text("INSERT INTO sources (id, name, path, video) VALUES (:id, :name, :name, :name)"), row)
        connection.execute(text("UPDATE sources SET name = 'two' WHERE id = :id"), row)
    assert [id for _, id in team.studio.sources.changed_since(0)] == [row["id"], row["id"]]
    team.studio.sources.remove(row["id"])  # a studio that is opened on this database would try to take it apart


def test_a_row_that_moved_on_is_not_overwritten(team: Bench) -> None:
    project = team.project()
    team.studio.projects.change(project, title="First")
    with pytest.raises(Conflict, match="revision 2"):
        team.studio.projects.change(project, title="Second")
    assert team.studio.projects.get(project.id).title == "First"


def test_a_row_of_an_id_and_a_text_is_enough(team: Bench) -> None:
    with open_database(team.studio.settings.database).begin() as connection:
        row = {"id": "p-ccccccccca", "text": STORY}
        connection.execute(text("INSERT INTO projects (id, text) VALUES (:id, :text)"), row)
    assert team.studio.projects.get("p-ccccccccca").preferences.aspect == "16:9"


def test_a_row_on_postgres_becomes_a_film_with_nobody_clicking(postgres: str, team: Bench) -> None:
    with open_studio(team.studio.settings.home, PIXORA_DATABASE_URL=postgres):
        with open_database(postgres).begin() as connection:
            row = {"id": new_project_id(), "text": TEXT, "wishes": '{"resolution": "240p"}'}
            connection.execute(text("INSERT INTO projects (id, text, preferences) VALUES (:id, :text, :wishes)"), row)
        films = AssetRecordsFilter(asset_key("final_video"), asset_partitions=[row["id"]])
        wait_until(lambda: team.instance.fetch_materializations(films, limit=1).records)
    project = team.studio.projects.get(row["id"])
    assert team.stored(project, "final_video").path.stat().st_size > 50_000
    assert team.plan(project).steps == ()
    runs = team.instance.get_runs(RunsFilter(tags={PROJECT: project.id}))
    assert sorted(run.job_name for run in runs) == ["make_film", "make_scenes", "make_script"]


def test_processes_that_begin_a_database_in_the_same_instant_all_find_it_whole(postgres: str, tmp_path: Path) -> None:
    server = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE opened"))
        url = server.url.set(database="opened").render_as_string(hide_password=False)
        settings = Settings(home=tmp_path / "home", database_url=url)
        open_at_once(settings)
        with open_instance(settings) as instance:
            assert set(instance.get_dynamic_partitions("openers")) == OPENERS
        connection.execute(text("DROP DATABASE opened WITH (FORCE)"))
    server.dispose()
