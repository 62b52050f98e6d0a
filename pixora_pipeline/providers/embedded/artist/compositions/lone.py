"""One great tree on a hill, the light behind it."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import mix
from pixora_pipeline.providers.embedded.artist.land import below, blades, crest, paint_mist, paint_ranges
from pixora_pipeline.providers.embedded.artist.noise import Field
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage
from pixora_pipeline.providers.embedded.artist.trees import falling_leaves, paint_great_tree


def tree(stage: Stage) -> Composed:
    """A tree that stands alone, in leaf, in its autumn colours or bare."""
    horizon = stage.height * stage.between(0.68, 0.76)
    side = 1 if stage.chance(0.5) else -1
    x = stage.width * (0.5 + side * stage.between(0.03, 0.14))
    source = None
    if stage.light != "day":
        source = (x - side * stage.unit * stage.between(0.05, 0.4), horizon - stage.unit * stage.between(0.08, 0.3))
    sky = paint_sky(stage, horizon, source)
    paint_ranges(stage, (horizon - 0.05 * stage.unit, horizon), 3, 0.4, (0.02, 0.2))
    paint_mist(stage, horizon, stage.unit * 0.06, 0.4)
    line = _hill(stage, x, horizon)
    shape = below(stage, line)
    blades(stage, shape, line, stage.unit * 0.016)
    grass = mix(stage.palette.foliage(0.62), stage.palette.land(0.9), 0.3)
    stage.canvas.nearer()
    stage.canvas.lay(shape.mask, grass, mix(grass, stage.palette.land(1.0), 0.7))
    foot = (x, float(line[int(x)]) + 0.012 * stage.unit)
    tall = min(stage.unit * stage.between(0.56, 0.68), foot[1] * 0.85)
    bare = (
        stage.weather == "snow"
        or stage.says("bare", "dead", "winter", "withered")
        or (stage.mood in ("sad", "tense") and stage.chance(0.5))
    )
    crown = paint_great_tree(stage, foot, tall, sky.source[0], bare)
    if stage.says("autumn", "fall", "october", "november"):
        falling_leaves(stage, line, stage.palette.accent.colour())
    column = int(np.clip(x + side * 0.24 * stage.unit, 0, stage.width - 1))
    return Composed(crown, Footing(float(column), float(line[column]) + 0.01 * stage.unit, stage.unit * 0.17, 0.55))


def _hill(stage: Stage, x: float, horizon: float) -> Field:
    across = (np.arange(stage.width, dtype=np.float32) - np.float32(x)) / np.float32(stage.unit)
    swell = np.exp(-((across / stage.between(0.5, 0.9)) ** 2)) * np.float32(0.13 * stage.unit)
    base = np.float32(horizon + 0.14 * stage.unit)
    return (base - swell + crest(stage, 0, 0.01 * stage.unit, 2.0)).astype(np.float32)
