"""The mix: strokes added up, filtered and put in the hall, a stretch of time after another to keep memory small."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.providers.embedded.composer.score import Stroke
from pixora_pipeline.providers.embedded.composer.synthesis.acoustics import hall, tone_control
from pixora_pipeline.providers.embedded.composer.synthesis.instruments import Orchestra, placed

_TRANSFORM = 1 << 19
_LEFT, _RIGHT, _ROOM = 0, 1, 2


def mix(strokes: tuple[Stroke, ...], samples: int) -> Iterator[NDArray[np.float32]]:
    """Stereo stretches of shape (2, n), one after another, `samples` in all. Strokes are in order of start."""
    desk = _Desk()
    waiting = iter(strokes)
    stroke = next(waiting, None)
    for start in range(0, samples, desk.stretch):
        while stroke is not None and stroke.start < start + desk.stretch:
            desk.add(stroke, stroke.start - start)
            stroke = next(waiting, None)
        yield desk.turn_out()[:, : samples - start]


class _Desk:
    """Left, right and reverb lines, with what still sounds after the present stretch."""

    def __init__(self) -> None:
        tone, room = tone_control(), hall()
        tail = room.shape[1] + tone.size
        self.stretch = _TRANSFORM - tail
        self._orchestra = Orchestra()
        self._lines = np.zeros((3, self.stretch), dtype=np.float32)
        self._tail = np.zeros((2, tail), dtype=np.float32)
        self._direct = np.fft.rfft(tone, _TRANSFORM)
        self._room = np.fft.rfft(room, _TRANSFORM, axis=1) * self._direct

    def add(self, stroke: Stroke, at: int) -> None:
        """Sound a stroke `at` samples into the present stretch."""
        wave = self._orchestra.sound(stroke)
        left, right, room = (np.float32(gain) for gain in placed(stroke))
        end = at + wave.shape[1]
        if end > self._lines.shape[1]:
            self._lines = np.pad(self._lines, ((0, 0), (0, end - self._lines.shape[1])))
        self._lines[_LEFT, at:end] += left * wave[0]
        self._lines[_RIGHT, at:end] += right * wave[-1]
        self._lines[_ROOM, at:end] += room * (wave[0] if wave.shape[0] == 1 else 0.7 * (wave[0] + wave[1]))

    def turn_out(self) -> NDArray[np.float32]:
        """The present stretch, finished; the next one becomes the present."""
        spectrum = np.fft.rfft(self._lines[:, : self.stretch], _TRANSFORM, axis=1)
        sound = np.fft.irfft(spectrum[:2] * self._direct + spectrum[_ROOM] * self._room, axis=1).astype(np.float32)
        sound[:, : self._tail.shape[1]] += self._tail
        self._tail = sound[:, self.stretch :].copy()
        rest = self._lines[:, self.stretch :]
        self._lines = np.pad(rest, ((0, 0), (0, max(0, self.stretch - rest.shape[1]))))
        return sound[:, : self.stretch]
