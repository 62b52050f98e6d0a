"""A finished film is put where the settings say, once, and the clean-up takes away what nobody shows any more."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from dagster import build_schedule_context

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.progress import Progress, watching
from pixora_pipeline.assets.recorded import asset_key
from pixora_pipeline.assets.retention import clean_up
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.definitions import build_defs
from pixora_pipeline.errors import TryAgain
from pixora_pipeline.model.content import hash_file
from pixora_pipeline.model.overlay import Overlay, SceneEdit
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.publication import Publication
from pixora_pipeline.runner import RunFailed
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.destinations.folder import Folder
from pixora_pipeline.store.tables import PublicationRow
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.store.buckets import BUCKET, client_of, open_s3

FILM, PUBLISHED = ("final_video", None), ("published_video", None)
QUIET = Overlay(scenes={"s02": SceneEdit(volume=0.7)})
"""An edit that re-makes the film alone."""


def publishing(bench: Bench, **wishes: object) -> Bench:
    """The same bench with these settings of publishing, whatever it had before."""
    chosen = {name: wishes.get(name) for name in ("publish_url", "s3_endpoint_url", "publish_retention_days")}
    chosen["publish_links"] = wishes.get("publish_links", "public")
    return replace(bench, studio=Studio(bench.studio.settings.model_copy(update=chosen)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "published"


@pytest.fixture
def there(own_film: tuple[Bench, Project], folder: Path) -> Iterator[tuple[Bench, Project]]:
    """The small film, published in the folder."""
    bench = publishing(own_film[0], publish_url=folder.as_uri())
    bench.make(own_film[1])
    yield bench, bench.studio.projects.get(own_film[1].id)
    bench.studio.close()


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The films that are put in folders from here on."""
    heard: list[str] = []
    real = Folder.put

    def hear(self: Folder, video_id: str, *others: object) -> None:
        heard.append(video_id)
        real(self, video_id, *others)

    monkeypatch.setattr(Folder, "put", hear)
    return heard


def made_by(bench: Bench, project: Project) -> list[str]:
    """What was made that is no value."""
    heard: list[Progress] = []
    with watching(heard.append):
        bench.make(project)
    return [each.place[0] for each in heard if each.state == "made" and GRAPH[each.place[0]].make]


def test_nothing_is_published_and_nothing_is_missed_where_nothing_says_so(film: tuple[Bench, Project]) -> None:
    bench, project = film
    assert bench.plan(project).steps == ()
    assert PUBLISHED not in bench.records(project).by_place
    assert bench.studio.publications.all() == []


def test_a_film_that_is_finished_needs_only_to_be_put(own_film: tuple[Bench, Project], folder: Path) -> None:
    bench = publishing(own_film[0], publish_url=folder.as_uri())
    assert [step.place for step in bench.plan(bench.studio.projects.get(own_film[1].id)).steps] == [PUBLISHED]
    assert made_by(bench, own_film[1]) == ["published_video"]
    film = bench.stored(own_film[1], "final_video")
    assert sorted(path.name for path in folder.iterdir()) == [f"{own_film[1].id}.json", f"{own_film[1].id}.mp4"]
    assert hash_file(folder / f"{own_film[1].id}.mp4") == film.sidecar.files[0].hash


def test_the_sidecar_says_what_it_is_and_who_made_it(there: tuple[Bench, Project], folder: Path) -> None:
    bench, project = there
    said = Publication.model_validate_json((folder / f"{project.id}.json").read_text("utf-8"))
    film = bench.stored(project, "final_video").sidecar
    assert (said.video_id, said.title, said.original_question) == (project.id, "The Red Boat", project.text)
    assert (said.film.hash, said.film.bytes) == (film.files[0].hash, film.files[0].size)
    assert said.film.failed_checks == ()
    assert said.model_used.startswith("embedded/writer@")
    assert said.voice_used == "en-us"
    assert said.initial_explanation is None
    made = {(each.artifact, each.scene): each for each in said.provenance}
    slots = bench.slots(project)
    assert {place[0] for place in made} >= {"script_draft", "music", "voice_over", "scene_image", "scene_motion"}
    assert {place[1] for place in made if place[0] == "voice_over"} == set(slots)
    assert made["scene_image", slots[0]].cost_usd == 0.0


