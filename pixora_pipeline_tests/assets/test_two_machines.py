"""Two machines that share a database and a bucket: a film made on one is on the other, and is gone on with there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.instance import open_instance
from pixora_pipeline.model.overlay import Overlay, SceneEdit
from pixora_pipeline.settings import Settings
from pixora_pipeline_tests.conftest import Bench, close_bench
from pixora_pipeline_tests.store.buckets import BUCKET, open_s3

pytestmark = pytest.mark.slow

STORY = "# The Boat\n\nAnna kept a red boat in the quiet harbour.\n"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, open_s3(patch) as url:
        yield url


def machine(folder: Path, name: str, server: str) -> Bench:
    settings = Settings(
        home=folder / name,
        workers=1,
        database_url=f"sqlite:///{folder / 'shared.db'}",
        dagster_home=folder / "dagster",
        storage_url=f"s3://{BUCKET}/pixora",
        s3_endpoint_url=server,
    )
    return Bench(Studio(settings), open_instance(settings))


def test_a_film_is_where_it_was_not_made_and_an_edit_there_makes_what_follows_from_it(
    tmp_path: Path, server: str
) -> None:
    first = machine(tmp_path, "first", server)
    project = first.project(STORY)
    first.make(project)
    film = first.stored(project, "final_video").path.read_bytes()
    close_bench(first)

    second = machine(tmp_path, "second", server)
    assert second.plan(project).steps == ()
    assert not list((tmp_path / "second").rglob("*.mp4")), "a plan fetches no films"
    assert second.stored(project, "final_video").path.read_bytes() == film
    edited = second.studio.projects.change(
        project, overlay=Overlay(scenes={"s02": SceneEdit(description="A storm over the harbour.")})
    )
    made = {step.place for step in second.plan(edited).steps if step.action == "make"}
    assert ("voice_over", "s02") not in made and ("scene_image", "s02") in made
    second.make(edited)
    assert second.plan(edited).steps == ()
    close_bench(second)

    third = machine(tmp_path, "third", server)
    assert third.plan(edited).steps == ()
    assert third.stored(edited, "final_video").path.read_bytes() != film
    close_bench(third)
