"""The ground of pictures that show an idea: deep colour, soft cloud, light around one point."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import ramp
from pixora_pipeline.providers.embedded.artist.noise import enlarged, fractal
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Stage


def backdrop(stage: Stage, focus: Point, strength: float = 0.5) -> None:
    """A deep, softly clouded ground with light around `focus`."""
    colours = stage.palette
    deep = colours.zenith.towards(colours.near, 0.55)
    dim = {"day": -0.22, "dawn": -0.2}.get(stage.light, -0.02)
    low, high = deep.shifted(dim), colours.zenith.shifted(dim * 0.9 + 0.02)
    shape = (203, 360)
    x = (np.linspace(0, stage.width, shape[1], dtype=np.float32)[None] - focus[0]) / stage.unit
    y = (np.linspace(0, stage.height, shape[0], dtype=np.float32)[:, None] - focus[1]) / stage.unit
    cloud = fractal(stage.rng, shape, (3, 5), 5)
    place = np.clip(np.hypot(x, y) / 1.05 + 0.12 * cloud, 0, 1)
    middle = colours.middle.shifted(dim * 0.8)
    field = ramp([(0.0, middle), (0.45, high), (1.0, low)], place)
    stage.canvas.cover(np.stack([enlarged(plane, (stage.height, stage.width)) for plane in field]))
    stage.canvas.glow(focus, stage.unit * 0.5, colours.horizon.colour(), strength * 0.5)
    _dust(stage)


def _dust(stage: Stage) -> None:
    """Specks of light, some out of focus."""
    colour = stage.palette.glow.colour()
    for _ in range(int(70 * stage.width / stage.unit)):
        place = (stage.between(0, stage.width), stage.between(0, stage.height))
        size = stage.unit * 0.0012 * (1 + 5 * stage.rng.random() ** 5)
        stage.canvas.disc(place, (size, size), colour, opacity=stage.between(0.08, 0.4))
