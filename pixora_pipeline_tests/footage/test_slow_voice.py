"""A voice that speaks more slowly than narrators do makes a compilation longer than was asked for: it says so."""

import struct
from pathlib import Path

import pytest

from pixora_pipeline.cli.notices import notices_of
from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.conftest import WISHES
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.test_compilation import SessionOf
from pixora_pipeline_tests.providers.servers import openai_format


def drawled(text: str) -> bytes:
    """The same words, four times as slowly."""
    sound = bytearray(whole(text))
    (rate,) = struct.unpack_from("<I", sound, 24)
    struct.pack_into("<II", sound, 24, rate // 4, rate // 2)
    return bytes(sound)


whole = openai_format.speech


def told(bench: Bench, project: Project) -> list[Notice]:
    script = ScriptBreakdown.model_validate_json(bench.stored(project, "script_breakdown").path.read_bytes())
    return [notice for notice in notices_of(SessionOf(bench), project, script) if notice.kind == "too long"]


def test_a_film_made_longer_by_its_voice_says_so(
    hired: Bench, takes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openai_format, "speech", drawled)
    fill(hired, takes[:4], collection="fitness")
    models = WISHES.models.model_copy(update={"speech": "openai/tts-1"})
    wishes = WISHES.model_copy(update={"models": models, "voice": "nova"})
    request = "30 seconds, beginner-friendly, mobility and core"
    project = hired.studio.projects.add(new_project_id(), request, kind="compilation", preferences=wishes)
    hired.make(project)
    film = hired.stored(project, "final_video")
    seconds = film.sidecar.facts["seconds"]
    (notice,) = told(hired, project)
    assert seconds > 33, "the voice was not slow enough to tell anything"
    late = sum(beyond_its_clips(hired, project, slot) for slot in hired.slots(project))
    assert notice.message == (
        f"The film lasts {seconds:.0f} s, and 30 s were asked for: its voices take {late:.0f} s longer than the clips "
        f"they tell of. With another --voice it would be nearer to that; `pixora take {project.id} clip_plan` plans it "
        "anew by the pace at which this voice was heard."
    )
    assert notice.message in hired.studio.generated_videos.get(project.id).details.notices


def beyond_its_clips(bench: Bench, project: Project, slot: str) -> float:
    clip, footage = (bench.stored(project, name, slot).sidecar.facts for name in ("scene_clip", "scene_footage"))
    return max(0.0, clip["scene_frames"] / 30 - sum(cut["end"] - cut["start"] for cut in footage["cuts"]))
