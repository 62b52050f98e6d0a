"""Trees in colour: small ones for groves, and one great tree with every branch and leaf of its own."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour, Tone, mix
from pixora_pipeline.providers.embedded.artist.noise import Field, fractal
from pixora_pipeline.providers.embedded.artist.plants import fir, grow, poplar
from pixora_pipeline.providers.embedded.artist.silhouette import Point, Silhouette
from pixora_pipeline.providers.embedded.artist.stage import Stage


def paint_grove_tree(
    stage: Stage, foot: Point, tall: float, nearness: float, light_x: float, pointed: bool = False
) -> None:
    """A small tree at `foot`, `tall` pixels high, with a lit side."""
    if tall < 1.5:
        return
    variant, side = stage.between(-1, 1), 1.0 if light_x > foot[0] else -1.0
    leaf = stage.palette.leaf.shifted(0.02 * variant, 1.1, -20 * variant)
    air = stage.palette.horizon.towards(stage.palette.far, 0.4)
    deep = leaf.towards(stage.palette.near, 0.5).towards(air, 0.75 * (1 - nearness))
    shadow = (foot[0] - side * tall * 0.16, foot[1] + tall * 0.01)
    stage.canvas.disc(shadow, (tall * 0.36, tall * 0.045), stage.palette.land(0.95), opacity=0.28)
    shape = _Local(foot, tall)
    if pointed:
        (fir if variant < 0.2 else poplar)(stage.rng, shape.silhouette, *shape.foot, tall * 1.15)
        shape.lay(stage, deep.shifted(0.03).colour(), deep.shifted(-0.04).colour())
        return
    shape.silhouette.limb(shape.foot, (shape.foot[0], shape.foot[1] - tall * 0.4), (tall * 0.07, tall * 0.05))
    crown = stage.rng.normal(0, 1, (64, 3))
    _crown(shape, tall, crown, 1.0, (0.0, 0.0))
    shape.lay(stage, deep.shifted(0.02).colour(), deep.shifted(-0.06).colour())
    bright = _bright(stage, leaf).towards(air, 0.7 * (1 - nearness))
    for step, share in enumerate((0.42, 0.85)):
        lit = _Local(foot, tall)
        shift = (side * (0.05 + 0.06 * step) * tall, -(0.04 + 0.05 * step) * tall)
        _crown(lit, tall, crown[: 46 - 20 * step], 0.84 - 0.2 * step, shift)
        tone = deep.towards(bright, share)
        lit.lay(stage, tone.colour(), tone.towards(deep, 0.5).colour(), 0.85)


def _bright(stage: Stage, leaf: Tone) -> Tone:
    """The sunny side of a crown, or the snow on it."""
    glow = stage.palette.glow
    if stage.weather == "snow":
        return glow.shifted(-0.35 if stage.palette.dark else -0.08, 0.5)
    return leaf.towards(glow, 0.1 if stage.palette.dark else 0.28)


class _Local:
    """A silhouette just large enough for one tree, and where it lies on the frame."""

    def __init__(self, foot: Point, tall: float) -> None:
        reach = int(tall * 0.6) + 4
        self.corner = int(foot[0]) - reach, int(foot[1] - tall * 1.15) - 2
        self.silhouette = Silhouette(2 * reach, int(tall * 1.3) + 6)
        self.foot: Point = (foot[0] - self.corner[0], foot[1] - self.corner[1])

    def lay(self, stage: Stage, top: Colour, low: Colour, opacity: float = 1.0) -> None:
        stage.canvas.lay_part(self.silhouette.mask, self.corner, top, low, opacity)


def _crown(shape: _Local, tall: float, clumps: np.ndarray, size: float, shift: tuple[float, float]) -> None:
    """Clumps of leaves around the middle of a crown; `clumps` are their seeded places, `size` draws them together."""
    x, y = shape.foot[0] + shift[0], shape.foot[1] + shift[1] - tall * 0.62
    for dx, dy, big in clumps:
        radius = tall * (0.052 + 0.026 * np.tanh(big)) * size**0.4
        reach = tall * size * min(1.0, 0.62 + 0.16 * abs(float(big))) / max(float(np.hypot(dx, dy)), 0.9)
        place = (x + dx * reach * 0.4, y + dy * reach * 0.36)
        shape.silhouette.ellipse(place, (radius, radius * 0.86))


def paint_great_tree(stage: Stage, foot: Point, tall: float, light_x: float, bare: bool = False) -> Point:
    """A great tree with boughs and thousands of leaves, lit from one side; gives the middle of its crown."""
    canvas, colours = stage.canvas, stage.palette
    wood = canvas.silhouette()
    limbs = list(grow(stage.rng, foot, np.pi / 2, tall * 0.215, tall * 0.08, 7, 0.46))
    for limb in limbs:
        wood.limb(limb.start, limb.end, limb.widths)
    for side in (-1.0, 1.0):
        wood.polygon(
            [
                (foot[0] + side * tall * 0.115, foot[1] + tall * 0.015),
                (foot[0] + side * tall * 0.03, foot[1] - tall * 0.12),
                (foot[0] - side * tall * 0.03, foot[1] + tall * 0.01),
            ]
        )
    bark = colours.near.towards(colours.accent, 0.12)
    tips = np.array([limb.end for limb in limbs if limb.last])
    middle = (float(tips[:, 0].mean()), float(tips[:, 1].mean()))
    if bare:
        canvas.lay(wood.mask, bark.shifted(0.03).colour(), colours.land(1.0))
        return middle
    dark = mix(colours.foliage(0.75), colours.land(1.0), 0.35)
    _leaves(stage, tips, (0.0, 0.0), tall, 1.0, 14, dark)
    canvas.lay(wood.mask, bark.shifted(0.03).colour(), colours.land(1.0))
    side = 1.0 if light_x > foot[0] else -1.0
    _leaves(stage, tips, (side * 0.012 * tall, -0.012 * tall), tall, 0.85, 8, colours.foliage(0.5, 0.2))
    bright = mix(colours.foliage(0.3, 0.9), colours.glow.colour(), 0.28 if not colours.dark else 0.06)
    lit = tips[(tips[:, 0] - middle[0]) * side - (tips[:, 1] - middle[1]) * 0.9 > -0.02 * tall]
    _leaves(stage, lit, (side * 0.024 * tall, -0.026 * tall), tall, 0.7, 6, bright)
    return middle


def _leaves(stage: Stage, tips: np.ndarray, shift: Point, tall: float, size: float, count: int, colour: Colour) -> None:
    """`count` leaves around every tip of a branch."""
    shape = stage.canvas.silhouette()
    spread, leaf = tall * 0.033, tall * 0.0085 * size
    for x, y in tips:
        for dx, dy, turn in stage.rng.normal(0, 1, (count, 3)):
            place = (x + shift[0] + dx * spread, y + shift[1] + dy * spread * 0.8)
            shape.ellipse(place, (leaf * 1.25, leaf * 0.8), float(turn) * 70)
    stage.canvas.lay(shape.mask, colour)


def falling_leaves(stage: Stage, line: Field, colour: Colour) -> None:
    """Leaves strewn on the ground along a crest and on the wind."""
    drift = fractal(stage.rng, (4, 80), (1, 6), 2)
    for index in range(80):
        x = stage.between(0, stage.width - 1)
        y = float(line[int(x)]) - stage.unit * abs(float(drift[index % 4, index])) * 0.3
        stage.canvas.disc((x, y), (stage.unit * 0.005, stage.unit * 0.003), colour, opacity=0.9)
