"""A finished compilation can be handed to other programs, with its media or without."""

import base64

import pytest

from pixora_pipeline.assets.compilation_json import compilation_json
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.generated_video import VideoWish
from pixora_pipeline.model.project import Project
from pixora_pipeline_tests.conftest import Bench


def test_the_json_says_what_is_shown_and_said(compiled: tuple[Bench, Project]) -> None:
    bench, project = compiled
    records = bench.records(project)

    def find(place):
        return bench.stored(project, *place) if records.get(place) else None

    bare = compilation_json(project, find)
    assert bare.aspect_ratio == "9:16"
    assert bare.total_duration == pytest.approx(bench.stored(project, "final_video").sidecar.facts["seconds"], abs=0.1)
    assert all(segment.audio is None and segment.clips[0].video is None for segment in bare.segments)

    full = compilation_json(project, find, clips=True, audio=True)
    assert [s.script_segment for s in full.segments] == [s.script_segment for s in bare.segments]
    assert base64.b64decode(full.segments[0].audio)[:4] == b"RIFF"
    assert base64.b64decode(full.segments[0].clips[0].video)[:4] == b"\x1a\x45\xdf\xa3"


def test_a_compilation_is_recorded_with_its_videos_and_topics(compiled: tuple[Bench, Project]) -> None:
    bench, project = compiled
    (kept,) = bench.studio.generated_videos.search(VideoWish())
    sources = {source.id for source in bench.studio.sources.all()}
    assert kept.sources and set(kept.sources) <= sources
    assert kept.requirements.startswith(project.text)
    assert kept.tags
    assert bench.studio.generated_videos.search(VideoWish(tags=kept.tags[:1])) == [kept]


def test_other_films_have_none(compiled: tuple[Bench, Project]) -> None:
    _, project = compiled
    with pytest.raises(UserError, match="no compilation"):
        compilation_json(project.model_copy(update={"kind": "story"}), lambda place: None)
