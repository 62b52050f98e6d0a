"""From the dark of a cave out into the light."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.land import paint_ranges
from pixora_pipeline.providers.embedded.artist.noise import profile
from pixora_pipeline.providers.embedded.artist.silhouette import Point, Silhouette
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage
from pixora_pipeline.providers.embedded.artist.weather import paint_weather


def cave(stage: Stage) -> Composed:
    """From the dark of a cave out into the light, through ring after ring of rock."""
    focus = (stage.width * stage.between(0.4, 0.6), stage.height * stage.between(0.46, 0.54))
    sky = paint_sky(stage, stage.height * 0.6, focus)
    paint_ranges(stage, (stage.height * 0.55, stage.height * 0.66), 3, 0.6, (0.04, 0.3))
    paint_weather(stage)
    stage.canvas.glow(focus, stage.unit * 0.4, stage.palette.glow.colour(), 0.4)
    for index in range(5):
        share = index / 4
        tone = stage.palette.far.towards(stage.palette.near, (0.1 if stage.palette.dark else 0.35) + 0.6 * share**0.7)
        mask = _ring(stage, focus, 0.2 + 0.13 * index, share)
        stage.canvas.lay(mask, tone.shifted(-0.03).colour(), tone.shifted(0.025).colour())
    ground = stage.height * 0.86
    return Composed(sky.source, Footing(focus[0], ground, stage.unit * 0.2, 0.8))


def _ring(stage: Stage, focus: Point, radius: float, share: float) -> np.ndarray:
    """Rock all around an opening; teeth of stone hang from its roof and stand on its floor."""
    shape = stage.canvas.silhouette()
    shape.mask[:] = 255
    turn = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    rough = profile(stage.rng, 400, 9, 5, 0.55)
    rough = rough + (rough[0] - rough[-1]) * np.linspace(0, 1, 400)
    reach = stage.unit * radius * (1 + (0.16 + 0.06 * share) * rough)
    stretch = 1 + 0.35 * max(0.0, stage.width / stage.height - 1)
    x = focus[0] + np.cos(turn) * reach * stretch
    y = focus[1] + np.sin(turn) * reach * (0.9 if not stage.tall else 1.3)
    floor = stage.height * (0.7 + 0.06 * share)
    y = np.where(y > floor, floor + (y - floor) * 0.35, y)
    shape.polygon(np.stack([x, y], axis=1), 0)
    for index in stage.rng.integers(0, 400, 9):
        if np.sin(turn[index]) < -0.25:
            _tooth(
                stage, shape, (float(x[index]), float(y[index])), stage.unit * stage.between(0.05, 0.16) * (0.5 + share)
            )
    return shape.mask


def _tooth(stage: Stage, shape: Silhouette, root: Point, long: float) -> None:
    x, y = root
    wide = long * stage.between(0.14, 0.22)
    shape.polygon(
        [
            (x - wide, y - long * 0.4),
            (x - wide * 0.4, y + long * 0.3),
            (x, y + long),
            (x + wide * 0.45, y + long * 0.25),
            (x + wide, y - long * 0.4),
        ]
    )
