"""Films play from the studio's address, and nothing outside the store is handed out."""

import http.client
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pixora_pipeline.gateway.media import media_route

FILM = bytes(range(256)) * 40
PLACE = "final_video/p-aaaaaaaaaa/fff"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Site:
    """A real server: clients that tidy paths up would hide what is tested here."""

    port: int
    store: Path

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read()
        connection.close()
        return Answer(answer.status, names, body)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("site")
    folder = home / "artifacts" / PLACE
    folder.mkdir(parents=True)
    (home / "secret.json").write_text("secret")
    (home / "artifacts-secret.json").write_text("secret")
    (folder / "film.mp4").write_bytes(FILM)
    (folder / "secret.pem").write_text("secret")
    (folder / "way-out.json").symlink_to(home / "secret.json")
    (folder / "way-out").symlink_to(home)
    (folder / "loop.json").symlink_to(folder / "loop.json")
    (folder / "alias.mp4").symlink_to(folder / "film.mp4")
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=[media_route(home / "artifacts")]), port=0, log_level="error")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield Site(server.servers[0].sockets[0].getsockname()[1], home / "artifacts")
    server.should_exit = True
    thread.join(10)


def test_a_whole_film_is_sent_as_what_it_is(site: Site) -> None:
    answer = site.get(f"/media/{PLACE}/film.mp4")
    assert (answer.status, answer.body) == (200, FILM)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-length"] == str(len(FILM))
    assert answer.headers["content-disposition"] == "inline"


@pytest.mark.parametrize(
    ("wanted", "first", "end"),
    [("0-99", 0, 100), ("1000-1999", 1000, 2000), ("10000-", 10000, len(FILM)), ("-100", len(FILM) - 100, len(FILM))],
)
def test_a_part_of_a_film_is_sent_alone(site: Site, wanted: str, first: int, end: int) -> None:
    answer = site.get(f"/media/{PLACE}/film.mp4", Range=f"bytes={wanted}")
    assert (answer.status, answer.body) == (206, FILM[first:end])
    assert answer.headers["content-range"] == f"bytes {first}-{end - 1}/{len(FILM)}"


def test_a_part_beyond_the_end_is_refused(site: Site) -> None:
    assert site.get(f"/media/{PLACE}/film.mp4", Range=f"bytes={len(FILM)}-").status == 416


def test_its_size_can_be_asked_for_without_its_bytes(site: Site) -> None:
    answer = site.get(f"/media/{PLACE}/film.mp4", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-length"] == str(len(FILM))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_changed(site: Site, method: str) -> None:
    assert site.get(f"/media/{PLACE}/film.mp4", method=method).status == 405


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("voice.wav", "audio/wav"),
        ("picture.png", "image/png"),
        ("preview.webp", "image/webp"),
        ("film.srt", "text/plain; charset=utf-8"),
        ("value.json", "application/json"),
        ("characters.txt", "text/plain; charset=utf-8"),
    ],
)
def test_every_kind_of_file_has_its_type_and_no_guessing(site: Site, name: str, type: str) -> None:
    (site.store / PLACE / name).write_bytes(b"<script>alert(1)</script>")
    answer = site.get(f"/media/{PLACE}/{name}")
    assert answer.status == 200
    assert answer.headers["content-type"] == type
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_link_within_the_store_is_followed(site: Site) -> None:
    assert site.get(f"/media/{PLACE}/alias.mp4").body == FILM


@pytest.mark.parametrize(
    "path",
    [
        "/media/../secret.json",
        "/media/%2e%2e/secret.json",
        "/media/..%2fsecret.json",
        "/media/%2e%2e%2fsecret.json",
        "/media/%252e%252e%252fsecret.json",
        "/media/..\\secret.json",
        "/media/../artifacts-secret.json",
        f"/media/{PLACE}/../../../../secret.json",
        "/media//{home}/secret.json",
        "/media/%2f{home}/secret.json",
        "/media//etc/passwd",
        "/media/%00",
        f"/media/{PLACE}/film.mp4%00.json",
        f"/media/{PLACE}/way-out.json",
        f"/media/{PLACE}/way-out/secret.json",
        f"/media/{PLACE}/loop.json",
        f"/media/{PLACE}/secret.pem",
        f"/media/{PLACE}",
        f"/media/{PLACE}/",
        f"/media/{PLACE}/missing.mp4",
        f"/media/{PLACE}/film.mp4/more.json",
        "/media/",
        "/media/" + "a" * 300 + ".json",
        "/media/" + "a/" * 3000 + "b.json",
    ],
)
def test_whatever_is_no_media_of_the_store_is_not_there(site: Site, path: str) -> None:
    answer = site.get(path.replace("{home}", str(site.store.parent)))
    assert answer.status == 404
    assert b"secret" not in answer.body


def test_a_file_that_is_kept_elsewhere_is_fetched_when_it_is_asked_for(tmp_path: Path) -> None:
    def bring(path: str) -> None:
        (tmp_path / path).write_bytes(FILM)

    with TestClient(Starlette(routes=[media_route(tmp_path, bring)])) as client:
        assert client.get("/media/film.mp4").content == FILM
        assert client.get("/media/secret.pem").status_code == 404
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]
