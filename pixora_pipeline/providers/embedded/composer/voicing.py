"""Chords laid out in voices: which octave each note takes so that the voices move little from chord to chord."""

from functools import partial
from itertools import combinations, pairwise

from pixora_pipeline.providers.embedded.composer.harmony import Chord

Voicing = tuple[int, ...]

_LOWEST, _HIGHEST, _CENTRE = 50, 74, 61.5
_WIDEST_GAP = 9
_VOICES = 4


def lead_voices(chords: tuple[Chord, ...]) -> tuple[Voicing, ...]:
    """Four voices for each chord, low to high, in MIDI pitches between D3 and D5."""
    voicings: list[Voicing] = []
    for chord in chords:
        before = voicings[-1] if voicings else None
        voicings.append(min(_layouts(chord), key=partial(_cost, chord=chord, before=before)))
    return tuple(voicings)


def _layouts(chord: Chord) -> list[Voicing]:
    pitches = [pitch for pitch in range(_LOWEST, _HIGHEST + 1) if pitch % 12 in chord.tones]
    needed = {chord.tones[0], chord.tones[1], *chord.tones[3:]}
    return [
        layout
        for layout in combinations(pitches, _VOICES)
        if needed <= {pitch % 12 for pitch in layout} and _is_open(layout)
    ]


def _is_open(layout: Voicing) -> bool:
    gaps = [high - low for low, high in pairwise(layout)]
    return max(gaps) <= _WIDEST_GAP and gaps[0] >= 3 and min(gaps) >= 2


def _cost(layout: Voicing, chord: Chord, before: Voicing | None) -> float:
    cost = 0.4 * abs(sum(layout) / _VOICES - _CENTRE)
    cost += 2.0 * (len(set(chord.tones)) > len({pitch % 12 for pitch in layout}))
    if before is None:
        return cost + abs(layout[-1] - 68) * 0.2
    cost += sum(abs(new - old) for new, old in zip(layout, before, strict=True))
    return cost + 3.0 * _parallels(before, layout)


def _parallels(before: Voicing, after: Voicing) -> int:
    """Pairs of voices that move together in fifths or octaves."""
    return sum(
        (before[high] - before[low]) % 12 in (0, 7)
        and (after[high] - after[low]) % 12 == (before[high] - before[low]) % 12
        and before[low] != after[low]
        for low, high in combinations(range(_VOICES), 2)
    )
