"""Orbits: bodies on rings around a bright middle."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour, mix
from pixora_pipeline.providers.embedded.artist.compositions.backdrop import backdrop
from pixora_pipeline.providers.embedded.artist.curves import arc
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def orbits(stage: Stage) -> Composed:
    """Rings around a bright middle, with bodies on them: an atom, a system, a cycle."""
    focus = (stage.width * stage.between(0.44, 0.56), stage.height * stage.between(0.46, 0.54))
    backdrop(stage, focus, 0.8)
    colours = stage.palette
    line = colours.horizon.towards(colours.glow, 0.4).shifted(0.08).colour()
    tones = [colours.accent.shifted(0.1), colours.glow.shifted(-0.04), colours.lamp, colours.horizon.shifted(0.08)]
    atom = stage.says("atom", "atoms", "electron", "electrons", "nucleus", "quantum", "nuclear") or stage.chance(0.35)
    rings = int(stage.rng.integers(3, 5)) if atom else int(stage.rng.integers(5, 8))
    for ring in range(rings):
        tone = tones[ring % len(tones)].colour()
        radius = stage.unit * (0.4 if atom else 0.12 + 0.075 * ring)
        tilt = np.pi * ring / rings + 0.35 if atom else 0.0
        path = _tilted(focus, radius, 0.34 if atom else stage.between(0.9, 1.0), tilt)
        stage.canvas.stroke(path, max(1.0, stage.unit * 0.0024), line, 0.5)
        if not atom and stage.chance(0.6):
            _arc(stage, focus, radius, tone)
        spot = path[int(stage.rng.integers(len(path)))]
        paint_sphere(stage, (float(spot[0]), float(spot[1])), stage.unit * stage.between(0.012, 0.026), tone)
    core = stage.unit * 0.055
    stage.canvas.glow(focus, core * 4.5, colours.lamp.colour(), 0.9)
    paint_sphere(stage, focus, core, mix(colours.lamp.colour(), np.ones(3, np.float32), 0.25))
    _ticks(stage, focus, stage.unit * 0.455, line)
    return Composed(focus)


def _tilted(centre: Point, radius: float, squash: float, tilt: float) -> np.ndarray:
    angles = np.linspace(0, 2 * np.pi, 160)
    x, y = np.cos(angles) * radius, np.sin(angles) * radius * squash
    return np.stack(
        [centre[0] + x * np.cos(tilt) - y * np.sin(tilt), centre[1] + x * np.sin(tilt) + y * np.cos(tilt)], 1
    )


def _arc(stage: Stage, focus: Point, radius: float, colour: Colour) -> None:
    start, turn = stage.between(0, 6.28), stage.between(0.5, 2.4)
    path = arc(focus, radius, start, turn)
    stage.canvas.stroke(path, stage.unit * 0.007, colour, 0.85)


def paint_sphere(stage: Stage, place: Point, size: float, colour: Colour) -> None:
    """A small lit sphere."""
    stage.canvas.glow(place, size * 3.2, colour, 0.45)
    stage.canvas.disc(
        place, (size, size), mix(colour, np.ones(3, np.float32), 0.2), mix(colour, stage.palette.zenith.colour(), 0.55)
    )
    stage.canvas.disc(
        (place[0] - size * 0.28, place[1] - size * 0.32),
        (size * 0.3, size * 0.24),
        np.ones(3, np.float32),
        opacity=0.35,
    )


def _ticks(stage: Stage, focus: Point, radius: float, colour: Colour) -> None:
    """A fine scale around the figure."""
    for index, angle in enumerate(np.linspace(0, 2 * np.pi, 121)[:-1]):
        long = 0.02 if index % 10 == 0 else 0.009
        direction = np.array([np.cos(angle), np.sin(angle)])
        start = np.array(focus) + direction * radius
        stage.canvas.stroke([start, start + direction * stage.unit * long], max(1.0, stage.unit * 0.0016), colour, 0.5)
