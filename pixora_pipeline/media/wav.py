"""Reading WAV files as samples: mono or stereo, 16-bit, 48 kHz; all at once, or in parts to save memory."""

import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.timing import SAMPLE_RATE

Pcm = NDArray[np.int16]


def read_wav(path: Path) -> Pcm:
    """All samples as (length, channels)."""
    with _opened(path) as sound:
        return _samples(sound, sound.getnframes())


def wav_blocks(path: Path, length: int) -> Iterator[Pcm]:
    """The samples in blocks of `length`, each (length, channels); the last may be shorter."""
    with _opened(path) as sound:
        while len(block := _samples(sound, length)):
            yield block


def wav_seconds(path: Path) -> float:
    """How long the sound lasts."""
    with _opened(path) as sound:
        return sound.getnframes() / SAMPLE_RATE


def stereo(samples: Pcm) -> NDArray[np.float32]:
    """The same sound as float32 (length, 2), full scale 1; mono goes to both sides."""
    scaled = samples.astype(np.float32) / 32768
    return np.repeat(scaled, 2, axis=1) if scaled.shape[1] == 1 else scaled


class Recording:
    """A WAV whose samples, (length, channels), are read when they are asked for: however long, it takes no memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with _opened(path) as sound:
            self._length = sound.getnframes()

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice) -> Pcm:
        start, end, _ = part.indices(self._length)
        with _opened(self.path) as sound:
            sound.setpos(start)
            return _samples(sound, max(end - start, 0))


@contextmanager
def _opened(path: Path) -> Iterator[wave.Wave_read]:
    try:
        with wave.open(str(path), "rb") as sound:
            _check(sound, path)
            yield sound
    except (wave.Error, EOFError, OSError) as error:
        raise UserError(f"The sound {path.name} can't be read: {error}. Give a 16-bit WAV of 48 kHz.") from error


def _samples(sound: wave.Wave_read, length: int) -> Pcm:
    channels = sound.getnchannels()
    data = sound.readframes(length)
    # A file cut short may end within a sample.
    return np.frombuffer(data, "<i2", len(data) // (2 * channels) * channels).reshape(-1, channels)


def _check(sound: wave.Wave_read, path: Path) -> None:
    found = (sound.getsampwidth() * 8, sound.getframerate(), sound.getnchannels())
    if found[0] != 16 or found[1] != SAMPLE_RATE or found[2] not in (1, 2):
        raise UserError(
            f"The sound {path.name} has {found[0]} bits, {found[1]} Hz and {found[2]} channels: "
            f"convert it to 16 bits, {SAMPLE_RATE} Hz, mono or stereo."
        )
