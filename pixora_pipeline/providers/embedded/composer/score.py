"""The music on paper: instruments, notes as written and as played, and the seeded chance every part draws from."""

import zlib
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

Instrument = Literal[
    "felt_piano",
    "harp",
    "celesta",
    "pizzicato",
    "marimba",
    "bass",
    "strings",
    "spiccato",
    "choir",
    "low_drum",
    "frame_drum",
    "shaker",
    "tick",
    "swell",
]

RATE = 48_000
"""Samples a second, everywhere."""

UNPITCHED = 0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """A note that starts at `beat` and is held for `beats`, both counted from the start of its phrase.

    `pitch` is a MIDI number (60 is middle C), `UNPITCHED` for percussion; `velocity` runs from 0 to 1.
    """

    beat: float
    beats: float
    pitch: int
    velocity: float
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Stroke:
    """A note as played: `start` and `length` in samples; `grain` (0 to 1) tells equal notes apart."""

    start: int
    length: int
    pitch: int
    velocity: float
    instrument: Instrument
    grain: float


def chance(seed: int, *labels: str) -> np.random.Generator:
    """A generator that depends on the seed and the labels only, so that a phrase heard again is the same phrase."""
    words = [zlib.crc32(label.encode()) for label in labels]
    return np.random.default_rng(np.random.SeedSequence([seed % 2**128, *words]))


def pick(rng: np.random.Generator, items: tuple[T, ...]) -> T:
    """One of the items, each as likely as the others."""
    return items[int(rng.integers(len(items)))]
