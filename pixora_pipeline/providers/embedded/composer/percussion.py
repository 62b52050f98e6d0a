"""Light percussion: a mood's patterns over the bars of a phrase."""

from pixora_pipeline.providers.embedded.composer.score import UNPITCHED, Instrument, Note

_STRENGTHS = {"X": 1.0, "x": 0.6}


def beat_patterns(
    pulse: tuple[tuple[Instrument, str], ...], bars: int, beats_a_bar: int, velocity: float
) -> list[Note]:
    """The patterns, four steps to a beat, repeated each bar and cut to it."""
    return [
        Note(bar * beats_a_bar + step / 4, 0.25, UNPITCHED, velocity * _STRENGTHS[mark], instrument)
        for bar in range(bars)
        for instrument, steps in pulse
        for step, mark in enumerate(steps[: beats_a_bar * 4])
        if mark in _STRENGTHS
    ]


def swell(end_beat: float, beats: float, velocity: float) -> Note:
    """Noise that rises over `beats` and is loudest at `end_beat`."""
    return Note(end_beat - beats, beats, UNPITCHED, velocity, "swell")
