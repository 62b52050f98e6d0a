"""Secrets at rest open only with the master key, only for whom they were sealed, and survive a change of keys."""

import base64
import os
import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from pixora_pipeline.errors import UserError
from pixora_pipeline.store.accounts import AccountTable
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.sealing import Keyring

SECRET = SecretStr("sk-canary-0123456789abcdef")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "master.key"


def test_a_secret_opens_for_whom_it_was_sealed_and_for_nobody_else(file: Path) -> None:
    keyring = Keyring(file)
    sealed = keyring.seal(SECRET, "openai/main")
    assert sealed.startswith("v1.") and "canary" not in sealed
    assert Keyring(file).open(sealed, "openai/main") == SECRET
    with pytest.raises(UserError, match="was changed or belongs to another"):
        keyring.open(sealed, "openai/other")
    assert keyring.seal(SECRET, "openai/main") != sealed


def test_the_master_key_is_for_its_owner_alone(file: Path) -> None:
    Keyring(file).seal(SECRET, "openai/main")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["master.key"]


def test_without_the_master_key_nothing_opens_and_it_is_said_what_to_do(file: Path, tmp_path: Path) -> None:
    sealed = Keyring(file).seal(SECRET, "openai/main")
    with pytest.raises(UserError, match=r"Copy that file .* PIXORA_MASTER_KEY"):
        Keyring(tmp_path / "elsewhere.key").open(sealed, "openai/main")


@pytest.mark.parametrize("content", ["", "short\n", "not base64 at all!\n"])
def test_a_broken_master_key_is_told(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content)
    with pytest.raises(UserError, match="holds no master key"):
        Keyring(file).seal(SECRET, "openai/main")


def test_a_given_key_takes_the_place_of_the_file(file: Path) -> None:
    first, second = (base64.urlsafe_b64encode(os.urandom(32)).decode() for _ in range(2))
    sealed = Keyring(file, SecretStr(first)).seal(SECRET, "openai/main")
    assert Keyring(file, SecretStr(f"{second},{first}")).open(sealed, "openai/main") == SECRET
    assert not file.exists()


def test_rotation_seals_everything_anew_and_forgets_the_old_key(file: Path) -> None:
    accounts = AccountTable(open_database(f"sqlite:///{file.parent / 'pixora.db'}"), Keyring(file))
    accounts.put("openai", "main", SECRET)
    accounts.put("ollama", "main", None)
    old = file.read_text()
    assert accounts.rotate() == 1
    assert len(file.read_text().split()) == 1
    assert file.read_text() != old
    account = accounts.find("openai", "main")
    assert accounts.secret(account) == SECRET
    assert accounts.secret(accounts.find("ollama", "main")) == SecretStr("")
