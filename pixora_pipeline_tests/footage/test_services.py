"""A source is listened to, looked at and placed by services; each is paid once, and what it cost stands on its work."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pixora_pipeline.assets.intake import add_video
from pixora_pipeline.assets.library_search import Question, meanings_in, search_library, search_order
from pixora_pipeline.assets.library_services import footage_models
from pixora_pipeline.assets.library_values import value_of
from pixora_pipeline.assets.recorded import read_partition
from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.library import open_index
from pixora_pipeline.footage.listening import lines_of
from pixora_pipeline.model.footage import FootageModels, SceneDescriptions, Transcript, VideoSource
from pixora_pipeline.model.results import WordMark
from pixora_pipeline.runner import make_findable
from pixora_pipeline.store.artifacts import Address
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.conftest import LISTENER, PLACER, VIEWER
from pixora_pipeline_tests.footage.material import Take
from pixora_pipeline_tests.providers.servers import openai_format
from pixora_pipeline_tests.providers.servers.street import Street

HEARD = "Start with neck rolls. Bring your shoulders up. Hold a plank."
ALL = {"transcription": LISTENER, "vision": VIEWER, "embedding": PLACER}


def describes(asked: dict[str, Any]) -> str:
    shown = [part for part in asked["messages"][1]["content"] if part["type"] == "image_url"]
    return json.dumps({"description": f"A diver among {len(shown)} corals."})


def add(bench: Bench, video: Path, to: Path, **makers: str) -> VideoSource:
    copy = to / f"{video.stem}.mp4"
    if not copy.exists():
        shutil.copyfile(video, copy)
    source = add_video(bench.studio, bench.instance, copy, None, None, makers)
    make_findable(bench.studio, bench.instance, source.id)
    return bench.studio.sources.get(source.id)


def sidecar(bench: Bench, source: VideoSource, artifact: str):
    record = read_partition(bench.instance, artifact, source.id)
    stored = record and bench.studio.store.find(Address(artifact, source.id, record.fingerprint))
    assert stored
    return stored.sidecar


def look_for(bench: Bench, text: str) -> list[str]:
    order = lambda: search_order(bench.studio, text)  # noqa: E731
    (found,) = search_library(bench.studio, [Question(text)], 5, meanings_in(bench.studio, order))
    return [each.moment.text for each in found]


def test_a_source_is_heard_seen_and_placed_by_services(
    hired: Bench, street: Street, three_shots: tuple[Path, Take], tmp_path: Path
) -> None:
    street.openai.heard, street.openai.thinks = HEARD, describes
    source = add(hired, three_shots[0], tmp_path, **ALL)
    transcript = value_of(hired.studio, source, "transcript")
    assert isinstance(transcript, Transcript) and transcript.origin == "transcription"
    assert [line.text for line in transcript.lines] == [
        "Start with neck rolls.", "Bring your shoulders up.", "Hold a plank.",
    ]  # fmt: skip
    seen = value_of(hired.studio, source, "scene_descriptions")
    assert isinstance(seen, SceneDescriptions)
    assert {scene.look for scene in seen.scenes} == {"A diver among 3 corals."}
    assert all(scene.brightness > 0 for scene in seen.scenes), "measures are kept"
    with open_index(hired.studio.settings) as index:
        places = {name: len(ids) for name, ids in index.ids(source.id).items()}
    model = "openai.text-embedding-3-small.256"
    assert places == {f"video_transcript_segments.{model}": 1, f"video_scene_descriptions.{model}": len(seen.scenes)}
    assert look_for(hired, "diver corals")[0].startswith("A diver among 3 corals.")

    makers = {name: sidecar(hired, source, name).provenance for name in ("transcript", "scene_descriptions")}
    assert makers["transcript"].model == "gpt-transcribe" and makers["transcript"].account == "openai-1"
    assert makers["scene_descriptions"].cost_usd == pytest.approx(0.00035 * len(seen.scenes))
    assert sidecar(hired, source, "footage_index").provenance.model == "text-embedding-3-small"
    assert hired.studio.spending.of_work(source.id).total
    assert not [path for path in (hired.studio.settings.home / "received" / source.id).rglob("*") if path.is_file()]

    # Added again, nothing is asked; told that somebody else places it, only that is made anew.
    paid = len(street.openai.paid)
    add(hired, three_shots[0], tmp_path)
    assert len(street.openai.paid) == paid
    add(hired, three_shots[0], tmp_path, embedding="embedded")
    assert len(street.openai.paid) == paid
    with open_index(hired.studio.settings) as index:
        assert {name for name, ids in index.ids(source.id).items() if ids} == {
            "video_transcript_segments", "video_scene_descriptions",
        }  # fmt: skip
    assert look_for(hired, "neck rolls")[0].startswith("Start with neck rolls")


def test_words_that_are_written_down_need_no_listener(
    hired: Bench, street: Street, three_shots: tuple[Path, Take]
) -> None:
    source = add_video(hired.studio, hired.instance, three_shots[0], None, None, {"transcription": LISTENER})
    make_findable(hired.studio, hired.instance, source.id)
    assert street.openai.paid == []


def test_a_scene_that_a_model_will_not_look_at_stays_as_measured_and_says_so(
    hired: Bench, street: Street, three_shots: tuple[Path, Take], tmp_path: Path
) -> None:
    street.openai.thinks = describes
    street.openai.next(openai_format.error(400, "content_policy_violation", "Not this one."))
    source = add(hired, three_shots[0], tmp_path, vision=VIEWER)
    seen = value_of(hired.studio, source, "scene_descriptions")
    assert isinstance(seen, SceneDescriptions)
    assert sum("corals" not in scene.look for scene in seen.scenes) == 1
    assert "Not this one" in str(sidecar(hired, source, "scene_descriptions").provenance.parameters["refused"])


def test_anthropic_looks_too(hired: Bench, street: Street, three_shots: tuple[Path, Take], tmp_path: Path) -> None:
    for _ in range(3):
        street.anthropic.says.append((json.dumps({"description": "A cook slices leeks."}), "end_turn"))
    source = add(hired, three_shots[0], tmp_path, vision="anthropic/claude-haiku-4-5")
    seen = value_of(hired.studio, source, "scene_descriptions")
    assert isinstance(seen, SceneDescriptions) and seen.scenes[0].look == "A cook slices leeks."
    shown = street.anthropic.paid[0].json["messages"][0]["content"]
    assert [part["type"] for part in shown] == ["image", "image", "image", "text"]
    assert shown[0]["source"]["media_type"] == "image/jpeg"


def test_where_a_viewer_fails_for_good_another_looks_and_the_source_says_so(
    hired: Bench, street: Street, three_shots: tuple[Path, Take], tmp_path: Path
) -> None:
    street.openai.weather = lambda _: openai_format.error(401, "invalid_api_key", "Wrong key.")
    for _ in range(9):
        street.anthropic.says.append((json.dumps({"description": "A cook slices leeks."}), "end_turn"))
    source = add(hired, three_shots[0], tmp_path, vision=f"{VIEWER},anthropic/claude-haiku-4-5")
    street.openai.weather = lambda _: None
    seen = value_of(hired.studio, source, "scene_descriptions")
    assert isinstance(seen, SceneDescriptions) and seen.scenes[0].look == "A cook slices leeks."
    made_by = sidecar(hired, source, "scene_descriptions").provenance
    assert (made_by.model, made_by.parameters["instead_of"]) == ("claude-haiku-4-5", VIEWER)
    # Its shots are looked at side by side: the first finds out, others may find nobody left to ask.
    assert "Wrong key" in str(made_by.parameters["because"])


def test_what_is_built_in_looks_where_nobody_else_can(
    hired: Bench, street: Street, three_shots: tuple[Path, Take], tmp_path: Path
) -> None:
    street.openai.weather = lambda _: openai_format.error(429, "insufficient_quota", "No credit.")
    source = add(hired, three_shots[0], tmp_path, vision=f"{VIEWER},embedded")
    street.openai.weather = lambda _: None
    made_by = sidecar(hired, source, "scene_descriptions").provenance
    assert (made_by.provider, made_by.parameters["instead_of"]) == ("embedded", VIEWER)


def test_makers_are_named_by_what_they_do() -> None:
    both = footage_models({"vision": "gpt-6-luna,embedded", "transcription": "openai"})
    assert (both.vision_instead, both.transcription_instead) == ("embedded", None)
    with pytest.raises(UserError, match="only what listens or looks"):
        footage_models({"embedding": "openai,embedded"})
    assert footage_models({"vision": "gpt-6-luna"}).vision == "openai/gpt-6-luna"
    assert footage_models({"vision": "embedded"}, FootageModels(vision=VIEWER)) == FootageModels()
    with pytest.raises(UserError, match="What is one of transcription, vision, embedding"):
        footage_models({"image": "openai"})
    with pytest.raises(UserError, match="makes vision"):
        footage_models({"vision": "nobody"})


def marks(text: str, apart: float = 0.0) -> list[WordMark]:
    words = text.split()
    return [WordMark(start=n * (0.3 + apart), end=n * (0.3 + apart) + 0.3, text=word) for n, word in enumerate(words)]


def test_what_is_heard_becomes_sentences_with_their_marks() -> None:
    lines = lines_of("Well, sit tall. Breathe in!", marks("Well sit tall Breathe in"), at=600)
    assert [(line.start, line.end, line.text) for line in lines] == [
        (600.0, 600.9, "Well, sit tall."),
        (600.9, 601.5, "Breathe in!"),
    ]


def test_a_word_that_is_missing_from_the_text_shifts_no_other() -> None:
    lines = lines_of("Sit tall. Breathe in.", marks("um sit tall breathe in"))
    assert [line.text for line in lines] == ["um Sit tall.", "Breathe in."]


def test_a_pause_ends_a_line_and_none_grows_long() -> None:
    assert len(lines_of("a b c", marks("a b c", apart=1.0))) == 3
    assert all(line.end - line.start <= 12.5 for line in lines_of(" ".join("w" * 90), marks(" ".join("w" * 90))))
