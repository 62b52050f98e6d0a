"""A door that stands open to the light."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.colour import ramp
from pixora_pipeline.providers.embedded.artist.compositions.room import box
from pixora_pipeline.providers.embedded.artist.land import paint_ranges
from pixora_pipeline.providers.embedded.artist.noise import enlarged, fractal
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage


def door(stage: Stage) -> Composed:
    """A doorway in a dark wall, open to a bright country; its light reaches over the floor to us."""
    floor, colours = stage.height * 0.72, stage.palette
    wall = colours.zenith.towards(colours.near, 0.62)
    rows = np.linspace(0, 1, stage.height, dtype=np.float32)
    stage.canvas.cover(ramp([(0.0, wall.shifted(0.02)), (1.0, wall.shifted(-0.05))], rows))
    stage.canvas.pixels *= enlarged(1 + 0.08 * fractal(stage.rng, (203, 360), (7, 12), 6), (stage.height, stage.width))
    x = stage.width * stage.between(0.42, 0.58)
    wide, high = stage.unit * stage.between(0.24, 0.36), stage.unit * stage.between(0.5, 0.6)
    pointed = stage.between(0.8, 1.5) if stage.chance(0.7) else 0.06
    _floor_light(stage, x, floor, wide)
    rim = stage.canvas.silhouette()
    rim.polygon(_arch((x, floor), (wide * 1.16, high + wide * 0.08), pointed))
    stage.canvas.lay(rim.mask, wall.shifted(0.14).colour(), wall.shifted(0.06).colour())
    _view(stage, (x, floor), (wide, high), pointed)
    stage.canvas.glow((x, floor - high * 0.5), stage.unit * 0.6, colours.glow.colour(), 0.5)
    footing = Footing(x + wide * 0.12, floor + stage.unit * 0.03, stage.unit * 0.26, 0.75)
    return Composed((x, floor - high * 0.5), footing)


def _arch(foot: tuple[float, float], size: tuple[float, float], pointed: float) -> list[tuple[float, float]]:
    """The outline of an opening; `pointed` is how high its arch rises over half its width."""
    (x, y), (wide, high) = foot, size
    rise = wide / 2 * pointed
    turn = np.linspace(0, np.pi, 40)
    curve = [(x + np.cos(t) * wide / 2, y - high + rise - np.sin(t) ** 0.9 * rise) for t in turn]
    return [(x + wide / 2, y), *curve, (x - wide / 2, y)]


def _view(stage: Stage, foot: tuple[float, float], size: tuple[float, float], pointed: float) -> None:
    """The bright country in the doorway."""
    (x, y), (wide, high) = foot, size
    corner = (int(x - wide / 2) - 1, int(y - high) - 1)
    canvas = Canvas(int(wide) + 3, int(high) + 3)
    bright = Stage(canvas, stage.rng, stage.palette, stage.light, "clear", stage.mood, stage.words)
    paint_sky(bright, high * 0.7, (wide * 0.5, high * 0.5))
    paint_ranges(bright, (high * 0.62, high * 0.9), 3, 0.4, (0.05, 0.5))
    canvas.glow((wide / 2, high * 0.5), wide * 0.9, stage.palette.glow.colour(), 0.7)
    opening = canvas.silhouette()
    opening.polygon(_arch((x - corner[0], y - corner[1]), size, pointed))
    stage.canvas.paste(canvas.pixels, opening.mask.astype(np.float32) / 255, corner)


def _floor_light(stage: Stage, x: float, floor: float, wide: float) -> None:
    colours = stage.palette
    ground = colours.zenith.towards(colours.near, 0.72)
    stage.canvas.fill(
        box(0, floor, stage.width, stage.height), ground.shifted(0.05).colour(), ground.shifted(-0.05).colour()
    )
    for spread, strength in ((0.6, 0.2), (0.42, 0.26), (0.28, 0.3)):
        foot = stage.unit * spread * 0.9
        points = [
            (x - wide / 2, floor),
            (x + wide / 2, floor),
            (x + foot + wide / 2, stage.height),
            (x - foot - wide / 2, stage.height),
        ]
        stage.canvas.fill(points, colours.glow.colour(), ground.towards(colours.glow, 0.4).colour(), strength)
