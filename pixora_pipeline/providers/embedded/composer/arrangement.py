"""The score of a phrase: which layers play, how loud, on which instruments.

Every phrase is written from its material alone, never from its place in the piece, so that a theme that returns
returns exactly.
"""

import math
from dataclasses import dataclass, replace

from pixora_pipeline.providers.embedded.composer.accompaniment import (
    bass_line,
    doubled,
    figure,
    held_chords,
    pedal,
    sparkle,
)
from pixora_pipeline.providers.embedded.composer.form import Meter, Phrase, Role
from pixora_pipeline.providers.embedded.composer.harmonisation import harmonise, key_of
from pixora_pipeline.providers.embedded.composer.harmony import ChordSpan
from pixora_pipeline.providers.embedded.composer.melody import Motif, Tone, invent, phrase_line, vary
from pixora_pipeline.providers.embedded.composer.moods import STYLES, MoodStyle
from pixora_pipeline.providers.embedded.composer.percussion import beat_patterns, swell
from pixora_pipeline.providers.embedded.composer.prompt import Wishes
from pixora_pipeline.providers.embedded.composer.score import UNPITCHED, Instrument, Note, chance
from pixora_pipeline.providers.embedded.composer.voicing import Voicing, lead_voices

_ENERGY: dict[Role, float] = {"intro": 0.5, "A": 0.65, "B": 0.85, "C": 0.45, "outro": 0.55}
_RELEASE_SECONDS = 1.9
_STEPS_A_BEAT = (0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class Piece:
    """What all phrases of a piece share. `tonic` is the pitch class of its major key."""

    seed: int
    meter: Meter
    tonic: int
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class _Setting:
    """A phrase with all that its layers are written from."""

    piece: Piece
    phrase: Phrase
    style: MoodStyle
    spans: tuple[ChordSpan, ...]
    voicings: tuple[Voicing, ...]
    energy: float

    @property
    def loudness(self) -> float:
        return self.style.loudness * (0.7 + 0.4 * self.energy)

    @property
    def beats(self) -> float:
        return float(self.phrase.bars * self.piece.meter.beats)


def write_phrase(piece: Piece, phrase: Phrase) -> tuple[Note, ...]:
    """All notes of a phrase, in beats from its start."""
    spans = harmonise(phrase, piece.meter.beats, piece.tonic)
    voicings = lead_voices(tuple(span.chord for span in spans))
    energy = _ENERGY[phrase.role] + 0.05 * min(phrase.variation, 3)
    setting = _Setting(piece, phrase, STYLES[phrase.mood], spans, voicings, energy)
    notes = [*_pads(setting), *_bass(setting), *_percussion(setting)]
    if phrase.role == "outro":
        return _let_ring([*notes, *_farewell(setting)], setting)
    return (*notes, *_figure(setting), *_melody(setting), *_sparkle(setting))


def _pads(setting: _Setting) -> list[Note]:
    wanted = setting.style.pads if setting.energy >= 0.6 else setting.style.pads[:1]
    return [
        note
        for instrument in wanted
        for note in held_chords(setting.spans, setting.voicings, instrument, setting.loudness)
    ]


def _bass(setting: _Setting) -> list[Note]:
    if setting.phrase.role == "intro":
        return []
    calm = setting.phrase.role in ("C", "outro")
    style = "held" if calm else setting.style.bass
    line = bass_line(setting.spans, style, setting.piece.meter.beats, setting.loudness)
    return line + doubled(line, "strings", 0.8) if setting.style.heavy else line


def _percussion(setting: _Setting) -> list[Note]:
    phrase, style = setting.phrase, setting.style
    if not setting.piece.wishes.percussion:
        return []
    notes: list[Note] = []
    if phrase.turns_to is not None and STYLES[phrase.turns_to].loudness > style.loudness:
        rise = float(setting.piece.meter.beats)
        notes.append(swell(setting.beats, rise, STYLES[phrase.turns_to].loudness))
    if phrase.role in ("A", "B"):
        heard = style.pulse if phrase.role == "B" or phrase.variation % 3 else style.pulse[:2]
        notes += beat_patterns(heard, phrase.bars, setting.piece.meter.beats, setting.loudness)
    return notes


def _figure(setting: _Setting) -> list[Note]:
    style, phrase = setting.style, setting.phrase
    instrument, shape = style.figures[phrase.variation % len(style.figures)]
    rate = style.figure_rate * (0.5 if phrase.role in ("intro", "C") else 1.0)
    steps = _steps_a_beat(rate, setting.piece.meter)
    return figure(setting.spans, setting.voicings, shape, steps, instrument, 0.75 * setting.loudness)


def _steps_a_beat(rate: float, meter: Meter) -> float:
    """The division of the beat nearest to so many notes a second."""
    return min(_STEPS_A_BEAT, key=lambda steps: abs(math.log(steps / meter.beat_seconds / rate)))


def _melody(setting: _Setting) -> list[Note]:
    phrase, style = setting.phrase, setting.style
    if phrase.role not in ("A", "B"):
        return []
    rng = chance(setting.piece.seed, "melody", phrase.material)
    motif = _motif(setting.piece, phrase.role)
    centre = style.register + (2 if phrase.role == "B" else 0)
    line = phrase_line(motif, setting.spans, key_of(phrase.mood, setting.piece.tonic), centre, phrase.variation, rng)
    if style.activity < 0.5 and phrase.bars >= 4 and phrase.role == "A" and phrase.variation % 3 != 1:
        line = [tone for tone in line if tone.beat < setting.beats / 2]
    return _given_to_lead(line, setting)


def _given_to_lead(line: list[Tone], setting: _Setting) -> list[Note]:
    """The line on the leading instrument; a single bowed or sung line is pressed to stand out from the chords."""
    lead = _lead(setting)
    loudness = setting.loudness * (1.35 if lead in ("strings", "choir") else 1.0)
    return [
        Note(tone.beat, tone.beats, tone.pitch, _arched(tone.beat / setting.beats) * loudness, lead) for tone in line
    ]


def _arched(position: float) -> float:
    """How loud a melody is on its way through a phrase: fullest in the middle."""
    return 1.0 + 0.2 * math.sin(math.pi * position)


def _motif(piece: Piece, role: Role) -> Motif:
    """The piece's one theme, or the other theme of its bridges."""
    return invent(piece.meter.beats, chance(piece.seed, "motif", role))


def _lead(setting: _Setting) -> Instrument:
    if setting.piece.wishes.lead is not None:
        return setting.piece.wishes.lead
    leads = setting.style.leads
    return leads[(setting.phrase.variation + (setting.phrase.role == "B")) % len(leads)]


def _sparkle(setting: _Setting) -> list[Note]:
    """High above the rest: a held note over the bridges of dark moods, else single bells where there is room."""
    if setting.style.pedal is not None and setting.phrase.role == "B":
        return [pedal(setting.spans, setting.style.pedal, "strings", 0.45 * setting.loudness)]
    if setting.phrase.role != "C" and setting.energy < 0.9:
        return []
    rng = chance(setting.piece.seed, "sparkle", setting.phrase.material)
    instrument: Instrument = "harp" if setting.style.leads[0] == "celesta" else "celesta"
    return sparkle(setting.spans, setting.piece.meter.beats, instrument, 0.5 * setting.loudness, rng)


def _farewell(setting: _Setting) -> list[Note]:
    """The theme's first notes over the cadence, then the last chord rolled on the figure's instrument."""
    meter, phrase = setting.piece.meter, setting.phrase
    final = setting.beats - meter.beats
    notes: list[Note] = []
    if phrase.bars > 1:
        motif = vary(_motif(setting.piece, "A"), 3, chance(setting.piece.seed, "farewell"))
        key = key_of(phrase.mood, setting.piece.tonic)
        rng = chance(setting.piece.seed, "melody", phrase.material)
        line = phrase_line(motif, setting.spans[:-1], key, setting.style.register, 0, rng)
        notes = _given_to_lead(line, setting)
    if setting.piece.wishes.percussion and any(instrument == "low_drum" for instrument, _ in setting.style.pulse):
        notes.append(Note(final, 0.25, UNPITCHED, setting.loudness, "low_drum"))
    return notes + _rolled(setting, final)


def _let_ring(notes: list[Note], setting: _Setting) -> tuple[Note, ...]:
    """The notes, those of the last chord held on beyond the last bar, to be let go while the piece fades."""
    meter = setting.piece.meter
    longer = (meter.ring_bars * meter.bar_seconds - _RELEASE_SECONDS) / meter.beat_seconds
    return tuple(
        replace(note, beats=note.beats + longer) if note.beat + note.beats >= setting.beats else note for note in notes
    )


def _rolled(setting: _Setting, beat: float) -> list[Note]:
    root = setting.spans[-1].chord.root
    top = setting.voicings[-1][-1]
    crown = top + 1 + (root - top - 1) % 12
    instrument: Instrument = "harp" if setting.style.figures[0][0] != "felt_piano" else "felt_piano"
    length = float(setting.piece.meter.beats)
    step = 0.07 / setting.piece.meter.beat_seconds
    return [
        Note(beat + index * step, length, pitch, 0.6 * setting.loudness, instrument)
        for index, pitch in enumerate((*setting.voicings[-1], crown))
    ]
