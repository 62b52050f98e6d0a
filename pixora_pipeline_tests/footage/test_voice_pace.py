"""A service's voice that was heard before is planned for at its own pace; what is learned makes nothing stale."""

import struct
from functools import partial
from pathlib import Path

import pytest

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.takes import ask_for_takes
from pixora_pipeline.footage.lengths import told_seconds
from pixora_pipeline.footage.narration import write_script
from pixora_pipeline.footage.voice_pace import pace_of
from pixora_pipeline.model.compilation import ClipPlan
from pixora_pipeline.model.project import Models, Preferences, Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.material import Take, film
from pixora_pipeline_tests.footage.test_clips_in_step import SAID
from pixora_pipeline_tests.footage.test_lengths import film as laid_out
from pixora_pipeline_tests.footage.test_lengths import library, plan
from pixora_pipeline_tests.providers.servers import openai_format

REQUEST = "planks, squats, neck rolls, bird dog, cat cow"
MORE = {
    "plank": SAID[:5],
    "squat": tuple(
        (f"Now squat {count} times.", f"Keep your knees wide on the {count}.") for count in ("two", "three", "four")
    ),
}

TEXT = "Hold a plank on your forearms and keep your hips level."
USUAL = spoken_seconds(TEXT, "en")

whole = openai_format.speech


def drawled(text: str, slower: float) -> bytes:
    """The same words, so many times as slowly."""
    sound = bytearray(whole(text))
    (rate,) = struct.unpack_from("<I", sound, 24)
    struct.pack_into("<II", sound, 24, int(rate / slower), 2 * int(rate / slower))
    return bytes(sound)


@pytest.mark.parametrize(
    ("seconds", "count", "pace"),
    [(USUAL * 1.36, 4, 1.35), (USUAL * 0.78, 4, 0.8), (USUAL * 1.36, 1, 1.0), (USUAL * 40, 9, 3.0)],
)
def test_a_pace_is_what_was_measured_on_enough_speech(seconds: float, count: int, pace: float) -> None:
    assert pace_of([(TEXT, seconds)] * count, "en") == pace


def compilation(bench: Bench, voice: str = "nova", seconds: float = 45.0) -> Project:
    wishes = Preferences(resolution="240p", voice=voice, seconds=seconds, models=Models(speech="openai/tts-1"))
    return bench.studio.projects.add(new_project_id(), REQUEST, kind="compilation", preferences=wishes)


def planned(bench: Bench, project: Project) -> ClipPlan:
    return ClipPlan.model_validate_json(bench.stored(project, "clip_plan").path.read_bytes())


def length(bench: Bench, project: Project) -> float:
    return float(bench.stored(project, "final_video").sidecar.facts["seconds"])


def only_planned(bench: Bench, project: Project) -> ClipPlan:
    bench.make(bench.studio.projects.change(project, approval="waiting"))
    return planned(bench, project)


@pytest.mark.parametrize("pace", [0.75, 1.35, 1.6])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_plan_that_knows_the_pace_is_as_long_as_asked(pace: float, seed: int) -> None:
    sources, matches = library(seed, 10, 1.0, 1.0)

    def script(known: float) -> ScriptBreakdown:
        return write_script(plan(300.0, sources, matches, known), "en")

    def lasts(script: ScriptBreakdown) -> float:
        return laid_out(
            script, [pace * told_seconds(split_sentences(each.narration), "en") / 1.1 for each in script.scenes]
        )

    def told(script: ScriptBreakdown) -> int:
        return sum(len(scene.narration) for scene in script.scenes)

    assert lasts(script(pace)) == pytest.approx(300, rel=0.05)
    assert (told(script(pace)) > told(script(1.0))) is (pace < 1)
    assert lasts(script(1.0)) > (303 if pace > 1 else 299)


def test_a_film_is_planned_by_the_pace_at_which_its_voice_was_heard(
    hired: Bench, takes: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openai_format, "speech", partial(drawled, slower=2.6))
    more = (film(Take(name, said, first_picture=1), tmp_path) for name, said in MORE.items())
    fill(hired, [*takes, *more])
    first = compilation(hired)
    hired.make(first)
    assert planned(hired, first).pace == 1.0 and length(hired, first) > 49
    (notice,) = [n for n in hired.stored(first, "final_video").sidecar.notices if n.kind == "too long"]
    remedy = f"`pixora take {first.id} clip_plan` plans it anew by the pace at which this voice was heard"
    assert remedy in notice.message
    assert hired.plan(first).steps == (), "what was learned makes nothing stale"

    again = ask_for_takes(hired.studio, first, GRAPH, [("clip_plan", None)])
    steps = {step.place[0]: str(step.cause) for step in hired.plan(again).steps}
    assert steps["clip_plan"] == "take 2 of clip_plan" and "search_queries" not in steps
    hired.make(again)
    pace = planned(hired, again).pace
    assert 1.3 < pace < 2.5
    assert hired.stored(again, "clip_plan").sidecar.provenance.parameters["pace"] == pace
    assert length(hired, again) == pytest.approx(45, abs=3)
    assert hired.plan(again).steps == ()

    assert only_planned(hired, compilation(hired)).pace == pytest.approx(pace, abs=0.2)
    assert only_planned(hired, compilation(hired, voice="onyx")).pace == 1.0, "nobody heard that one"
