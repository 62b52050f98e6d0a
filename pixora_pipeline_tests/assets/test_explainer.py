"""A small explainer film, end to end: drawn by Manim, fitted to its voice, and not rendered again when words change."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pixora_pipeline.assets.progress import Progress, watching
from pixora_pipeline.model.overlay import Overlay, SceneEdit
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.results import Animation
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline_tests.conftest import SMALL, Bench, close_bench, open_bench

TEXT = """# Bees

Bees dance on the comb.

## The formula

The distance grows with the time.

$$d = v \\cdot t$$
"""


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bench, Project]]:
    bench = open_bench(tmp_path_factory.mktemp("explained"))
    project = bench.studio.projects.add(new_project_id(), TEXT, kind="explainer", preferences=SMALL)
    bench.make(project)
    yield bench, project
    close_bench(bench)


def made(bench: Bench, project: Project) -> set[str]:
    heard: list[Progress] = []
    with watching(heard.append):
        bench.make(project)
    return {artifact for progress in heard if progress.state == "made" for artifact in [progress.place[0]]}


def test_the_film_passes_its_checks(explained: tuple[Bench, Project]) -> None:
    bench, project = explained
    findings = bench.stored(project, "final_video").sidecar.findings
    assert [finding.message for finding in findings if not finding.passed] == []
    assert len(bench.slots(project)) == 3


def test_animated_scenes_have_scripts_and_renders_and_no_pictures(explained: tuple[Bench, Project]) -> None:
    bench, project = explained
    places = set(bench.records(project).by_place)
    artifacts = {artifact for artifact, _ in places}
    assert {"initial_explanation", "refined_explanation", "manim_script", "manim_render"} <= artifacts
    assert artifacts & {"scene_image", "scene_motion", "scene_brief/picture"} == set()
    script = bench.stored(project, "manim_script", "s03").path.read_text("utf-8")
    assert "class Explanation(ExplainerScene)" in script
    assert "v \\\\cdot t" in script


def test_a_recording_holds_only_frames_that_differ(explained: tuple[Bench, Project]) -> None:
    bench, project = explained
    facts = Animation.model_validate(bench.stored(project, "manim_render", "s03").sidecar.facts)
    clip = bench.stored(project, "scene_clip", "s03").sidecar.facts
    assert (facts.width, facts.height) == (clip["width"], clip["height"])
    assert 0 < facts.frames < clip["frames"]


def test_other_words_are_spoken_over_the_same_render(explained: tuple[Bench, Project]) -> None:
    bench, project = explained
    words = SceneEdit(narration="The longer it takes, at the same speed, the larger is the distance.")
    edited = bench.studio.projects.change(project, overlay=Overlay(scenes={"s03": words}))
    done = made(bench, edited)
    assert {"voice_over", "scene_clip", "final_video"} <= done
    assert done & {"manim_script", "manim_render"} == set()
    assert bench.plan(edited).steps == ()


def test_an_unknown_topic_fails_in_one_sentence(tmp_path: Path) -> None:
    from pixora_pipeline.runner import RunFailed

    bench = open_bench(tmp_path / "home")
    project = bench.studio.projects.add(new_project_id(), "Explain zebras to me", kind="explainer", preferences=SMALL)
    with pytest.raises(RunFailed, match="knows nothing about 'Explain zebras to me': give it a text"):
        bench.make(project)
    close_bench(bench)
