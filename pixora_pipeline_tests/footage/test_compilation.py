"""A compilation shows what was asked for and says only what it shows; what it had to do without, it tells."""

from pathlib import Path

import pytest

from pixora_pipeline.assets.footage import cut_footage
from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.intake import remove_sources
from pixora_pipeline.assets.library_values import value_of
from pixora_pipeline.assets.voice import speak
from pixora_pipeline.assets.work import Work
from pixora_pipeline.cli.notices import notices_of
from pixora_pipeline.cli.partial import partial_results_told
from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.narration import check_grounding, strange_words
from pixora_pipeline.model.briefs import NarrationBrief
from pixora_pipeline.model.compilation import ClipPlan, FootageBrief, FootageMatches, SearchQueries
from pixora_pipeline.model.footage import Transcript
from pixora_pipeline.model.overlay import SceneEdit
from pixora_pipeline.model.project import FootageWishes, Preferences, Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.planning.editing import edit_scene
from pixora_pipeline.planning.records import Records
from pixora_pipeline.runner import RunFailed
from pixora_pipeline_tests.conftest import Bench, close_bench, open_copy
from pixora_pipeline_tests.footage.conftest import REQUEST, WISHES
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.material import Take, film

Compiled = tuple[Bench, Project]


def value(compiled: Compiled, name: str, type):
    return type.model_validate_json(compiled[0].stored(compiled[1], name).path.read_bytes())


def test_the_request_becomes_five_to_eight_queries(compiled: Compiled) -> None:
    queries = value(compiled, "search_queries", SearchQueries)
    assert 5 <= len(queries.queries) <= 8
    assert sum(query.seconds for query in queries.queries) == pytest.approx(40, abs=1)
    assert all({"jumping", "advanced"} <= set(query.exclude) for query in queries.queries)


def test_no_clip_is_shown_twice_and_nothing_unwanted(compiled: Compiled) -> None:
    clips = [clip for segment in value(compiled, "clip_plan", ClipPlan).segments for clip in segment.clips]
    assert len({(clip.source, clip.start) for clip in clips}) == len(clips)
    assert "sweaty intervals" not in {clip.name for clip in clips}
    assert len({clip.source for clip in clips}) >= 4


def test_a_clip_has_exactly_the_words_said_in_it(compiled: Compiled) -> None:
    bench, _ = compiled
    for segment in value(compiled, "clip_plan", ClipPlan).segments:
        for clip in segment.clips:
            transcript = value_of(bench.studio, bench.studio.sources.get(clip.source), "transcript")
            assert isinstance(transcript, Transcript)
            said = [line for line in transcript.lines if line.start >= clip.start - 1 and line.end <= clip.end + 1]
            assert clip.words in " ".join(line.text for line in said)


def test_the_script_says_only_what_is_said_in_its_clips(compiled: Compiled) -> None:
    script, plan = value(compiled, "script_breakdown", ScriptBreakdown), value(compiled, "clip_plan", ClipPlan)
    for scene, segment in zip(script.scenes, plan.segments, strict=True):
        assert strange_words(scene.narration, segment.clips) == []
        assert scene.pictured == "filmed"
    assert script.title == "Morning Workout: Mobility and Core"
    findings = compiled[0].stored(compiled[1], "script_breakdown").sidecar.findings
    assert [(finding.name, finding.passed) for finding in findings] == [("grounding", True)]


def test_the_film_has_the_shape_asked_for_and_the_length_planned(compiled: Compiled) -> None:
    bench, project = compiled
    film = bench.stored(project, "final_video").sidecar
    plan = value(compiled, "clip_plan", ClipPlan)
    assert film.facts["seconds"] == pytest.approx(plan.seconds, rel=0.05)
    assert plan.seconds >= 38 or "too little footage" in {notice.kind for notice in plan.notices}
    passed = {finding.name: finding.passed for finding in film.findings}
    assert passed["picture_format"] and passed["sound_length"] and passed["sound_start"] and passed["subtitles"]
    assert bench.plan(project).steps == ()


def test_every_scene_is_its_clips_under_its_voice(compiled: Compiled) -> None:
    bench, project = compiled
    for slot in bench.slots(project):
        footage, clip = (bench.stored(project, name, slot).sidecar for name in ("scene_footage", "scene_clip"))
        seconds = sum(cut["end"] - cut["start"] for cut in footage.facts["cuts"])
        longer = clip.facts["scene_frames"] / 30 - seconds
        assert (clip.facts["loops"] > 0) == (longer > 0.01)
        assert not bench.records(project).get(("scene_image", slot))


def test_words_that_are_not_in_the_clips_fail_the_check(compiled: Compiled) -> None:
    script, plan = value(compiled, "script_breakdown", ScriptBreakdown), value(compiled, "clip_plan", ClipPlan)
    scene = script.scenes[0].model_copy(update={"narration": "Now do twenty burpees with a kettlebell."})
    finding = check_grounding(script.model_copy(update={"scenes": (scene, *script.scenes[1:])}), plan)
    assert not finding.passed
    assert "burpees" in finding.message and "kettlebell" in finding.message


