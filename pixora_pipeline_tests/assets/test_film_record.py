"""Every finished film has a record that is exact for it, whatever happened on the way there."""

import pytest
from sqlalchemy import text

from pixora_pipeline.assets.film_record import catch_up
from pixora_pipeline.model.overlay import Overlay, SceneEdit
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.generated_videos import GeneratedVideos
from pixora_pipeline_tests.conftest import Bench

LOUDER = Overlay(title="The Blue Boat", scenes={"s02": SceneEdit(volume=0.7)})
"""An edit that re-makes the film alone."""


def test_a_finished_film_is_recorded_with_what_it_is(film: tuple[Bench, Project]) -> None:
    bench, project = film
    kept, stored = bench.studio.generated_videos.get(project.id), bench.stored(project, "final_video")
    script = ScriptBreakdown.model_validate_json(bench.stored(project, "script_breakdown").path.read_bytes())
    assert (kept.title, kept.kind, kept.requirements, kept.script) == ("The Red Boat", "story", project.text, script)
    assert kept.fingerprint == stored.sidecar.fingerprint
    assert (kept.seconds, kept.bytes) == (
        pytest.approx(stored.sidecar.facts["seconds"], abs=1e-3),
        stored.path.stat().st_size,
    )
    assert (kept.width, kept.height, kept.resolution) == (426, 240, "240p")
    assert kept.description.startswith("Anna kept a red boat in the quiet harbour.")
    assert {"anna", "boat", "lighthouse"} <= set(kept.tags)
    assert [each.slot for each in kept.audio] == [scene.slot for scene in script.scenes]
    assert all(each.voice == "en-us" and each.provider == "embedded" and each.seconds > 0 for each in kept.audio)
    assert kept.details.failed_checks == ()
    assert {each.artifact for each in kept.details.provenance} >= {"script_draft", "music", "voice_over"}


def test_the_record_follows_the_film_there_and_back(own_film: tuple[Bench, Project]) -> None:
    bench, project = own_film
    before = bench.studio.generated_videos.get(project.id)
    edited = bench.studio.projects.change(project, overlay=LOUDER)
    assert bench.studio.generated_videos.get(project.id) == before
    bench.make(edited)
    after = bench.studio.generated_videos.get(project.id)
    assert (after.title, after.script.scenes[1].volume) == ("The Blue Boat", 0.7)
    assert after.fingerprint == bench.stored(edited, "final_video").sidecar.fingerprint
    back = bench.studio.projects.change(edited, overlay=Overlay())
    bench.make(back)
    again = bench.studio.generated_videos.get(project.id)
    assert again.model_dump(exclude={"updated_at"}) == before.model_dump(exclude={"updated_at"})


def test_a_film_is_not_on_record_before_its_record_is(
    own_film: tuple[Bench, Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, project = own_film
    edited = bench.studio.projects.change(project, overlay=LOUDER)

    def die(*_: object) -> None:
        raise SystemExit(9)

    with monkeypatch.context() as patch, pytest.raises(BaseException):  # noqa: B017
        patch.setattr(GeneratedVideos, "keep", die)
        bench.make(edited)
    assert ("final_video", None) in bench.plan(edited).places
    bench.make(edited)
    assert bench.studio.generated_videos.get(project.id).title == "The Blue Boat"


def test_records_that_are_lost_or_old_are_written_again_and_those_of_nobody_go(
    own_film: tuple[Bench, Project],
) -> None:
    bench, project = own_film
    before = bench.studio.generated_videos.get(project.id)
    engine = open_database(bench.studio.settings.database)
    assert catch_up(bench.studio, bench.instance, thoroughly=True) == 0
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM generated_videos"))
    assert catch_up(bench.studio, bench.instance) == 1
    volatile = {"created_at", "updated_at"}
    assert bench.studio.generated_videos.get(project.id).model_dump(exclude=volatile) == before.model_dump(
        exclude=volatile
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE generated_videos SET fingerprint = 'older', title = 'Older'"))
    assert catch_up(bench.studio, bench.instance) == 0
    assert catch_up(bench.studio, bench.instance, thoroughly=True) == 1
    assert bench.studio.generated_videos.get(project.id).title == "The Red Boat"
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM projects"))
    catch_up(bench.studio, bench.instance, thoroughly=True)
    assert bench.studio.generated_videos.fingerprints() == {}
