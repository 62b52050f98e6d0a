"""How loud the music is at each moment: forward where nobody speaks, under the voice where somebody does.

The whole narration is known beforehand, so the music steps back before a word and not, as a compressor would, after it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.media.timing import SAMPLE_RATE
from pixora_pipeline.media.wav import Pcm, Recording

ALONE_LU = -8.0
"""Loudness of the music against the voice where nobody speaks. Any louder, and each pause would jump out."""

DUCKING_LU = 9.0
"""How far the music steps back from there under the voice, unless it is told otherwise."""

HOP = SAMPLE_RATE // 50
AUDIBLE = 10 ** (-35 / 20)
"""A fiftieth of a second counts as speech when it is louder than this share of the voice's loudest."""

ATTACK_SECONDS, EARLY_SECONDS = 0.45, 0.05
HOLD_SECONDS, RELEASE_SECONDS = 0.25, 1.2
BRIDGED_SECONDS = HOLD_SECONDS + RELEASE_SECONDS + ATTACK_SECONDS + EARLY_SECONDS
"""In shorter pauses, those between two scenes among them, the music stays back: it would only pump."""


@dataclass(frozen=True)
class Spoken:
    """A stretch of speech, in samples of the film."""

    start: int
    end: int


def spoken_stretches(voice: Pcm | Recording, onset: int) -> list[Spoken]:
    """Where in the film a voice that begins at sample `onset` really speaks, short pauses included."""
    level = _levels(voice)
    if not len(level) or not level.max():
        return []
    heard = np.flatnonzero(level > level.max() * AUDIBLE)
    return _bridged([Spoken(onset + int(hop) * HOP, onset + (int(hop) + 1) * HOP) for hop in heard])


def music_gain(stretches: Sequence[Spoken], start: int, end: int, ducking: float = DUCKING_LU) -> NDArray[np.float32]:
    """The gain (linear, per sample) of the music from sample `start` to `end`, against the voice's loudness.

    `ducking` is how many decibels it steps back under the voice.
    """
    times, levels = _envelope(_bridged(sorted(stretches, key=lambda stretch: stretch.start)))
    corners = [math.ceil(time * SAMPLE_RATE) for time in times]
    parts = [start, *(corner for corner in corners if start < corner < end), end]
    gains = [_gain(low, high, times, levels, ducking) for low, high in pairwise(parts)]
    return np.concatenate(gains)


def _gain(start: int, end: int, times: list[float], levels: list[float], ducking: float) -> NDArray[np.float32]:
    """The gain between two corners, where it stays as it is or goes one way: most of a film, it stays."""
    at = np.array([start, end - 1]) / SAMPLE_RATE
    depth = np.interp(at, times, levels) if times else np.zeros(2)
    if depth[0] == depth[1]:
        return np.full(end - start, _eased_gain(depth[:1], ducking)[0])
    return _eased_gain(np.interp(np.arange(start, end) / SAMPLE_RATE, times, levels), ducking)


def _eased_gain(depth: NDArray[np.float64], ducking: float) -> NDArray[np.float32]:
    eased = depth * depth * (3 - 2 * depth)
    # Numpy raises 32-bit numbers several times as fast, and they are exact to a millionth of a decibel.
    return np.exp(((ALONE_LU - ducking * eased) * (math.log(10) / 20)).astype(np.float32))


def background_gain(stretches: Sequence[Spoken], start: int, end: int, ducking: float) -> NDArray[np.float32]:
    """The gain of what is heard where it was recorded: 1 where nobody speaks, and back under the voice as the music."""
    return music_gain(stretches, start, end, ducking) / np.float32(10 ** (ALONE_LU / 20))


def _envelope(stretches: Sequence[Spoken]) -> tuple[list[float], list[float]]:
    """Corners (seconds, depth 0..1) of the way down before speech and up after it."""
    times: list[float] = []
    levels: list[float] = []
    for stretch in stretches:
        first, last = stretch.start / SAMPLE_RATE, stretch.end / SAMPLE_RATE
        times += [first - EARLY_SECONDS - ATTACK_SECONDS, first - EARLY_SECONDS]
        times += [last + HOLD_SECONDS, last + HOLD_SECONDS + RELEASE_SECONDS]
        levels += [0.0, 1.0, 1.0, 0.0]
    return times, levels


def _bridged(stretches: Sequence[Spoken]) -> list[Spoken]:
    joined: list[Spoken] = []
    for stretch in stretches:
        if joined and stretch.start - joined[-1].end < BRIDGED_SECONDS * SAMPLE_RATE:
            joined[-1] = Spoken(joined[-1].start, max(joined[-1].end, stretch.end))
        else:
            joined.append(stretch)
    return joined


def _levels(voice: Pcm | Recording) -> NDArray[np.float32]:
    """Root mean square of each hop of the voice."""
    block, whole = 500 * HOP, len(voice) // HOP * HOP
    parts = [_rms(voice[start : min(start + block, whole)]) for start in range(0, whole, block)]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _rms(samples: Pcm) -> NDArray[np.float32]:
    mono = samples.astype(np.float32).mean(axis=1) / 32768
    return np.sqrt((mono.reshape(-1, HOP) ** 2).mean(axis=1))
