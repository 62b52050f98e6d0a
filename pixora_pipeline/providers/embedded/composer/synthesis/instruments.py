"""The orchestra: how each instrument is sounded, how loud it stands, where it sits and how much room is on it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pixora_pipeline.providers.embedded.composer.score import RATE, Instrument, Stroke
from pixora_pipeline.providers.embedded.composer.synthesis import drums, struck, sustained
from pixora_pipeline.providers.embedded.composer.synthesis.struck import StruckTone, Wave
from pixora_pipeline.providers.embedded.composer.synthesis.sustained import StereoWave, SustainedTone

_VELOCITY_LAYERS = (0.3, 0.5, 0.7, 0.9)
_FIRM = 0.58


@dataclass(frozen=True, slots=True)
class Seat:
    """`gain` of the dry sound, `pan` from -1 (left) to 1, `room` the share sent to the reverb.

    `spread` moves higher pitches to the right as on a keyboard; `release` is the damping time in seconds.
    """

    gain: float
    pan: float
    room: float
    spread: float = 0.0
    attack: float = 0.0
    release: float = 0.4


SEATS: dict[Instrument, Seat] = {
    "felt_piano": Seat(0.66, -0.08, 0.30, spread=0.25, release=0.55),
    "harp": Seat(0.50, 0.30, 0.40, spread=0.2, release=0.9),
    "celesta": Seat(0.27, 0.22, 0.50, release=0.8),
    "pizzicato": Seat(0.52, -0.25, 0.35, spread=0.2, release=0.15),
    "marimba": Seat(0.38, 0.28, 0.35, spread=0.2, release=0.4),
    "bass": Seat(0.40, 0.0, 0.10, release=0.28),
    "strings": Seat(0.15, 0.0, 0.45, attack=0.55, release=1.1),
    "choir": Seat(0.16, 0.0, 0.55, attack=0.75, release=1.3),
    "spiccato": Seat(0.42, 0.0, 0.40, attack=0.018, release=0.16),
    "low_drum": Seat(0.48, 0.0, 0.30),
    "frame_drum": Seat(0.34, -0.18, 0.35),
    "shaker": Seat(0.21, 0.35, 0.15),
    "tick": Seat(0.24, -0.35, 0.35),
    "swell": Seat(0.10, 0.0, 0.5),
}
_STRUCK: dict[Instrument, StruckTone] = {
    "felt_piano": struck.felt_piano,
    "harp": struck.harp,
    "celesta": struck.celesta,
    "pizzicato": struck.pizzicato,
    "marimba": struck.marimba,
    "bass": struck.bass,
    "low_drum": lambda pitch, velocity: drums.low_drum(velocity),
    "frame_drum": lambda pitch, velocity: drums.frame_drum(velocity),
    "shaker": lambda pitch, velocity: drums.shaker(velocity),
    "tick": lambda pitch, velocity: drums.tick(velocity),
}
_SUSTAINED: dict[Instrument, SustainedTone] = {
    "strings": sustained.strings,
    "spiccato": sustained.short_strings,
    "choir": sustained.choir,
}
_UNDAMPED: frozenset[Instrument] = frozenset(("low_drum", "frame_drum", "shaker", "tick"))


class Orchestra:
    """Sounds strokes. Keeps the tones last used, so that a pitch is synthesised once for many notes."""

    def __init__(self) -> None:
        self._struck_tone = lru_cache(maxsize=96)(_strike)
        self._loop = lru_cache(maxsize=40)(_bow)

    def sound(self, stroke: Stroke) -> StereoWave:
        """The stroke's dry sound: two channels, or one (shape (1, n)) for an instrument that stands in one place."""
        if stroke.instrument in _SUSTAINED:
            return self._bowed(stroke)
        if stroke.instrument == "swell":
            return drums.rising_noise(stroke.length)[None, :] * np.float32(stroke.velocity)
        return self._struck(stroke)[None, :]

    def _bowed(self, stroke: Stroke) -> StereoWave:
        seat = SEATS[stroke.instrument]
        loop = self._loop(stroke.instrument, stroke.pitch, stroke.velocity >= _FIRM)
        offset = int(stroke.grain * sustained.LOOP)
        wave = sustained.held(loop, stroke.length, int(seat.attack * RATE), int(seat.release * RATE), offset)
        return wave * np.float32(stroke.velocity)

    def _struck(self, stroke: Stroke) -> Wave:
        layer = min(_VELOCITY_LAYERS, key=lambda layer: abs(layer - stroke.velocity))
        tone = self._struck_tone(stroke.instrument, stroke.pitch, layer)
        if stroke.instrument not in _UNDAMPED:
            tone = _damped(tone, stroke.length, int(SEATS[stroke.instrument].release * RATE))
        return tone * np.float32(stroke.velocity)


def _strike(instrument: Instrument, pitch: int, velocity: float) -> Wave:
    return _STRUCK[instrument](pitch, velocity)


def _bow(instrument: Instrument, pitch: int, firm: bool) -> StereoWave:
    return _SUSTAINED[instrument](pitch, firm)


def _damped(tone: Wave, length: int, release: int) -> Wave:
    """The tone let go after `length` samples."""
    if length >= tone.size:
        return tone
    cut = tone[: length + release].copy()
    cut[length:] *= np.cos(np.linspace(0, np.pi / 2, cut.size - length, dtype=np.float32)) ** 2
    return cut


def placed(stroke: Stroke) -> tuple[float, float, float]:
    """Gains of a stroke to the left, to the right and to the reverb."""
    seat = SEATS[stroke.instrument]
    pan = seat.pan + seat.spread * (stroke.pitch - 64) / 24
    angle = (min(max(pan, -1.0), 1.0) + 1.0) * np.pi / 4
    return seat.gain * np.cos(angle) * np.sqrt(2), seat.gain * np.sin(angle) * np.sqrt(2), seat.gain * seat.room
