"""Measures of a recording that the tests judge music by."""

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
_WINDOW = 1 << 14


@dataclass(frozen=True)
class Recording:
    """A WAV in memory: `sound` of shape (channels, samples), full scale 1."""

    sound: NDArray[np.float32]
    rate: int
    sample_bytes: int

    @property
    def seconds(self) -> float:
        return self.sound.shape[1] / self.rate


def listen(path: Path) -> Recording:
    with wave.open(str(path), "rb") as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
        return Recording(frames.T / np.float32(32768), file.getframerate(), file.getsampwidth())


def decibels(level: float) -> float:
    return 20 * float(np.log10(level + 1e-9))


def rms(sound: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))


def worst_click(sound: NDArray[np.float32]) -> float:
    """The sharpest bend between samples, against the usual bend within ten milliseconds of it.

    Noise reaches 5; a jump in a smooth wave stands alone and goes far beyond.
    """
    bends = np.abs(np.diff(sound, n=2, axis=1)).max(axis=0)
    reach = 480
    sums = np.concatenate([[0.0], np.cumsum(np.square(bends, dtype=np.float64))])
    around = np.sqrt((sums[2 * reach :] - sums[: -2 * reach]) / (2 * reach))
    return float((bends[reach : reach + around.size] / (around + 5e-4)).max())


def power_spectrum(mono: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frequencies in Hz and the mean power at each."""
    starts = range(0, max(1, mono.size - _WINDOW), _WINDOW // 2)
    shaped = np.stack([np.resize(mono[start : start + _WINDOW], _WINDOW) * np.hanning(_WINDOW) for start in starts])
    return np.fft.rfftfreq(_WINDOW, 1 / RATE), (np.abs(np.fft.rfft(shaped, axis=1)) ** 2).mean(axis=0)


def band_share(mono: NDArray[np.float32], low: float, high: float) -> float:
    """The part of the power between two frequencies."""
    tones, power = power_spectrum(mono)
    return float(power[(tones >= low) & (tones < high)].sum() / power.sum())


def chroma(mono: NDArray[np.float32], low: float = 120.0, high: float = 1000.0) -> NDArray[np.float64]:
    """The share of each pitch class (0 is C) in the amplitude between two frequencies."""
    tones, power = power_spectrum(mono)
    heard = (tones > low) & (tones < high)
    classes = np.round(12 * np.log2(tones[heard] / 440.0) + 69).astype(int) % 12
    shares = np.bincount(classes, weights=np.sqrt(power[heard]), minlength=12)
    return shares / shares.sum()
