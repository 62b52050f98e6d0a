"""A judging service and an office to call it from."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

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


@pytest.fixture(params=["sqlite", "postgres"])
def shared(request: pytest.FixtureRequest, empty_office: Office) -> Office:
    """An office without an account, on each kind of database; a minute there is two seconds."""
    office = replace(empty_office, minute=2.0)
    if request.param == "sqlite":
        return office
    server, name = make_url(request.getfixturevalue("postgres")), f"paid_{uuid.uuid4().hex}"
    with create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return replace(office, database=server.set(database=name).render_as_string(hide_password=False))
