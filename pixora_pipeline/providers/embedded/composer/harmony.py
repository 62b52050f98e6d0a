"""Keys, scales and chords. Chords are written as Roman numerals, read once into pitch classes (0 is C).

A numeral's degree counts from the major scale, so that the submediant of a minor key is `bVI`. Lower case is minor.
After it may stand `7`, `maj7`, `add9`, `sus2` or `sus4`, and `/3` or `/5` for an inversion.
"""

import re
from dataclasses import dataclass

from pixora_pipeline.errors import Defect

IONIAN = (0, 2, 4, 5, 7, 9, 11)
LYDIAN = (0, 2, 4, 6, 7, 9, 11)
DORIAN = (0, 2, 3, 5, 7, 9, 10)
AEOLIAN = (0, 2, 3, 5, 7, 8, 10)
PHRYGIAN = (0, 1, 3, 5, 7, 8, 10)

_NUMERAL = re.compile(r"(b?)([iv]+|[IV]+)(maj7|7|add9|sus2|sus4)?(?:/([35]))?")
_DEGREES = {"i": 0, "ii": 2, "iii": 4, "iv": 5, "v": 7, "vi": 9, "vii": 11}
_EXTENSIONS = {"7": 10, "maj7": 11, "add9": 2}
_SUSPENSIONS = {"sus2": 2, "sus4": 5}


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic (pitch class) and its scale (semitones above it)."""

    tonic: int
    scale: tuple[int, ...]

    @property
    def pitch_classes(self) -> frozenset[int]:
        """The notes of the key."""
        return frozenset((self.tonic + step) % 12 for step in self.scale)


@dataclass(frozen=True, slots=True)
class Chord:
    """Pitch classes from the root up, and the one that belongs in the bass."""

    numeral: str
    tones: tuple[int, ...]
    bass: int

    @property
    def root(self) -> int:
        """The root's pitch class."""
        return self.tones[0]


@dataclass(frozen=True, slots=True)
class ChordSpan:
    """A chord that sounds for `beats`, starting `beat` beats into its phrase."""

    beat: float
    beats: float
    chord: Chord


def read_chord(numeral: str, key: Key) -> Chord:
    """The chord that a numeral names in a key."""
    match = _NUMERAL.fullmatch(numeral)
    if match is None:
        raise Defect(f"{numeral!r} is not a chord numeral; write one like 'bVImaj7/3'.")
    flat, degree, suffix, inversion = match.groups()
    root = key.tonic + _DEGREES[degree.lower()] - len(flat)
    third = _SUSPENSIONS.get(suffix or "", 3 if degree.islower() else 4)
    steps = [0, third, 7]
    if suffix in _EXTENSIONS:
        steps.append(_EXTENSIONS[suffix])
    tones = tuple((root + step) % 12 for step in steps)
    return Chord(numeral, tones, tones[{"3": 1, "5": 2}.get(inversion or "", 0)])


def read_chords(numerals: str, key: Key) -> tuple[Chord, ...]:
    """The chords of a line such as `"I V/3 vi IV"`."""
    return tuple(read_chord(numeral, key) for numeral in numerals.split())


def chord_scale(key: Key, chord: Chord) -> frozenset[int]:
    """The key's notes, bent where the chord leaves the key: a foreign chord tone displaces its neighbours."""
    foreign = set(chord.tones) - key.pitch_classes
    displaced = {(tone + step) % 12 for tone in foreign for step in (-1, 1)}
    return (key.pitch_classes - displaced) | set(chord.tones)


def pivot_chord(before: Chord, after: Chord, home: Key, away: Key) -> Chord:
    """The chord between two keys: as far as can be it is in both, shares notes and leads to `after` by its root."""
    candidates = [read_chord(numeral, away) for numeral in ("V", "Vsus4", "v", "IV", "iv", "bVII", "ii7", "bVI", "iii")]
    usable = [chord for chord in candidates if set(chord.tones) != set(after.tones)]
    return max(usable, key=lambda chord: _pivot_merit(chord, before, after, home, away))


def _pivot_merit(chord: Chord, before: Chord, after: Chord, home: Key, away: Key) -> float:
    tones = set(chord.tones)
    outside = 2 * len(tones - away.pitch_classes) + len(tones - home.pitch_classes)
    common = len(tones & set(before.tones)) + len(tones & set(after.tones))
    leading = {5: 2.5, 2: 1.5, 7: 1.0, 10: 0.5}.get((after.root - chord.root) % 12, 0.0)
    return common + leading - 1.5 * outside


def nearest_pitch(pitch_class: int, target: float) -> int:
    """The MIDI pitch of that class nearest to `target`."""
    octave = round((target - pitch_class) / 12)
    return pitch_class + 12 * octave
