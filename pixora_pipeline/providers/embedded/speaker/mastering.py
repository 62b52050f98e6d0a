"""From the raw sound to a recording that is pleasant to hear: 48 kHz, equalised, levelled, with a breath of room."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.providers.embedded.speaker.library import SAMPLE_RATE
from pixora_pipeline.providers.embedded.speaker.voices import Timbre

OUTPUT_RATE = 48_000
LOUDNESS = -20.0
"""Integrated loudness aimed at, in LUFS."""

# 48000 / 22050 in lowest terms.
_UP, _DOWN = 320, 147

# Frequency in Hz and gain in dB. Measured: the difference between each timbre's average spectrum and that of
# human speech (Byrne et al. 1994), taken in part, so that consonants stay crisp.
_EQUALISER: dict[Timbre, str] = {
    "low": "0:-60 45:-30 70:-4 95:4 130:5 200:3.5 300:2 600:0.5 900:0 1300:-3 2500:-2.5 3200:-1 4000:1 9000:1",
    "high": "0:-60 60:-30 110:-4 150:2 250:4 400:1.5 600:0 900:-1 1600:-2.5 2400:-3.5 3600:-4.5 4500:-4 7000:0",
}

# Drifts of pitch: how often a second, by what share, and where they begin.
_DRIFT = ((1.3, 0.003, 0.4), (3.1, 0.0025, 2.1), (5.7, 0.002, 4.0))

_RINGING = SAMPLE_RATE // 4
_TAIL = SAMPLE_RATE // 20
_EASE = 240  # 5 ms
_BLOCK = 480  # 10 ms
_THRESHOLD = -24.0
_RATIO = 2.2
_CEILING = 0.75


def master(sounds: Sequence[NDArray[np.float32]], timbre: Timbre) -> NDArray[np.int16]:
    """The finished recording: sounds in sequence, mono, 16 bit at `OUTPUT_RATE`."""
    # The last sound gets what the others have in the pause behind them: time to die away.
    ringing = [*sounds[:-1], np.pad(sounds[-1], (0, _TAIL))]
    whole = _living(np.concatenate([_levelled(_resampled(sound, timbre)) for sound in ringing]))
    whole = _compressed(_with_room(whole))
    whole *= 10 ** ((LOUDNESS - loudness(whole)) / 20)
    return np.round(_eased(_limited(whole)) * 32767).astype(np.int16)


def _resampled(sound: NDArray[np.float32], timbre: Timbre) -> NDArray[np.float32]:
    """Band-limited resampling with the equaliser in the same pass."""
    # The equaliser rings a little before and after the sound: without the room that would end up at the other end.
    units = _even_length(-(-(len(sound) + _RINGING) // _DOWN) + 1)
    spectrum = np.fft.rfft(sound, units * _DOWN)
    frequencies = np.fft.rfftfreq(units * _DOWN, 1 / SAMPLE_RATE)
    points = np.array([pair.split(":") for pair in _EQUALISER[timbre].split()], float)
    gains = np.interp(np.log(frequencies + 20), np.log(points[:, 0] + 20), points[:, 1])
    # The last bins fade so that the old upper limit does not ring.
    gains = gains - 60 * np.clip((frequencies - 10300) / 700, 0, 1)
    shaped = np.fft.irfft(spectrum * 10 ** (gains / 20), units * _UP) * (_UP / _DOWN)
    return shaped[: round(len(sound) * OUTPUT_RATE / SAMPLE_RATE)].astype(np.float32)


def _even_length(count: int) -> int:
    """The next number without large prime factors: transforms of it are fast."""
    while True:
        rest = count
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1 and count % 2 == 0:
            return count
        count += 1


def _living(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """A slow, slight drift of pitch, as every living voice has; no moment moves by more than two milliseconds."""
    places = np.arange(len(sound))
    moved = places.astype(np.float64)
    for rate, drift, phase in _DRIFT:
        turn = 2 * np.pi * rate / OUTPUT_RATE
        moved += drift / turn * (np.sin(turn * places + phase) - np.sin(phase))
    moved = np.clip(moved, 1, max(1, len(sound) - 3))
    first = np.floor(moved).astype(np.int64)
    part = (moved - first).astype(np.float32)
    before, here, after, later = (sound[np.clip(first + step, 0, len(sound) - 1)] for step in (-1, 0, 1, 2))
    # Catmull-Rom: the sound holds nothing near half the rate, so a cubic through four samples is exact enough.
    bend = 3 * (here - after) + later - before
    curve = 2 * before - 5 * here + 4 * after - later
    return here + 0.5 * part * (after - before + part * (curve + part * bend))


def _levelled(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """A sentence at the level of its neighbours."""
    voiced = sound[np.abs(sound) > 0.02 * np.abs(sound).max(initial=1e-9)]
    level = float(np.sqrt((voiced**2).mean())) if len(voiced) else 0.0
    return sound * np.float32(0.1 / level) if level > 1e-6 else sound


def _block_levels(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """Level in dB of every block of 10 ms."""
    padded = np.pad(sound, (0, -len(sound) % _BLOCK))
    power = (padded.reshape(-1, _BLOCK).astype(np.float64) ** 2).mean(axis=1)
    return 10 * np.log10(power + 1e-10)


def _compressed(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """A light compressor that looks ahead, so that stressed syllables do not jump out."""
    over = np.maximum(0, _block_levels(sound) - _THRESHOLD)
    window = np.hanning(9)
    gains = np.convolve(-over * (1 - 1 / _RATIO), window / window.sum(), mode="same")[: len(over)]
    places = (np.arange(len(over)) + 0.5) * _BLOCK
    smooth = np.interp(np.arange(len(sound)), places, gains)
    return (sound * 10 ** (smooth / 20)).astype(np.float32)


@cache
def _room() -> NDArray[np.float64]:
    """Early reflections of a small furnished room: sparse at first, dense and dark later, gone after 90 ms."""
    noise = np.random.default_rng(7).standard_normal(int(0.09 * OUTPUT_RATE))
    times = np.arange(len(noise)) / OUTPUT_RATE
    tail = noise * np.exp(-times / 0.016) * np.clip((times - 0.004) / 0.006, 0, 1)
    dark = np.convolve(tail, np.hanning(18) / np.hanning(18).sum(), mode="same")
    return dark / np.sqrt((dark**2).sum()) * 0.16


def _with_room(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    room = _room()
    wet = np.zeros_like(sound)
    step = 1 << 16
    spectrum = np.fft.rfft(room, 2 * step)
    for start in range(0, len(sound), step):
        part = np.fft.irfft(np.fft.rfft(sound[start : start + step], 2 * step) * spectrum, 2 * step)
        stop = min(start + 2 * step, len(sound))
        wet[start:stop] += part[: stop - start]
    return sound + wet


def loudness(sound: NDArray[np.float32]) -> float:
    """Integrated loudness in LUFS, close enough to level speech; a film's sound is measured by its own tool."""
    size = OUTPUT_RATE * 2 // 5
    count = max(1, -(-len(sound) // size))
    blocks = np.pad(sound, (0, count * size - len(sound))).reshape(count, size)
    spectrum = np.abs(np.fft.rfft(blocks, axis=1)) ** 2
    power = 2 * (spectrum * _ear(size)).sum(axis=1) / size**2
    levels = -0.691 + 10 * np.log10(power + 1e-12)
    gate = max(-70.0, float(-0.691 + 10 * np.log10(power[levels > -70].mean() + 1e-12)) - 10 if count > 1 else -70.0)
    kept = power[levels > gate]
    return float(-0.691 + 10 * np.log10((kept if len(kept) else power).mean() + 1e-12))


@cache
def _ear(size: int) -> NDArray[np.float64]:
    """The power weighting of BS.1770: a high-pass at 60 Hz and a shelf of 4 dB above 1.5 kHz."""
    frequencies = np.fft.rfftfreq(size, 1 / OUTPUT_RATE)
    highpass = frequencies**4 / (frequencies**2 + 38.0**2) ** 2
    rise = frequencies**2 / (frequencies**2 + 1680.0**2)
    return highpass * 10 ** (0.4 * rise)


def _eased(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same with silence at its very ends, so that it neither begins nor ends with a click."""
    size = min(_EASE, len(sound) // 2)
    ramp = np.sin(np.linspace(0, np.pi / 2, size, dtype=np.float32)) ** 2
    eased = sound.copy()
    eased[:size] *= ramp
    eased[len(sound) - size :] *= ramp[::-1]
    return eased


def _limited(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Peaks over the ceiling are bent, not cut; nothing reaches full scale."""
    size = np.abs(sound)
    room = 0.97 - _CEILING
    bent = _CEILING + room * np.tanh(np.maximum(size - _CEILING, 0) / room)
    return np.where(size > _CEILING, np.sign(sound) * bent, sound)
