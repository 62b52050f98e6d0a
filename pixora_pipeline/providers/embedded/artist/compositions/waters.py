"""Open and still water: the sea with a ship, a lake among hills."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.compositions.heights import foreground_place, plant_firs, rock
from pixora_pipeline.providers.embedded.artist.heightmaps import alpine, sloped_to
from pixora_pipeline.providers.embedded.artist.land import below, crest, paint_mist
from pixora_pipeline.providers.embedded.artist.sky import Sky, paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage
from pixora_pipeline.providers.embedded.artist.terrain import View, paint_terrain
from pixora_pipeline.providers.embedded.artist.vessels import Vessel, paint_vessel
from pixora_pipeline.providers.embedded.artist.water import paint_water
from pixora_pipeline.providers.embedded.artist.weather import paint_lightning


def sea(stage: Stage) -> Composed:
    """The open sea under a great sky, with a ship on it."""
    horizon = stage.height * stage.between(0.52, 0.66)
    sky = paint_sky(stage, horizon)
    if stage.weather == "storm":
        paint_lightning(stage, horizon)
    if stage.chance(0.4):
        _far_shore(stage, horizon)
    rough = {"storm": 0.9, "rain": 0.5}.get(stage.weather, stage.between(0.12, 0.4))
    vessel = _vessel(stage, sky, horizon)
    if stage.weather != "clear" and stage.palette.dark:
        # The moon behind the clouds: without it a ship in a night storm is black on black.
        break_in_clouds = Tone(0.62, 0.05, 265).towards(stage.palette.horizon, 0.3).colour()
        stage.canvas.glow((vessel.x, horizon - vessel.size * 0.6), stage.unit * 0.6, break_in_clouds, 0.6, 0.55)
    paint_vessel(stage, vessel)
    paint_water(stage, sky, horizon, rough=rough)
    return Composed((vessel.x, vessel.water - vessel.size * 0.5))


def _vessel(stage: Stage, sky: Sky, horizon: float) -> Vessel:
    kind = "sail"
    if stage.says("boat", "fisherman", "fishing", "rowing", "barque", "canoe"):
        kind = "boat"
    elif stage.says("steamer", "steamship", "liner", "cargo", "tanker", "freighter"):
        kind = "steamer"
    elif not stage.says("ship", "galleon", "fleet", "captain", "frigate", "voyage") and stage.chance(0.4):
        kind = "sloop"
    side = 1 if sky.source[0] < stage.width / 2 else -1
    x = sky.source[0] + side * stage.width * stage.between(0.12, 0.3)
    size = stage.unit * stage.between(0.2, 0.34) * (0.6 if kind in ("boat", "sloop") else 1.0)
    return Vessel(kind, float(np.clip(x, 0.2 * stage.width, 0.8 * stage.width)), horizon + 1, size, -side)


def _far_shore(stage: Stage, horizon: float) -> None:
    line = crest(stage, horizon - 0.02 * stage.unit, stage.unit * 0.035, 2.5, 0.4)
    x = np.linspace(0, 1, stage.width, dtype=np.float32)
    middle = stage.between(-0.1, 1.1)
    line += np.float32(0.1 * stage.unit) * np.clip(np.abs(x - middle) * 1.6 - 0.25, 0, 1)
    shape = below(stage, np.minimum(line, np.float32(horizon + 2)))
    shape.mask[int(horizon) + 1 :] = 0
    stage.canvas.lay(shape.mask, stage.palette.land(0.06), stage.palette.land(0.22))


def lake(stage: Stage) -> Composed:
    """A still lake that doubles the mountains and the trees around it."""
    horizon = stage.height * stage.between(0.54, 0.62)
    sky = paint_sky(stage, horizon)
    heights = sloped_to(alpine(stage.rng, stage.between(2.4, 3.8)), 0.3, 0.75)
    view = View(0.05, 0.2, 1.3, stage.between(0.2, 0.32), horizon, haze=1.6)
    paint_terrain(stage, heights, view, rock(stage), sky.source[0])
    paint_mist(stage, horizon, stage.unit * 0.05, 0.45)
    _banks(stage, horizon)
    paint_water(stage, sky, horizon, rough=stage.between(0.02, 0.14))
    paint_mist(stage, horizon + 0.01 * stage.unit, stage.unit * 0.022, 0.35)
    if stage.says("boat", "rowing", "canoe", "fisherman") or stage.chance(0.4):
        x = stage.width * stage.between(0.3, 0.7)
        paint_vessel(stage, Vessel("boat", x, horizon + 0.16 * stage.unit, stage.unit * 0.13, 1), mirror=True)
    footing = foreground_place(stage, stage.height * 0.95, sky.source[0])
    return Composed(sky.source, Footing(footing.x, footing.ground, footing.tall, 0.5))


def _banks(stage: Stage, horizon: float) -> None:
    """Wooded points of land reaching in from both sides, down to the waterline."""
    for side, nearness in ((stage.rng.choice([0.0, 1.0]), 0.45), (stage.rng.choice([0.0, 1.0]), 0.68)):
        x = np.linspace(0, 1, stage.width, dtype=np.float32)
        inland = np.clip(1 - np.abs(x - side) / stage.between(0.35, 0.6), 0, 1)
        line = (
            crest(stage, 0, stage.unit * 0.012, 4.0) + np.float32(horizon) - inland**0.7 * np.float32(0.05 * stage.unit)
        )
        line = np.where(inland > 0, line, stage.height + 50).astype(np.float32)
        shape = below(stage, line)
        plant_firs(stage, shape, line, 0.06 + 0.07 * nearness, 60)
        shape.mask[int(horizon) + 1 :] = 0
        colour = mix(stage.palette.land(nearness), stage.palette.foliage(nearness), 0.4)
        stage.canvas.lay(shape.mask, colour, mix(colour, stage.palette.land(1), 0.4))
