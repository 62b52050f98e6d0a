"""Ctrl-C ends `pixora make` soon, with one sentence, and keeps what was finished."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pixora_pipeline.settings import CHECKOUT
from pixora_pipeline.store.artifacts import SIDECAR
from pixora_pipeline_tests.conftest import STORY


def pressed_once(artifact: str, folder: Path) -> tuple[int, str]:
    """How `pixora make` ended when Ctrl-C was pressed as the first such artifact had been made."""
    (folder / "boat.md").write_text(STORY, "utf-8")
    command = [sys.executable, "-m", "pixora_pipeline.cli", "make", "boat.md", "--resolution", "240p"]
    chosen = os.environ | {"PIXORA_HOME": str(folder / "home"), "PIXORA_WORKERS": "1", "PYTHONPATH": str(CHECKOUT)}
    for name in ("DAGSTER_HOME", "PIXORA_DATABASE_URL"):
        chosen.pop(name, None)
    with subprocess.Popen(
        command, cwd=folder, env=chosen, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        while process.poll() is None and not list((folder / "home" / "artifacts" / artifact).rglob(SIDECAR)):
            time.sleep(0.05)
        # A terminal sends it to every process of its own.
        os.killpg(process.pid, signal.SIGINT)
        said, _ = process.communicate(timeout=100)
    return process.returncode, said.decode()


@pytest.mark.slow
def test_ctrl_c_stops_a_film_that_is_being_made(tmp_path: Path) -> None:
    code, said = pressed_once("voice_over", tmp_path)
    assert code == 130
    assert "Stopped. What was finished is kept" in said and "Traceback" not in said
    made = {path.parts[-4] for path in (tmp_path / "home" / "artifacts").rglob(SIDECAR)}
    assert "final_video" not in made and not list((tmp_path / "out").glob("*"))
