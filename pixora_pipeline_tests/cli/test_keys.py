"""`pixora keys` and `pixora calls`: what can be typed, what is shown, and what is refused."""

import io
import sys
from pathlib import Path

import pytest

from pixora_pipeline_tests.cli.conftest import Desk

KEY = "sk-canary-0123456789abcdef"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """Let a command read this from stdin."""

    def type_in(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return type_in


def test_an_account_is_added_listed_given_another_key_and_removed(desk: Desk, typed) -> None:
    typed(f"{KEY}\n")
    added = desk.pixora("keys", "add", "openai", "--per-minute", "60", "--at-once", "4")
    assert (added.code, added.told) == (0, "openai/main is added.")
    (listed,) = desk.pixora("keys", "list", "--json").json
    assert listed == {
        "service": "openai",
        "alias": "main",
        "source": "stored",
        "base_url": None,
        "limits": {"per_minute": 60, "per_day": None, "at_once": 4},
        "state": "ready",
        "reason": None,
        "resting_until": 0.0,
    }
    assert "60 a minute, 4 at once" in desk.pixora("keys", "list").told
    typed("sk-another\n")
    assert desk.pixora("keys", "add", "openai").told == "openai/main is changed."
    assert desk.pixora("keys", "remove", "openai", "main").code == 0
    assert desk.pixora("keys", "list", "--json").json == []
    assert desk.pixora("keys", "remove", "openai", "main").code == 3


def test_a_key_on_the_command_line_is_refused_and_not_said_back(desk: Desk) -> None:
    refused = desk.pixora("keys", "add", "openai", KEY)
    assert refused.code == 2
    assert "never given on the command line" in refused.told
    assert KEY not in refused.told
    assert desk.pixora("keys", "list", "--json").json == []


@pytest.mark.parametrize("text", ["", "\n", "two words\n", "schlüssel\n", "sk-\x1b[2J\n", "x" * 5000 + "\n"])
def test_what_is_no_key_is_refused(desk: Desk, typed, text: str) -> None:
    typed(text)
    refused = desk.pixora("keys", "add", "openai")
    assert refused.code == 2
    assert len(refused.told) < 200


@pytest.mark.parametrize(
    "words",
    [
        ("Open AI",),
        ("openai", "--alias", "a b"),
        ("openai", "--base-url", "localhost"),
        ("openai", "--base-url", f"https://user:{KEY}@host/"),
        ("openai", "--per-minute", "0"),
        ("openai", "--option", "region"),
    ],
)
def test_what_can_not_be_an_account_is_refused(desk: Desk, typed, words: tuple[str, ...]) -> None:
    typed(f"{KEY}\n")
    refused = desk.pixora("keys", "add", *words)
    assert refused.code == 2
    assert "canary" not in refused.told


def test_a_local_service_needs_no_key(desk: Desk) -> None:
    added = desk.pixora("keys", "add", "ollama", "--base-url", "http://localhost:11434/v1", "--no-key")
    assert added.code == 0
    assert desk.pixora("keys", "list", "--json").json[0]["base_url"] == "http://localhost:11434/v1"


def test_stats_and_rotation_show_no_key(desk: Desk, typed) -> None:
    typed(f"{KEY}\n")
    desk.pixora("keys", "add", "openai")
    assert desk.pixora("keys", "rotate").told == "1 key is sealed with a new master key."
    (told,) = desk.pixora("keys", "stats", "--json").json
    assert told["day"] == {"requests": 0, "answered": 0, "limited": 0, "failed": 0}
    assert "openai/main" in desk.pixora("keys", "stats").told
    assert desk.pixora("keys", "wake", "openai", "main").code == 0
    assert KEY.encode() not in _bytes_below(desk.home)


def test_nothing_waits_to_be_settled_at_first(desk: Desk) -> None:
    assert desk.pixora("calls", "list", "--json").json == []
    assert desk.pixora("calls", "again", "1").code == 3
    assert desk.pixora("calls", "adopt", "1", "job").code == 3


def _bytes_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