def test_an_edited_narration_is_held_to_the_clips(takes: list[Path], bench: Bench) -> None:
    fill(bench, takes[:2])
    project = bench.studio.projects.add(new_project_id(), REQUEST, kind="compilation", preferences=WISHES)
    project = bench.studio.projects.change(project, approval="waiting")
    bench.make(project)
    script = ScriptBreakdown.model_validate_json(bench.stored(project, "script_breakdown").path.read_bytes())
    edit = SceneEdit(narration="Jump over the fence like a horse.")
    project = bench.studio.projects.change(project, overlay=edit_scene(project.overlay, script, "s01", edit))
    bench.make(project)
    (finding,) = bench.stored(project, "script_breakdown").sidecar.findings
    assert not finding.passed
    assert "horse" in finding.message


def script_only(bench: Bench, text: str = REQUEST, wishes: Preferences = WISHES) -> Project:
    """A compilation that waits for approval: queries, clips and script are made, pictures and voices are not."""
    project = bench.studio.projects.add(new_project_id(), text, kind="compilation", preferences=wishes)
    project = bench.studio.projects.change(project, approval="waiting")
    bench.make(project)
    return project


def plan_of(bench: Bench, project: Project) -> ClipPlan:
    return ClipPlan.model_validate_json(bench.stored(project, "clip_plan").path.read_bytes())


def test_too_little_footage_gives_a_shorter_film_that_says_so(takes: list[Path], bench: Bench) -> None:
    fill(bench, takes[:1])
    plan = plan_of(bench, script_only(bench, "5 minutes of mobility"))
    assert "too little footage" in {notice.kind for notice in plan.notices}
    assert plan.seconds < 30


def test_an_empty_library_is_a_sentence(bench: Bench) -> None:
    with pytest.raises(
        RunFailed, match=r"nothing for: mobility, core\. .*pixora footage add.*pixora take p-\w+ footage_matches"
    ):
        script_only(bench)


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (FootageWishes(collection="fitnes"), "No video is in the collection 'fitnes'. Collections there are: fitness."),
        (FootageWishes(tags=("neg",)), "No video has the tag 'neg'. Tags there are: neck."),
    ],
)
def test_a_part_of_the_library_that_is_not_there_is_named(
    wish: FootageWishes, sentence: str, takes: list[Path], bench: Bench
) -> None:
    fill(bench, takes[:1], collection="fitness", tags=("neck",))
    with pytest.raises(RunFailed) as failed:
        script_only(bench, wishes=WISHES.model_copy(update={"footage": wish}))
    assert sentence in str(failed.value)


def test_footage_without_speech_is_told_by_what_it_is_called(tmp_path: Path, bench: Bench) -> None:
    mute = Take("plank hold", ((),), silent_seconds=5, with_words=False)
    fill(bench, [film(mute, tmp_path)])
    project = script_only(bench, "30 seconds of planks")
    plan = plan_of(bench, project)
    script = ScriptBreakdown.model_validate_json(bench.stored(project, "script_draft").path.read_bytes())
    assert "no speech" in {notice.kind for notice in plan.notices}
    assert script.scenes[0].narration == "Plank hold."
    assert check_grounding(script, plan).passed


def cutting(compiled: Compiled, to: Path, brief: FootageBrief) -> Work:
    """The work of cutting a scene that shows these clips."""

    class Given(Work):
        def value(self, artifact: str, type, slot: str | None = None):
            return brief

    bench, project = compiled
    studio, calls, received = bench.studio, lambda: bench.studio.paid_calls, to / "received"
    return Given(
        GRAPH["scene_footage"], project, "s01", {}, to, studio.workers, studio.store, "f", calls, received, studio
    )


def test_a_clip_that_cannot_be_read_is_replaced_and_says_so(compiled: Compiled, tmp_path: Path) -> None:
    good, spare = (segment.clips[0] for segment in value(compiled, "clip_plan", ClipPlan).segments[:2])
    gone = good.model_copy(update={"video": "0" * 32, "name": "gone"})
    made = cut_footage(cutting(compiled, tmp_path, FootageBrief(clips=(gone, good), spares=(spare,))))
    assert [cut["name"] for cut in made.facts["cuts"]] == [spare.name, good.name]
    assert [notice["kind"] for notice in made.facts["notices"]] == ["clip replaced"]
    assert f"“gone” can't be shown, “{spare.name}” is shown instead" in made.facts["notices"][0]["message"]


def test_a_damaged_stretch_is_replaced_too(compiled: Compiled, tmp_path: Path) -> None:
    good, spare = (segment.clips[0] for segment in value(compiled, "clip_plan", ClipPlan).segments[:2])
    beyond = good.model_copy(update={"start": good.end + 500, "end": good.end + 510})
    made = cut_footage(cutting(compiled, tmp_path, FootageBrief(clips=(beyond,), spares=(spare,))))
    assert [cut["name"] for cut in made.facts["cuts"]] == [spare.name]


