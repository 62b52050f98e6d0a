import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline.providers.embedded.composer.composer import EmbeddedComposer
from pixora_pipeline_tests.providers.composer.conftest import Compose, request_for

SHORT = (("calm", 5.0), ("joyful", 4.0))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_request_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first.wav", "again.wav"):
        EmbeddedComposer().compose(request_for(*SHORT, seed=4), tmp_path / name)
    assert _digest(tmp_path / "first.wav") == _digest(tmp_path / "again.wav")


def test_the_number_of_threads_does_not_change_the_bytes(tmp_path: Path) -> None:
    EmbeddedComposer().compose(request_for(*SHORT, seed=4), tmp_path / "here.wav")
    script = (
        "import sys; from pathlib import Path;"
        "from pixora_pipeline_tests.providers.composer.conftest import request_for;"
        "from pixora_pipeline.providers.embedded.composer.composer import EmbeddedComposer;"
        f"EmbeddedComposer().compose(request_for(*{SHORT!r}, seed=4), Path(sys.argv[1]))"
    )
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "alone.wav")], env=environment, check=True)
    assert _digest(tmp_path / "here.wav") == _digest(tmp_path / "alone.wav")


@pytest.mark.parametrize("other", [{"seed": 5}, {"seed": 4 + 2**32}, {"seed": 4, "prompt": "rain on a window"}])
def test_another_seed_or_prompt_is_another_piece(compose: Compose, other: dict) -> None:
    _, one = compose(*SHORT, seed=4)
    _, two = compose(*SHORT, **other)
    shared = min(one.sound.shape[1], two.sound.shape[1])
    assert abs(np.corrcoef(one.sound[0, :shared], two.sound[0, :shared])[0, 1]) < 0.5


def test_a_negative_seed_is_a_seed(compose: Compose) -> None:
    music, _ = compose(("calm", 2.0), seed=-3)
    assert music.seconds > 2.0


def test_half_a_second_asked_for_is_a_chord_that_rings_out(compose: Compose) -> None:
    music, recording = compose(("curious", 0.5))
    assert 3.0 < music.seconds < 8.5
    assert np.abs(recording.sound).max() > 0.5


def test_sections_too_short_for_a_bar_do_not_break_the_piece(compose: Compose) -> None:
    music, _ = compose(("calm", 0.4), ("tense", 0.3), ("epic", 0.2), ("sad", 6.0))
    assert 6.9 <= music.seconds <= 14.9


def test_no_sections_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no sections"):
        EmbeddedComposer().compose(request_for(), tmp_path / "none.wav")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan"), float("inf")])
def test_a_section_without_a_length_is_refused(tmp_path: Path, seconds: float) -> None:
    with pytest.raises(UserError, match=f"tense section can't last {seconds}"):
        EmbeddedComposer().compose(request_for(("calm", 3.0), ("tense", seconds)), tmp_path / "none.wav")


def test_more_than_an_hour_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="at most 3600"):
        EmbeddedComposer().compose(request_for(("calm", 3601.0)), tmp_path / "none.wav")


def test_a_folder_that_is_not_there_can_be_mended(tmp_path: Path) -> None:
    with pytest.raises(TryAgain, match="gone"):
        EmbeddedComposer().compose(request_for(("calm", 1.0)), tmp_path / "gone" / "music.wav")
