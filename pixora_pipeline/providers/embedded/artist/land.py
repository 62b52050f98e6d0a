"""Layered land: crests drawn as silhouettes one behind the other, mist between them, and the dark ground in front."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour, mix
from pixora_pipeline.providers.embedded.artist.noise import Field, enlarged, fractal, profile, smoothstep
from pixora_pipeline.providers.embedded.artist.silhouette import Silhouette
from pixora_pipeline.providers.embedded.artist.stage import Stage


def crest(
    stage: Stage, row: float, swing: float, cells: float, sharp: float = 0.0, gain: float = 0.45, octaves: int = 7
) -> Field:
    """The rows of a crest, one per column: around `row`, up and down by `swing` (pixels)."""
    count = max(1.0, cells * stage.width / stage.unit / 1.6)
    return (row - swing * profile(stage.rng, stage.width, count, octaves, gain, sharp)).astype(np.float32)


def below(stage: Stage, line: Field) -> Silhouette:
    """The shape of everything under the crest."""
    shape = stage.canvas.silhouette()
    step = max(1, stage.width // 1100)
    x = np.append(np.arange(0, stage.width, step), stage.width)
    rows = np.append(line[::step], line[-1])
    points = np.stack([x, rows], axis=1)
    foot = [(stage.width, stage.height + 4), (0, stage.height + 4)]
    shape.polygon(np.concatenate([points, np.array(foot)]).astype(np.float64))
    return shape


def paint_layer(stage: Stage, shape: Silhouette, colour: Colour, foot: Colour) -> None:
    """Lay a land layer that fades from its own colour at the top to `foot` (mist, or shadow) at the bottom."""
    stage.canvas.lay(shape.mask, colour, foot)


def paint_ranges(
    stage: Stage, rows: tuple[float, float], count: int, sharp: float, nearness: tuple[float, float]
) -> None:
    """`count` crests from the far row to the near one (pixels), darker as they come nearer, mist at their feet."""
    air = stage.palette.horizon.towards(stage.palette.far, 0.4).colour()
    for index in range(count):
        share = index / max(count - 1, 1)
        row = rows[0] + (rows[1] - rows[0]) * share**0.85
        near = nearness[0] + (nearness[1] - nearness[0]) * share
        swing = stage.unit * (0.075 - 0.03 * share) * stage.between(0.8, 1.25)
        line = crest(stage, row, swing, 2.2 + 1.6 * share, sharp * (1 - 0.5 * share))
        colour = stage.palette.land(near)
        paint_layer(stage, below(stage, line), colour, mix(colour, air, 0.6 * (1 - share) + 0.12))
        if share < 0.99:
            paint_mist(stage, row + swing * 0.6, stage.unit * 0.08, 0.28 * (1 - 0.6 * share))


def paint_mist(stage: Stage, row: float, thick: float, strength: float) -> None:
    """A bank of mist lying around `row`, ragged and thinning upwards."""
    top, bottom = int(max(0, row - 2 * thick)), int(min(stage.height, row + 2 * thick))
    if bottom - top < 4:
        return
    shape = (max(4, (bottom - top) * 400 // stage.width), 400)
    y = (np.linspace(top, bottom, shape[0], dtype=np.float32)[:, None] - row) / thick
    veil = np.exp(-(y**2)) * smoothstep(-1.0, 0.9, fractal(stage.rng, shape, (2, 4), 4))
    colour = stage.palette.horizon.towards(stage.palette.glow, 0.15).colour()
    alpha = enlarged((strength * veil).astype(np.float32), (bottom - top, stage.width))
    stage.canvas.veil(alpha, colour, top)


def paint_foreground(stage: Stage, row: float, swing: float, grass: float = 0.012) -> Field:
    """The dark ground at our feet with grass along its edge; gives its crest."""
    line = crest(stage, row, swing, 1.4, 0.0, 0.35)
    shape = below(stage, line)
    blades(stage, shape, line, stage.unit * grass)
    dark = stage.palette.land(1.0)
    stage.canvas.lay(shape.mask, mix(dark, stage.palette.land(0.7), 0.25), dark)
    return line


def blades(stage: Stage, shape: Silhouette, line: Field, length: float, density: float = 1.0) -> None:
    """Grass blades along a crest."""
    rng = stage.rng
    count = int(stage.width / max(length, 1) * 5.0 * density)
    thin = max(length * 0.09, 0.7)
    for x, lean, tall in zip(
        rng.uniform(0, stage.width - 1, count), rng.normal(0, 0.35, count), rng.uniform(0.3, 1.0, count), strict=True
    ):
        y, high = float(line[int(x)]), length * tall
        tip = (x + lean * high, y - high)
        shape.polygon([(x - thin, y + 2), tip, (x + thin, y + 2)])
