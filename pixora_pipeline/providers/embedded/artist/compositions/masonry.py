"""The colours of old stone in the light of the scene."""

from dataclasses import dataclass

from pixora_pipeline.providers.embedded.artist.buildings import aired, lamps_lit
from pixora_pipeline.providers.embedded.artist.colour import Colour, Tone
from pixora_pipeline.providers.embedded.artist.stage import Stage


@dataclass(frozen=True)
class Stone:
    """The colours of masonry: its lit side, its shaded side, its openings, and roofs (lit, shaded)."""

    lit: Colour
    shade: Colour
    gap: Colour
    roof: tuple[Colour, Colour]


def masonry(stage: Stage, nearness: float, hue: float = 70) -> Stone:
    """Stone of a hue at `nearness`, as light and air leave it; its openings glow when lamps are lit."""
    base = Tone(0.74, 0.045, hue).towards(stage.palette.far, 0.3)
    roof = Tone(0.42, 0.08, 30).towards(stage.palette.accent, 0.4).towards(stage.palette.zenith, 0.25)
    gap = stage.palette.lamp.colour() if lamps_lit(stage) else aired(stage, Tone(0.25, 0.03, hue), nearness)
    return Stone(
        aired(stage, base.shifted(0.06), nearness),
        aired(stage, base.shifted(-0.17), nearness),
        gap,
        (aired(stage, roof.shifted(0.05), nearness), aired(stage, roof.shifted(-0.1), nearness)),
    )
