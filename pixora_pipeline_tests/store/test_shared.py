"""Versions in S3: what one machine made another has, whole and checked, and what is broken is not there."""

import json
import os
from pathlib import Path

import pytest
from botocore.exceptions import EndpointConnectionError

from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.artifacts import SIDECAR, Address
from pixora_pipeline.store.shared import SMALL, SharedStore
from pixora_pipeline_tests.store.buckets import BUCKET, client_of
from pixora_pipeline_tests.store.test_artifacts import PLACE, files_below, put

LARGE = os.urandom(SMALL + 1)


@pytest.fixture
def settings(server: str, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, storage_url=f"s3://{BUCKET}/{tmp_path.name}", s3_endpoint_url=server)


@pytest.fixture
def ours(settings: Settings, tmp_path: Path) -> SharedStore:
    return SharedStore(tmp_path / "ours", settings)


@pytest.fixture
def theirs(settings: Settings, tmp_path: Path) -> SharedStore:
    return SharedStore(tmp_path / "theirs", settings)


def keys(settings: Settings) -> list[str]:
    folder = settings.home.name
    listed = client_of(settings.s3_endpoint_url).list_objects_v2(Bucket=BUCKET, Prefix=folder).get("Contents", [])
    return [each["Key"].removeprefix(f"{folder}/") for each in listed]


def spoil(settings: Settings, ending: str, body: bytes) -> None:
    (key,) = [key for key in keys(settings) if key.endswith(ending)]
    client_of(settings.s3_endpoint_url).put_object(Bucket=BUCKET, Key=f"{settings.home.name}/{key}", Body=body)


def test_what_one_machine_made_another_finds(ours: SharedStore, theirs: SharedStore) -> None:
    put(ours, {"picture.png": LARGE, "preview.webp": b"small"})
    stored = theirs.find(PLACE)
    assert stored and stored.path.read_bytes() == LARGE
    assert (stored.folder / "preview.webp").read_bytes() == b"small"
    assert stored.folder.is_relative_to(theirs.root)


def test_a_large_version_is_known_before_it_is_fetched_and_a_value_is_had_at_once(
    ours: SharedStore, theirs: SharedStore
) -> None:
    value = Address("scene_brief/picture", "p-aaaaaaaaaa|s01", "e" * 32)
    put(ours, {"picture.png": LARGE})
    put(ours, {"value.json": b"{}"}, value)
    assert theirs.has(PLACE) and theirs.has(value)
    assert [path for path in files_below(theirs.root) if PLACE.fingerprint in path] == []
    told = theirs.peek(value)
    assert told and told.path.read_bytes() == b"{}"


def test_all_versions_of_a_partition_are_listed_wherever_they_are(ours: SharedStore, theirs: SharedStore) -> None:
    for number, store in enumerate((ours, ours, theirs)):
        put(store, {"portrait.png": bytes([number])}, Address("portrait", "p-aaaaaaaaaa", str(number) * 32))
    found = {stored.sidecar.fingerprint[0] for stored in theirs.versions("portrait", "p-aaaaaaaaaa")}
    assert found == {"0", "1", "2"}


def test_what_is_nowhere_is_not_there(theirs: SharedStore) -> None:
    assert theirs.find(PLACE) is None and theirs.peek(PLACE) is None and not theirs.has(PLACE)
    assert list(theirs.versions("portrait", "p-aaaaaaaaaa")) == []


def test_the_sidecar_comes_last_so_that_half_a_version_is_none(
    ours: SharedStore, theirs: SharedStore, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_object = ours._client.put_object

    def cut_off(**named: object) -> object:
        if str(named["Key"]).endswith(SIDECAR):
            raise EndpointConnectionError(endpoint_url="http://127.0.0.1:9")
        return put_object(**named)

    with monkeypatch.context() as patch:
        patch.setattr(ours._client, "put_object", cut_off)
        with pytest.raises(TryAgain):
            put(ours, {"picture.png": LARGE})
    assert [key.rpartition("-")[2] for key in keys(settings)] == ["picture.png"]
    assert theirs.find(PLACE) is None
    assert ours.find(PLACE), "what was made is not made again"
    assert theirs.find(PLACE), "the second time it got there"


@pytest.mark.parametrize(
    ("ending", "body"), [("picture.png", b"other"), (SIDECAR, b"{"), (SIDECAR, b'{"artifact": "scene_image"}')]
)
def test_what_is_not_as_it_was_put_is_not_there(
    ours: SharedStore, theirs: SharedStore, settings: Settings, ending: str, body: bytes
) -> None:
    put(ours, {"picture.png": LARGE})
    spoil(settings, ending, body)
    assert theirs.find(PLACE) is None
    assert not any(PLACE.fingerprint in path for path in files_below(theirs.root))


def test_a_sidecar_of_another_version_is_not_believed(
    ours: SharedStore, theirs: SharedStore, settings: Settings
) -> None:
    other = put(ours, {"picture.png": LARGE}, Address("scene_image", "p-bbbbbbbbbb|s01", "a" * 32))
    put(ours, {"picture.png": LARGE})
    spoil(settings, f"{PLACE.fingerprint}/{SIDECAR}", (other.folder / SIDECAR).read_bytes())
    assert theirs.find(PLACE) is None


def test_a_version_that_spoiled_here_is_fetched_again(ours: SharedStore) -> None:
    stored = put(ours, {"picture.png": LARGE})
    stored.path.write_bytes(LARGE[:-1] + b"?")
    again = ours.find(PLACE)
    assert again and again.path.read_bytes() == LARGE


def test_a_version_made_anew_under_the_same_name_is_the_one_that_is_fetched(
    ours: SharedStore, theirs: SharedStore, settings: Settings
) -> None:
    put(ours, {"picture.png": b"first"})
    put(ours, {"picture.png": b"second"})
    stored = theirs.find(PLACE)
    assert stored and stored.path.read_bytes() == b"second"
    names = json.loads((stored.folder / SIDECAR).read_text("utf-8"))["files"]
    assert len(names) == 1


def test_a_file_is_brought_by_its_path_and_nothing_else_is(ours: SharedStore, theirs: SharedStore) -> None:
    stored = put(ours, {"picture.png": LARGE})
    path = str(stored.path.relative_to(ours.root))
    theirs.bring("../../etc/passwd")
    theirs.bring("picture.png")
    theirs.bring(path)
    assert (theirs.root / path).read_bytes() == LARGE


def test_a_bucket_that_is_not_there_is_told(settings: Settings, tmp_path: Path) -> None:
    nowhere = SharedStore(tmp_path / "x", settings.model_copy(update={"storage_url": "s3://nowhere"}))
    with pytest.raises(UserError, match="no bucket 'nowhere'"):
        put(nowhere, {"picture.png": b"1"})
    with pytest.raises(UserError, match="Write it as s3://"):
        SharedStore(tmp_path / "x", settings.model_copy(update={"storage_url": "gs://films"}))


def test_a_sidecar_that_names_files_outside_its_folder_is_not_believed(
    ours: SharedStore, theirs: SharedStore, settings: Settings
) -> None:
    sidecar = put(ours, {"picture.png": LARGE}).sidecar
    outside = sidecar.model_copy(update={"files": (sidecar.files[0].model_copy(update={"name": "../out.png"}),)})
    spoil(settings, SIDECAR, outside.sealed().model_dump_json().encode())
    assert theirs.find(PLACE) is None
