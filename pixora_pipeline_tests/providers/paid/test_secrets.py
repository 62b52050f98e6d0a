"""No key is ever in what is written or shown: files, output, exceptions, command lines."""

import logging
import os
import subprocess
import sys
import threading
import traceback
from pathlib import Path

import pytest

from pixora_pipeline.errors import Defect, PixoraError
from pixora_pipeline.providers.environment import account_in_environment
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline_tests.providers.paid.caller import Office, ask, call_of, run_job
from pixora_pipeline_tests.providers.paid.conftest import KEY
from pixora_pipeline_tests.providers.paid.judge import Judge

pytestmark = pytest.mark.slow


def written_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def everything_about(error: BaseException) -> str:
    """What any printer of exceptions could show, with whatever they are chained to."""
    chain, told = [error], ""
    while chain:
        each = chain.pop()
        told += f"{each!r} {each} {each.args!r} {vars(each)!r}" + "".join(traceback.format_exception(each))
        chain += [link for link in (each.__cause__, each.__context__) if link is not None]
    return told


def failing(office: Office, error: Exception) -> PixoraError:
    def send(credential):
        try:
            raise RuntimeError(f"Authorization: Bearer {credential.secret.get_secret_value()}")
        except RuntimeError as inner:
            raise error from inner

    with pytest.raises(PixoraError) as told:
        office.calls().once(call_of(str(error)), send)
    return told.value


def test_no_error_of_any_kind_shows_the_key(office: Office, judge: Judge, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for error in (BadOutput("judge", f"echo {KEY}"), KeyError(f"headers {KEY}"), PixoraError(f"Wrong: {KEY}")):
        assert "canary" not in everything_about(failing(office, error))
    judge.revoked = {KEY}  # it says the key back, as gateways do
    with pytest.raises(PixoraError) as told:
        ask(office, "hello")
    assert "[key]" in str(told.value)
    assert "canary" not in everything_about(told.value)
    assert "canary" not in caplog.text


def test_a_defect_of_an_adapter_is_told_by_its_place(office: Office) -> None:
    error = failing(office, KeyError("choices"))
    assert isinstance(error, Defect)
    assert str(error).startswith("The adapter of judge failed with KeyError: 'choices' (test_secrets.py:")


def test_no_file_of_the_home_has_the_key(office: Office, judge: Judge) -> None:
    ask(office, "hello")
    run_job(office, "job")
    judge.script.append({"before": 400, "error": f"bad header {KEY}"})
    with pytest.raises(PixoraError):
        ask(office, "bad")
    judge.revoked = {KEY}
    with pytest.raises(PixoraError):
        ask(office, "revoked")
    written = written_below(office.master_key.parent)
    assert b"voice_over@s01" in written  # it was looked at
    assert b"canary" not in written


def test_the_commands_show_the_key_to_nobody(tmp_path: Path) -> None:
    # Every process's command line, as often as can be, while the commands run.
    seen, done = set(), threading.Event()
    watcher = threading.Thread(target=_watch_command_lines, args=(seen, done))
    watcher.start()
    outputs = [
        _pixora(tmp_path, "keys", "add", "openai", "--per-minute", "60", stdin=f"{KEY}\n"),
        _pixora(tmp_path, "keys", "list", "--json"),
        _pixora(tmp_path, "keys", "stats"),
        _pixora(tmp_path, "keys", "rotate"),
    ]
    done.set()
    watcher.join()
    assert [code for code, _ in outputs] == [0] * 4
    assert "openai" in outputs[1][1]
    assert not any("canary" in output for _, output in outputs)
    assert b"canary" not in written_below(tmp_path)
    assert any("rotate" in line for line in seen)
    assert not any("canary" in line for line in seen)


def test_a_key_in_the_environment_is_an_account_that_is_not_stored(
    judge: Judge, empty_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pixora_pipeline.providers.paid import JournaledCalls
    from pixora_pipeline.providers.pool import KeyPool
    from pixora_pipeline.store.database import open_database
    from pixora_pipeline.store.heartbeat import Heartbeat
    from pixora_pipeline_tests.providers.paid.caller import send

    monkeypatch.setenv("JUDGE_API_KEY", KEY)
    monkeypatch.setenv("JUDGE_BASE_URL", judge.url)
    pool = KeyPool(empty_office.accounts(), empty_office.rota())
    calls = JournaledCalls(empty_office.journal(), pool, Heartbeat(open_database(empty_office.database)))
    assert calls.once(call_of("hello"), lambda c: send(c, "hello")).body["text"] == "HELLO"
    assert judge.asked == {KEY: 1}
    (account,) = empty_office.accounts().all()
    assert (account.source, account.alias) == ("environment", account_in_environment("judge").alias)
    assert b"canary" not in written_below(empty_office.master_key.parent)


@pytest.mark.parametrize(
    ("service", "variables", "secret", "base_url"),
    [
        ("replicate", {"REPLICATE_API_TOKEN": "r8-x"}, "r8-x", None),
        ("ollama", {"OLLAMA_BASE_URL": "http://localhost:11434/v1"}, "", "http://localhost:11434/v1"),
        ("polly", {"AWS_ACCESS_KEY_ID": "AK", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "eu-west-1"}, "s", None),
    ],
)
def test_the_variables_of_services_are_known(
    service: str, variables: dict[str, str], secret: str, base_url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    account = account_in_environment(service)
    assert (account.secret.get_secret_value(), account.base_url) == (secret, base_url)


def test_without_variables_there_is_no_account() -> None:
    assert account_in_environment("nobody-has-this") is None


def _pixora(home: Path, *words: str, stdin: str = "") -> tuple[int, str]:
    environment = {**os.environ, "PIXORA_HOME": str(home), "COLUMNS": "200"}
    command = [sys.executable, "-m", "pixora_pipeline.cli", *words]
    run = subprocess.run(command, input=stdin, capture_output=True, text=True, env=environment)
    return run.returncode, run.stdout + run.stderr


def _watch_command_lines(seen: set[str], done: threading.Event) -> None:
    while not done.wait(0.1):
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                seen.add(path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
            except OSError:
                continue
