"""What other faces say of a video is read off its row, its artifacts and its runs."""

from pathlib import Path

import pytest

from pixora_pipeline.assets.graph import WAVES
from pixora_pipeline.assets.standing import look_up, video_response
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import TryAgain
from pixora_pipeline.model.project import Project
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.runner import RunFailed, make_current
from pixora_pipeline.store.makers import this_process
from pixora_pipeline_tests.conftest import Bench

QUESTION = "Explain the Pythagorean theorem with visual proof"


def told(bench: Bench, project: Project):
    return video_response(look_up(bench.studio, bench.instance, bench.studio.projects.get(project.id)))


def test_a_new_video_is_queued(bench: Bench) -> None:
    project = bench.project()
    said = told(bench, project)
    assert said.model_dump(exclude={"created_at", "message"}) == {
        "video_id": project.id,
        "status": "queued",
        "video_url": None,
        "s3_url": None,
        "progress": 0,
        "original_question": project.text,
        "initial_explanation": None,
        "refined_explanation": None,
    }
    assert (said.message, said.created_at) == ("Waiting to begin.", project.created_at)


def test_whoever_is_at_it_shows(bench: Bench) -> None:
    project = bench.project()
    with bench.studio.makers.hold(project.id, this_process("a test")):
        assert (told(bench, project).status, told(bench, project).message) == (
            "generating_script",
            "Writing the script.",
        )


def test_a_finished_video_plays_here_until_it_is_published(film: tuple[Bench, Project]) -> None:
    bench, project = film
    said = told(bench, project)
    assert (said.status, said.progress, said.s3_url) == ("completed", 100, None)
    path = bench.stored(project, "final_video").path.relative_to(bench.studio.store.root)
    assert said.video_url == f"http://127.0.0.1:3000/media/{path}"


def test_a_published_video_is_where_it_was_put_and_an_older_one_is_told_apart(
    own_film: tuple[Bench, Project], tmp_path: Path
) -> None:
    opened, project = own_film
    chosen = opened.studio.settings.model_copy(update={"publish_url": (tmp_path / "films").as_uri()})
    bench = Bench(Studio(chosen), opened.instance)
    before = told(bench, project)
    assert (before.status, before.progress, before.s3_url) == ("uploading_to_s3", 90, None)
    assert before.message == "Next: publishing the film."
    bench.make(project)
    after = told(bench, project)
    assert (after.status, after.video_url) == ("completed", None)
    assert after.s3_url == (tmp_path / "films" / f"{project.id}.mp4").as_uri()
    edited = bench.studio.projects.change(bench.studio.projects.get(project.id), title="Another")
    standing = look_up(bench.studio, bench.instance, edited)
    assert standing.published and not standing.published.current
    assert told(bench, project).s3_url == after.s3_url


def test_an_explainer_has_its_explanations_as_soon_as_they_are_made(bench: Bench) -> None:
    pytest.importorskip("manim")
    project = bench.studio.projects.add(new_project_id(), QUESTION, kind="explainer")
    make_current(bench.studio, bench.instance, project, WAVES[:1])
    said = told(bench, project)
    texts = [
        bench.stored(project, name).path.read_text("utf-8") for name in ("initial_explanation", "refined_explanation")
    ]
    assert [said.initial_explanation, said.refined_explanation] == texts
    assert said.original_question == QUESTION
    assert (said.status, said.progress) == ("validating_script", 60)


def test_a_video_that_failed_says_why(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from pixora_pipeline.providers.embedded.writer.writer import EmbeddedWriter

    def refuse(*_: object) -> None:
        raise TryAgain("The writer is ill.")

    project = bench.project()
    monkeypatch.setattr(EmbeddedWriter, "write", refuse)
    monkeypatch.setattr("time.sleep", lambda _: None)
    with pytest.raises(RunFailed):
        bench.make(project)
    said = told(bench, project)
    assert (said.status, said.message) == ("failed", "script_draft: The writer is ill.")
    assert 0 < said.progress < 20
