"""Struck and plucked tones: sums of damped sine waves, as a string or a bar vibrates after it is let go.

All waveforms are mono float32 that start from silence and die away; peak about 1 at full velocity.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.providers.embedded.composer.score import RATE

Wave = NDArray[np.float32]
StruckTone = Callable[[int, float], Wave]

_BLOCK = 256
_ROWS = 4
_HIGHEST = 9000.0


def frequency(pitch: int) -> float:
    """The frequency in Hz of a MIDI pitch."""
    return 440.0 * 2.0 ** ((pitch - 69) / 12)


def ring(frequencies: NDArray, amplitudes: NDArray, decays: NDArray, seconds: float, attack: float) -> Wave:
    """Damped sines. `decays` are the times in seconds to fall to 1/e; `attack` is the rise time in seconds.

    A damped sine at sample `a * block + b` is a product of a factor of `a` and one of `b`, so their sum is a matrix
    product. It is taken a few rows at a time: BLAS shares larger products among threads, and then their last bits
    depend on how many threads there are.
    """
    count = (int(seconds * RATE) // (_BLOCK * _ROWS) + 1) * _ROWS
    exponents = (-1.0 / decays + 2j * np.pi * frequencies) / RATE
    fine = np.exp(np.outer(exponents, np.arange(_BLOCK)))
    coarse = amplitudes * np.exp(np.outer(np.arange(count) * _BLOCK, exponents))
    left = np.concatenate([coarse.imag, coarse.real], axis=1).astype(np.float32)
    right = np.concatenate([fine.real, fine.imag], axis=0).astype(np.float32)
    return _shape((left.reshape(-1, _ROWS, left.shape[1]) @ right).ravel(), attack)


def _shape(wave: Wave, attack: float) -> Wave:
    """The wave with a rounded start and an end faded to nothing."""
    rise = max(2, int(attack * RATE))
    wave[:rise] *= (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, rise))).astype(np.float32)
    fall = min(int(0.25 * RATE), wave.size // 2)
    wave[-fall:] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fall))).astype(np.float32)
    return wave


def felt_piano(pitch: int, velocity: float) -> Wave:
    """A piano with felt between hammer and strings: stiff strings in pairs a hair apart, few high partials."""
    root = frequency(pitch)
    number = np.arange(1, min(22, int(_HIGHEST / root)) + 1)
    stiffness = 0.00025 * 2.0 ** ((pitch - 48) / 14)
    partials = root * number * np.sqrt(1 + stiffness * number**2)
    felt = np.exp(-partials / (800 + 1900 * velocity))
    strength = felt * number**-0.75 * (0.35 + np.abs(np.sin(np.pi * number / 8.2)))
    longest = 2.6 * 2.0 ** ((54 - pitch) / 20)
    decay = longest / (1 + 0.42 * (number - 1))
    tone = ring(
        np.concatenate([partials, partials * 1.00035, partials * 0.9998]),
        np.concatenate([0.6 * strength, 0.25 * strength, -0.15j * strength]) / strength.sum(),
        np.concatenate([0.45 * decay, 1.5 * decay, decay]),
        min(5.0, 3.2 * longest),
        0.007,
    )
    return _with_thump(tone, velocity)


def _with_thump(tone: Wave, velocity: float) -> Wave:
    """The tone with the soft knock of key and hammer under it."""
    knock = ring(
        np.array([74.0, 118.0, 171.0, 233.0]),
        np.array([0.5, 0.4, 0.3, 0.2]) * 0.10 * (0.3 + velocity),
        np.array([0.03, 0.024, 0.018, 0.012]),
        0.12,
        0.004,
    )
    tone[: knock.size] += knock
    return tone


def harp(pitch: int, velocity: float) -> Wave:
    """A gut string plucked off its middle."""
    root = frequency(pitch)
    number = np.arange(1, min(18, int(_HIGHEST / root)) + 1)
    strength = np.abs(np.sin(np.pi * number * 0.23)) * number**-1.5 * np.exp(-root * number / (2000 + 2600 * velocity))
    decay = 1.15 * 2.0 ** ((60 - pitch) / 22) / number**0.8
    return ring(root * number, strength / strength.sum(), decay, min(4.0, 6 * decay[0]), 0.003)


def pizzicato(pitch: int, velocity: float) -> Wave:
    """A bowed instrument's string plucked: short, woody."""
    root = frequency(pitch)
    number = np.arange(1, min(14, int(_HIGHEST / root)) + 1)
    strength = number**-1.3 * np.exp(-root * number / (1500 + 2400 * velocity))
    decay = 0.26 * 2.0 ** ((60 - pitch) / 26) / number**0.7
    return ring(root * number, strength / strength.sum(), decay, 7 * decay[0], 0.004)


def celesta(pitch: int, velocity: float) -> Wave:
    """Small steel bars over wooden boxes."""
    root = frequency(pitch)
    partials = root * np.array([1.0, 2.003, 2.76, 4.01, 5.42])
    strength = np.array([1.0, 0.12, 0.2 * velocity, 0.08, 0.08 * velocity])
    decay = 1.3 * 2.0 ** ((72 - pitch) / 24) * np.array([1.0, 0.5, 0.22, 0.2, 0.07])
    heard = partials < _HIGHEST
    return ring(partials[heard], strength[heard] / 1.25, decay[heard], 5 * decay[0], 0.003)


def marimba(pitch: int, velocity: float) -> Wave:
    """Wooden bars with soft mallets."""
    root = frequency(pitch)
    partials = root * np.array([1.0, 3.98, 9.6])
    strength = np.array([1.0, 0.25 * velocity, 0.06 * velocity])
    decay = 0.42 * 2.0 ** ((66 - pitch) / 24) * np.array([1.0, 0.28, 0.1])
    heard = partials < _HIGHEST
    return ring(partials[heard], strength[heard] / 1.15, decay[heard], 7 * decay[0], 0.004)


def bass(pitch: int, velocity: float) -> Wave:
    """A round bass string, plucked with the thumb."""
    root = frequency(pitch)
    number = np.arange(1, 9)
    strength = number**-1.2 * np.exp(-root * number / (320 + 420 * velocity))
    decay = 2.4 / number**0.9
    return ring(root * number, strength / strength.sum(), decay, 6.0, 0.014)
