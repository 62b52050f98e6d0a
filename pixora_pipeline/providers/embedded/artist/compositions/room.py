"""What a room's parts share: its colours in the light it has."""

from pixora_pipeline.providers.embedded.artist.colour import Colour, Tone
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Stage


def _shade(stage: Stage) -> float:
    """How dim the room is."""
    return {"night": 0.62, "dusk": 0.42, "dawn": 0.22}.get(stage.light, 0.08)


def room_tone(stage: Stage, tone: Tone) -> Colour:
    """A colour of the room as its light leaves it."""
    return tone.towards(stage.palette.near, _shade(stage)).towards(stage.palette.horizon, 0.1).colour()


def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    """The outline of an upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
