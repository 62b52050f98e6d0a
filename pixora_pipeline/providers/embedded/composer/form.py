"""The plan of a piece: its tempo, its phrases in bars, and where it may be repeated. No notes here.

The tempo is chosen so that the sections asked for begin on bar lines. A section is divided into phrases: theme (A),
bridge (B), breakdown (C); the piece opens with an intro and closes with an outro whose last bar is the final chord.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pixora_pipeline.model.requests import MusicSection
from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.embedded.composer.moods import STYLES
from pixora_pipeline.providers.embedded.composer.score import RATE

Role = Literal["intro", "A", "B", "C", "outro"]

SLOWEST, FASTEST = 62.0, 116.0
_CYCLE: tuple[tuple[Role, int], ...] = (
    ("A", 0), ("B", 0), ("A", 0), ("C", 0), ("A", 1), ("B", 1), ("A", 2), ("B", 0)
)  # fmt: skip
_RING_SECONDS = 2.6


@dataclass(frozen=True, slots=True)
class Meter:
    """The beat of a whole piece: its length in samples, so that repeated bars repeat to the sample, and beats a bar."""

    beat_samples: int
    beats: int

    @property
    def bar_samples(self) -> int:
        """How many samples a bar lasts."""
        return self.beat_samples * self.beats

    @property
    def beat_seconds(self) -> float:
        """How long a beat lasts."""
        return self.beat_samples / RATE

    @property
    def bar_seconds(self) -> float:
        """How long a bar lasts."""
        return self.bar_samples / RATE

    @property
    def ring_bars(self) -> int:
        """The bars that the final chord needs to die away in, after the one it is struck in."""
        return math.ceil(_RING_SECONDS / self.bar_seconds)


@dataclass(frozen=True, slots=True)
class Phrase:
    """`bars` bars of one mood from bar `start` on. `turns_to` is the mood that the last chord leads to.

    Phrases with the same `material` are the same music, note for note.
    """

    start: int
    bars: int
    mood: Mood
    role: Role
    variation: int = 0
    turns_to: Mood | None = None

    @property
    def material(self) -> str:
        """The name of the music in this phrase."""
        return f"{self.mood}/{self.role}{self.variation}/{self.bars}/{self.turns_to or ''}"


@dataclass(frozen=True, slots=True)
class Form:
    """A piece in bars. The meter's `ring_bars` follow the last phrase."""

    meter: Meter
    phrases: tuple[Phrase, ...]

    @property
    def bars(self) -> int:
        """All bars, with those that ring out."""
        return self.phrases[-1].start + self.phrases[-1].bars + self.meter.ring_bars

    @property
    def loop(self) -> tuple[int, int]:
        """First bar and end bar of the longest stretch that follows and ends with the same music; else the piece."""
        ends: dict[str, list[int]] = {}
        for phrase in self.phrases:
            ends.setdefault(phrase.material, []).append(phrase.start + phrase.bars)
        stretches = [(found[0], found[-1]) for found in ends.values() if len(found) > 1]
        return max(stretches, key=lambda stretch: (stretch[1] - stretch[0], stretch[0]), default=(0, self.bars))


def plan_form(sections: tuple[MusicSection, ...], pace: float, rng: np.random.Generator) -> Form:
    """The form of a piece through these sections."""
    merged = _merge(sections)
    meter = _fit_meter(merged, pace, rng)
    edges = _bar_lines(merged, meter)
    phrases: list[Phrase] = []
    stretches = [
        (section.mood, start, end) for section, start, end in zip(merged, edges, edges[1:], strict=False) if end > start
    ]
    for index, (mood, start, end) in enumerate(stretches):
        following = stretches[index + 1][0] if index + 1 < len(stretches) else None
        phrases += _divide(mood, start, end, first=index == 0, turns_to=following)
    return Form(meter, tuple(phrases))


def _merge(sections: tuple[MusicSection, ...]) -> tuple[MusicSection, ...]:
    """Neighbours of one mood made one section."""
    merged: list[MusicSection] = []
    for section in sections:
        if merged and merged[-1].mood == section.mood:
            section = MusicSection(mood=section.mood, seconds=merged.pop().seconds + section.seconds)
        merged.append(section)
    return tuple(merged)


def _fit_meter(sections: tuple[MusicSection, ...], pace: float, rng: np.random.Generator) -> Meter:
    """The tempo near the moods' own at which the sections' edges fall closest to bar lines."""
    seconds = np.array([section.seconds for section in sections])
    tempos = np.array([STYLES[section.mood].tempo for section in sections])
    wished = float(np.exp(np.average(np.log(tempos), weights=seconds)) * pace * rng.uniform(0.97, 1.03))
    longest = sections[int(np.argmax(seconds))].mood
    beats = 3 if longest in ("calm", "curious", "sad") and rng.random() < 0.35 else 4
    candidates = np.clip(wished * np.linspace(0.93, 1.07, 57), SLOWEST, FASTEST)
    bars = np.cumsum(seconds)[None, :] / (60.0 / candidates * beats)[:, None]
    misses = np.abs(bars - np.round(bars)).mean(axis=1) + 1.5 * np.abs(np.log(candidates / wished))
    tempo = float(candidates[int(np.argmin(misses))])
    return Meter(round(60.0 / tempo * RATE), beats)


def _bar_lines(sections: tuple[MusicSection, ...], meter: Meter) -> list[int]:
    """The bar each section starts in, and the bar the last one ends with; at least one bar in all."""
    ends = np.cumsum([section.seconds for section in sections]) / meter.bar_seconds
    edges = [0, *(round(float(end)) for end in ends)]
    if edges[-1] == 0:
        edges[-1] = 1
    return edges


def _divide(mood: Mood, start: int, end: int, *, first: bool, turns_to: Mood | None) -> list[Phrase]:
    """The phrases of one section."""
    bars, last = end - start, turns_to is None
    lead_in = 2 if first and bars >= 8 else 0
    ending = min(3 if bars >= 16 else 2 if bars >= 5 else 1, bars) if last else 0
    phrases = [Phrase(start, lead_in, mood, "intro")] if lead_in else []
    at = start + lead_in
    for length, (role, variation) in _lay_out(bars - lead_in - ending):
        phrases.append(Phrase(at, length, mood, role, variation))
        at += length
    if last:
        phrases.append(Phrase(at, ending, mood, "outro"))
    elif phrases:
        final = phrases.pop()
        phrases.append(Phrase(final.start, final.bars, mood, final.role, final.variation, turns_to))
    return phrases


def _lay_out(bars: int) -> list[tuple[int, tuple[Role, int]]]:
    """Lengths and roles that fill `bars`: phrases of four, or of two where there is little room, a bar too many
    goes to the bridge, so that the theme keeps its length. A breakdown never comes last.
    """
    unit = 4 if bars >= 12 or bars in (4, 5) else 2
    count, rest = divmod(bars, unit)
    if count == 0:
        return [(bars, _CYCLE[0])] if bars else []
    lengths = [unit] * count
    if rest >= 2:
        lengths.append(rest)
        count += 1
    else:
        lengths[min(1, count - 1)] += rest
    turns = [_turn(index) for index in range(count)]
    if turns[-1][0] == "C":
        turns[-1] = ("A", 1)
    return list(zip(lengths, turns, strict=True))


def _turn(index: int) -> tuple[Role, int]:
    """Role and variation of a section's n-th phrase; the theme comes back as it was, the rest is varied anew."""
    role, variation = _CYCLE[index % len(_CYCLE)]
    rounds = index // len(_CYCLE)
    return role, variation if (role, variation) == ("A", 0) else variation + 3 * rounds
