"""Melody: short motifs, stated, answered, varied and left to rest, so that a voice has room above them.

A motif belongs to the piece, not to a mood: the same shape comes back in every key and instrument of a film.
"""

from dataclasses import dataclass, replace

import numpy as np

from pixora_pipeline.providers.embedded.composer.harmony import ChordSpan, Key, chord_scale
from pixora_pipeline.providers.embedded.composer.score import pick

Rhythm = tuple[tuple[float, float], ...]

_RHYTHMS: dict[int, tuple[Rhythm, ...]] = {
    4: (
        ((0, 2), (2, 1), (3, 1), (4, 2)),
        ((1, 1), (2, 1), (3, 1), (4, 2)),
        ((0, 1.5), (1.5, 0.5), (2, 2), (4, 2)),
        ((0, 3), (3, 1), (4, 2)),
        ((0.5, 0.5), (1, 1), (2, 1.5), (3.5, 0.5), (4, 2)),
        ((0, 1), (1, 1), (2, 1), (4, 1), (5, 2)),
    ),
    3: (
        ((0, 2), (2, 1), (3, 1.5)),
        ((0, 1), (1, 1), (2, 1), (3, 1.5)),
        ((0, 1.5), (1.5, 0.5), (2, 1), (3, 1.5)),
        ((1, 1), (2, 1), (3, 1.5)),
        ((0, 2), (2, 0.5), (2.5, 0.5), (3, 1.5)),
    ),
}
_CONTOURS = (
    (0, 1, 2, 4, 2),
    (0, 2, 1, 0, -1),
    (0, -1, 0, 2, 1),
    (0, 2, 4, 3, 2),
    (0, 1, -1, 0, 1),
    (0, 4, 3, 1, 0),
    (0, 3, 2, 1, 2),
)


@dataclass(frozen=True, slots=True)
class Motif:
    """Onsets and lengths in beats over two bars, and the scale steps from the first note to each."""

    rhythm: Rhythm
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tone:
    """One note of a line, before it has an instrument."""

    beat: float
    beats: float
    pitch: int


def invent(beats_a_bar: int, rng: np.random.Generator) -> Motif:
    """A new motif."""
    rhythm = pick(rng, _RHYTHMS[beats_a_bar])
    return Motif(rhythm, pick(rng, _CONTOURS)[: len(rhythm)])


def vary(motif: Motif, variation: int, rng: np.random.Generator) -> Motif:
    """The motif itself (0), inverted, with a new ending, or cut short to its first notes."""
    kind = variation % 4
    if kind == 1:
        return replace(motif, steps=tuple(-step for step in motif.steps))
    if kind == 2:
        return replace(motif, steps=(*motif.steps[:-1], motif.steps[-1] + int(rng.choice((-2, -1, 1, 2)))))
    if kind == 3:
        keep = max(2, len(motif.rhythm) - 2)
        return Motif((*motif.rhythm[: keep - 1], _hold(motif.rhythm[keep - 1])), motif.steps[:keep])
    return motif


def sing(motif: Motif, beat: float, spans: tuple[ChordSpan, ...], key: Key, centre: int, floor: int) -> list[Tone]:
    """The motif from `beat` on over these chords, between `floor` and ten semitones over `centre`.

    Notes on the first beat of a chord or held for long are chord tones; the rest walk the scale.
    """
    tones: list[Tone] = []
    end = spans[-1].beat + spans[-1].beats
    anchor = 0
    for (offset, beats), step in zip(motif.rhythm, motif.steps, strict=True):
        start = beat + offset
        if start >= end:
            break
        span = _span_at(spans, start)
        if not tones:
            anchor = _nearest(_pitches(frozenset(span.chord.tones), centre, floor), centre)
        ladder = _pitches(chord_scale(key, span.chord), centre, floor)
        pitch = ladder[int(np.clip(ladder.index(_nearest(ladder, anchor)) + step, 0, len(ladder) - 1))]
        if beats >= 1.5 or start == span.beat:
            pitch = _nearest(_pitches(frozenset(span.chord.tones), centre, floor), pitch)
        tones.append(Tone(start, min(beats, end - start), pitch))
    return tones


def phrase_line(
    motif: Motif, spans: tuple[ChordSpan, ...], key: Key, centre: int, variation: int, rng: np.random.Generator
) -> list[Tone]:
    """A call in the first half of the phrase and an answer in the second, each followed by a rest."""
    end = spans[-1].beat + spans[-1].beats
    floor = centre - 9
    call = vary(motif, 0 if variation % 3 == 0 else 2, rng)
    tones = sing(call, 0.0, spans, key, centre, floor)
    half = end / 2
    if half >= call.rhythm[-1][0] + 2:
        answer = vary(motif, int(rng.choice((1, 2, 3))), rng)
        lift = int(rng.choice((-3, 0, 2)))
        tones += sing(answer, half, spans, key, centre + lift, floor)
    return _close(tones, spans)


def _close(tones: list[Tone], spans: tuple[ChordSpan, ...]) -> list[Tone]:
    """The last note set on the nearest chord tone, so that a phrase comes to rest."""
    if not tones:
        return tones
    last = tones[-1]
    chord = _span_at(spans, last.beat).chord
    pitch = _nearest(_pitches(frozenset(chord.tones[:3]), last.pitch, last.pitch - 5), last.pitch)
    return [*tones[:-1], replace(last, pitch=pitch)]


def _hold(event: tuple[float, float]) -> tuple[float, float]:
    return event[0], max(event[1], 2.0)


def _span_at(spans: tuple[ChordSpan, ...], beat: float) -> ChordSpan:
    return next(span for span in reversed(spans) if span.beat <= beat + 1e-9)


def _pitches(classes: frozenset[int], centre: int, floor: int) -> list[int]:
    return [pitch for pitch in range(floor, centre + 11) if pitch % 12 in classes]


def _nearest(pitches: list[int], target: float) -> int:
    return min(pitches, key=lambda pitch: (abs(pitch - target), pitch))
