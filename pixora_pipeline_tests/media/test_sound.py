"""The sound pass: voices to the sample, music that steps back and ends with the film, one loudness."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.ducking import ALONE_LU, DUCKING_LU, Spoken, music_gain, spoken_stretches
from pixora_pipeline.media.loudness import measure_file
from pixora_pipeline.media.music import CROSSFADE, LATEST_START, Arrangement, Piece, crossfade, lay_out
from pixora_pipeline.media.sound import PlacedVoice, Score, mix_sound
from pixora_pipeline.media.timing import SAMPLE_RATE
from pixora_pipeline.media.wav import read_wav
from pixora_pipeline.model.results import Music
from pixora_pipeline.model.sound import SoundWishes
from pixora_pipeline_tests.media.material import SMALL, babble, tone, write_wav

FRAMES = 360


@pytest.fixture
def voices(tmp_path: Path) -> list[PlacedVoice]:
    first = write_wav(tmp_path / "a.wav", babble(3.0))
    second = write_wav(tmp_path / "b.wav", babble(3.5, seed=1))
    return [PlacedVoice(first, 33_600), PlacedVoice(second, 300_000)]


@pytest.fixture
def score(tmp_path: Path) -> Score:
    chords = sum(tone(8, pitch, 0.1) for pitch in (220.0, 277.2, 329.6))
    write_wav(tmp_path / "music.wav", np.stack([chords, 0.9 * chords], axis=1))
    return Score(tmp_path / "music.wav", Music(seconds=8, loop_start=2, loop_end=6))


@pytest.mark.parametrize(("spoken", "scored"), [(True, True), (True, False), (False, True)])
def test_any_mix_has_the_films_loudness_and_headroom(
    voices: list[PlacedVoice], score: Score, tmp_path: Path, spoken: bool, scored: bool
) -> None:
    facts = mix_sound(voices if spoken else [], score if scored else None, FRAMES, SMALL, tmp_path / "mix.wav")
    measured = measure_file(tmp_path / "mix.wav")
    assert measured.integrated == pytest.approx(-14, abs=0.5)
    assert measured.true_peak < -1
    assert facts.loudness == pytest.approx(measured.integrated, abs=0.11)
    assert len(read_wav(tmp_path / "mix.wav")) == FRAMES * SMALL.samples_per_frame


def test_nothing_to_hear_gives_silence_of_the_right_length(tmp_path: Path) -> None:
    facts = mix_sound([], None, 90, SMALL, tmp_path / "mix.wav")
    samples = read_wav(tmp_path / "mix.wav")
    assert samples.shape == (90 * 1600, 2) and not samples.any()
    assert facts.loudness == -np.inf


def test_a_voice_is_heard_on_its_very_sample(tmp_path: Path) -> None:
    click = np.zeros(4800)
    click[0] = 0.5
    placed = [PlacedVoice(write_wav(tmp_path / "click.wav", click), onset) for onset in (12_345, 67_890)]
    mix_sound(placed, None, 90, SMALL, tmp_path / "mix.wav")
    level = np.abs(read_wav(tmp_path / "mix.wav")[:, 0].astype(int))
    assert [int(np.argmax(level[:40_000])), 40_000 + int(np.argmax(level[40_000:]))] == [12_345, 67_890]


def test_the_same_mix_gives_the_same_bytes(voices: list[PlacedVoice], score: Score, tmp_path: Path) -> None:
    for name in ("one.wav", "two.wav"):
        mix_sound(voices, score, FRAMES, SMALL, tmp_path / name)
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()


def test_music_is_back_under_the_voice_before_it_begins_and_stays_there_in_short_pauses() -> None:
    stretches = [Spoken(2 * SAMPLE_RATE, 4 * SAMPLE_RATE), Spoken(5 * SAMPLE_RATE, 6 * SAMPLE_RATE)]
    gain = 20 * np.log10(music_gain(stretches, 0, 10 * SAMPLE_RATE))
    assert gain[0] == pytest.approx(ALONE_LU, abs=0.01)
    assert np.allclose(gain[2 * SAMPLE_RATE : 6 * SAMPLE_RATE], ALONE_LU - DUCKING_LU, atol=0.01)
    assert gain[-1] == pytest.approx(ALONE_LU, abs=0.01)
    assert np.abs(np.diff(gain)).max() * SAMPLE_RATE < 60, "decibels a second: any faster is a jump"


@pytest.mark.parametrize("ducking", [0.0, 6.0, 20.0])
def test_music_steps_back_as_far_as_it_is_told(ducking: float) -> None:
    gain = 20 * np.log10(music_gain([Spoken(2 * SAMPLE_RATE, 4 * SAMPLE_RATE)], 0, 8 * SAMPLE_RATE, ducking))
    assert gain[0] - gain[3 * SAMPLE_RATE] == pytest.approx(ducking, abs=0.01)


def test_a_louder_voice_is_louder_than_its_neighbour_and_a_silent_one_is_not_heard(tmp_path: Path) -> None:
    voice = write_wav(tmp_path / "v.wav", babble(1.5))
    placed = [PlacedVoice(voice, round(at * SAMPLE_RATE), volume) for at, volume in ((0.5, 1.0), (3, 2.0), (6, 0.0))]
    mix_sound(placed, None, 270, SMALL, tmp_path / "mix.wav")
    sound = read_wav(tmp_path / "mix.wav")[:, 0].astype(float)
    level = [
        float(np.sqrt(np.mean(sound[round(at * SAMPLE_RATE) :][: round(1.5 * SAMPLE_RATE)] ** 2))) for at in (0.5, 3, 6)
    ]
    # The limiter takes a little of the louder one.
    assert 1.5 < level[1] / level[0] < 2.05
    assert level[2] == 0


def test_music_does_not_step_back_for_a_voice_that_is_not_heard(score: Score, tmp_path: Path) -> None:
    voice = write_wav(tmp_path / "v.wav", babble(3.0))
    for name, volume, background in (("mute", 0.0, False), ("background", 0.0001, True), ("spoken", 0.0001, False)):
        placed = [PlacedVoice(voice, 3 * SAMPLE_RATE, volume, background)]
        mix_sound(placed, score, 300, SMALL, tmp_path / f"{name}.wav")

    def step(name: str) -> float:
        sound = np.abs(read_wav(tmp_path / f"{name}.wav")[:, 0].astype(float))
        return float(sound[4 * SAMPLE_RATE : 5 * SAMPLE_RATE].mean() / sound[SAMPLE_RATE : 2 * SAMPLE_RATE].mean())

    assert step("mute") == pytest.approx(1, abs=0.15) and step("background") == pytest.approx(1, abs=0.15)
    assert step("spoken") < 0.5


def test_the_sound_comes_up_and_goes_as_slowly_as_it_is_told(score: Score, tmp_path: Path) -> None:
    wishes = SoundWishes(fade_in=2.0, fade_out=3.0)
    mix_sound([], score, 300, SMALL, tmp_path / "mix.wav", wishes)
    sound = np.abs(read_wav(tmp_path / "mix.wav")[:, 0].astype(float)).reshape(-1, SAMPLE_RATE // 4).mean(axis=1)
    assert sound[0] < 0.25 * sound[16] and sound[-1] < 0.25 * sound[16]
    assert sound[4] < 0.9 * sound[16] and sound[-7] < 0.9 * sound[16]
    assert sound[10] == pytest.approx(sound[16], rel=0.25)


def test_gain_is_the_same_however_it_is_cut_into_blocks() -> None:
    stretches = [Spoken(30_000, 90_000)]
    whole = music_gain(stretches, 0, 200_000)
    parts = np.concatenate([music_gain(stretches, at, at + 50_000) for at in range(0, 200_000, 50_000)])
    assert np.allclose(whole, parts)


def test_speech_is_found_where_it_sounds() -> None:
    voice = np.concatenate([np.zeros(48_000), tone(1.0), np.zeros(48_000)])
    found = spoken_stretches(np.rint(voice[:, None] * 32767).astype(np.int16), 10_000)
    assert len(found) == 1
    assert (found[0].start, found[0].end) == pytest.approx((58_000, 106_000), abs=960)
    assert spoken_stretches(np.zeros((4800, 1), np.int16), 0) == []


@pytest.mark.parametrize("film", [1, 5, 9.4, 10, 16, 37.3, 600])
def test_music_ends_with_the_film_and_starts_near_its_beginning(film: float) -> None:
    length, start, end = 10 * SAMPLE_RATE, 2 * SAMPLE_RATE, 7 * SAMPLE_RATE
    layout = lay_out(length, start, end, round(film * SAMPLE_RATE))
    played = length - (end - start) + layout.passes * (end - start)
    assert layout.delay - layout.skipped + played == round(film * SAMPLE_RATE)
    assert 0 <= layout.delay <= LATEST_START
    assert layout.skipped == 0 or film < 5 or layout.skipped < end - start


@pytest.mark.parametrize("film", [3.0, 8.0, 11.7, 21.0])
def test_the_pieces_own_ending_is_the_films_and_joins_are_seamless(film: float) -> None:
    times = np.arange(8 * SAMPLE_RATE) / SAMPLE_RATE
    # 250 Hz comes round evenly in the loop of four seconds: a seam would show as a jump.
    sound = np.rint(8000 * np.sin(2 * np.pi * 250 * times)).astype(np.int16)[:, None].repeat(2, axis=1)
    sound[-4800:] = np.linspace(12_000, 0, 4800).astype(np.int16)[:, None]
    length = round(film * SAMPLE_RATE)
    arrangement = Arrangement(Piece(sound, 2 * SAMPLE_RATE, 6 * SAMPLE_RATE), length)
    whole = arrangement.stretch(0, length)
    assert np.allclose(whole[-4800:] * 32768, sound[-4800:], atol=1)
    steps = np.abs(np.diff(whole[SAMPLE_RATE * 2 : -4800, 0]))
    assert not len(steps) or steps.max() < 1.1 * 2 * np.pi * 250 / SAMPLE_RATE * 8000 / 32768
    cut = np.concatenate([arrangement.stretch(at, min(at + 7777, length)) for at in range(0, length, 7777)])
    assert np.array_equal(whole, cut)


def test_a_crossfade_keeps_power_between_sounds_alike_or_not() -> None:
    rng = np.random.default_rng(0)
    one, two = rng.standard_normal((2, CROSSFADE * 20, 2)).astype(np.float32)
    for old, new in ((one, two), (one, one)):
        leaving, coming = crossfade(old, new)
        mixed = old * leaving + new * coming
        assert float(np.mean(mixed**2)) == pytest.approx(1.0, abs=0.05)


def test_a_long_film_takes_no_more_memory_than_a_short_one(score: Score, tmp_path: Path) -> None:
    peaks = []
    for seconds in (30, 180):
        talk = np.tile(babble(5.0)[:, None], (seconds // 5, 2))
        voice = PlacedVoice(write_wav(tmp_path / "long.wav", talk), 0)
        del talk
        tracemalloc.start()
        mix_sound([voice], score, seconds * SMALL.fps, SMALL, tmp_path / "mix.wav")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


def test_a_sound_of_another_kind_is_refused_in_words(tmp_path: Path) -> None:
    write_wav(tmp_path / "slow.wav", tone(1), rate=22_050)
    with pytest.raises(UserError, match="22050 Hz"):
        read_wav(tmp_path / "slow.wav")
    (tmp_path / "no.wav").write_bytes(b"RIFFnonsense")
    with pytest.raises(UserError, match=r"no\.wav"):
        read_wav(tmp_path / "no.wav")