def test_its_page_says_where_it_is_and_that_it_can_be_had(there: tuple[Bench, Project], folder: Path) -> None:
    bench, project = there
    event = bench.instance.get_latest_materialization_event(asset_key("published_video"))
    metadata = event.asset_materialization.metadata
    assert metadata["published"].value == (folder / f"{project.id}.mp4").as_uri()
    findings = bench.stored(project, "published_video").sidecar.findings
    assert [(each.name, each.passed) for each in findings] == [("reachable", True)]


def test_the_same_film_is_not_put_twice(there: tuple[Bench, Project], folder: Path, put: list[str]) -> None:
    bench, project = there
    before = (folder / f"{project.id}.json").read_text("utf-8")
    assert bench.make(project) == 0
    click(bench, project)
    assert put == []
    assert (folder / f"{project.id}.json").read_text("utf-8") == before


def test_a_changed_film_takes_its_place_and_going_back_brings_back_the_first(
    there: tuple[Bench, Project], folder: Path
) -> None:
    bench, project = there
    first = (folder / f"{project.id}.mp4").read_bytes()
    date = json.loads((folder / f"{project.id}.json").read_text("utf-8"))["generation_date"]
    edited = bench.studio.projects.change(project, overlay=QUIET)
    assert {step.place for step in bench.plan(edited).work if step.action == "make"} == {FILM, PUBLISHED}
    assert made_by(bench, edited) == ["final_video", "published_video"]
    second = (folder / f"{project.id}.mp4").read_bytes()
    assert second != first
    back = bench.studio.projects.change(edited, overlay=Overlay())
    assert {step.place: step.action for step in bench.plan(back).steps if step.place in (FILM, PUBLISHED)} == {
        FILM: "reuse",
        PUBLISHED: "make",
    }
    assert made_by(bench, back) == ["published_video"]
    assert (folder / f"{project.id}.mp4").read_bytes() == first
    again = json.loads((folder / f"{project.id}.json").read_text("utf-8"))
    assert again["generation_date"] >= date
    assert bench.plan(back).steps == ()


