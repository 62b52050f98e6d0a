"""High and dry land: mountain ranges, deserts with dunes."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.heightmaps import alpine, dunes, sloped_to
from pixora_pipeline.providers.embedded.artist.land import below, crest, paint_foreground, paint_mist, paint_ranges
from pixora_pipeline.providers.embedded.artist.noise import Field
from pixora_pipeline.providers.embedded.artist.plants import cactus, fir
from pixora_pipeline.providers.embedded.artist.silhouette import Silhouette
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage
from pixora_pipeline.providers.embedded.artist.terrain import Ground, View, paint_terrain


def mountains(stage: Stage) -> Composed:
    """A range under a wide sky: rock and snow in the light, or ridge behind ridge in the haze."""
    horizon = stage.height * stage.between(0.52, 0.62)
    sky = paint_sky(stage, horizon)
    if stage.chance(0.7):
        heights = sloped_to(alpine(stage.rng, stage.between(2.4, 4.2)), 0.2, 0.62)
        view = View(0.075, 0.12, 1.25, stage.between(0.22, 0.31), horizon, haze=1.9)
        paint_terrain(stage, heights, view, rock(stage), sky.source[0])
        paint_mist(stage, horizon + 0.06 * stage.unit, stage.unit * 0.07, 0.35)
    else:
        paint_ranges(stage, (horizon * 0.86, stage.height * 0.82), 5, 0.75, (0.05, 0.78))
    line = _fir_slope(stage, stage.height * stage.between(0.84, 0.9))
    x = _standing_place(stage, sky.source[0])
    return Composed(sky.source, Footing(x, float(line[int(x)]) + 0.012 * stage.unit, stage.unit * 0.2, 0.5))


def rock(stage: Stage) -> Ground:
    """Rock with snow on what is high and not too steep."""
    colours = stage.palette
    snow_line = stage.between(0.3, 0.6) - (
        0.25 if stage.weather == "snow" or stage.says("snow", "ice", "glacier") else 0
    )
    return Ground(
        shadow=colours.near.towards(colours.far, 0.3).colour(),
        light=colours.far.towards(colours.glow, 0.3).colour(),
        air=colours.horizon.towards(colours.far, 0.35).colour(),
        snow=(
            colours.zenith.towards(colours.horizon, 0.45).shifted(0.06, 0.7).colour(),
            colours.glow.shifted(-0.02 if not colours.dark else -0.3).colour(),
        ),
        snow_line=snow_line,
    )


def _standing_place(stage: Stage, source_x: float) -> float:
    """A column a little to the side of the light, where people stand out against it."""
    side = 1 if source_x < stage.width / 2 else -1
    return float(np.clip(source_x + side * stage.between(0.1, 0.2) * stage.width, 0.2 * stage.width, 0.8 * stage.width))


def _fir_slope(stage: Stage, row: float) -> Field:
    """Two dark slopes with firs on them, framing the view from the sides."""
    back = crest(stage, row - 0.02 * stage.unit, stage.unit * 0.03, 1.5)
    shape = below(stage, back)
    plant_firs(stage, shape, back, 0.085, 46)
    stage.canvas.lay(shape.mask, stage.palette.land(0.78), stage.palette.land(0.95))
    line = crest(stage, row + 0.05 * stage.unit, stage.unit * 0.02, 1.2, 0.0, 0.3)
    line -= _bowl(stage) * stage.unit * stage.between(0.03, 0.09)
    shape = below(stage, line)
    plant_firs(stage, shape, line, 0.2, 22, edge=True)
    stage.canvas.nearer()
    dark = stage.palette.land(1.0)
    stage.canvas.lay(shape.mask, mix(dark, stage.palette.land(0.8), 0.2), dark)
    return line


def _bowl(stage: Stage) -> Field:
    """1 at the frame's sides, 0 in its middle."""
    x = np.abs(np.linspace(-1, 1, stage.width, dtype=np.float32))
    return (np.clip(x - 0.35, 0, 1) / 0.65) ** 1.5


def plant_firs(stage: Stage, shape: Silhouette, line: Field, tall: float, count: int, edge: bool = False) -> None:
    """Firs along a crest in clumps; `tall` in units. With `edge` they keep to the sides."""
    total = int(count * stage.width / stage.unit)
    clumps = stage.rng.uniform(0, 1, max(3, total // 9))
    for _ in range(total):
        x = float(stage.rng.choice(clumps) + stage.rng.normal(0, 0.028)) if stage.chance(0.8) else stage.rng.random()
        if edge and 0.2 < x < 0.8:
            x = x * 0.3 if x < 0.5 else 1 - (1 - x) * 0.3
        column = int(np.clip(x * stage.width, 0, stage.width - 1))
        height = stage.unit * tall * stage.between(0.45, 1.1)
        fir(stage.rng, shape, x * stage.width, float(line[column]) + 0.01 * stage.unit, height)


def desert(stage: Stage) -> Composed:
    """A sea of dunes, their crests lit along one side; sometimes a caravan or a cactus."""
    horizon = stage.height * stage.between(0.48, 0.6)
    sky = paint_sky(stage, horizon)
    colours = stage.palette
    sand = Tone(colours.far.lightness, max(colours.far.chroma, 0.06), 68)
    warm = colours.glow.towards(colours.accent, 0.3)
    ground = Ground(
        shadow=colours.near.towards(sand, 0.36).towards(warm, 0.08).colour(),
        light=sand.towards(warm, 0.42).shifted(0.02 if not colours.dark else -0.06, 1.15).colour(),
        air=colours.horizon.towards(colours.far, 0.25).colour(),
    )
    view = View(stage.between(0.13, 0.17), 0.13, 1.7, stage.between(0.075, 0.1), horizon, haze=2.0)
    paint_terrain(stage, dunes(stage.rng, stage.between(3.0, 4.6)), view, ground, sky.source[0])
    row = stage.height * stage.between(0.86, 0.92)
    line = crest(stage, row, stage.unit * 0.035, 1.0, 0.0, 0.25, 4)
    shape = below(stage, line)
    if stage.says("cactus", "cacti", "mexico", "texas", "arizona", "america"):
        for share in stage.rng.choice([0.08, 0.17, 0.83, 0.93], 2, replace=False):
            x = float(share) * stage.width
            cactus(stage.rng, shape, x, float(line[int(x)]) + 4, stage.unit * stage.between(0.16, 0.34))
    dark = colours.near.towards(sand, 0.12)
    stage.canvas.nearer()
    stage.canvas.lay(shape.mask, dark.towards(warm, 0.1).colour(), dark.colour())
    x = _standing_place(stage, sky.source[0])
    return Composed(sky.source, Footing(x, float(line[int(x)]) + 0.01 * stage.unit, stage.unit * 0.2, 0.45))


def foreground_place(stage: Stage, row: float, source_x: float, tall: float = 0.2) -> Footing:
    """Paint a dark foreground with grass and give the place on it where people stand."""
    stage.canvas.nearer()
    line = paint_foreground(stage, row, stage.unit * 0.02)
    x = _standing_place(stage, source_x)
    return Footing(x, float(line[int(x)]) + 0.012 * stage.unit, stage.unit * tall, 0.5)
