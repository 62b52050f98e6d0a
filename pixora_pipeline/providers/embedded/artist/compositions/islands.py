"""A small island with palms."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.buildings import aired
from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.compositions.coast import paint_headland
from pixora_pipeline.providers.embedded.artist.land import below, crest
from pixora_pipeline.providers.embedded.artist.plants import palm
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage
from pixora_pipeline.providers.embedded.artist.vessels import Vessel, paint_vessel
from pixora_pipeline.providers.embedded.artist.water import paint_water


def island(stage: Stage) -> Composed:
    """A small island with palms in a bright lagoon."""
    horizon = stage.height * stage.between(0.5, 0.58)
    sky = paint_sky(stage, horizon)
    side = 1 if sky.source[0] < stage.width / 2 else -1
    x = stage.width / 2 + side * stage.width * stage.between(0.06, 0.18)
    paint_headland(stage, -side, horizon, 0.16, 0.07, 0.14)
    _sand_bank(stage, x, horizon)
    paint_water(stage, sky, horizon, rough=stage.between(0.05, 0.2))
    _beach(stage, x, horizon)
    if stage.chance(0.6):
        place = x - side * stage.width * stage.between(0.25, 0.34)
        kind = "sloop" if stage.chance(0.5) else "boat"
        paint_vessel(stage, Vessel(kind, place, horizon + 0.07 * stage.unit, stage.unit * 0.12, side), mirror=True)
    return Composed(
        (x, horizon - 0.1 * stage.unit),
        Footing(x - side * 0.12 * stage.unit, horizon + 0.05 * stage.unit, stage.unit * 0.1, 0.3),
    )


def _sand_bank(stage: Stage, x: float, horizon: float) -> None:
    """The island's palms and hump, painted before the water so that it mirrors them."""
    across = (np.arange(stage.width, dtype=np.float32) - np.float32(x)) / np.float32(stage.unit)
    hump = np.exp(-((across / 0.3) ** 4)) * 0.05 + np.exp(-(((across - 0.05) / 0.13) ** 2)) * 0.06
    line = (
        np.float32(horizon + 2)
        - hump.astype(np.float32) * np.float32(stage.unit)
        + np.abs(crest(stage, 0, 0.006 * stage.unit, 9.0))
    ).astype(np.float32)
    bush = below(stage, line)
    for place in stage.rng.normal(0.03, 0.13, 9) * stage.unit + x:
        if 0 <= place < stage.width:
            palm(stage.rng, bush, float(place), float(line[int(place)]) + 4, stage.unit * stage.between(0.22, 0.4))
    bush.mask[int(horizon) + 2 :] = 0
    green = mix(stage.palette.foliage(0.6, 0.3), stage.palette.land(1.0), 0.25)
    stage.canvas.lay(bush.mask, green, mix(green, stage.palette.land(1.0), 0.35))


def _beach(stage: Stage, x: float, horizon: float) -> None:
    sand = aired(stage, Tone(0.9, 0.05, 82), 1.0)
    wide = stage.unit * 0.4
    stage.canvas.disc(
        (x, horizon + 0.03 * stage.unit),
        (wide * 1.12, stage.unit * 0.06),
        stage.palette.horizon.shifted(0.04).colour(),
        opacity=0.35,
    )
    top = [
        (x + np.cos(t) * wide, horizon + 0.012 * stage.unit - np.sin(t) * 0.018 * stage.unit)
        for t in np.linspace(np.pi, 0, 24)
    ]
    foot = [
        (x + np.cos(t) * wide, horizon + 0.012 * stage.unit + np.sin(t) * 0.055 * stage.unit)
        for t in np.linspace(0, np.pi, 24)
    ]
    stage.canvas.fill([*top, *foot], mix(sand, stage.palette.land(1.0), 0.12), sand)