def test_a_scene_without_any_readable_clip_is_an_error(compiled: Compiled, tmp_path: Path) -> None:
    good = value(compiled, "clip_plan", ClipPlan).segments[0].clips[0]
    gone = good.model_copy(update={"video": "0" * 32})
    with pytest.raises(UserError, match="None of the clips of scene s01"):
        cut_footage(cutting(compiled, tmp_path, FootageBrief(clips=(gone,))))


def test_a_film_that_cannot_be_joined_leaves_its_clips(compiled: Compiled) -> None:
    bench, project = compiled
    with (
        pytest.raises(RunFailed, match="scenes are finished and kept") as failed,
        partial_results_told(SessionOf(bench), project),
    ):
        raise RunFailed("final_video: the disk is full.")
    assert str(failed.value).startswith("final_video: the disk is full.")
    assert str(failed.value).count("clip.mp4") == len(bench.slots(project))


def test_notices_of_all_artifacts_come_together(compiled: Compiled) -> None:
    bench, project = compiled
    script, plan = value(compiled, "script_breakdown", ScriptBreakdown), value(compiled, "clip_plan", ClipPlan)
    told = notices_of(SessionOf(bench), project, script)
    loops = [bench.stored(project, "scene_clip", slot).sidecar.facts["loops"] for slot in bench.slots(project)]
    assert set(plan.notices) <= set(told) and "too long" not in {notice.kind for notice in told}
    assert sum(notice.kind == "looped" for notice in told) == sum(count > 0 for count in loops)


class SessionOf:
    """What `notices_of` and `finished_clips` ask of a session."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    def records(self, project: Project, *artifacts: str):
        found = self.bench.records(project).by_place
        return Records({place: record for place, record in found.items() if place[0] in artifacts})

    def plan(self, project: Project):
        return self.bench.plan(project), self.bench.records(project)

    def stored(self, project: Project, place, records):
        return self.bench.stored(project, *place) if records.get(place) else None

    peek = stored


def test_a_removed_source_is_in_the_plan_and_no_longer_in_the_film(takes: list[Path], bench: Bench) -> None:
    fill(bench, takes[:3])
    project = script_only(bench)
    gone = plan_of(bench, project).segments[0].clips[0].source
    remove_sources(bench.studio, bench.instance, [gone])
    project = bench.studio.projects.get(project.id)
    causes = {str(step.cause) for step in bench.plan(project).steps}
    assert any("was removed from the library" in cause for cause in causes)
    bench.make(project)
    assert gone not in plan_of(bench, project).sources
    assert bench.stored(project, "footage_matches").sidecar
    matches = FootageMatches.model_validate_json(bench.stored(project, "footage_matches").path.read_bytes())
    assert gone not in {match.moment.source for match in matches.matches}


class Mute(Work):
    """A work whose narration asks for a voice that there is none of."""

    def value(self, artifact: str, type, slot: str | None = None):
        return super().value(artifact, type, slot).model_copy(update={"voice": "xx-nobody"})


def test_a_voice_that_fails_gives_a_silent_scene_with_its_text(compiled: Compiled, tmp_path: Path) -> None:
    bench, project = compiled
    reads = {("scene_brief/narration", "s01"): bench.stored(project, "scene_brief/narration", "s01")}
    studio, calls, received = bench.studio, lambda: bench.studio.paid_calls, tmp_path / "received"
    work = Mute(
        GRAPH["voice_over"], project, "s01", reads, tmp_path, studio.workers, studio.store, "f", calls, received, studio
    )
    made = speak(work)
    assert [notice["kind"] for notice in made.facts["notices"]] == ["silent"]
    said = work.value("scene_brief/narration", NarrationBrief).text
    assert [mark["text"] for mark in made.facts["words"]] == said.split()
    assert (tmp_path / "voice.wav").stat().st_size > 48_000


def test_the_footages_own_sound_is_a_change_of_the_film_alone(compiled: Compiled, tmp_path: Path) -> None:
    copied = open_copy(compiled[0].studio.settings.home, tmp_path / "home")
    project = copied.studio.projects.get(compiled[1].id)
    muted = copied.stored(project, "final_video")
    sound = project.preferences.sound.model_copy(update={"footage": 0.5})
    wishes = project.preferences.model_copy(update={"sound": sound})
    project = copied.studio.projects.change(project, preferences=wishes)
    assert {step.place[0] for step in copied.plan(project).work} == {"project_brief/sound", "final_video"}
    copied.make(project)
    heard = copied.stored(project, "final_video")
    assert heard.sidecar.files[0].hash != muted.sidecar.files[0].hash
    assert heard.sidecar.facts["frames"] == muted.sidecar.facts["frames"]
    assert [finding.message for finding in heard.sidecar.findings if not finding.passed] == []
    close_bench(copied)
