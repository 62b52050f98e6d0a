"""What is known of artifacts before they are made is known exactly, and what is not is said to be unknown."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixora_pipeline.model.briefs import VoiceBrief
from pixora_pipeline.model.content import hash_file, hash_text
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.foresight import Foreseen, NotKnownYet, Outlook, file_version, value_text
from pixora_pipeline.planning.plan import VALUE
from pixora_pipeline.store.sidecar import Sidecar, StoredFile
from pixora_pipeline_tests.planning.toy import Room

VOICE = VoiceBrief(voice="en-gb", language="en", model="m")


@pytest.fixture
def outlook(room: Room) -> Outlook:
    known = Foreseen("1", value_text(VOICE), {"seconds": 2.0})
    return Outlook(
        room.project, "s02", {("voice", "s02"): known, ("voice", "s01"): Foreseen(None), ("wish", None): known}
    )


def test_a_value_is_that_of_the_same_scene_or_of_the_project(outlook: Outlook) -> None:
    assert outlook.value("voice", VoiceBrief) == outlook.value("wish", VoiceBrief) == VOICE
    assert outlook.known("voice") == {"seconds": 2.0}


def test_what_is_still_to_be_made_is_not_known(outlook: Outlook) -> None:
    outlook.slot = "s01"
    for look in (
        lambda: outlook.value("voice", VoiceBrief),
        lambda: outlook.known("voice"),
        lambda: outlook.known("x"),
    ):
        with pytest.raises(NotKnownYet):
            look()


def test_versions_are_known_all_or_not_at_all(outlook: Outlook) -> None:
    assert outlook.version([("wish", None), ("voice", "s02")]) == {("wish", None): "1", ("voice", "s02"): "1"}
    assert outlook.version([("wish", None), ("voice", "s01")]) is None
    assert outlook.version([("never", None)]) is None
    assert outlook.version([]) == {}


class Said(Value):
    text: str
    seconds: float | None = None


@given(text=st.text(st.characters(exclude_categories=["Cs"])), seconds=st.none() | st.floats(0, 600))
def test_the_foreseen_version_of_a_value_is_that_of_its_file(
    tmp_path_factory: pytest.TempPathFactory, text: str, seconds: float | None
) -> None:
    said = Said(text=text, seconds=seconds)
    path: Path = tmp_path_factory.getbasetemp() / VALUE
    path.write_text(value_text(said), encoding="utf-8")
    assert Said.model_validate_json(path.read_bytes()) == said
    stored = Sidecar(
        artifact="a", partition="p", fingerprint="f", inputs={},
        files=(StoredFile(name=VALUE, hash=hash_file(path), size=path.stat().st_size),),
    )  # fmt: skip
    assert stored.data_version == file_version({VALUE: hash_text(value_text(said))}, {})
