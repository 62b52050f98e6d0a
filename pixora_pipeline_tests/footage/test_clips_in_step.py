"""A scene of several clips: no sentence is heard before the clip it is told of is shown."""

from itertools import accumulate
from pathlib import Path

from pixora_pipeline.footage.repetition import as_heard
from pixora_pipeline.model.project import Models, Preferences
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.material import Take, film

COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")
SAID = tuple((f"Hold the plank for {count} breaths and squeeze your belly.",) for count in COUNTS)
LEAD = 0.7


def test_a_sentence_waits_for_its_clip(tmp_path: Path, hired: Bench) -> None:
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
