"""A finished compilation can be handed to other programs, with its media or without."""

import base64

import pytest

from pixora_pipeline.assets.compilation_json import compilation_json
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.project import Project
from pixora_pipeline_tests.cli.keyboard import in_process, living_in
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
    wanted = compilation_json(project, lambda place: bench.stored(project, *place))
    assert told == wanted.model_dump(mode="json")
