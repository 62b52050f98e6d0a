"""The hall and the tone control, as impulse responses: one convolution applies both."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.providers.embedded.composer.score import RATE, chance

_TAPS = 4096
_HALL = 1 << 17
_PRE_DELAY = int(0.018 * RATE)
_BANDS = ((0.0, 250.0, 2.0, 0.5), (250.0, 1000.0, 2.3, 1.0), (1000.0, 3500.0, 1.8, 0.75), (3500.0, 9000.0, 1.0, 0.4))
"""Low and high edge in Hz, seconds to fall by 60 dB, and level."""


@cache
def tone_control() -> NDArray[np.float32]:
    """A short filter of minimum phase: nothing below hearing, room for a voice between 1 and 4 kHz, a soft top."""
    tones = np.fft.rfftfreq(2 * _TAPS, 1 / RATE)
    octaves = np.log2(np.maximum(tones, 1.0) / 2000.0)
    decibels = -3.5 * np.exp(-0.5 * (octaves / 0.8) ** 2) - 3.0 / (1 + (7000.0 / np.maximum(tones, 1.0)) ** 3)
    rumble = 1 / np.sqrt(1 + (32.0 / np.maximum(tones, 4.0)) ** 6)
    kernel = _minimum_phase(10 ** (decibels / 20) * rumble)
    return (kernel - kernel.mean()).astype(np.float32)


def _minimum_phase(magnitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """The filter of that magnitude whose energy comes earliest, from the folded cepstrum."""
    cepstrum = np.fft.irfft(np.log(np.maximum(magnitude, 1e-5)))
    half = cepstrum.size // 2
    cepstrum[1:half] *= 2
    cepstrum[half + 1 :] = 0
    kernel = np.fft.irfft(np.exp(np.fft.rfft(cepstrum)))[:_TAPS]
    kernel[_TAPS // 2 :] *= np.cos(np.linspace(0, np.pi / 2, _TAPS - _TAPS // 2)) ** 2
    return kernel


@cache
def hall() -> NDArray[np.float32]:
    """A hall's response, left and right: early reflections, then noise whose high notes die sooner. Energy 1 a side."""
    rng = chance(7, "hall")
    time = np.arange(_HALL) / RATE
    tones = np.fft.rfftfreq(_HALL, 1 / RATE)
    response = np.zeros((2, _HALL))
    for low, high, fall, level in _BANDS:
        spectrum = np.fft.rfft(rng.standard_normal((2, _HALL)), axis=1) * ((tones >= low) & (tones < high))
        response += level * np.fft.irfft(spectrum, axis=1) * 10 ** (-3.0 * time / fall)
    response *= np.minimum(time / 0.03, 1.0) * np.cos(np.linspace(0, np.pi / 2, _HALL)) ** 0.5
    for side in response:
        for arrival in rng.uniform(0.004, 0.055, 7):
            side[int(arrival * RATE)] += 3.0 * rng.choice((-1, 1)) * np.exp(-arrival / 0.04)
    response = np.roll(response, _PRE_DELAY, axis=1)
    response[:, :_PRE_DELAY] = 0
    return (response / np.sqrt(np.sum(response**2, axis=1, keepdims=True))).astype(np.float32)
