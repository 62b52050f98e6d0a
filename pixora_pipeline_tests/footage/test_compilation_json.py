"""A finished compilation can be handed to other programs, with its media or without."""

import base64
import io

import av
import pytest

from pixora_pipeline.assets.compilation_json import compilation_json
from pixora_pipeline.cli.notices import notices_of
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.compilation_json import CompilationJSON
from pixora_pipeline.model.generated_video import VideoWish
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline_tests.cli.keyboard import in_process, living_in
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.test_compilation import SessionOf


def exported_of(bench: Bench, project: Project, **media: bool) -> CompilationJSON:
    records = bench.records(project)
    return compilation_json(
        project, lambda place: bench.stored(project, *place) if records.get(place) else None, **media
    )


def test_the_json_says_what_is_shown_and_said(compiled: tuple[Bench, Project]) -> None:
    bench, project = compiled
    bare = exported_of(bench, project)
    assert bare.aspect_ratio == "9:16"
    assert bare.total_duration == pytest.approx(bench.stored(project, "final_video").sidecar.facts["seconds"], abs=0.1)
    assert all(segment.audio is None and segment.clips[0].video is None for segment in bare.segments)

    full = exported_of(bench, project, clips=True, audio=True)
    assert [s.script_segment for s in full.segments] == [s.script_segment for s in bare.segments]
    assert base64.b64decode(full.segments[0].audio)[:4] == b"RIFF"
    clip = full.segments[0].clips[0]
    with av.open(io.BytesIO(base64.b64decode(clip.video))) as container:
        video = container.streams.video[0]
        assert (container.format.name.split(",")[0], video.codec.name) == ("mov", "h264")
        assert (video.width, video.height) == (240, 426)
        assert float(video.duration * video.time_base) == pytest.approx(clip.end - clip.start, abs=0.1)


def test_the_json_has_the_fields_that_were_promised(compiled: tuple[Bench, Project]) -> None:
    bench, project = compiled
    exported = exported_of(bench, project)
    told = exported.model_dump(mode="json")
    assert {"segments", "total_duration", "aspect_ratio"} <= set(told)
    for segment in told["segments"]:
        assert set(segment) == {"script_segment", "clips", "audio", "duration"}
        assert 1 <= len(segment["clips"]) <= 3
        assert all(set(clip) == {"video_id", "start", "end", "video"} for clip in segment["clips"])
    # Between and around the segments are the film's joints.
    assert 0 < sum(segment["duration"] for segment in told["segments"]) <= told["total_duration"]


def test_a_finished_film_is_told_as_it_was_asked_for_whatever_the_row_asks_for_now(
    compiled: tuple[Bench, Project],
) -> None:
    bench, project = compiled
    changed = project.model_copy(update={"text": "one hour of core"})
    assert exported_of(bench, changed) == exported_of(bench, project)


def test_a_compilation_is_recorded_with_its_videos_and_topics(compiled: tuple[Bench, Project]) -> None:
    bench, project = compiled
    (kept,) = bench.studio.generated_videos.search(VideoWish())
    sources = {source.id for source in bench.studio.sources.all()}
    assert kept.sources and set(kept.sources) <= sources
    assert kept.requirements.startswith(project.text)
    assert {"neck roll", "core"} <= set(kept.tags) and kept.tags == exported_of(bench, project).tags
    assert not {"jumping", "beginner"} & set(kept.tags)
    assert bench.studio.generated_videos.search(VideoWish(tags=kept.tags[:1])) == [kept]


def test_what_it_had_to_do_without_is_on_the_film_its_record_and_its_json(compiled: tuple[Bench, Project]) -> None:
    bench, project = compiled
    script = ScriptBreakdown.model_validate_json(bench.stored(project, "script_breakdown").path.read_bytes())
    told = {notice.message for notice in notices_of(SessionOf(bench), project, script)}
    assert told, "seven short videos are too little for all of it"
    (kept,) = bench.studio.generated_videos.search(VideoWish())
    assert set(kept.details.notices) == told
    exported = exported_of(bench, project)
    assert set(exported.notices) == told


def test_other_films_have_none(compiled: tuple[Bench, Project]) -> None:
    _, project = compiled
    with pytest.raises(UserError, match="no compilation"):
        compilation_json(project.model_copy(update={"kind": "story"}), lambda place: None)


def test_the_command_finds_all_of_it(
    compiled: tuple[Bench, Project], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bench, project = compiled
    with living_in(bench.studio.settings.home, monkeypatch):
        told = in_process(capsys, monkeypatch)("export", project.id).json
        full = in_process(capsys, monkeypatch)("export", project.id, "--clips", "--audio").json
    wanted = exported_of(bench, project)
    assert told == wanted.model_dump(mode="json")
    assert all(clip["video"] for segment in full["segments"] for clip in segment["clips"])