def test_a_film_that_cannot_be_put_is_made_all_the_same_and_put_by_the_next_try(
    own_film: tuple[Bench, Project], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, project = publishing(own_film[0], publish_url=folder.as_uri()), own_film[1]

    def fail(*_: object) -> None:
        raise TryAgain("The folder is away.")

    edited = bench.studio.projects.change(project, overlay=QUIET)
    with monkeypatch.context() as patch, pytest.raises(RunFailed, match="published_video: The folder is away"):
        patch.setattr(Folder, "put", fail)
        patch.setattr("time.sleep", lambda _: None)
        bench.make(edited)
    assert {step.place for step in bench.plan(edited).steps} == {PUBLISHED}
    assert made_by(bench, edited) == ["published_video"]


def test_a_crash_between_film_and_sidecar_is_mended(
    own_film: tuple[Bench, Project], folder: Path, monkeypatch: pytest.MonkeyPatch, put: list[str]
) -> None:
    bench, project = publishing(own_film[0], publish_url=folder.as_uri()), own_film[1]

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(BaseException):  # noqa: B017
        patch.setattr(Folder, "note", die)
        bench.make(project)
    assert [path.name for path in folder.iterdir()] == [f"{project.id}.mp4"]
    assert [each.video_id for each in bench.studio.publications.all()] == [project.id]
    bench.make(project)
    assert sorted(path.suffix for path in folder.iterdir()) == [".json", ".mp4"]
    assert put == [project.id]


def test_by_hand_nothing_is_published_and_it_is_said_why(own_film: tuple[Bench, Project]) -> None:
    bench, project = own_film
    result = click(bench, project, raise_on_error=False)
    assert not result.success
    (failed,) = [event for event in result.all_events if event.is_step_failure]
    assert "until PIXORA_PUBLISH_URL says where" in failed.step_failure_data.user_failure_data.description


def click(bench: Bench, project: Project, raise_on_error: bool = True):
    job = build_defs(studio=bench.studio).resolve_job_def("make_film")
    return job.execute_in_process(
        instance=bench.instance,
        partition_key=project.id,
        asset_selection=[asset_key("published_video")],
        raise_on_error=raise_on_error,
    )


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with open_s3(monkeypatch) as url:
        yield url


def test_in_a_bucket_it_has_headers_and_whoever_may_not_read_it_is_told(
    own_film: tuple[Bench, Project], s3: str
) -> None:
    bench = publishing(own_film[0], publish_url=f"s3://{BUCKET}/films", s3_endpoint_url=s3)
    project = own_film[1]
    bench.make(project)
    head = client_of(s3).head_object(Bucket=BUCKET, Key=f"films/{project.id}.mp4")
    film = bench.stored(project, "final_video").sidecar.files[0]
    assert (head["ContentLength"], head["ContentType"]) == (film.size, "video/mp4")
    assert head["Metadata"]["content-hash"] == film.hash
    assert head["Metadata"]["original-question"].startswith("# The Red Boat Anna kept a red boat")
    assert sum(len(f"x-amz-meta-{name}") + len(value) for name, value in head["Metadata"].items()) <= 2048
    (finding,) = bench.stored(project, "published_video").sidecar.findings
    assert not finding.passed
    assert "s3:GetObject" in finding.message
    client_of(s3).put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(everybody_reads()))
    click(bench, project)
    (finding,) = bench.stored(project, "published_video").sidecar.findings
    assert finding.passed, finding.message
    assert bench.stored(project, "published_video").sidecar.facts["put"] is False


def everybody_reads() -> dict:
    allowed = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    return {"Version": "2012-10-17", "Statement": [allowed]}


def test_a_signed_link_is_kept_nowhere(own_film: tuple[Bench, Project], s3: str) -> None:
    bench = publishing(own_film[0], publish_url=f"s3://{BUCKET}", s3_endpoint_url=s3, publish_links="signed")
    bench.make(own_film[1])
    sidecar = bench.stored(own_film[1], "published_video").sidecar
    assert sidecar.facts["url"] is None
    assert [finding.passed for finding in sidecar.findings] == [True]
    home = bench.studio.settings.home
    kept = [path for path in home.rglob("*") if path.is_file() and path.stat().st_size < 10_000_000]
    assert [path for path in kept if b"X-Amz-Signature" in path.read_bytes()] == []


def days_pass(bench: Bench, days: float) -> None:
    with open_database(bench.studio.settings.database).begin() as connection:
        table = PublicationRow.__table__
        connection.execute(table.update().values(put_at=table.c.put_at - days * 86_400))


def delete(bench: Bench, project: Project) -> None:
    with open_database(bench.studio.settings.database).begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM projects WHERE id = '{project.id}'")


Change = Callable[[Bench, Project, Path], Bench]


def _deleted(bench: Bench, project: Project, folder: Path) -> Bench:
    delete(bench, project)
    return publishing(bench, publish_url=folder.as_uri(), publish_retention_days=7)


def _moved(bench: Bench, project: Project, folder: Path) -> Bench:
    moved = publishing(bench, publish_url=folder.with_name("elsewhere").as_uri(), publish_retention_days=7)
    moved.make(project)
    return moved


