"""Music from models that make half a minute at most: a piece for each mood, laid out to the film and joined."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.model.requests import MusicSection
from pixora_pipeline.model.results import Music
from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.received.sound import RATE, read_sound, write_wav

LONGEST = 30
"""Seconds that such a model makes at once."""

ENDING = 4.0
"""Seconds after the last section, in which the music fades."""

_CROSSFADE = 2 * RATE
_EDGE = RATE // 2

Samples = NDArray[np.float32]


def piece_seconds(sections: Sequence[MusicSection], mood: Mood) -> int:
    """How long a piece in that mood has to be: as long as its longest section, if it can be."""
    longest = max(section.seconds for section in sections if section.mood == mood)
    return max(8, min(LONGEST, round(longest + ENDING)))


def lay_out(service: str, sections: Sequence[MusicSection], pieces: Mapping[Mood, Path], to: Path) -> Music:
    """Write the sections as one piece, each the music of its mood, repeated where it is too short."""
    sounds = {mood: read_sound(service, path, 2).astype(np.float32) for mood, path in pieces.items()}
    last = len(sections) - 1
    whole = np.zeros((0, 2), np.float32)
    for number, section in enumerate(sections):
        wanted = section.seconds + (ENDING if number == last else _CROSSFADE / RATE)
        whole = _joined(whole, _as_long(sounds[section.mood], round(wanted * RATE)))
    fade = min(len(whole), round(ENDING * RATE))
    whole[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None] ** 2
    seconds = write_wav(np.clip(whole, -32768, 32767).astype(np.int16), to)
    return Music(seconds=seconds, loop_start=0.0, loop_end=0.0)


def _as_long(piece: Samples, length: int) -> Samples:
    sound = piece
    while len(sound) < length:
        sound = _joined(sound, piece)
    return sound[:length]


def _joined(before: Samples, after: Samples) -> Samples:
    """One after the other, their ends crossfaded at equal power."""
    over = min(_CROSSFADE, len(before) - _EDGE, len(after) - _EDGE)
    if over <= 0:
        return np.concatenate([before, after])
    turn = np.linspace(0, np.pi / 2, over, dtype=np.float32)[:, None]
    mixed = before[-over:] * np.cos(turn) + after[:over] * np.sin(turn)
    return np.concatenate([before[:-over], mixed, after[over:]])
