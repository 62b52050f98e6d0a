"""Films at the places they are published at: whole or absent, replaced, taken away, and linked to."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline.model.content import hash_file
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.destinations.bucket import Bucket
from pixora_pipeline.store.destinations.destination import Destination, open_destination
from pixora_pipeline.store.destinations.folder import Folder
from pixora_pipeline_tests.locked import locked_folder
from pixora_pipeline_tests.store.buckets import BUCKET, client_of

ID = "p-aaaaaaaaaa"
BIG = 12 * 1024 * 1024
"""Bytes of a film that is uploaded in parts."""


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, server: str, tmp_path: Path) -> Destination:
    """An empty place of either kind."""
    url = (tmp_path / "to here").as_uri() if request.param == "folder" else f"s3://{BUCKET}/{tmp_path.name}"
    return open_destination(Settings(publish_url=url, s3_endpoint_url=server), url)


def film_of(folder: Path, content: bytes) -> tuple[Path, str]:
    path = folder / "film.mp4"
    path.write_bytes(content)
    return path, hash_file(path)


def test_a_film_and_its_sidecar_are_there_until_they_are_taken_away(place: Destination, tmp_path: Path) -> None:
    assert (place.film(ID), place.noted(ID)) == (None, None)
    film, hash = film_of(tmp_path, os.urandom(BIG))
    place.put(ID, film, hash, {"title": "One"})
    place.note(ID, '{"title": "Öne"}')
    held = place.film(ID)
    assert held and (held.hash, held.size) == (hash, BIG)
    assert place.noted(ID) == '{"title": "Öne"}'
    place.remove(ID)
    place.remove(ID)
    assert (place.film(ID), place.noted(ID)) == (None, None)


def test_another_film_takes_its_place_and_its_name(place: Destination, tmp_path: Path) -> None:
    link = place.link(ID)
    for content in (b"first", b"second film"):
        place.put(ID, *film_of(tmp_path, content), {})
        held = place.film(ID)
        assert held and held.size == len(content)
    assert place.link(ID) == link


def test_headers_change_without_an_upload(server: str, tmp_path: Path) -> None:
    bucket = Bucket(Settings(s3_endpoint_url=server), f"s3://{BUCKET}/headers")
    film, hash = film_of(tmp_path, b"film")
    bucket.put(ID, film, hash, {"title": "One"})
    bucket.describe(ID, hash, {"title": "Two"})
    held = bucket.film(ID)
    assert held and (held.hash, held.headers) == (hash, {"title": "Two"})
    found = client_of(server).head_object(Bucket=BUCKET, Key=f"headers/{ID}.mp4")
    assert (found["ContentType"], found["CacheControl"]) == ("video/mp4", "no-cache")


def test_an_upload_that_breaks_off_leaves_the_film_before(server: str, tmp_path: Path) -> None:
    bucket = Bucket(Settings(s3_endpoint_url=server), f"s3://{BUCKET}/broken")
    film, hash = film_of(tmp_path, b"before")
    bucket.put(ID, film, hash, {})
    client = bucket._client
    parts = client.create_multipart_upload(Bucket=BUCKET, Key=f"broken/{ID}.mp4")
    part = {"Bucket": BUCKET, "Key": f"broken/{ID}.mp4", "UploadId": parts["UploadId"], "PartNumber": 1}
    client.upload_part(**part, Body=os.urandom(6_000_000))
    held = bucket.film(ID)
    assert held and held.hash == hash
    other = client.create_multipart_upload(Bucket=BUCKET, Key="broken/else.mp4")
    # This server says that every upload was begun in 2010.
    events, listed = client.meta.events, "after-call.s3.ListMultipartUploads"
    events.register(listed, begun_now, unique_id="now")
    assert bucket.drop_unfinished([ID], hours=24) == 0
    events.unregister(listed, unique_id="now")
    assert bucket.drop_unfinished([ID], hours=24) == 1
    left = client.list_multipart_uploads(Bucket=BUCKET, Prefix="broken/")["Uploads"]
    assert [each["UploadId"] for each in left] == [other["UploadId"]]


def begun_now(parsed: dict, **_: object) -> None:
    for each in parsed["Uploads"]:
        each["Initiated"] = datetime.now(UTC)


def test_a_copy_that_breaks_off_leaves_the_film_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = (tmp_path / "films").as_uri()
    folder = Folder(Settings(publish_url=url), url)
    film, hash = film_of(tmp_path, b"before")
    folder.put(ID, film, hash, {})

    def break_off(_source: Path, to: Path) -> None:
        to.write_bytes(b"ha")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(TryAgain, match="No space left"):
        patch.setattr("shutil.copyfile", break_off)
        folder.put(ID, film, hash, {})
    assert [path.name for path in (tmp_path / "films").iterdir()] == [f"{ID}.mp4"]
    held = folder.film(ID)
    assert held and held.hash == hash


def test_drafts_of_a_process_that_was_killed_are_swept_and_nothing_else(tmp_path: Path) -> None:
    folder = Folder(Settings(), tmp_path.as_uri())
    draft, others, fresh = (tmp_path / f".{name}.mp4.aa.part" for name in (ID, "p-bbbbbbbbbb", ID + ".new"))
    for path in (draft, others, fresh):
        path.write_bytes(b"half")
    for path in (draft, others):
        os.utime(path, (time.time() - 90_000,) * 2)
    assert folder.drop_unfinished([ID], hours=24) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([others.name, fresh.name])


def test_a_signed_link_plays_for_who_has_it_and_a_bare_one_where_the_bucket_says_so(
    server: str, tmp_path: Path
) -> None:
    url = f"s3://{BUCKET}/söme where"
    film, hash = film_of(tmp_path, b"film")
    signed = Bucket(Settings(s3_endpoint_url=server, publish_links="signed", publish_link_hours=1), url)
    signed.put(ID, film, hash, {})
    link = signed.link(ID)
    assert "X-Amz-Expires=3600" in link
    assert httpx.get(link).content == b"film"
    bare = Bucket(Settings(s3_endpoint_url=server), url).link(ID)
    assert bare == f"{server}/{BUCKET}/s%C3%B6me%20where/{ID}.mp4"
    assert httpx.get(bare).status_code == 403


@pytest.mark.parametrize(
    ("settings", "url", "link"),
    [
        ({"s3_region": "eu-west-3"}, "s3://films", f"https://films.s3.eu-west-3.amazonaws.com/{ID}.mp4"),
        ({"s3_region": "eu-west-3"}, "s3://a.b/c", f"https://s3.eu-west-3.amazonaws.com/a.b/c/{ID}.mp4"),
        ({"publish_base_url": "https://cdn.example/v/"}, "s3://films/c", f"https://cdn.example/v/{ID}.mp4"),
        ({"publish_base_url": "https://cdn.example"}, "file:///srv/films", f"https://cdn.example/{ID}.mp4"),
        ({}, "file:///srv/my%20films", f"file:///srv/my%20films/{ID}.mp4"),
    ],
)
def test_links_are_as_the_place_is_known(settings: dict, url: str, link: str) -> None:
    assert open_destination(Settings(publish_url=url, **settings), url).link(ID) == link


def test_what_a_folder_cannot_do_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="PIXORA_PUBLISH_LINKS"):
        Folder(Settings(publish_links="signed"), tmp_path.as_uri())
    with locked_folder() as locked, pytest.raises(TryAgain, match="PIXORA_PUBLISH_URL"):
        Folder(Settings(), (locked / "films").as_uri()).note(ID, "{}")
