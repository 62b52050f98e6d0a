"""Typing commands in the tests: each as its own `pixora`, in a folder and a home of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pixora_pipeline.cli import main
from pixora_pipeline.settings import CHECKOUT, settings


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> str:
        """What was said on stderr, whatever the width of the terminal."""
        return " ".join(self.err.split())

    @property
    def json(self) -> Any:
        """The one object on stdout. ValueError when there is none, or more than one."""
        return json.loads(self.out)


Pixora = Callable[..., Outcome]


def in_process(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Pixora:
    """`pixora` without the seconds it takes to load."""

    def type_in(*arguments: str) -> Outcome:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["pixora", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return Outcome(int(end.value.code or 0), out, err)

    return type_in


def as_process(home: Path, folder: Path) -> Pixora:
    """`pixora` as the shell starts it."""

    def type_in(*arguments: str) -> Outcome:
        command = [sys.executable, "-m", "pixora_pipeline.cli", *map(str, arguments)]
        chosen = os.environ | {"PIXORA_HOME": str(home), "PIXORA_WORKERS": "1", "PYTHONPATH": str(CHECKOUT)}
        for name in ("DAGSTER_HOME", "PIXORA_DATABASE_URL"):
            chosen.pop(name, None)
        run = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=chosen, timeout=180)
        return Outcome(run.returncode, run.stdout, run.stderr)

    return type_in


@contextmanager
def living_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this process's settings be those of that home."""
    monkeypatch.setenv("PIXORA_HOME", str(home))
    monkeypatch.setenv("PIXORA_WORKERS", "1")
    monkeypatch.delenv("PIXORA_DATABASE_URL", raising=False)
    monkeypatch.setenv("DAGSTER_HOME", "")
    settings.cache_clear()
    yield
    settings.cache_clear()
