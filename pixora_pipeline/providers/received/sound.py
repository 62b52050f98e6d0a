"""Sounds that came from a service: decoded whole, and written as the WAV that the film is mixed from."""

import wave
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.media.whole import missing_bytes
from pixora_pipeline.providers.faults import BadOutput

RATE = 48_000
LONGEST = 3600.0
"""Seconds."""

Samples = NDArray[np.int16]

_KINDS: tuple[tuple[bytes, int, str], ...] = (
    (b"RIFF", 0, "wav"),
    (b"fLaC", 0, "flac"),
    (b"OggS", 0, "ogg"),
    (b"ftyp", 4, "mp4"),
    (b"ID3", 0, "mp3"),
    (b"\xff", 0, "mp3"),
)

_FRAME = 240  # 5 ms
_SILENCE = 0.008  # of the loudest frame
_ROOM = 2


def read_sound(service: str, path: Path, channels: int) -> Samples:
    """The sound as (samples, channels), 16 bit at 48 kHz, whatever it came as. Raises `BadOutput`."""
    kind = _kind(service, path)
    if missing_bytes(path):
        # It would be heard as a shorter one.
        raise BadOutput(service, "its sound is cut short")
    try:
        with av.open(f"file:{path}", format=kind) as container:
            if not container.streams.audio:
                raise BadOutput(service, "its file holds no sound")
            blocks = list(_blocks(container, channels))
    except (av.error.FFmpegError, OSError, ValueError):
        raise BadOutput(service, "its sound can't be decoded") from None
    samples = np.concatenate(blocks) if blocks else np.zeros((0, channels), np.int16)
    if not samples.any():
        raise BadOutput(service, "its sound is silence")
    return samples


def check_sound(service: str, path: Path) -> float:
    """Decode all of it; how many seconds it lasts. Raises `BadOutput`."""
    return len(read_sound(service, path, 1)) / RATE


def write_wav(samples: Samples, to: Path) -> float:
    """Write the samples; how many seconds they last."""
    with wave.open(str(to), "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.astype("<i2").tobytes())
    return len(samples) / RATE


def heard(samples: Samples) -> tuple[int, int]:
    """The samples between which anything is heard."""
    levels = levels_of(samples)
    loud = np.flatnonzero(levels > _SILENCE * levels.max(initial=1e-9))
    if not len(loud):
        return 0, len(samples)
    return max(0, int(loud[0]) - _ROOM) * _FRAME, min(len(samples), (int(loud[-1]) + 1 + _ROOM) * _FRAME)


def levels_of(samples: Samples) -> NDArray[np.float64]:
    """How loud each 5 ms are."""
    mono = samples.astype(np.float64).mean(axis=1)
    frames = mono[: len(mono) // _FRAME * _FRAME].reshape(-1, _FRAME)
    return np.sqrt((frames**2).mean(axis=1)) if len(frames) else np.zeros(0)


def _kind(service: str, path: Path) -> str:
    # The format is told by the file's own beginning and pinned: a playlist in disguise would have other files read.
    with path.open("rb") as file:
        head = file.read(12)
    for mark, at, kind in _KINDS:
        if head[at : at + len(mark)] == mark:
            return kind
    raise BadOutput(service, "its file is no sound")


def _blocks(container: av.container.InputContainer, channels: int) -> Iterator[Samples]:
    resampler = av.AudioResampler(format="s16", layout="stereo" if channels == 2 else "mono", rate=RATE)
    length = 0
    for frame in container.decode(container.streams.audio[0]):
        if frame.format.name.startswith(("flt", "dbl")) and not np.isfinite(frame.to_ndarray()).all():
            # They would become the loudest there is.
            raise ValueError("samples that are no numbers")
        for block in resampler.resample(frame):
            length += block.samples
            if length > LONGEST * RATE:
                raise ValueError("too long")
            yield _array(block, channels)
    for block in resampler.resample(None):
        yield _array(block, channels)


def _array(frame: av.AudioFrame, channels: int) -> Samples:
    return frame.to_ndarray().reshape(-1, channels)
