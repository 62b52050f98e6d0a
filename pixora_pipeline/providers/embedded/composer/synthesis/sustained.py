"""Held tones: string and choir ensembles as endless loops, made from a spectrum.

Each harmonic is a narrow band of noise, as wide as the players are apart in pitch; one inverse transform with random
phases gives a loop that breathes and has no seam (known as PADsynth). Two transforms give left and right.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.providers.embedded.composer.score import RATE, chance
from pixora_pipeline.providers.embedded.composer.synthesis.struck import frequency

StereoWave = NDArray[np.float32]
SustainedTone = Callable[[int, bool], StereoWave]

LOOP = 1 << 18
_HIGHEST = 8500.0
_VOWEL = ((620.0, 130.0, 1.0), (1050.0, 160.0, 0.45), (2700.0, 300.0, 0.10), (300.0, 160.0, 0.6))


def ensemble_loop(pitch: int, strength: NDArray, cents: float, name: str) -> StereoWave:
    """A stereo loop of `LOOP` samples, RMS 0.2. `strength` is by harmonic, `cents` how far they spread."""
    root = frequency(pitch)
    spectrum = np.zeros((2, LOOP // 2 + 1), dtype=np.complex64)
    rng = chance(pitch, "ensemble", name)
    for number, amplitude in enumerate(strength, start=1):
        _add_harmonic(spectrum, root * number, amplitude, root * number * (2 ** (cents / 1200) - 1), rng)
    wave = np.fft.irfft(spectrum, axis=1).astype(np.float32)
    return wave * np.float32(0.2 / np.sqrt(np.mean(np.square(wave))))


def _add_harmonic(
    spectrum: NDArray[np.complex64], centre: float, amplitude: float, width: float, rng: np.random.Generator
) -> None:
    """A Gaussian band of random phase, with a steady line in it so that the tone never fades out."""
    at, spread = centre * LOOP / RATE, max(width * LOOP / RATE, 0.6)
    low, high = int(at - 3 * spread), int(at + 3 * spread) + 2
    profile = np.exp(-0.5 * ((np.arange(low, high) - at) / spread) ** 2)
    profile *= amplitude / np.sqrt(np.sum(profile**2))
    phases = np.exp(2j * np.pi * rng.random((2, high - low)))
    spectrum[:, low:high] += profile * phases
    spectrum[:, round(at)] += 0.8 * amplitude * np.exp(2j * np.pi * (rng.random() + np.array([0.0, 0.08])))


def strings(pitch: int, firm: bool) -> StereoWave:
    """A section of strings; a firm bow is brighter."""
    return ensemble_loop(pitch, _bowed(pitch, 2100.0 if firm else 1250.0), 16.0, "strings")


def short_strings(pitch: int, firm: bool) -> StereoWave:
    """The same section closer together, for short notes."""
    return ensemble_loop(pitch, _bowed(pitch, 3000.0 if firm else 2300.0), 10.0, "short strings")


def _bowed(pitch: int, cutoff: float) -> NDArray[np.float64]:
    """A sawtooth's harmonics through the bodies of the instruments, which let little through above `cutoff`."""
    number = _harmonics(pitch)
    return number**-1.0 / np.sqrt(1 + (frequency(pitch) * number / cutoff) ** 3.5)


def choir(pitch: int, firm: bool) -> StereoWave:
    """A choir on a dark vowel; firm singing opens it."""
    number = _harmonics(pitch)
    tones = frequency(pitch) * number
    vowel = sum(gain * np.exp(-0.5 * ((tones - centre) / width) ** 2) for centre, width, gain in _VOWEL)
    return ensemble_loop(pitch, number ** (-0.45 if firm else -0.65) * (0.04 / number + vowel), 22.0, "choir")


def _harmonics(pitch: int) -> NDArray[np.int64]:
    return np.arange(1, int(_HIGHEST / frequency(pitch)) + 1)


def held(loop: StereoWave, length: int, attack: int, release: int, offset: int) -> StereoWave:
    """A stretch of the loop that swells over `attack` samples, holds until `length` and dies over `release`."""
    total = length + release
    attack = min(attack, max(1, int(0.45 * length)))
    envelope = np.ones(total, dtype=np.float32)
    envelope[:attack] = np.sin(np.linspace(0, np.pi / 2, attack, dtype=np.float32)) ** 2
    envelope[length:] = np.cos(np.linspace(0, np.pi / 2, release, dtype=np.float32)) ** 2
    breath = 0.88 + 0.12 * np.sin(np.linspace(0, np.pi, total, dtype=np.float32))
    return _repeated(loop, offset, envelope * breath)


def _repeated(loop: StereoWave, offset: int, envelope: NDArray[np.float32]) -> StereoWave:
    """The loop from `offset` on, round and round, under an envelope; whole slices, as indexing by sample is slow."""
    wave = np.empty((2, envelope.size), dtype=np.float32)
    done = 0
    while done < envelope.size:
        count = min(LOOP - offset, envelope.size - done)
        np.multiply(loop[:, offset : offset + count], envelope[done : done + count], out=wave[:, done : done + count])
        done, offset = done + count, 0
    return wave
