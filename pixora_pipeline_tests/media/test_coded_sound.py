"""The sound as it is heard after coding: loudness and peaks held there, and moved into the film as it is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from pixora_pipeline.media.coded_sound import code, master_coded
from pixora_pipeline.media.film import make_film
from pixora_pipeline.media.loudness import master, measure_file
from pixora_pipeline.media.probe import probe
from pixora_pipeline.media.sound import PlacedVoice, mix_sound
from pixora_pipeline.media.timing import SAMPLE_RATE
from pixora_pipeline.model.sound import SoundWishes
from pixora_pipeline_tests.media.material import SMALL, SmallFilm, babble, decoded_sound, ffmpeg_complaints, write_wav


def plosives(every: int, long: int) -> Callable[[], Iterator[bytes]]:
    """A tone with hard consonants, bursts of noise, which AAC makes louder than they were."""
    random, length = np.random.default_rng(3), SAMPLE_RATE * 4
    sound = 0.02 * np.sin(2 * np.pi * 220 * np.arange(length) / SAMPLE_RATE)
    for at in range(10_000, length - 9000, every):
        sound[at : at + long] += 0.6 * random.standard_normal(long)
    data = np.repeat(sound[:, None], 2, axis=1).astype("<f4").tobytes()
    return lambda: iter([data])


def test_peaks_are_held_after_coding_where_coding_lifts_them(tmp_path: Path) -> None:
    blocks = plosives(24_000, 2000)
    master(blocks, tmp_path / "plain.wav")
    code(tmp_path / "plain.wav", tmp_path / "plain.m4a")
    assert measure_file(tmp_path / "plain.m4a").true_peak > -1, "coding does not lift this sound: it proves nothing"
    told = master_coded(blocks, tmp_path / "held.m4a", -14.0)
    heard = measure_file(tmp_path / "held.m4a")
    assert heard == told
    assert heard.true_peak < -1


@pytest.mark.parametrize("target", [-28.0, -23.0, -16.0, -12.0])
def test_any_target_is_met_within_half_a_unit(target: float, tmp_path: Path) -> None:
    voice = write_wav(tmp_path / "v.wav", babble(5.0))
    wishes = SoundWishes(loudness=target)
    facts = mix_sound([PlacedVoice(voice, 9600)], None, 180, SMALL, tmp_path / "mix.m4a", wishes)
    heard = measure_file(tmp_path / "mix.m4a")
    assert heard.integrated == pytest.approx(target, abs=0.5)
    assert heard.true_peak < -1
    assert (facts.loudness, facts.true_peak) == (heard.integrated, heard.true_peak)


def test_coded_sound_is_heard_in_the_film_as_if_it_had_been_coded_there(small_film: SmallFilm, tmp_path: Path) -> None:
    code(small_film.sound, tmp_path / "sound.m4a")
    film = tmp_path / "film.mp4"
    make_film(small_film.segments, tmp_path / "sound.m4a", small_film.cues, "Ramps", "en", SMALL, film)
    assert np.array_equal(decoded_sound(film), decoded_sound(small_film.path))
    assert probe(film).sound == probe(small_film.path).sound
    assert ffmpeg_complaints(film) == ""


def test_silence_stays_silence(tmp_path: Path) -> None:
    facts = mix_sound([], None, 60, SMALL, tmp_path / "mix.m4a")
    assert facts.loudness == -np.inf
    assert not np.abs(decoded_sound(tmp_path / "mix.m4a")).max() > 1e-4
