"""No test can leave this machine or find a key."""

import os
import socket
import urllib.request
from contextlib import suppress

import pytest

from pixora_pipeline_tests import guard


@pytest.fixture
def forgiven():
    """What is tried here is meant."""
    yield guard.reached
    guard.reached.clear()


def test_a_connection_beyond_this_machine_is_refused(forgiven: list[str]) -> None:
    with socket.socket() as probe, pytest.raises(guard.Reached):
        probe.connect(("203.0.113.7", 443))
    assert forgiven == ["203.0.113.7"]


@pytest.mark.parametrize("url", ["https://api.openai.com/v1/models", "http://169.254.169.254/latest/meta-data"])
def test_neither_a_service_nor_the_clouds_own_address_can_be_looked_up(forgiven: list[str], url: str) -> None:
    with pytest.raises(guard.Reached):
        urllib.request.urlopen(url, timeout=1)
    assert forgiven


def test_an_attempt_that_is_swallowed_is_found_out_all_the_same(forgiven: list[str]) -> None:
    with suppress(Exception):
        socket.create_connection(("api.openai.com", 443), timeout=1)
    assert forgiven == ["api.openai.com"]


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as probe:
        probe.connect(server.getsockname())


def test_there_are_no_keys() -> None:
    assert [name for name in os.environ if name.endswith(("_API_KEY", "_API_TOKEN")) or "AWS_SECRET" in name] == []
