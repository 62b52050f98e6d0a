"""A judging service and an office to call it from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pixora_pipeline_tests.providers.paid.caller import Office
from pixora_pipeline_tests.providers.paid.judge import Judge, judging

KEY = "sk-canary-0123456789abcdef"


@pytest.fixture
def judge() -> Iterator[Judge]:
    with judging(Judge()) as opened:
        yield opened


@pytest.fixture
def empty_office(judge: Judge, tmp_path: Path) -> Office:
    """An office without an account."""
    return Office(f"sqlite:///{tmp_path / 'home' / 'pixora.db'}", tmp_path / "home" / "master.key", judge.url)


@pytest.fixture
def office(empty_office: Office) -> Office:
    """An office with one account."""
    empty_office.add("main", KEY)
    return empty_office
