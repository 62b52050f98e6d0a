"""What a listener may expect of every recording."""

from itertools import pairwise
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.embedded.composer.composer import EmbeddedComposer
from pixora_pipeline_tests.providers.composer.conftest import Compose, request_for
from pixora_pipeline_tests.providers.composer.listening import band_share, decibels, listen, rms, worst_click

MOODS = get_args(Mood)
SECONDS = 16.0

each_mood = pytest.mark.parametrize("mood", MOODS)


@each_mood
def test_it_is_stereo_16_bit_48_khz_and_as_long_as_it_says(compose: Compose, mood: str) -> None:
    music, recording = compose((mood, SECONDS))
    assert (recording.sound.shape[0], recording.rate, recording.sample_bytes) == (2, 48_000, 2)
    assert recording.seconds == pytest.approx(music.seconds, abs=1e-6)


@each_mood
def test_it_lasts_as_long_as_asked_and_little_longer(compose: Compose, mood: str) -> None:
    music, _ = compose((mood, SECONDS))
    assert SECONDS <= music.seconds <= SECONDS + 8.0


@each_mood
def test_it_peaks_at_minus_three_decibels_without_an_offset(compose: Compose, mood: str) -> None:
    _, recording = compose((mood, SECONDS))
    assert decibels(np.abs(recording.sound).max()) == pytest.approx(-3.0, abs=0.05)
    assert np.abs(recording.sound.mean(axis=1)).max() < 1e-5


@each_mood
def test_nothing_clicks(compose: Compose, mood: str) -> None:
    _, recording = compose((mood, SECONDS))
    assert worst_click(recording.sound) < 6.0


def test_a_click_would_be_heard(compose: Compose) -> None:
    _, recording = compose(("calm", SECONDS))
    spoilt = recording.sound.copy()
    spoilt[:, 384_000:] *= -1
    assert worst_click(spoilt) > 12.0


@each_mood
def test_it_begins_and_ends_in_silence(compose: Compose, mood: str) -> None:
    _, recording = compose((mood, SECONDS))
    assert np.abs(recording.sound[:, :24]).max() < 0.01
    assert np.abs(recording.sound[:, -96:]).max() < 1e-4


@each_mood
def test_it_dies_away_smoothly(compose: Compose, mood: str) -> None:
    _, recording = compose((mood, SECONDS))
    levels = [decibels(rms(part)) for part in np.array_split(recording.sound[:, -96_000:], 8, axis=1)]
    assert levels[0] > -50.0
    assert all(later < earlier + 3.0 for earlier, later in pairwise(levels))


@each_mood
def test_it_is_never_silent_in_between(compose: Compose, mood: str) -> None:
    _, recording = compose((mood, SECONDS))
    seconds = np.array_split(recording.sound[:, : int(SECONDS * 48_000)], int(SECONDS), axis=1)
    assert min(decibels(rms(second)) for second in seconds[1:]) > -45.0


@each_mood
def test_it_is_wide_but_holds_together_in_mono(compose: Compose, mood: str) -> None:
    _, recording = compose((mood, SECONDS))
    assert 0.15 < np.corrcoef(recording.sound)[0, 1] < 0.9


@each_mood
def test_it_leaves_room_for_a_voice(compose: Compose, mood: str) -> None:
    _, recording = compose((mood, SECONDS))
    assert band_share(recording.sound.mean(axis=0), 1000, 4000) < 0.06


def test_loudness_is_steady_over_a_long_piece(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    EmbeddedComposer().compose(request_for(("mysterious", 600.0)), path)
    recording = listen(path)
    assert 600.0 <= recording.seconds <= 608.0
    middle = recording.sound[:, 48_000 * 20 : -48_000 * 20 : 8]
    levels = [decibels(rms(part)) for part in np.array_split(middle, 14, axis=1)]
    assert max(levels) - min(levels) < 6.0
