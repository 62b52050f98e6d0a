"""A scene of several clips: no sentence is heard before the clip it is told of is shown."""

from itertools import accumulate
from pathlib import Path

from pixora_pipeline.footage.repetition import as_heard
from pixora_pipeline.model.briefs import NarrationBrief
from pixora_pipeline.model.overlay import Overlay, SceneEdit
from pixora_pipeline.model.project import Models, Preferences, Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.material import Take, film
from pixora_pipeline_tests.providers.servers.street import Street

COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")
SAID = tuple((f"Hold the plank for {count} breaths and squeeze your belly.",) for count in COUNTS)
LEAD = 0.7


def test_a_sentence_waits_for_its_clip_and_is_paid_once(tmp_path: Path, hired: Bench, street: Street) -> None:
    bench = hired
    fill(bench, [film(Take("plank", SAID, first_picture=1), tmp_path)])
    # The voice of the street speaks faster than people do: it would be ahead of the pictures.
    wishes = Preferences(resolution="240p", voice="nova", models=Models(speech="openai/tts-1"))
    project = bench.studio.projects.add(
        new_project_id(), "50 seconds of planks", kind="compilation", preferences=wishes
    )
    bench.make(project)
    script = ScriptBreakdown.model_validate_json(bench.stored(project, "script_breakdown").path.read_bytes())
    assert any(len(scene.clips) > 1 for scene in script.scenes)
    for scene in script.scenes:
        words = bench.stored(project, "voice_over", scene.slot).sidecar.facts["words"]
        ends = [0.0, *accumulate(clip.end - clip.start for clip in scene.clips)]
        at = 0
        for sentence in split_sentences(scene.narration):
            (clip,) = [n for n, each in enumerate(scene.clips) if as_heard(sentence) in as_heard(each.words)]
            begins = words[at]["start"] + LEAD
            assert ends[clip] - 0.05 <= begins < ends[clip + 1] - 1, sentence
            at += len(sentence.split())

    several = next(scene for scene in script.scenes if len(scene.clips) > 1)
    before = waiting(bench, project, several.slot)
    shorter = SceneEdit(minimum_seconds=(several.minimum_seconds or 0) - 1)
    project = bench.studio.projects.change(project, overlay=Overlay(scenes={several.slot: shorter}))
    bench.make(project)
    assert before.beats and waiting(bench, project, several.slot) == before.model_copy(
        update={"shown": shorter.minimum_seconds}
    )
    spoken = [request.json["input"] for request in street.openai.paid if "speech" in request.path]
    assert spoken.count(before.text) == 1
    costs = bench.stored(project, "voice_over", several.slot).sidecar.provenance
    assert (costs.model, costs.cost_usd) == ("tts-1", 0.0)


def waiting(bench: Bench, project: Project, slot: str) -> NarrationBrief:
    """What is said in a scene, and where it waits."""
    return NarrationBrief.model_validate_json(bench.stored(project, "scene_brief/narration", slot).path.read_bytes())