@pytest.mark.parametrize("change", [_deleted, _moved])
def test_what_is_shown_no_more_goes_after_its_days_and_nothing_beside_it(
    there: tuple[Bench, Project], folder: Path, change: Change
) -> None:
    bench, project = there
    bench = change(bench, project, folder)
    (folder / "p-zzzzzzzzzz.mp4").write_bytes(b"another studio's")
    assert clean_up(bench.studio, bench.instance).removed == []
    days_pass(bench, 8)
    assert [each.video_id for each in clean_up(bench.studio, bench.instance).removed] == [project.id]
    assert [path.name for path in folder.iterdir()] == ["p-zzzzzzzzzz.mp4"]
    assert clean_up(bench.studio, bench.instance).removed == []
    if change is _moved:
        assert (folder.with_name("elsewhere") / f"{project.id}.mp4").exists()


def _as_it_was(bench: Bench, project: Project, folder: Path) -> Bench:
    return publishing(bench, publish_url=folder.as_uri(), publish_retention_days=7)


def _edited(bench: Bench, project: Project, folder: Path) -> Bench:
    bench.studio.projects.change(project, overlay=QUIET)
    return _as_it_was(bench, project, folder)


def _broken(bench: Bench, project: Project, folder: Path) -> Bench:
    with open_database(bench.studio.settings.database).begin() as connection:
        connection.exec_driver_sql("UPDATE projects SET kind = 'documentary'")
    return _as_it_was(bench, project, folder)


def _no_longer(bench: Bench, project: Project, folder: Path) -> Bench:
    return publishing(bench, publish_retention_days=7)


def _about_to_move(bench: Bench, project: Project, folder: Path) -> Bench:
    return publishing(bench, publish_url=folder.with_name("elsewhere").as_uri(), publish_retention_days=7)


def _for_ever(bench: Bench, project: Project, folder: Path) -> Bench:
    delete(bench, project)
    return publishing(bench, publish_url=folder.as_uri())


@pytest.mark.parametrize("change", [_as_it_was, _edited, _broken, _no_longer, _about_to_move, _for_ever])
def test_what_a_project_shows_stays_however_old_it_is(
    there: tuple[Bench, Project], folder: Path, change: Change
) -> None:
    bench, project = there
    bench = change(bench, project, folder)
    days_pass(bench, 4000)
    done = clean_up(bench.studio, bench.instance)
    assert (done.removed, done.kept, done.errors) == ([], 1, [])
    assert (folder / f"{project.id}.mp4").exists()


def test_a_place_that_is_away_is_told_and_stops_no_other(there: tuple[Bench, Project], folder: Path) -> None:
    bench, project = there
    delete(bench, project)
    bench.studio.publications.note("s3://films/away", project.id, "0" * 32)
    bench = publishing(bench, s3_endpoint_url="http://127.0.0.1:9", publish_retention_days=7)
    days_pass(bench, 8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "loopback")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "loopback")
        patch.setenv("AWS_MAX_ATTEMPTS", "1")
        done = clean_up(bench.studio, bench.instance)
    assert [str(error) for error in done.errors] == [
        "S3 can't be reached for s3://films/away/ (EndpointConnectionError). Run the same command later."
    ]
    assert [each.destination for each in done.removed] == [folder.as_uri()]


def test_the_clean_up_runs_as_a_job_at_night(there: tuple[Bench, Project], folder: Path) -> None:
    bench, project = there
    delete(bench, project)
    bench = publishing(bench, publish_url=folder.as_uri(), publish_retention_days=7)
    days_pass(bench, 8)
    definitions = build_defs(studio=bench.studio)
    assert nights_work(bench) == 1
    assert definitions.resolve_job_def("clean_up").execute_in_process(instance=bench.instance).success
    assert list(folder.iterdir()) == []
    assert nights_work(bench) == 0


def nights_work(bench: Bench) -> int:
    nightly = build_defs(studio=bench.studio).resolve_schedule_def("nightly_clean_up")
    with build_schedule_context(bench.instance, resources={"studio": bench.studio}) as context:
        return len(nightly.evaluate_tick(context).run_requests or [])
