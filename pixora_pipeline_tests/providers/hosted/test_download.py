"""Outputs are fetched from wherever they are, without a key, and from nowhere in a private network."""

import http.server
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from pixora_pipeline.providers.faults import BadOutput, Unreachable
from pixora_pipeline.providers.received.download import download
from pixora_pipeline.providers.received.pinned import PinnedTransport, is_public, origin_of


class Host(http.server.ThreadingHTTPServer):
    """A host that keeps what it was asked, and sends those who ask for /away to another."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, str]] = []
        self.away = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        self.server.asked.append({"path": self.path, **dict(self.headers)})
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Location", self.server.away)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"film")

    def log_message(self, *_: object) -> None: ...


@contextmanager
def listening() -> Iterator[Host]:
    host = Host()
    threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()


@pytest.fixture
def own() -> Iterator[Host]:
    with listening() as host:
        yield host


@pytest.fixture
def other() -> Iterator[Host]:
    with listening() as host:
        yield host


def test_a_service_in_a_network_of_its_owner_delivers_from_its_own_address(own: Host, tmp_path: Path) -> None:
    download("office", f"{own.url}/film.mp4", tmp_path / "film", f"{own.url}/v1")
    assert (tmp_path / "film").read_bytes() == b"film"
    assert not {"Authorization", "X-Api-Key", "Cookie"} & set(own.asked[0])


def test_nobody_is_sent_to_another_door_of_this_machine(own: Host, other: Host, tmp_path: Path) -> None:
    own.away = f"{other.url}/secret"
    for address in (f"{other.url}/secret", f"{own.url}/away", f"http://localhost:{other.server_port}/secret"):
        with pytest.raises(BadOutput, match=r"lies in a private network, at (127\.0\.0\.1|localhost)"):
            download("office", address, tmp_path / "film", f"{own.url}/v1")
    assert other.asked == [] and not (tmp_path / "film").exists()


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "10.0.0.7", "192.168.1.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_private_addresses_are_refused_before_anything_is_sent(host: str, tmp_path: Path) -> None:
    with pytest.raises(BadOutput, match="private network"):
        download("replicate", f"http://{host}/film", tmp_path / "film", "https://api.replicate.com")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fd00::1", False),
        ("fe80::1%eth0", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_an_address_is_public_whatever_it_is_wrapped_in(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_name_that_is_answered_otherwise_the_second_time_is_asked_once(own: Host) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])

    def resolve(host: str, port: int) -> list[str]:
        assert host == "cdn.example"
        return next(answers)

    origin = ("cdn.example", own.server_port)
    with httpx.Client(transport=PinnedTransport(origin, resolve)) as client:
        assert client.get(f"http://cdn.example:{own.server_port}/film").content == b"film"
    assert own.asked[0]["Host"] == f"cdn.example:{own.server_port}"
    assert next(answers) == ["10.0.0.1"]


def test_of_several_addresses_the_private_ones_are_left_out(own: Host) -> None:
    transport = PinnedTransport(None, lambda host, port: ["127.0.0.1", "10.0.0.1"])
    with httpx.Client(transport=transport) as client, pytest.raises(Exception, match=r"cdn\.example"):
        client.get(f"http://cdn.example:{own.server_port}/film")
    assert own.asked == []


def test_a_host_that_is_not_there_can_be_asked_again_later(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(Unreachable, match="can't be fetched"):
        download("office", f"{url}/film", tmp_path / "film", url)


def test_an_origin_is_a_host_and_a_port() -> None:
    assert origin_of("https://api.example/v1") == ("api.example", 443)
    assert origin_of("http://localhost:8080/v1") == ("localhost", 8080)
