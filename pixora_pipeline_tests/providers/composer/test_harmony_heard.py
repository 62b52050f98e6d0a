"""The music that is heard is the music that was written, mood by mood."""

from typing import get_args

import numpy as np
import pytest

from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.embedded.composer.composer import plan
from pixora_pipeline.providers.embedded.composer.harmonisation import harmonise
from pixora_pipeline.providers.embedded.composer.harmony import Chord
from pixora_pipeline_tests.providers.composer.conftest import Compose, request_for
from pixora_pipeline_tests.providers.composer.listening import Recording, band_share, chroma


def _chords_heard(sections: tuple[tuple[str, float], ...], recording: Recording) -> list[tuple[Chord, np.ndarray]]:
    """Each chord of the piece and the chroma while it sounds, without its first third, where the last one dies away."""
    piece, form = plan(request_for(*sections))
    heard = []
    for phrase in form.phrases:
        for span in harmonise(phrase, form.meter.beats, piece.tonic):
            start = phrase.start * form.meter.bar_samples + round(
                (span.beat + span.beats / 3) * form.meter.beat_samples
            )
            end = phrase.start * form.meter.bar_samples + round((span.beat + span.beats) * form.meter.beat_samples)
            heard.append((span.chord, chroma(recording.sound[:, start:end].mean(axis=0))))
    return heard


@pytest.mark.parametrize("mood", get_args(Mood))
def test_each_chord_stands_out_of_the_sound(compose: Compose, mood: str) -> None:
    sections = ((mood, 16.0),)
    _, recording = compose(*sections)
    shares = [heard[list(chord.tones)].sum() for chord, heard in _chords_heard(sections, recording)]
    assert np.mean(shares) > 0.65
    assert min(shares) > 0.45


def test_a_turn_from_major_to_minor_is_heard(compose: Compose) -> None:
    sections = (("joyful", 16.0), ("tense", 16.0))
    _, recording = compose(*sections)
    piece, form = plan(request_for(*sections))
    turn = next(phrase.start for phrase in form.phrases if phrase.mood == "tense") * form.meter.bar_samples
    lowered_second = (piece.tonic - 3 + 1) % 12
    before, after = (chroma(part.mean(axis=0)) for part in (recording.sound[:, :turn], recording.sound[:, turn:]))
    assert after[lowered_second] > 1.5 * before[lowered_second]


def test_moods_differ_in_sound(compose: Compose) -> None:
    joyful, sad = (compose((mood, 16.0))[1].sound.mean(axis=0) for mood in ("joyful", "sad"))
    assert band_share(joyful, 4000, 16000) > 3 * band_share(sad, 4000, 16000)


def test_moods_differ_in_pace(compose: Compose) -> None:
    calm, joyful = (_onsets(compose((mood, 16.0))[1]) for mood in ("calm", "joyful"))
    assert joyful > 1.5 * calm


def _onsets(recording: Recording) -> float:
    """How often a second the steepness of the wave, and so the level of its higher notes, jumps."""
    slopes = np.diff(recording.sound[:, : 16 * 48_000 + 1].mean(axis=0))
    level = np.sqrt(np.mean(np.square(slopes.reshape(-1, 960)), axis=1))
    return float(np.mean(np.diff(np.log(level + 1e-5)) > 0.25) * 50)
