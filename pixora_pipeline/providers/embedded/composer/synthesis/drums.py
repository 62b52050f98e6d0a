"""Percussion from noise and falling sines. Mono float32; starts from and ends in silence; peak about 1."""

import numpy as np

from pixora_pipeline.providers.embedded.composer.score import RATE, chance
from pixora_pipeline.providers.embedded.composer.synthesis.struck import Wave, ring


def low_drum(velocity: float) -> Wave:
    """A large drum played softly: a pitch that falls, and the skin's slap."""
    time = np.arange(int(1.1 * RATE)) / RATE
    pitch = 48.0 + 42.0 * np.exp(-time / 0.035)
    body = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.exp(-time / 0.22)
    skin = 0.25 * velocity * _noise("low drum", time.size, 90, 700) * np.exp(-time / 0.03)
    return _eased(body + skin, 0.003)


def frame_drum(velocity: float) -> Wave:
    """A frame drum: a few modes of a membrane and a breath of noise."""
    skin = ring(
        104.0 * np.array([1.0, 1.59, 2.14, 2.65]),
        np.array([0.9, 0.4, 0.22, 0.12]),
        np.array([0.16, 0.09, 0.07, 0.05]),
        0.7,
        0.003,
    )
    time = np.arange(skin.size) / RATE
    breath = 0.18 * velocity * _noise("frame drum", skin.size, 300, 2500) * np.exp(-time / 0.025)
    return _eased(skin + breath, 0.002)


def shaker(velocity: float) -> Wave:
    """Grains in a shell: a short rise, a short fall."""
    time = np.arange(int(0.16 * RATE)) / RATE
    grains = _noise("shaker", time.size, 4500, 11000)
    return _eased(grains * np.minimum(time / 0.018, 1.0) * np.exp(-np.maximum(time - 0.018, 0) / 0.028), 0.006)


def tick(velocity: float) -> Wave:
    """A small wooden block with a soft stick."""
    return ring(
        np.array([820.0, 1330.0, 2110.0]),
        np.array([0.7, 0.3, 0.12 * velocity]),
        np.array([0.03, 0.018, 0.01]),
        0.2,
        0.002,
    )


def rising_noise(length: int) -> Wave:
    """Air that rises over `length` samples and is let go in a quarter of a second."""
    fall = RATE // 4
    noise = _noise("swell", length + fall, 250, 5000)
    rise = np.linspace(0, 1, length) ** 3
    return (noise * np.concatenate([rise, np.cos(np.linspace(0, np.pi / 2, fall)) ** 2])).astype(np.float32)


def _noise(name: str, size: int, low: float, high: float) -> Wave:
    """Noise between two frequencies with soft edges, RMS 0.35."""
    spectrum = np.fft.rfft(chance(size, "noise", name).standard_normal(size))
    tones = np.fft.rfftfreq(size, 1 / RATE)
    spectrum *= 1 / (1 + (low / np.maximum(tones, 1.0)) ** 4) / (1 + (tones / high) ** 4)
    noise = np.fft.irfft(spectrum, size)
    return (noise * 0.35 / np.sqrt(np.mean(noise**2))).astype(np.float32)


def _eased(wave: np.ndarray, attack: float) -> Wave:
    rise, fall = int(attack * RATE), wave.size // 3
    wave[:rise] *= np.sin(np.linspace(0, np.pi / 2, rise)) ** 2
    wave[-fall:] *= np.cos(np.linspace(0, np.pi / 2, fall)) ** 2
    return wave.astype(np.float32)
