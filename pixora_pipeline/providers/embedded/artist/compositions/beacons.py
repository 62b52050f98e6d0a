"""A lighthouse in its three views: on its headland, on a rock in the sea, and its lantern from near by."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import mix
from pixora_pipeline.providers.embedded.artist.compositions.coast import coast, gulls, paint_headland
from pixora_pipeline.providers.embedded.artist.compositions.lighthouse import paint_lighthouse
from pixora_pipeline.providers.embedded.artist.land import below, crest
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage
from pixora_pipeline.providers.embedded.artist.water import paint_water
from pixora_pipeline.providers.embedded.artist.weather import paint_lightning

_LAMP_WORDS = ("lamp", "light", "lens", "lantern", "lanterns", "mirror", "mirrors", "beam", "stairs", "steps")


def beacon(stage: Stage) -> Composed:
    """A lighthouse, near by where the words are about its lamp."""
    if stage.says("lighthouse", "lighthouses", "leuchtturm", "phare", "faro", "farol"):
        if stage.says(*_LAMP_WORDS) and not stage.says("wide") and stage.chance(0.5):
            return _lantern(stage)
        if stage.chance(0.35):
            return _sea_rock(stage)
    return coast(stage)


def _lantern(stage: Stage) -> Composed:
    """The head of the tower over a wide sea; people stand on its gallery."""
    horizon = stage.height * stage.between(0.74, 0.8)
    side = _under_sky(stage, horizon)
    x = stage.width * (0.5 + side * stage.between(0.12, 0.2))
    tall = stage.unit * stage.between(1.7, 2.0)
    top = stage.height * stage.between(0.5, 0.56)
    lamp = paint_lighthouse(stage, (x, top + tall * 0.78), tall, side)
    gulls(stage, horizon)
    return Composed(lamp, Footing(x - side * tall * 0.03, top + 1, tall * 0.085, 0.4))


def _sea_rock(stage: Stage) -> Composed:
    """The tower on a bare rock, water all round."""
    horizon = stage.height * stage.between(0.56, 0.62)
    side = _under_sky(stage, horizon)
    x = stage.width * (0.5 + side * stage.between(0.05, 0.14))
    foot = horizon - stage.unit * 0.05
    _rock(stage, x, horizon)
    lamp = paint_lighthouse(stage, (x, foot), stage.unit * stage.between(0.42, 0.5), side)
    gulls(stage, horizon)
    middle = (x, (lamp[1] + foot) / 2)
    return Composed(middle, Footing(x - side * 0.14 * stage.unit, horizon + 0.012 * stage.unit, stage.unit * 0.1, 0.5))


def _under_sky(stage: Stage, horizon: float) -> int:
    """Sky, far land and water; gives the side that the tower stands on, away from the light."""
    sky = paint_sky(stage, horizon)
    if stage.weather == "storm":
        paint_lightning(stage, horizon)
    side = 1 if sky.source[0] < stage.width / 2 else -1
    paint_headland(stage, -side, horizon, 0.14, 0.05, 0.2)
    rough = {"storm": 0.9, "rain": 0.5}.get(stage.weather, stage.between(0.15, 0.4))
    paint_water(stage, sky, horizon, rough=rough)
    return side


def _rock(stage: Stage, x: float, horizon: float) -> None:
    """A hump of stone that rises out of the sea, with foam at its foot."""
    across = (np.arange(stage.width, dtype=np.float32) - np.float32(x)) / np.float32(stage.unit)
    hump = 0.13 * np.exp(-((across / 0.24) ** 4)) + 0.02 * np.exp(-((across / 0.4) ** 2))
    foot = horizon + 0.07 * stage.unit
    line = (
        np.float32(foot) - hump.astype(np.float32) * np.float32(stage.unit) + crest(stage, 0, 0.012 * stage.unit, 9.0)
    )
    shape = below(stage, line.astype(np.float32))
    shape.mask[int(foot) :] = 0
    rock = stage.palette.stone(0.6)
    stage.canvas.lay(shape.mask, rock, mix(stage.palette.land(1.0), rock, 0.2))
    white = stage.palette.glow.shifted(-0.02 if not stage.palette.dark else -0.35, 0.4).colour()
    for place in np.linspace(-0.42, 0.42, 60):
        at = (x + (place + stage.rng.normal(0, 0.01)) * stage.unit, foot + stage.rng.normal(0, 0.003) * stage.unit)
        stage.canvas.glow(at, stage.unit * stage.between(0.006, 0.02), white, 0.4, 0.4)
