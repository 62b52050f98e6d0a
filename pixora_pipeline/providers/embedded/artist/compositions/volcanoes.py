"""A mountain of fire."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.compositions.heights import foreground_place
from pixora_pipeline.providers.embedded.artist.land import below, crest, paint_mist, paint_ranges
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def volcano(stage: Stage) -> Composed:
    """A mountain of fire: glowing crater, lava on its flanks, a column of ash."""
    horizon = stage.height * stage.between(0.62, 0.68)
    sky = paint_sky(stage, horizon, disc=False)
    paint_ranges(stage, (horizon - 0.03 * stage.unit, horizon + 0.02 * stage.unit), 2, 0.7, (0.1, 0.3))
    x = stage.width * stage.between(0.4, 0.6)
    top = horizon - stage.unit * stage.between(0.32, 0.4)
    fire = Tone(0.72, 0.2, 45)
    _ash(stage, (x, top), fire)
    stage.canvas.glow((x, top), stage.unit * 0.4, fire.colour(), 0.9)
    _sparks(stage, (x, top), fire)
    across = (np.arange(stage.width, dtype=np.float32) - np.float32(x)) / np.float32(stage.unit)
    cone = np.clip(np.abs(across) - 0.055, 0, None)
    line = top + (cone**0.8 * 0.78 * stage.unit).astype(np.float32) + crest(stage, 0, 0.008 * stage.unit, 16.0)
    dip = np.clip(1 - np.abs(across) / 0.055, 0, 1) * 0.02 * stage.unit
    shape = below(stage, (line + dip).astype(np.float32))
    dark = stage.palette.far.towards(stage.palette.near, 0.72)
    stage.canvas.lay(shape.mask, dark.towards(fire, 0.12).colour(), stage.palette.land(0.85))
    _lava(stage, (x, top), fire)
    paint_mist(stage, horizon + 0.12 * stage.unit, stage.unit * 0.07, 0.35)
    for share in (0.5, 1.0):
        line = crest(stage, horizon + stage.height * 0.22 * share, stage.unit * 0.035, 2.2, 0.5)
        stage.canvas.lay(below(stage, line).mask, stage.palette.land(0.7 + 0.25 * share), stage.palette.land(1.0))
    return Composed((x, top), foreground_place(stage, stage.height * 0.94, sky.source[0]))


def _ash(stage: Stage, crater: Point, fire: Tone) -> None:
    """A billowing column, lit from below."""
    x, y = crater
    dark = stage.palette.near.towards(stage.palette.middle, 0.4)
    wind = stage.between(-0.25, 0.25) * stage.unit
    for share in np.linspace(0, 1, 46):
        for _ in range(3):
            spread = stage.unit * (0.02 + 0.2 * share**1.2)
            place = (
                x + wind * share**1.4 + stage.rng.normal(0, 0.55) * spread,
                y - (y + 0.05 * stage.height) * share + stage.rng.normal(0, 0.2) * spread,
            )
            radius = stage.unit * (0.022 + 0.085 * share) * stage.between(0.7, 1.3)
            tone = dark.towards(fire, 0.6 * max(0.0, 1 - share * 2.2)).shifted(0.06 * stage.rng.random())
            stage.canvas.disc(place, (radius, radius), tone.shifted(0.05).colour(), tone.shifted(-0.05).colour(), 0.55)


def _sparks(stage: Stage, crater: Point, fire: Tone) -> None:
    for _ in range(70):
        angle, speed = stage.rng.normal(np.pi / 2, 0.42), stage.between(0.05, 0.34) * stage.unit
        place = (crater[0] + np.cos(angle) * speed, crater[1] - np.sin(angle) * speed * 0.9)
        tail = (place[0] - np.cos(angle) * speed * 0.07, place[1] + np.sin(angle) * speed * 0.07)
        stage.canvas.stroke([tail, place], max(1.0, stage.unit * 0.0028), fire.shifted(0.12).colour(), 0.9)


def _lava(stage: Stage, crater: Point, fire: Tone) -> None:
    """Streams that run down the flank and fork."""
    for _ in range(6):
        x, y = crater[0] + stage.rng.normal(0, 0.02) * stage.unit, crater[1] + stage.unit * 0.01
        lean, points = stage.rng.normal(0, 0.7), [(x, y)]
        for _ in range(int(stage.rng.integers(9, 20))):
            x += (lean * 0.011 + stage.rng.normal(0, 0.008)) * stage.unit
            y += stage.unit * stage.between(0.012, 0.024)
            points.append((x, y))
        for width, tone, opacity in (
            (0.02, fire.shifted(-0.16), 0.35),
            (0.009, fire, 0.95),
            (0.004, fire.shifted(0.18, 0.7, 20), 0.95),
        ):
            stage.canvas.stroke(points, stage.unit * width, tone.colour(), opacity)
    stage.canvas.glow(crater, stage.unit * 0.1, mix(fire.colour(), np.ones(3, np.float32), 0.3), 0.8)
