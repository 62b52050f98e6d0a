"""A film of little footage that says the same again and again: told once, shown on without words, and it says so."""

import shutil
from pathlib import Path

from pixora_pipeline.footage.repetition import as_heard
from pixora_pipeline.model.compilation import ClipPlan
from pixora_pipeline.model.project import Preferences
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.material import Take, film

PLANK = "Hold a plank on your forearms, look at the floor and squeeze your belly as hard as you can."


def test_a_film_of_clips_that_say_the_same_says_it_once(tmp_path: Path, bench: Bench) -> None:
    said = (PLANK, PLANK[:-1] + "!", PLANK.lower(), PLANK.replace(",", ";"))
    takes = [Take(f"IMG {at}", ((each,),)) for at, each in enumerate(said)]
    fill(bench, [film(take, tmp_path) for take in takes])
    wishes = Preferences(resolution="240p")
    project = bench.studio.projects.add(
        new_project_id(), "30 seconds of planks", kind="compilation", preferences=wishes
    )
    bench.make(project)
    script = ScriptBreakdown.model_validate_json(bench.stored(project, "script_breakdown").path.read_bytes())
    told = [as_heard(each) for scene in script.scenes for each in split_sentences(scene.narration)]
    assert told.count(as_heard(PLANK)) == 1 and len(set(told)) == len(told)
    made = bench.stored(project, "final_video").sidecar
    assert [finding.message for finding in made.findings if not finding.passed] == []
    mute = [scene for scene in script.scenes if not scene.narration]
    kinds = {notice.kind for notice in bench.stored(project, "clip_plan").sidecar.notices}
    assert "too little footage" in kinds and "too short" not in kinds, "a film can't be too short for what it lacks"
    assert mute
    for scene in mute:
        clip, voice = (bench.stored(project, name, scene.slot).sidecar for name in ("scene_clip", "voice_over"))
        assert clip.facts["scene_frames"] / 30 - (scene.minimum_seconds or 0) < 0.05
        assert voice.facts["words"] == []
        assert [notice.kind for notice in voice.notices] == ["without words"]


def test_a_film_is_cut_from_what_is_taken_apart_already(tmp_path: Path, bench: Bench) -> None:
    sentences = (PLANK, "Lift one heel after the other in a dead bug and keep the lower back on the floor.")
    takes = [Take(f"IMG {at}", ((each,),)) for at, each in enumerate(sentences)]
    fill(bench, [film(take, tmp_path) for take in takes])
    left, lacking = bench.studio.sources.all()
    shutil.rmtree(bench.studio.store.root / "shots" / lacking.id)
    wishes = Preferences(resolution="240p")
    project = bench.studio.projects.add(new_project_id(), "30 seconds of core", kind="compilation", preferences=wishes)
    bench.make(project)
    plan = ClipPlan.model_validate_json(bench.stored(project, "clip_plan").path.read_bytes())
    assert {clip.source for segment in plan.segments for clip in segment.clips} == {left.id}
