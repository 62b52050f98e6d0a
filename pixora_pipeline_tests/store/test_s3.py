"""Addresses in S3, and what its errors mean to people, as a real SDK raises them."""

import socket
from pathlib import Path

import pytest

from pixora_pipeline.errors import Conflict, NotFound, PixoraError, TryAgain, UserError
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.s3 import S3Place, s3_client, talking_to_s3
from pixora_pipeline_tests.store.buckets import BUCKET, client_of

HERE = S3Place(BUCKET, "made/")


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("s3://films", S3Place("films")),
        ("s3://films/", S3Place("films")),
        ("s3://films/made/here/", S3Place("films", "made/here/")),
    ],
)
def test_a_place_is_a_bucket_and_a_folder(url: str, place: S3Place) -> None:
    assert S3Place.of(url) == place
    assert place.key("a", "b") == f"{place.prefix}a/b"


@pytest.mark.parametrize("url", ["films", "https://films/made", "s3://", "s3:///made", "s3://films/made?x=1"])
def test_anything_else_is_refused_by_name(url: str) -> None:
    with pytest.raises(UserError, match="Write it as s3://BUCKET"):
        S3Place.of(url)


def test_what_is_put_is_there(server: str, tmp_path: Path) -> None:
    (tmp_path / "film").write_bytes(b"film")
    client = client_of(server)
    client.upload_file(str(tmp_path / "film"), BUCKET, HERE.key("film"), ExtraArgs={"ChecksumAlgorithm": "SHA256"})
    assert client.get_object(Bucket=BUCKET, Key="made/film")["Body"].read() == b"film"


def test_what_is_not_there_is_told_apart_from_a_bucket_that_is_not(server: str, tmp_path: Path) -> None:
    client = client_of(server)
    with pytest.raises(NotFound), talking_to_s3(HERE):
        client.head_object(Bucket=BUCKET, Key="nothing")
    with pytest.raises(NotFound), talking_to_s3(HERE):
        client.download_file(BUCKET, "nothing", str(tmp_path / "nothing"))
    elsewhere = S3Place("nowhere")
    with pytest.raises(UserError, match="no bucket 'nowhere'") as told, talking_to_s3(elsewhere):
        client.put_object(Bucket="nowhere", Key="a", Body=b"")
    assert not isinstance(told.value, NotFound)
    (tmp_path / "film").write_bytes(b"film")
    with pytest.raises(UserError, match="no bucket 'nowhere'"), talking_to_s3(elsewhere):
        client.upload_file(str(tmp_path / "film"), "nowhere", "a")


def test_what_is_there_already_is_a_conflict(server: str) -> None:
    client = client_of(server)
    client.put_object(Bucket=BUCKET, Key="once", Body=b"1")
    with pytest.raises(Conflict), talking_to_s3(HERE):
        client.put_object(Bucket=BUCKET, Key="once", Body=b"2", IfNoneMatch="*")
    assert client.get_object(Bucket=BUCKET, Key="once")["Body"].read() == b"1"


def test_a_server_that_is_away_is_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "loopback")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "loopback-secret")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    client = s3_client(Settings(s3_endpoint_url=f"http://127.0.0.1:{port}"))
    with pytest.raises(TryAgain, match="can't be reached"), talking_to_s3(HERE):
        client.list_buckets()


def test_without_credentials_their_variables_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    client = s3_client(Settings(s3_endpoint_url="http://127.0.0.1:9"))
    with pytest.raises(UserError, match="AWS_ACCESS_KEY_ID") as told, talking_to_s3(HERE):
        client.list_buckets()
    assert told.value.__cause__ is None


@pytest.mark.parametrize(
    ("code", "status", "kind", "words"),
    [
        ("AccessDenied", 403, UserError, "Give the account that right"),
        ("SignatureDoesNotMatch", 403, UserError, "does not accept the key"),
        ("AuthorizationHeaderMalformed", 400, UserError, "PIXORA_S3_REGION"),
        ("SlowDown", 503, TryAgain, "later"),
        ("InternalError", 500, TryAgain, "later"),
        ("EntityTooLarge", 400, UserError, "EntityTooLarge"),
    ],
)
def test_an_answer_is_told_by_what_to_do_about_it(code: str, status: int, kind: type[PixoraError], words: str) -> None:
    from botocore.exceptions import ClientError

    answer = {"Error": {"Code": code, "Message": "Said so."}, "ResponseMetadata": {"HTTPStatusCode": status}}
    with pytest.raises(kind, match=words) as told, talking_to_s3(HERE):
        raise ClientError(answer, "PutObject")
    assert type(told.value) is kind
