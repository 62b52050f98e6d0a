"""Under the sea: rays of light, fish, weed, perhaps a whale."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone, ramp
from pixora_pipeline.providers.embedded.artist.land import below, crest
from pixora_pipeline.providers.embedded.artist.noise import enlarged, fractal, smoothstep
from pixora_pipeline.providers.embedded.artist.silhouette import Point, Silhouette
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def underwater(stage: Stage) -> Composed:
    """Under the sea: rays of light from above, fish, weed and rock below."""
    hue = 215 + 0.12 * (stage.palette.middle.hue - 215)
    dim = {"night": 0.24, "dusk": 0.1}.get(stage.light, 0.0)
    light, blue = Tone(0.86 - dim, 0.07, hue - 18), Tone(0.64 - dim, 0.1, hue - 6)
    dark, deep = Tone(0.4 - dim * 0.7, 0.09, hue + 12), Tone(0.2, 0.06, hue + 25)
    rows = np.linspace(0, 1, stage.height, dtype=np.float32)
    stage.canvas.cover(ramp([(0.0, light), (0.3, blue), (0.7, dark), (1.0, deep)], rows))
    source = (stage.width * stage.between(0.3, 0.7), -0.05 * stage.height)
    stage.canvas.glow(source, stage.unit * 0.7, light.shifted(0.1).colour(), 0.7)
    _rays(stage, source)
    for share in (0.0, 1 / 3, 2 / 3, 1.0):
        _seabed(stage, dark.towards(deep.shifted(-0.08), share), share)
        if share < 1:
            paint_shoal(stage, dark.towards(deep, 0.3 + 0.4 * share), 0.012 + 0.013 * share)
    focus = (stage.width * stage.between(0.35, 0.65), stage.height * stage.between(0.38, 0.5))
    if stage.says("whale", "whales", "moby", "leviathan") or stage.chance(0.3):
        _whale(stage, focus, deep)
    _bubbles(stage)
    return Composed(focus)


def _seabed(stage: Stage, tone: Tone, share: float) -> None:
    """One rise of the sea's floor, weed on the nearer ones."""
    row = stage.height * (0.7 + 0.24 * share)
    line = crest(stage, row, stage.unit * (0.06 + 0.02 * share), 1.8 + share, 0.3)
    shape = below(stage, line)
    for _ in range(int((16 + 8 * share) * stage.width / stage.unit) if share else 0):
        x = stage.between(0, stage.width - 1)
        tall = stage.unit * stage.between(0.05, 0.13) * (0.6 + 0.7 * share)
        _weed(stage, shape, (x, float(line[int(x)])), tall)
    stage.canvas.lay(shape.mask, tone.colour(), tone.shifted(-0.07).colour())


def _rays(stage: Stage, source: Point) -> None:
    shape = (200, 356)
    x = (np.linspace(0, stage.width, shape[1], dtype=np.float32)[None] - source[0]) / stage.unit
    y = (np.linspace(0, stage.height, shape[0], dtype=np.float32)[:, None] - source[1] + 0.35 * stage.unit) / stage.unit
    beams = fractal(stage.rng, (1, 512), (1, 22), 3, 0.6)[0]
    index = np.clip((np.arctan2(x, y) / np.pi + 0.5) * 511, 0, 511).astype(int)
    light = smoothstep(-0.1, 1.0, beams[index]) * np.exp(-y * 1.25) * 0.75
    stage.canvas.shine(
        enlarged(light.astype(np.float32), (stage.height, stage.width)), np.array([0.9, 1.0, 0.97], np.float32)
    )


def _weed(stage: Stage, shape: Silhouette, foot: Point, tall: float) -> None:
    sway, phase = stage.between(0.05, 0.14), stage.between(0, 6)
    steps = np.linspace(0, 1, 14)
    x = foot[0] + np.sin(steps * 4 + phase) * tall * sway * steps
    y = foot[1] - tall * steps + 3
    half = tall * 0.035 * (1 - steps) ** 0.6 + 0.4
    shape.polygon(np.concatenate([np.stack([x + half, y], axis=1), np.stack([x - half, y], axis=1)[::-1]]))
    for index in range(2, 13, 2):
        side = 1 if index % 4 else -1
        leaf = tall * 0.13 * (1 - 0.6 * steps[index])
        shape.polygon(
            [
                (x[index], y[index]),
                (x[index] + side * leaf, y[index] - leaf * 0.7),
                (x[index] + side * leaf * 0.3, y[index] - leaf * 0.1),
            ]
        )


def paint_shoal(stage: Stage, tone: Tone, size: float) -> None:
    """A shoal of fish, all heading one way."""
    x, y = stage.width * stage.between(0.15, 0.85), stage.height * stage.between(0.2, 0.62)
    way, shape = (1 if stage.chance(0.5) else -1), stage.canvas.silhouette()
    for _ in range(int(stage.rng.integers(9, 22))):
        fx, fy = x + stage.rng.normal(0, 0.13) * stage.unit, y + stage.rng.normal(0, 0.045) * stage.unit
        long = stage.unit * size * stage.between(0.8, 1.3)
        shape.ellipse((fx, fy), (long, long * 0.36))
        shape.polygon(
            [
                (fx - way * long * 0.75, fy),
                (fx - way * long * 1.5, fy - long * 0.4),
                (fx - way * long * 1.3, fy),
                (fx - way * long * 1.5, fy + long * 0.4),
            ]
        )
    stage.canvas.lay(shape.mask, tone.colour(), tone.shifted(-0.05).colour())


def _whale(stage: Stage, place: Point, tone: Tone) -> None:
    """A whale, gliding."""
    size, way = stage.unit * 0.5, (1 if stage.chance(0.5) else -1)
    shape = stage.canvas.silhouette()
    upper = [
        (0.5, 0.0),
        (0.46, -0.075),
        (0.3, -0.125),
        (0.05, -0.135),
        (-0.2, -0.085),
        (-0.42, -0.035),
        (-0.6, -0.075),
        (-0.66, -0.13),
    ]
    lower = [
        (-0.6, -0.02),
        (-0.68, 0.06),
        (-0.56, 0.02),
        (-0.4, 0.0),
        (-0.2, 0.045),
        (0.05, 0.1),
        (0.3, 0.11),
        (0.46, 0.06),
    ]
    shape.polygon([(place[0] + way * px * size, place[1] + py * size) for px, py in [*upper, *lower]])
    fin = [(0.2, 0.08), (0.06, 0.24), (0.0, 0.25), (0.08, 0.09)]
    shape.polygon([(place[0] + way * px * size, place[1] + py * size) for px, py in fin])
    stage.canvas.lay(shape.mask, tone.shifted(0.14).colour(), tone.shifted(0.02).colour())


def _bubbles(stage: Stage) -> None:
    for _ in range(5):
        x, y = stage.between(0.05, 0.95) * stage.width, stage.between(0.4, 0.95) * stage.height
        for index in range(8):
            size = stage.unit * stage.between(0.002, 0.007)
            place = (x + stage.rng.normal(0, 0.008) * stage.unit, y - index * stage.unit * 0.028)
            stage.canvas.disc(place, (size, size), np.ones(3, np.float32), opacity=0.28)
