"""Silence before and after a voice: found and taken away, so that a scene begins and ends with its words."""

import wave
from pathlib import Path

import numpy as np

from pixora_pipeline.media.timing import SAMPLE_RATE
from pixora_pipeline.media.wav import Pcm, read_wav
from pixora_pipeline.model.results import Speech, WordMark

HOP = SAMPLE_RATE // 100
SILENT = 10 ** (-45 / 20)
"""A hundredth of a second is silent below this share of the voice's loudest."""

KEPT = SAMPLE_RATE // 20
"""What stays at either end: the breath before a consonant and the fall of the last vowel."""

WORTH = SAMPLE_RATE // 5
"""Shorter silences are left as they are."""


def trim_voice(voice: Path, speech: Speech) -> Speech:
    """Cut silence off both ends of a voice's WAV, in place, and tell its words' times anew; all silence stays."""
    samples = read_wav(voice)
    first, last = _heard(samples)
    if first < WORTH and len(samples) - last < WORTH:
        return speech
    write_voice(voice, samples[first:last])
    seconds, start = (last - first) / SAMPLE_RATE, first / SAMPLE_RATE
    words = tuple(
        WordMark(start=_within(word.start - start, seconds), end=_within(word.end - start, seconds), text=word.text)
        for word in speech.words
    )
    return Speech(seconds=seconds, words=words)


def _heard(samples: Pcm) -> tuple[int, int]:
    """The samples between which something is heard, with a little room."""
    hops = np.abs(samples[: len(samples) // HOP * HOP].astype(np.float32)).max(axis=1, initial=0).reshape(-1, HOP)
    levels = hops.max(axis=1, initial=0)
    loud = np.flatnonzero(levels > SILENT * levels.max(initial=0))
    if not len(loud):
        return 0, len(samples)
    return max(int(loud[0]) * HOP - KEPT, 0), min((int(loud[-1]) + 1) * HOP + KEPT, len(samples))


def _within(at: float, seconds: float) -> float:
    return round(min(max(at, 0.0), seconds), 4)


def write_voice(to: Path, samples: Pcm) -> None:
    """Write samples of (frames, channels) as a WAV."""
    with wave.open(str(to), "wb") as out:
        out.setparams((samples.shape[1], 2, SAMPLE_RATE, len(samples), "NONE", ""))
        out.writeframes(np.ascontiguousarray(samples).tobytes())
