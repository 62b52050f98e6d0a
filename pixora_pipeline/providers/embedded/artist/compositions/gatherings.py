"""Many people: a crowd before a light, a march along a ridge, an army with its banners."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.land import below, crest, paint_mist, paint_ranges
from pixora_pipeline.providers.embedded.artist.noise import Field
from pixora_pipeline.providers.embedded.artist.silhouette import Silhouette
from pixora_pipeline.providers.embedded.artist.sky import Sky, paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage

NEAR_ROWS = 0.5
"""The rows of a crowd, and of an army, that stand near us: those that lie further to the front than this."""


def crowd(stage: Stage) -> Composed:
    """A crowd seen from behind, or a line of people walking along a ridge."""
    return _procession(stage) if stage.chance(0.45) else _assembly(stage)


def _assembly(stage: Stage) -> Composed:
    """Rows of heads and shoulders before a great light."""
    horizon = stage.height * 0.66
    focus = (stage.width * stage.between(0.42, 0.58), horizon - stage.unit * stage.between(0.16, 0.28))
    sky = paint_sky(stage, horizon, focus)
    paint_ranges(stage, (horizon - 0.06 * stage.unit, horizon + 0.02 * stage.unit), 2, 0.4, (0.04, 0.2))
    for share in np.linspace(0.0, 1.0, 6):
        if share > NEAR_ROWS:
            stage.canvas.nearer()
        _row(stage, float(share), horizon + stage.height * (0.02 + 0.33 * float(share) ** 1.3), sky)
    return Composed(sky.source)


def _row(stage: Stage, share: float, row: float, sky: Sky) -> None:
    """One row of people from behind, nearer ones larger and darker."""
    shape, size = stage.canvas.silhouette(), stage.unit * (0.018 + 0.075 * share**1.2)
    x = -size
    while x < stage.width + size:
        tall = size * stage.between(0.85, 1.12)
        _from_behind(stage, shape, (x, row + stage.rng.normal(0, 0.14) * size), tall)
        x += size * stage.between(1.15, 1.9)
    shape.box(0, row + size * 1.55, stage.width, stage.height)
    dark = stage.palette.far.towards(stage.palette.near, 0.3 + 0.7 * share)
    rim = stage.canvas.silhouette()
    rim.mask[:] = shape.mask
    lit = dark.towards(stage.palette.glow, 0.45 * (1 - 0.45 * share))
    stage.canvas.lay(rim.mask, lit.colour(), lit.colour())
    drop = max(1, int(size * 0.07))
    shape.mask[drop:] = shape.mask[:-drop].copy()
    stage.canvas.lay(shape.mask, dark.colour(), stage.palette.land(min(1.0, 0.5 + share)))
    if share < 0.9:
        paint_mist(stage, row + size, size * 1.2, 0.22 * (1 - share))


def _from_behind(stage: Stage, shape: Silhouette, place: tuple[float, float], size: float) -> None:
    x, y = place
    shape.ellipse((x, y - size * 0.2), (size * 0.27, size * 0.34))
    turn = np.linspace(np.pi, 0, 16)
    shoulders = [(x + np.cos(t) * size * 0.72, y + size * 0.72 - np.sin(t) ** 0.6 * size * 0.56) for t in turn]
    shape.polygon([*shoulders, (x + size * 0.74, y + size * 2.2), (x - size * 0.74, y + size * 2.2)])
    kind = stage.rng.integers(9)
    if kind == 0:
        shape.ellipse((x, y - size * 0.34), (size * 0.5, size * 0.09))
        shape.ellipse((x, y - size * 0.46), (size * 0.28, size * 0.22))
    elif kind == 1:
        shape.ellipse((x, y - size * 0.02), (size * 0.33, size * 0.44))
    elif kind == 2:
        shape.limb((x + size * 0.6, y + size * 0.8), (x + size * 0.72, y - size * 0.5), (size * 0.24, size * 0.16))
        shape.ellipse((x + size * 0.73, y - size * 0.58), (size * 0.11, size * 0.13))


def _procession(stage: Stage) -> Composed:
    """People walking in a line along a ridge against the sky."""
    horizon = stage.height * stage.between(0.74, 0.8)
    side = 1 if stage.chance(0.5) else -1
    source = (stage.width * (0.5 + side * 0.18), horizon - stage.unit * stage.between(0.1, 0.24))
    sky = paint_sky(stage, horizon, source if stage.light != "day" else None)
    paint_ranges(stage, (horizon - 0.08 * stage.unit, horizon + 0.03 * stage.unit), 3, 0.5, (0.03, 0.3))
    line = crest(stage, horizon + 0.03 * stage.unit, stage.unit * 0.03, 0.8, 0.0, 0.3, 4)
    shape = below(stage, line)
    stage.canvas.nearer()
    walkers = int(9 * stage.width / stage.unit / 1.4)
    for share in np.linspace(0.06, 0.94, walkers) + stage.rng.normal(0, 0.008, walkers):
        column = int(np.clip(share * stage.width, 0, stage.width - 1))
        _walker(stage, shape, (column, float(line[column]) + 2), stage.unit * stage.between(0.12, 0.16), side)
    stage.canvas.lay(shape.mask, stage.palette.land(0.92), stage.palette.land(1.0))
    return Composed(sky.source, Footing(stage.width * (0.5 - side * 0.1), stage.height * 0.95, stage.unit * 0.3, 0.6))


def _walker(stage: Stage, shape: Silhouette, foot: tuple[float, float], tall: float, way: int) -> None:
    """A walking figure: stride, cloak, sometimes a staff, a bundle or a child by the hand."""
    x, y = foot
    step, hip = stage.between(0.1, 0.17) * tall, y - tall * 0.46
    for turn in (-1, 1):
        shape.limb((x, hip), (x + turn * step, y), (tall * 0.1, tall * 0.055))
    lean = way * tall * 0.05
    shape.polygon(
        [
            (x - tall * 0.11, hip + tall * 0.12),
            (x + lean - tall * 0.1, y - tall * 0.8),
            (x + lean + tall * 0.1, y - tall * 0.8),
            (x + tall * 0.12, hip + tall * 0.12),
        ]
    )
    shape.ellipse((x + lean * 1.5, y - tall * 0.9), (tall * 0.065, tall * 0.08))
    shape.limb((x + lean, y - tall * 0.75), (x + way * tall * 0.18, y - tall * 0.48), (tall * 0.07, tall * 0.05))
    kind = stage.rng.integers(5)
    if kind == 0:
        shape.limb((x + way * tall * 0.19, y), (x + way * tall * 0.17, y - tall * 0.95), (tall * 0.02, tall * 0.02))
    elif kind == 1:
        shape.ellipse((x - way * tall * 0.13, y - tall * 0.66), (tall * 0.12, tall * 0.15))
    elif kind == 2:
        _walker_child(shape, (x - way * tall * 0.3, y), tall * 0.6, way)


def _walker_child(shape: Silhouette, foot: tuple[float, float], tall: float, way: int) -> None:
    x, y = foot
    for turn in (-1, 1):
        shape.limb((x, y - tall * 0.42), (x + turn * tall * 0.12, y), (tall * 0.12, tall * 0.07))
    shape.limb((x, y - tall * 0.3), (x + way * tall * 0.03, y - tall * 0.76), (tall * 0.26, tall * 0.18))
    shape.ellipse((x + way * tall * 0.04, y - tall * 0.88), (tall * 0.1, tall * 0.11))
    shape.limb((x, y - tall * 0.68), (x + way * tall * 0.34, y - tall * 0.74), (tall * 0.07, tall * 0.05))


def battle(stage: Stage) -> Composed:
    """An army on a hill under its banners, spears against a burning sky."""
    horizon = stage.height * stage.between(0.66, 0.74)
    source = (stage.width * stage.between(0.4, 0.6), horizon - stage.unit * stage.between(0.06, 0.2))
    sky = paint_sky(stage, horizon, source)
    paint_ranges(stage, (horizon - 0.08 * stage.unit, horizon), 2, 0.6, (0.05, 0.2))
    _smoke(stage, horizon)
    for share, tall in ((0.0, 0.06), (0.45, 0.09), (1.0, 0.15)):
        row = horizon + stage.height * 0.2 * share
        line = crest(stage, row, stage.unit * 0.03, 1.1, 0.0, 0.3, 4)
        if share > NEAR_ROWS:
            stage.canvas.nearer()
        _host(stage, line, stage.unit * tall, share)
        paint_mist(stage, row + 0.08 * stage.unit, stage.unit * 0.05, 0.3 * (1 - share))
    return Composed(sky.source, Footing(stage.width * 0.5, stage.height * 0.96, stage.unit * 0.28, 0.6))


def _host(stage: Stage, line: Field, tall: float, share: float) -> None:
    """Spearmen shoulder to shoulder along a crest, riders and banners among them."""
    shape, cloths = below(stage, line), stage.canvas.silhouette()
    x = -tall * 0.2
    while x < stage.width:
        column = int(np.clip(x, 0, stage.width - 1))
        y = float(line[column]) + tall * 0.12
        if stage.chance(0.08):
            _rider(stage, shape, (x, y), tall * 1.25)
            x += tall * 0.9
        else:
            _soldier(stage, shape, (x, y), tall * stage.between(0.92, 1.06))
        if stage.chance(0.09):
            _banner(stage, shape, cloths, (x, y), tall * stage.between(2.0, 2.7))
        x += tall * stage.between(0.24, 0.48)
    dark = stage.palette.land(0.45 + 0.55 * share)
    flag = mix(Tone(0.5, 0.17, stage.palette.accent.hue).colour(), dark, 0.3 + 0.25 * (1 - share))
    stage.canvas.lay(cloths.mask, flag, mix(flag, dark, 0.4))
    stage.canvas.lay(shape.mask, dark, stage.palette.land(1.0))


def _soldier(stage: Stage, shape: Silhouette, foot: tuple[float, float], tall: float) -> None:
    x, y = foot
    shape.limb((x, y), (x, y - tall * 0.78), (tall * 0.24, tall * 0.2))
    shape.ellipse((x, y - tall * 0.88), (tall * 0.075, tall * 0.095))
    if stage.chance(0.6):
        lean = stage.rng.normal(0.02, 0.05) * tall
        top = y - tall * stage.between(1.45, 1.7)
        shape.limb((x + tall * 0.13, y - tall * 0.2), (x + tall * 0.13 + lean, top), (tall * 0.022, tall * 0.02))
        shape.polygon(
            [(x + tall * 0.1 + lean, top), (x + tall * 0.13 + lean, top - tall * 0.13), (x + tall * 0.16 + lean, top)]
        )
    if stage.chance(0.4):
        shape.ellipse((x - tall * 0.1, y - tall * 0.5), (tall * 0.13, tall * 0.17))


def _rider(stage: Stage, shape: Silhouette, foot: tuple[float, float], tall: float) -> None:
    """A horse with its rider, seen from the side."""
    x, y = foot
    way = 1 if stage.chance(0.5) else -1
    shape.ellipse((x, y - tall * 0.55), (tall * 0.34, tall * 0.15))
    for place in (-0.26, -0.18, 0.2, 0.28):
        shape.limb(
            (x + place * tall, y - tall * 0.5), (x + place * tall * 1.08, y + tall * 0.06), (tall * 0.075, tall * 0.04)
        )
    shape.limb(
        (x + way * tall * 0.26, y - tall * 0.6), (x + way * tall * 0.46, y - tall * 0.92), (tall * 0.2, tall * 0.11)
    )
    shape.limb(
        (x + way * tall * 0.44, y - tall * 0.92), (x + way * tall * 0.62, y - tall * 0.8), (tall * 0.12, tall * 0.065)
    )
    shape.limb(
        (x - way * tall * 0.32, y - tall * 0.56), (x - way * tall * 0.46, y - tall * 0.22), (tall * 0.07, tall * 0.03)
    )
    shape.limb((x, y - tall * 0.6), (x, y - tall * 1.06), (tall * 0.18, tall * 0.15))
    shape.ellipse((x, y - tall * 1.15), (tall * 0.065, tall * 0.08))
    shape.limb(
        (x + way * tall * 0.1, y - tall * 0.6), (x + way * tall * 0.14, y - tall * 1.75), (tall * 0.02, tall * 0.018)
    )


def _banner(stage: Stage, shape: Silhouette, cloths: Silhouette, foot: tuple[float, float], tall: float) -> None:
    x, y = foot
    shape.limb((x, y), (x, y - tall), (tall * 0.014, tall * 0.01))
    way, wide, high = (1 if stage.chance(0.8) else -1), tall * 0.26, tall * 0.3
    steps = np.linspace(0, 1, 12)
    wave = np.sin(steps * 5 + stage.between(0, 6)) * tall * 0.018 * steps
    top = np.stack([x + way * wide * steps, y - tall * 0.99 + wave], axis=1)
    notch = np.array([[x + way * wide * 0.72, y - tall * 0.99 + high / 2]])
    foot_line = np.stack([x + way * wide * steps, y - tall * 0.99 + high + wave], axis=1)[::-1]
    cloths.polygon(np.concatenate([top, notch, foot_line]))


def _smoke(stage: Stage, horizon: float) -> None:
    """Columns of smoke leaning with the wind."""
    dark = stage.palette.near.towards(stage.palette.middle, 0.35).colour()
    for _ in range(3):
        x, wind = stage.between(0.05, 0.95) * stage.width, stage.between(0.15, 0.4) * stage.unit
        for share in np.linspace(0, 1, 14):
            place = (x + wind * share**1.5, horizon - stage.unit * 0.5 * share)
            radius = stage.unit * (0.012 + 0.07 * share) * stage.between(0.8, 1.2)
            stage.canvas.disc(place, (radius, radius * 0.8), dark, opacity=0.1 * (1 - 0.75 * share))
