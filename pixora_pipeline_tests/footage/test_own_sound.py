"""Footage keeps its own sound where that is wished for: under its pictures, and back under the voice."""

from pathlib import Path

import numpy as np
import pytest

from pixora_pipeline.footage.cutting import cut_out
from pixora_pipeline.media.footage_sound import write_reel_sound
from pixora_pipeline.media.reel import Cut, Reel
from pixora_pipeline.media.sound import PlacedVoice, mix_sound
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat
from pixora_pipeline.media.wav import read_wav
from pixora_pipeline.model.sound import SoundWishes
from pixora_pipeline_tests.media.material import babble, tone, write_wav
from pixora_pipeline_tests.media.numbered import Source, luma_of, make_source, read_number

FMT = FilmFormat(width=108, height=192, fps=30, handle=6)


@pytest.mark.parametrize("container", ["mp4", "mkv", "ts"])
def test_a_beep_is_heard_with_its_picture_after_cutting(container: str, tmp_path: Path) -> None:
    sound = np.zeros(6 * SAMPLE_RATE)
    sound[4 * SAMPLE_RATE : 4 * SAMPLE_RATE + SAMPLE_RATE // 4] = tone(0.25)
    given = make_source(tmp_path / f"v.{container}", Source(frames=180, keyint=50), sound)
    cut = cut_out(given, "v", 3.0, 5.0, tmp_path / "cut.mkv")
    reel = Reel((Cut(tmp_path / "cut.mkv", cut.start, cut.end),), 60)
    write_reel_sound(reel, FMT, tmp_path / "heard.wav")
    heard = np.abs(read_wav(tmp_path / "heard.wav").astype(float)).max(axis=1)
    numbers = [read_number(luma_of(frame)) for frame in reel.open(FMT).run(range(60))]
    onset = int(np.argmax(heard > 2000))
    # A transport stream has its sound a little before its picture, and says so.
    assert abs(onset - numbers.index(120) * FMT.samples_per_frame) < SAMPLE_RATE / 30


def test_it_steps_back_under_the_voice_and_is_back_after_it(tmp_path: Path) -> None:
    street = write_wav(tmp_path / "street.wav", np.stack([tone(12.0, 3000, 0.2)] * 2, axis=1))
    voice = write_wav(tmp_path / "voice.wav", babble(3.0))
    heard = [
        PlacedVoice(voice, 4 * SAMPLE_RATE),
        PlacedVoice(street, 0, 0.5, background=True),
    ]
    mix_sound(heard, None, 360, FMT, tmp_path / "mix.wav", SoundWishes(ducking=12.0, footage=0.5, fade_out=0.1))
    mixed = read_wav(tmp_path / "mix.wav").astype(float)[:, 0]

    def level(second: float) -> float:
        part = mixed[round(second * SAMPLE_RATE) :][: SAMPLE_RATE // 4]
        return float(np.abs(np.fft.rfft(part)[740:760]).max())

    alone, under, after = level(1.0), level(5.5), level(11.0)
    assert 20 * np.log10(alone / under) == pytest.approx(12.0, abs=1.0)
    assert alone == pytest.approx(after, rel=0.05)


def test_a_muted_film_has_the_fingerprint_it_always_had() -> None:
    assert SoundWishes().model_dump(mode="json") == {"loudness": -14.0, "ducking": 9.0, "fade_in": 0.0, "fade_out": 0.8}
    assert SoundWishes(footage=0.4).model_dump(mode="json")["footage"] == 0.4
