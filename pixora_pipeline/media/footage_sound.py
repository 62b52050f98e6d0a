"""The original sound of a filmed scene as a WAV, every cut's sound under its pictures, to the sample."""

import wave
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from numpy.typing import NDArray

from pixora_pipeline.media.footage import opened, seconds_in, seek
from pixora_pipeline.media.reel import Play, Reel
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat
from pixora_pipeline.model.value import Value

Samples = NDArray[np.float32]

RUN_IN = 0.25
"""Decoding begins this much before the cut: a sound decoder needs some packets to get into its stride."""

RUN_OUT = 0.05
"""And goes on this much after it: a resampler holds the last samples back."""

GAP = SAMPLE_RATE // 25
"""Sound that comes this many samples early or late has a gap before it, and is not run on."""

SOFT_EDGE = SAMPLE_RATE // 200
"""Each cut's sound comes and goes within five milliseconds: a hard edge would click."""


class ReelSound(Value):
    """Whether any of the footage has sound at all."""

    heard: bool


def write_reel_sound(reel: Reel, fmt: FilmFormat, to: Path, gain: float = 1.0) -> ReelSound:
    """Write the sound of the whole scene, handles included, `gain` times as loud: 16-bit stereo, 48 kHz.

    It comes up over the first handle and goes over the last, as the picture does. Cuts without sound are silent.
    """
    heard = False
    with wave.open(str(to), "wb") as out:
        out.setparams((2, 2, SAMPLE_RATE, 0, "NONE", ""))
        for play in reel.plays(range(reel.frames), fmt):
            sound, any_heard = _sound(play, fmt)
            heard |= any_heard
            sound *= gain * _handles(play, reel.frames, fmt)[:, None]
            out.writeframes(np.clip(np.rint(sound * 32767), -32768, 32767).astype("<i2").tobytes())
    return ReelSound(heard=heard)


def _sound(play: Play, fmt: FilmFormat) -> tuple[Samples, bool]:
    """The sound of one play, (samples, 2), and whether its source has any."""
    out = np.zeros((play.frames * fmt.samples_per_frame, 2), np.float32)
    start = play.cut.start + play.skipped / fmt.fps
    with opened(play.cut.source) as container:
        if not container.streams.audio:
            return out, False
        for at, samples in _resampled(container, start, start + play.frames / fmt.fps):
            low, high = max(at, 0), min(at + len(samples), len(out))
            if low < high:
                out[low:high] = samples[low - at : high - at]
    # Broken float sound holds numbers that are none.
    np.nan_to_num(out, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    # Six channels folded into two can go past full scale.
    out /= max(1.0, float(np.abs(out).max()))
    edge = np.minimum(np.arange(1, len(out) + 1), np.arange(len(out), 0, -1)) / SOFT_EDGE
    return out * np.minimum(edge, 1.0).astype(np.float32)[:, None], True


def _resampled(container: InputContainer, start: float, end: float) -> Iterator[tuple[int, Samples]]:
    """The sound around [start, end) in pieces: (sample counted from `start`, samples x 2)."""
    resampler, at = AudioResampler("fltp", "stereo", SAMPLE_RATE), None
    for frame in _frames(container, start, end):
        due = round((seconds_in(container, frame) - start) * SAMPLE_RATE)
        if at is None or abs(due - at) > GAP:
            resampler, at = AudioResampler("fltp", "stereo", SAMPLE_RATE), due
        frame.pts = None
        for piece in resampler.resample(frame):
            yield at, piece.to_ndarray().T
            at += piece.samples


def _frames(container: InputContainer, start: float, end: float) -> Iterator[av.AudioFrame]:
    stream = container.streams.audio[0]
    try:
        seek(container, max(0.0, start - RUN_IN), stream)
    except av.error.PermissionError:
        # A track of which nothing is in this stretch, and nowhere to go on it: it is read to its end instead.
        container.seek(0)
    for frame in container.decode(stream):
        if frame.pts is None:
            continue
        if seconds_in(container, frame) >= end + RUN_OUT:
            break
        yield frame


def _handles(play: Play, frames: int, fmt: FilmFormat) -> Samples:
    """The gain of a play's samples: rising over the scene's first handle, falling over its last, of even power."""
    whole, handle = frames * fmt.samples_per_frame, fmt.handle * fmt.samples_per_frame
    at = play.at * fmt.samples_per_frame + np.arange(play.frames * fmt.samples_per_frame)
    share = np.clip(np.minimum(at + 1, whole - at) / handle, 0.0, 1.0)
    return np.sin(share * np.pi / 2).astype(np.float32)
