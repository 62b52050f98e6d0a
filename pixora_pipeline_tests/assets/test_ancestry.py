"""What a version was made from is found by content, also where the same content was made more than once."""

import os
from pathlib import Path

import pytest

from pixora_pipeline.assets.ancestry import ancestry
from pixora_pipeline.assets.recorded import address_of
from pixora_pipeline.planning.fingerprint import place_name
from pixora_pipeline.planning.records import Place
from pixora_pipeline.store.artifacts import ArtifactStore, Stored, describe_files
from pixora_pipeline.store.sidecar import Sidecar

ID = "p-aaaaaaaaaa"


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path)


def made(store: ArtifactStore, place: Place, content: str, number: int, *inputs: tuple[Place, Stored]) -> Stored:
    """A version of that content; the higher the number, the newer."""
    with store.writing() as draft:
        (draft / "value.json").write_text(content)
        sidecar = Sidecar(
            artifact=place[0], partition=ID, fingerprint=f"{number:032}", files=describe_files(draft, ["value.json"]),
            inputs={place_name(read): stored.sidecar.data_version for read, stored in inputs},
        )  # fmt: skip
        stored = store.commit(draft, address_of(ID, place, sidecar.fingerprint), sidecar)
    os.utime(stored.folder / "sidecar.json", (number, number))
    return stored


SCRIPT, FIRST, SECOND = ("script_breakdown", None), ("voice_over", "s01"), ("voice_over", "s02")
FILM = ("final_video", None)


def scripts(store: ArtifactStore, content: tuple[str, str]) -> tuple[list[Stored], list[Stored]]:
    """Two scripts of which only the second scene differs, and their films, in the order in which they were made."""
    told, films = [], []
    for number, text in enumerate(content):
        script = made(store, SCRIPT, text, 10 * number + 1)
        one = made(store, FIRST, "the same", 10 * number + 2, (SCRIPT, script))
        two = made(store, SECOND, f"voice of {text}", 10 * number + 3, (SCRIPT, script))
        films.append(made(store, FILM, f"film of {text}", 10 * number + 4, (FIRST, one), (SECOND, two)))
        told.append(script)
    return told, films


@pytest.mark.parametrize("which", [0, 1])
def test_a_film_has_the_script_that_all_its_voices_fit(store: ArtifactStore, which: int) -> None:
    told, films = scripts(store, ("old", "new"))
    found = ancestry(store, ID, films[which])
    assert found[SCRIPT] == told[which]
    assert set(found) == {SCRIPT, FIRST, SECOND}
    assert dict(found[FIRST].sidecar.inputs) == {"script_breakdown": told[which].sidecar.data_version}


def test_what_the_store_lost_is_left_out(store: ArtifactStore) -> None:
    told, films = scripts(store, ("old", "new"))
    (told[0].folder / "sidecar.json").unlink()
    assert set(ancestry(store, ID, films[0])) == {FIRST, SECOND}
