"""A Qdrant server that is not as it should be is told in a sentence: which server, what is wrong, what to do."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from pixora_pipeline.cli.index_check import check_index
from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline.footage.engine import Only
from pixora_pipeline.footage.index import SCENES, TRANSCRIPTS, Index
from pixora_pipeline.footage.library import open_index
from pixora_pipeline.footage.server_engine import server_engine
from pixora_pipeline.settings import Settings, settings
from pixora_pipeline_tests.footage.qdrant_server import qdrant_server
from pixora_pipeline_tests.footage.test_index import NECK, moments, source

ONE = moments(source("v-aaaaaaaaaa", "Morning"), NECK)


def test_it_is_told_the_key_and_wants_the_right_one(tmp_path: Path) -> None:
    with qdrant_server(api_key="open sesame") as (url, _):
        chosen = Settings(home=tmp_path, qdrant_url=url, qdrant_api_key=SecretStr("open sesame"))
        with open_index(chosen) as index:
            index.replace("v-aaaaaaaaaa", ONE)
            assert set(index.ids()) == {SCENES, TRANSCRIPTS}
        for wrong in ("open barley", None):
            with (
                pytest.raises(
                    UserError, match=r"does not accept our key \(403\)\. See PIXORA_QDRANT_API_KEY"
                ) as refused,
                server_engine(url, wrong) as engine,
            ):
                engine.collections()
            assert "barley" not in str(refused.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "127.0.0.1:9"])
def test_one_that_is_not_there_is_told_by_its_address(url: str) -> None:
    with pytest.raises(TryAgain, match=rf"{re.escape(url)} can't be used"), server_engine(url) as engine:
        engine.collections()


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(UserError, match="PIXORA_QDRANT_URL is 'ftp://files'"), server_engine("ftp://files"):
        pass


def test_one_that_takes_too_long_is_waited_for_no_longer() -> None:
    with qdrant_server() as (url, server):
        server.slow = 3
        with pytest.raises(TryAgain, match="timed out"), server_engine(url, timeout=1) as engine:
            engine.collections()


def test_one_that_is_too_old_says_so() -> None:
    said = r"version 1\.7\.4; 1\.10 or newer is needed"
    with qdrant_server(version="1.7.4") as (url, _), pytest.raises(UserError, match=said), server_engine(url) as engine:
        Index(engine).replace("v-aaaaaaaaaa", ONE)
        engine.near(SCENES, [0.0] * 512, Only(), 3)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_the_server_says_is_told(status: int) -> None:
    with qdrant_server() as (url, server):
        server.fault = (status, "Service internal error: no space left on device.")
        with (
            pytest.raises(TryAgain, match=r"can't be used: .*(no space left|429|Too Many)"),
            server_engine(url) as engine,
        ):
            engine.collections()


def test_another_version_than_the_clients_is_used_without_a_warning(recwarn: pytest.WarningsRecorder) -> None:
    with qdrant_server(version="1.11.0", api_key="k") as (url, _), server_engine(url, "k") as engine:
        Index(engine).replace("v-aaaaaaaaaa", ONE)
        assert Index(engine).search("neck rolls")
        assert engine.version == "1.11.0"
    assert [str(warned.message) for warned in recwarn if "qdrant" in str(warned.filename)] == []


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Sets variables of this process's settings."""

    def put(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(f"PIXORA_{name.upper()}", value)
        settings.cache_clear()

    put(home=str(tmp_path))
    yield put
    settings.cache_clear()


def test_the_doctor_says_what_the_index_is_and_what_is_wrong_with_it(
    surroundings: Callable[..., None], tmp_path: Path
) -> None:
    assert check_index(tmp_path).startswith(f"Qdrant's engine in {tmp_path / 'footage' / 'index'}, 0 collections")
    with qdrant_server(api_key="k") as (url, _):
        surroundings(qdrant_url=url)
        with pytest.raises(UserError, match="PIXORA_QDRANT_API_KEY"):
            check_index(tmp_path)
        surroundings(qdrant_api_key="k")
        assert check_index(tmp_path) == f"Qdrant 1.15.1 at {url}, 0 collections"
