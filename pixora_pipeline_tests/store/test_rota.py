"""Whose turn it is among the accounts of a service."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from pixora_pipeline.store.accounts import AccountTable
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.rota import Choice, Full, Result, Rota, Taken
from pixora_pipeline.store.sealing import Keyring


def opened(folder: Path, choice: Choice, *aliases: str) -> Rota:
    engine = open_database(f"sqlite:///{folder / 'pixora.db'}")
    accounts = AccountTable(engine, Keyring(folder / "master.key"))
    for alias in aliases:
        accounts.put("judge", alias, SecretStr("key"))
    return Rota(engine, choice=choice)


def take(rota: Rota) -> Taken:
    taken = rota.take("judge")
    assert isinstance(taken, Taken), taken
    return taken


def test_round_robin_takes_turns_however_busy_an_account_is(tmp_path: Path) -> None:
    rota = opened(tmp_path, "round_robin", "a", "b", "c")
    taken = [take(rota) for _ in range(3)]
    for each in taken[1:]:
        rota.give_back(each, Result("answered"))
    assert [each.account.alias for each in taken] == ["a", "b", "c"]
    assert [take(rota).account.alias for _ in range(3)] == ["a", "b", "c"]


def test_the_least_loaded_is_taken_although_it_was_used_last(tmp_path: Path) -> None:
    rota = opened(tmp_path, "least_loaded", "a", "b", "c")
    taken = [take(rota) for _ in range(3)]
    rota.give_back(taken[2], Result("answered"))
    assert take(rota).account.alias == "c"


@pytest.mark.parametrize("choice", ["round_robin", "least_loaded"])
def test_one_that_rests_or_is_dead_is_passed_over_either_way(tmp_path: Path, choice: Choice) -> None:
    rota = opened(tmp_path, choice, "a", "b", "c")
    rota.give_back(take(rota), Result("limited", retry_after=60.0))
    rota.give_back(take(rota), Result("dead", reason="revoked"))
    assert {take(rota).account.alias for _ in range(2)} == {"c"}
    full = rota.take("judge")
    assert isinstance(full, Full) and full.retry_in is not None, "c is not proven: two at once are its most"
