"""The finished recording: levelled, ended in silence and written as a WAV. Sound passes through a temporary file."""

import tempfile
import wave
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.errors import TryAgain
from pixora_pipeline.providers.embedded.composer.score import RATE

PEAK = 10 ** (-3 / 20)
_FADE = int(1.8 * RATE)
_FRAMES_AT_ONCE = 1 << 18
_FRAME_BYTES = 2 * np.dtype(np.float32).itemsize


def write_wav(stretches: Iterable[NDArray[np.float32]], samples: int, to: Path) -> None:
    """Write stereo stretches (2, n), `samples` in all, as 16-bit WAV whose highest peak is -3 dBFS.

    Raises `TryAgain` when the file can't be written.
    """
    try:
        with tempfile.TemporaryFile(dir=to.parent) as spool:
            peak = _spool(stretches, samples, spool)
            spool.seek(0)
            _write_levelled(spool, PEAK / max(peak, 1e-9), to)
    except OSError as error:
        raise TryAgain(f"The music can't be written to {to}: {error}. Mend that and ask again.") from error


def _write_levelled(spool: IO[bytes], gain: float, to: Path) -> None:
    """The frames put aside, at their final level and in 16 bits."""
    with wave.open(str(to), "wb") as recording:
        recording.setnchannels(2)
        recording.setsampwidth(2)
        recording.setframerate(RATE)
        while block := spool.read(_FRAMES_AT_ONCE * _FRAME_BYTES):
            levelled = np.rint(np.frombuffer(block, dtype=np.float32) * np.float32(32767 * gain))
            recording.writeframes(levelled.astype("<i2").tobytes())


def _spool(stretches: Iterable[NDArray[np.float32]], samples: int, spool: IO[bytes]) -> float:
    """Put the faded sound aside as frames; the highest peak found."""
    peak, start = 0.0, 0
    for stretch in stretches:
        faded = stretch * _fade(start, stretch.shape[1], samples)
        peak = max(peak, float(np.abs(faded).max(initial=0.0)))
        spool.write(np.ascontiguousarray(faded.T, dtype=np.float32).tobytes())
        start += stretch.shape[1]
    return peak


def _fade(start: int, count: int, samples: int) -> NDArray[np.float32]:
    """The level over `count` samples from `start` on: full, then falling to nothing at the end of the piece."""
    left = (samples - 1 - np.arange(start, start + count)) / min(_FADE, samples)
    return (np.sin(np.clip(left, 0, 1) * np.pi / 2) ** 2).astype(np.float32)
