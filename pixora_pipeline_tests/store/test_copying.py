"""What a home holds is copied to S3 whole, goes on where it was broken off, and is held to its hashes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import EndpointConnectionError

from pixora_pipeline.errors import NotFound, TryAgain, UserError
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.artifacts import Address, ArtifactStore
from pixora_pipeline.store.copying import Copied, copy_home
from pixora_pipeline.store.shared import SharedStore
from pixora_pipeline.store.shared_videos import SharedShelf
from pixora_pipeline.store.videos import VideoShelf
from pixora_pipeline_tests.store.buckets import BUCKET, client_of
from pixora_pipeline_tests.store.test_artifacts import put

PLACES = [Address("scene_brief/picture", "p-aaaaaaaaaa|s01", str(number) * 32) for number in range(4)]


@pytest.fixture
def settings(server: str, tmp_path: Path) -> Settings:
    """A home with four versions and a video, made when no place was named; one is named now."""
    settings = Settings(home=tmp_path / "home", storage_url=f"s3://{BUCKET}/{tmp_path.name}", s3_endpoint_url=server)
    for number, place in enumerate(PLACES):
        put(ArtifactStore(settings.store), {"picture.png": bytes([number])}, place)
    (tmp_path / "swim.mp4").write_bytes(b"swimming")
    VideoShelf(settings.videos).take_in(tmp_path / "swim.mp4")
    return settings


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path) -> Settings:
    """Another machine that has nothing yet."""
    return settings.model_copy(update={"home": tmp_path / "elsewhere"})


def fates(copied: Iterator[Copied]) -> list[str]:
    return sorted(each.fate for each in copied)


def keys(settings: Settings) -> list[str]:
    place = str(settings.storage_url).removeprefix(f"s3://{BUCKET}/")
    listed = client_of(str(settings.s3_endpoint_url)).list_objects_v2(Bucket=BUCKET, Prefix=place)
    return [each["Key"] for each in listed.get("Contents", [])]


def test_everything_is_copied_and_another_machine_finds_it(settings: Settings, elsewhere: Settings) -> None:
    assert fates(copy_home(settings)) == ["copied"] * 5
    for number, place in enumerate(PLACES):
        stored = SharedStore(elsewhere.store, elsewhere).find(place)
        assert stored and stored.path.read_bytes() == bytes([number])
    (video,) = VideoShelf(settings.videos).contents()
    assert SharedShelf(elsewhere.videos, elsewhere).path(video).read_bytes() == b"swimming"


def test_what_is_there_is_not_put_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    fates(copy_home(settings))
    before = keys(settings)
    assert fates(copy_home(settings, verify=True)) == ["there"] * 5
    assert keys(settings) == before


def test_broken_off_it_goes_on_where_it_was(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    share, shared = SharedStore._share, []

    def cut_off(store: SharedStore, address: Address, stored: object) -> None:
        if len(shared) == 2:
            raise EndpointConnectionError(endpoint_url="http://127.0.0.1:9")
        shared.append(address)
        share(store, address, stored)

    with monkeypatch.context() as patch:
        patch.setattr("pixora_pipeline.store.copying._AT_ONCE", 1)
        patch.setattr(SharedStore, "_share", cut_off)
        with pytest.raises(EndpointConnectionError):
            fates(copy_home(settings))
    # A video may have been put before the breaking off was seen.
    assert fates(copy_home(settings)) in (["copied"] * 3 + ["there"] * 2, ["copied"] * 2 + ["there"] * 3)


def test_what_is_spoilt_here_is_left_out_and_told(settings: Settings) -> None:
    spoilt = ArtifactStore(settings.store).find(PLACES[0])
    assert spoilt
    spoilt.path.write_bytes(b"?")
    (video,) = (settings.videos / name for name in VideoShelf(settings.videos).contents())
    video.write_bytes(b"drowning")
    assert fates(copy_home(settings)) == ["copied"] * 3 + ["corrupt"] * 2
    assert SharedStore(settings.store, settings).find(PLACES[0]) is None
    assert not any("footage" in key for key in keys(settings))


def test_what_spoilt_there_is_found_by_reading_it_back_and_put_again(settings: Settings) -> None:
    fates(copy_home(settings))
    client, of_picture = client_of(str(settings.s3_endpoint_url)), PLACES[1].fingerprint
    for key in keys(settings):
        if (of_picture in key and key.endswith("picture.png")) or "footage" in key:
            size = client.head_object(Bucket=BUCKET, Key=key)["ContentLength"]
            client.put_object(Bucket=BUCKET, Key=key, Body=b"?" * size)
    assert fates(copy_home(settings)) == ["there"] * 5, "nobody looked inside"
    assert fates(copy_home(settings, verify=True)) == ["copied"] * 2 + ["there"] * 3
    assert fates(copy_home(settings, verify=True)) == ["there"] * 5


def test_another_place_gets_everything_too(settings: Settings) -> None:
    fates(copy_home(settings))
    moved = settings.model_copy(update={"storage_url": f"{settings.storage_url}-moved"})
    assert fates(copy_home(moved)) == ["copied"] * 5


def test_without_a_place_it_is_said_which_setting_names_one(settings: Settings) -> None:
    with pytest.raises(UserError, match="PIXORA_STORAGE_URL"):
        next(copy_home(settings.model_copy(update={"storage_url": None})))


def test_a_video_that_is_added_is_in_s3_until_it_is_dropped(
    settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    shelf, theirs = SharedShelf(settings.videos, settings), SharedShelf(elsewhere.videos, elsewhere)
    (tmp_path / "run.mp4").write_bytes(b"running")
    video = shelf.take_in(tmp_path / "run.mp4")
    assert theirs.path(video).read_bytes() == b"running"
    shelf.drop(video)
    theirs.root.joinpath(video).unlink()
    with pytest.raises(NotFound, match="Add the video again"):
        theirs.path(video)


def test_a_video_that_is_not_as_it_was_put_is_not_believed(
    settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    (tmp_path / "run.mp4").write_bytes(b"running")
    video = SharedShelf(settings.videos, settings).take_in(tmp_path / "run.mp4")
    (key,) = [key for key in keys(settings) if key.endswith(video)]
    client_of(str(settings.s3_endpoint_url)).put_object(Bucket=BUCKET, Key=key, Body=b"hostile")
    with pytest.raises(NotFound):
        SharedShelf(elsewhere.videos, elsewhere).path(video)
    assert not elsewhere.videos.joinpath(video).exists()


def test_the_command_says_what_it_did(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    from pixora_pipeline.cli import storage

    monkeypatch.setattr("pixora_pipeline.settings.settings", lambda: settings)
    storage.copy(verify=True, as_json=True)
    assert '"copied": 5' in capsys.readouterr().out
    new = put(ArtifactStore(settings.store), {"picture.png": b"5"}, Address("music", "p-aaaaaaaaaa", "5" * 32))
    new.path.write_bytes(b"?")
    with pytest.raises(TryAgain, match="1 were left out"):
        storage.copy(verify=True, as_json=True)
