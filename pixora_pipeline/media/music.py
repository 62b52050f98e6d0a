"""Music laid out to the film's length: repeated where it may be, ending with its own ending on the film's last frame.

The layout is counted backwards from the end. If the piece does not come out even, it begins later or a little way in.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.media.timing import SAMPLE_RATE
from pixora_pipeline.media.wav import Pcm, stereo

Samples = NDArray[np.float32]

LATEST_START = SAMPLE_RATE
"""Music may wait this long, rather than beginning in the middle of itself."""

CROSSFADE = SAMPLE_RATE * 40 // 1000
ENTRY_FADE = SAMPLE_RATE * 3 // 2


@dataclass(frozen=True)
class Layout:
    """Which samples of the piece are heard when.

    `delay`: samples of silence first; `skipped`: samples left out of the (repeated) piece's beginning;
    `passes`: how often the loop is played.
    """

    delay: int
    skipped: int
    passes: int


@dataclass(frozen=True)
class Piece:
    """A piece of music and the part of it, in samples, that may be repeated."""

    samples: Pcm
    loop_start: int
    loop_end: int


def lay_out(length: int, loop_start: int, loop_end: int, film: int) -> Layout:
    """Make a piece of `length` samples, of which [loop_start, loop_end) may be repeated, fill `film` samples."""
    loop = loop_end - loop_start
    if loop <= CROSSFADE:
        return Layout(delay=max(film - length, 0), skipped=max(length - film, 0), passes=1)
    once = length - loop
    passes = max(0, math.ceil((film - LATEST_START - once) / loop))
    spare = film - (once + passes * loop)
    return Layout(delay=max(spare, 0), skipped=max(-spare, 0), passes=passes)


class Arrangement:
    """A piece laid out over a film; any stretch of it can be asked for."""

    def __init__(self, piece: Piece, film: int) -> None:
        self.piece = piece
        self.layout = lay_out(len(piece.samples), piece.loop_start, piece.loop_end, film)

    def stretch(self, start: int, end: int) -> Samples:
        """The music from sample `start` to `end` of the film, (end - start, 2), silence where it has none."""
        out = np.zeros((end - start, 2), np.float32)
        for at, first, last in self._parts():
            low, high = max(at, start), min(at + last - first, end)
            if low < high:
                out[low - start : high - start] += self._part(at, first, low, high)
        self._fade_in(out, start)
        return out

    def _parts(self) -> list[tuple[int, int, int]]:
        """What is played: (film sample, first, last sample of the piece), in order; each but the last runs on."""
        piece, layout = self.piece, self.layout
        turns = layout.passes - 1
        bounds = [(0, piece.loop_end)] + [(piece.loop_start, piece.loop_end)] * max(turns, 0)
        bounds[-1] = (bounds[-1][0], len(piece.samples))
        if turns < 0:
            bounds = [(0, piece.loop_start), (piece.loop_end, len(piece.samples))]
        parts, at = [], layout.delay - layout.skipped
        for first, last in bounds:
            parts.append((at, first, last))
            at += last - first
        return parts

    def _part(self, at: int, first: int, low: int, high: int) -> Samples:
        """Film samples low..high of a part that begins at `at` with `first`, blended with what ran on before it."""
        played = stereo(self.piece.samples[first + low - at : first + high - at])
        before = self._running_on(at)
        if before is None or low >= at + CROSSFADE:
            return played
        blended = min(high, at + CROSSFADE) - low
        old = stereo(self.piece.samples[before : before + CROSSFADE])
        new = stereo(self.piece.samples[first : first + CROSSFADE])
        if len(old) < CROSSFADE:
            return played
        leaving, coming = crossfade(old, new)
        part = slice(low - at, low - at + blended)
        played[:blended] = (old * leaving + new * coming)[part]
        return played

    def _running_on(self, at: int) -> int | None:
        """The sample of the piece that would have followed at film sample `at`, had nothing been joined there."""
        return next((last for start, first, last in self._parts() if start + last - first == at), None)

    def _fade_in(self, out: Samples, start: int) -> None:
        if self.layout.skipped and start < ENTRY_FADE:
            ramp = (np.arange(start, min(start + len(out), ENTRY_FADE)) / ENTRY_FADE).astype(np.float32)
            out[: len(ramp)] *= np.sin(ramp * np.pi / 2)[:, None] ** 2


def crossfade(old: Samples, new: Samples) -> tuple[Samples, Samples]:
    """Gains (length, 1) that keep the power even whether the two sounds are alike, unlike, or in between."""
    along = (np.arange(len(old), dtype=np.float32)[:, None] + 0.5) / len(old) * np.pi / 2
    leaving, coming = np.cos(along), np.sin(along)
    power = float(np.sqrt(np.sum(old**2) * np.sum(new**2)))
    likeness = max(0.0, float(np.sum(old * new)) / power) if power else 0.0
    even = np.sqrt(1 + 2 * leaving * coming * likeness)
    return leaving / even, coming / even
