"""Silence around a voice is cut off, and its words keep their moments."""

from pathlib import Path

import numpy as np
import pytest

from pixora_pipeline.media.silence import trim_voice
from pixora_pipeline.media.timing import SAMPLE_RATE
from pixora_pipeline.media.wav import read_wav
from pixora_pipeline.model.results import Speech, WordMark
from pixora_pipeline_tests.media.material import tone, write_wav


def voice(to: Path, before: float, after: float, hiss: float = 0.0) -> Speech:
    """A word of a second with silence, or nearly so, around it."""
    sound = np.concatenate([np.zeros(round(before * SAMPLE_RATE)), tone(1.0), np.zeros(round(after * SAMPLE_RATE))])
    write_wav(to, sound + hiss * np.random.default_rng(0).standard_normal(len(sound)))
    word = WordMark(start=before, end=before + 1, text="word")
    return Speech(seconds=before + 1 + after, words=(word,))


@pytest.mark.parametrize("hiss", [0.0, 0.0002])
@pytest.mark.parametrize(("before", "after"), [(1.0, 2.0), (0.0, 3.0), (0.7, 0.0)])
def test_silence_is_cut_off_and_words_are_where_they_sound(
    before: float, after: float, hiss: float, tmp_path: Path
) -> None:
    spoken = voice(tmp_path / "v.wav", before, after, hiss)
    trimmed = trim_voice(tmp_path / "v.wav", spoken)
    samples = read_wav(tmp_path / "v.wav")[:, 0].astype(float)
    assert len(samples) / SAMPLE_RATE == pytest.approx(trimmed.seconds)
    assert trimmed.seconds < 1.15
    onset = int(np.argmax(np.abs(samples) > 5000)) / SAMPLE_RATE
    assert trimmed.words[0].start == pytest.approx(onset, abs=0.005)
    assert trimmed.words[0].end <= trimmed.seconds


def test_a_voice_without_silence_is_left_as_it_is(tmp_path: Path) -> None:
    spoken = voice(tmp_path / "v.wav", 0.1, 0.1)
    before = (tmp_path / "v.wav").read_bytes()
    assert trim_voice(tmp_path / "v.wav", spoken) == spoken
    assert (tmp_path / "v.wav").read_bytes() == before


def test_silence_throughout_stays(tmp_path: Path) -> None:
    write_wav(tmp_path / "v.wav", np.zeros(SAMPLE_RATE))
    spoken = Speech(seconds=1.0, words=())
    assert trim_voice(tmp_path / "v.wav", spoken) == spoken
    write_wav(tmp_path / "n.wav", np.zeros(0))
    assert trim_voice(tmp_path / "n.wav", Speech(seconds=0, words=())).seconds == 0
