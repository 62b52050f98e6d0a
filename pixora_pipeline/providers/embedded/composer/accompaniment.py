"""What carries the melody: held chords, bass and figures. Each function writes one layer of one phrase."""

from dataclasses import replace

import numpy as np

from pixora_pipeline.providers.embedded.composer.harmony import ChordSpan, nearest_pitch
from pixora_pipeline.providers.embedded.composer.moods import BassStyle, Figure
from pixora_pipeline.providers.embedded.composer.score import Instrument, Note
from pixora_pipeline.providers.embedded.composer.voicing import Voicing

_BASS_CENTRE = 40
_SHAPES: dict[Figure, tuple[int | None, ...]] = {
    "arpeggio": (0, 1, 2, 3, 2, 1, 2, 1),
    "broken": (0, 2, 1, 2, 3, 2, 1, 2),
    "rising": (0, 1, 2, 3, 0, 1, 2, 3),
    "offbeat": (None, 2, 0, 3, None, 2, 1, 3),
    "ostinato": (0, 0, 1, 0, 2, 0, 1, 0),
}


def held_chords(
    spans: tuple[ChordSpan, ...], voicings: tuple[Voicing, ...], instrument: Instrument, velocity: float
) -> list[Note]:
    """The chords held; a note that stays from one chord to the next is tied over."""
    notes: list[Note] = []
    sounding: dict[int, tuple[float, float]] = {}
    for span, voicing in zip(spans, voicings, strict=True):
        kept = {pitch: (start, span.beat + span.beats) for pitch, (start, _) in sounding.items() if pitch in voicing}
        ended = {pitch: held for pitch, held in sounding.items() if pitch not in voicing}
        notes += [Note(start, end - start, pitch, velocity, instrument) for pitch, (start, end) in ended.items()]
        sounding = {pitch: kept.get(pitch, (span.beat, span.beat + span.beats)) for pitch in voicing}
    notes += [Note(start, end - start, pitch, velocity, instrument) for pitch, (start, end) in sounding.items()]
    return sorted(notes, key=lambda note: (note.beat, note.pitch))


def bass_line(spans: tuple[ChordSpan, ...], style: BassStyle, beats_a_bar: int, velocity: float) -> list[Note]:
    """The chord's bass note held, or struck again within the bar, or pulsing in eighths."""
    notes: list[Note] = []
    for span in spans:
        pitch = nearest_pitch(span.chord.bass, _BASS_CENTRE)
        for bar in range(round(span.beats / beats_a_bar)):
            notes += _bass_bar(span.beat + bar * beats_a_bar, pitch, style, beats_a_bar, velocity)
    return notes


def _bass_bar(beat: float, pitch: int, style: BassStyle, beats: int, velocity: float) -> list[Note]:
    if style == "held":
        return [Note(beat, float(beats), pitch, velocity, "bass")]
    if style == "walking":
        second = beats - 1.5 if beats == 4 else 2.0
        return [
            Note(beat, second, pitch, velocity, "bass"),
            Note(beat + second, beats - second, pitch, 0.75 * velocity, "bass"),
        ]
    accents = (1.0, 0.5, 0.65, 0.55)
    return [
        Note(beat + step / 2, 0.5, pitch, velocity * accents[step % len(accents)], "bass") for step in range(beats * 2)
    ]


def pedal(spans: tuple[ChordSpan, ...], near: int, instrument: Instrument, velocity: float) -> Note:
    """The one note that belongs to most of the chords, held over all of them near a pitch."""
    tones = [tone for span in spans for tone in span.chord.tones]
    shared = max(sorted(set(tones)), key=tones.count)
    return Note(0.0, spans[-1].beat + spans[-1].beats, nearest_pitch(shared, near), velocity, instrument)


def doubled(line: list[Note], instrument: Instrument, share: float) -> list[Note]:
    """A line an octave higher on another instrument, its repeated notes drawn together, at a share of its loudness."""
    joined: list[Note] = []
    for note in line:
        if joined and joined[-1].pitch == note.pitch + 12:
            last = joined.pop()
            joined.append(replace(last, beats=note.beat + note.beats - last.beat))
        else:
            joined.append(Note(note.beat, note.beats, note.pitch + 12, share * note.velocity, instrument))
    return joined


def figure(
    spans: tuple[ChordSpan, ...],
    voicings: tuple[Voicing, ...],
    shape: Figure,
    steps_a_beat: float,
    instrument: Instrument,
    velocity: float,
) -> list[Note]:
    """The chords broken into single notes, `steps_a_beat` of them to a beat, in a shape that starts anew each chord."""
    notes: list[Note] = []
    pattern = _SHAPES[shape]
    length = 1.0 / steps_a_beat
    for span, voicing in zip(spans, voicings, strict=True):
        for step in range(round(span.beats * steps_a_beat)):
            voice = pattern[step % len(pattern)]
            if voice is not None:
                accent = 1.0 if step % round(max(2, 2 * steps_a_beat)) == 0 else 0.82
                notes.append(Note(span.beat + step * length, length, voicing[voice], velocity * accent, instrument))
    return notes


def sparkle(
    spans: tuple[ChordSpan, ...], beats_a_bar: int, instrument: Instrument, velocity: float, rng: np.random.Generator
) -> list[Note]:
    """Single high chord tones, one to a bar at most, off the first beat."""
    notes: list[Note] = []
    for span in spans:
        for bar in range(round(span.beats / beats_a_bar)):
            if rng.random() < 0.7:
                offset = float(rng.choice((1.0, 1.5, 2.0, 2.5)))
                pitch = nearest_pitch(int(rng.choice(span.chord.tones)), 86)
                notes.append(Note(span.beat + bar * beats_a_bar + offset, 2.0, pitch, velocity, instrument))
    return notes
