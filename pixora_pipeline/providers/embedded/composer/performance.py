"""How the score is played: notes in samples, slightly late and uneven as hands are, seeded by the phrase's material.

Nothing sounds before its beat: what precedes a bar line never depends on what follows it.
"""

from pixora_pipeline.providers.embedded.composer.arrangement import Piece, write_phrase
from pixora_pipeline.providers.embedded.composer.form import Form, Phrase
from pixora_pipeline.providers.embedded.composer.score import RATE, Note, Stroke, chance

_LATENESS_SECONDS = 0.012
_UNEVENNESS = 0.08


def perform(piece: Piece, form: Form) -> tuple[Stroke, ...]:
    """Every note of the piece in the order it is played."""
    strokes = [stroke for phrase in form.phrases for stroke in _play(piece, form, phrase)]
    return tuple(sorted(strokes, key=lambda stroke: (stroke.start, stroke.instrument, stroke.pitch)))


def _play(piece: Piece, form: Form, phrase: Phrase) -> list[Stroke]:
    rng = chance(piece.seed, "hands", phrase.material)
    at = phrase.start * form.meter.bar_samples
    return [_stroke(note, at, form.meter.beat_samples, *rng.random(3).tolist()) for note in write_phrase(piece, phrase)]


def _stroke(note: Note, at: int, beat_samples: int, late: float, uneven: float, grain: float) -> Stroke:
    delay = late * _LATENESS_SECONDS * RATE
    velocity = note.velocity * (1.0 + _UNEVENNESS * (2.0 * uneven - 1.0))
    return Stroke(
        start=at + round(note.beat * beat_samples + delay),
        length=round(note.beats * beat_samples),
        pitch=note.pitch,
        velocity=min(max(velocity, 0.0), 1.0),
        instrument=note.instrument,
        grain=grain,
    )
