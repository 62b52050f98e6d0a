"""Forests: ridge after ridge of firs, or the inside of a wood with light between its trunks."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import mix
from pixora_pipeline.providers.embedded.artist.compositions.heights import foreground_place, plant_firs
from pixora_pipeline.providers.embedded.artist.land import below, crest, paint_mist
from pixora_pipeline.providers.embedded.artist.noise import enlarged, fractal, smoothstep
from pixora_pipeline.providers.embedded.artist.plants import grow, leaf
from pixora_pipeline.providers.embedded.artist.silhouette import Silhouette
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage


def forest(stage: Stage) -> Composed:
    """A wood seen from a hill, or from within."""
    return _within(stage) if stage.chance(0.5) else _from_above(stage)


def _from_above(stage: Stage) -> Composed:
    horizon = stage.height * stage.between(0.5, 0.6)
    sky = paint_sky(stage, horizon)
    layers = 6
    air = stage.palette.horizon.towards(stage.palette.far, 0.3).colour()
    for index in range(layers):
        share = index / (layers - 1)
        row = horizon + (stage.height * 0.93 - horizon) * share**1.15 - stage.unit * 0.03
        line = crest(stage, row, stage.unit * (0.055 - 0.02 * share), 1.8 + share, 0.3 * (1 - share))
        shape = below(stage, line)
        plant_firs(stage, shape, line, 0.035 + 0.19 * share**1.5, int(130 - 95 * share))
        colour = mix(stage.palette.land(0.08 + 0.9 * share), stage.palette.foliage(share), 0.35)
        stage.canvas.lay(shape.mask, colour, mix(colour, air, 0.5 * (1 - share)))
        if index < layers - 1:
            paint_mist(stage, row + 0.07 * stage.unit, stage.unit * 0.06, 0.42 * (1 - 0.5 * share))
    return Composed(sky.source, foreground_place(stage, stage.height * 0.95, sky.source[0]))


def _within(stage: Stage) -> Composed:
    """Trunks in rows, paler with distance, and shafts of light slanting through."""
    colours = stage.palette
    focus = (stage.width * stage.between(0.36, 0.64), stage.height * stage.between(0.36, 0.5))
    haze = colours.horizon.towards(colours.leaf, 0.22)
    rows = np.linspace(0, 1, stage.height, dtype=np.float32)
    deep = colours.leaf.towards(colours.near, 0.45)
    sides = deep.colour()[:, None] + (haze.colour() - deep.colour())[:, None] * np.exp(-(((rows - 0.45) / 0.42) ** 2))
    stage.canvas.cover(sides.astype(np.float32))
    stage.canvas.glow(focus, stage.unit * 0.75, colours.glow.colour(), 0.85)
    ground = stage.height * stage.between(0.7, 0.76)
    for index in range(5):
        share = index / 4
        _trunks(stage, share, ground + (stage.height * 1.02 - ground) * share**1.4, focus[0])
        if index < 4:
            paint_mist(stage, ground + 0.08 * stage.height * share, stage.unit * 0.12, 0.34 * (1 - share))
        if index == 2:
            _shafts(stage, focus)
    _leaf_litter(stage)
    x = float(np.clip(focus[0] + stage.between(-0.06, 0.06) * stage.width, 0, stage.width))
    return Composed(focus, Footing(x, stage.height * 0.93, stage.unit * 0.3, 0.55))


def _trunks(stage: Stage, share: float, foot: float, clearing: float) -> None:
    """One row of trunks with their ground; nearer rows are fewer, wider and darker, and leave the clearing open."""
    shape = stage.canvas.silhouette()
    count = int((26 - 20 * share) * stage.width / stage.unit)
    for place in (np.arange(count) + stage.rng.uniform(0.1, 0.9, count)) / count * stage.width:
        gap = abs(place - clearing) / stage.width
        if gap < 0.05 + 0.17 * share:
            continue
        width = stage.unit * (0.008 + 0.055 * share**1.4) * stage.between(0.6, 1.3)
        _trunk(stage, shape, float(place), foot, width, share)
    _canopy(stage, shape, share, clearing)
    line = crest(stage, foot, stage.unit * 0.012, 2.5, 0.0, 0.5)
    ground = below(stage, line)
    near = mix(stage.palette.foliage(share), stage.palette.land(share), 0.5)
    air = stage.palette.horizon.towards(stage.palette.glow, 0.3).colour()
    colour = mix(mix(air, near, 0.25 + 0.75 * share**0.7), stage.palette.land(1.0), share**2 * 0.8)
    np.maximum(shape.mask, ground.mask, out=shape.mask)
    stage.canvas.lay(shape.mask, colour, mix(colour, stage.palette.land(1.0), 0.3 * share))


def _trunk(stage: Stage, shape: Silhouette, x: float, foot: float, width: float, share: float) -> None:
    lean = stage.rng.normal(0, 0.02) * stage.height
    top = -0.05 * stage.height
    shape.polygon(
        [
            (x - width * 0.85, foot + width * 0.6),
            (x - width * 0.5, foot - width * 1.6),
            (x + lean - width * 0.33, top),
            (x + lean + width * 0.33, top),
            (x + width * 0.5, foot - width * 1.6),
            (x + width * 0.85, foot + width * 0.6),
        ]
    )
    for _ in range(int(stage.rng.integers(2, 6))):
        rise = stage.between(0.25, 0.95)
        side = 1.0 if stage.chance(0.5) else -1.0
        start = (x + lean * rise, foot + (top - foot) * rise)
        angle = np.pi / 2 - side * stage.between(0.6, 1.15)
        reach = stage.unit * (0.05 + 0.10 * share) * stage.between(0.6, 1.3)
        for limb in grow(stage.rng, start, angle, reach, width * 0.26, 2, 0.5):
            shape.limb(limb.start, limb.end, limb.widths)
            if limb.last:
                for dx, dy, turn in stage.rng.normal(0, 1, (7, 3)):
                    place = (limb.end[0] + dx * reach * 0.2, limb.end[1] + dy * reach * 0.14)
                    leaf(shape, place, stage.unit * (0.005 + 0.004 * share), float(turn) + 0.8)


def _canopy(stage: Stage, shape: Silhouette, share: float, clearing: float) -> None:
    """Leaves hanging in from above, in clusters, leaving the clearing open."""
    size = stage.unit * (0.005 + 0.006 * share)
    for _ in range(int((30 - 12 * share) * stage.width / stage.unit)):
        x = stage.between(-0.02, 1.02) * stage.width
        open_sky = max(0.0, 1 - abs(x - clearing) / (0.26 * stage.width))
        y = stage.height * (stage.between(-0.04, 0.22 + 0.06 * share) - 0.2 * open_sky)
        wide = stage.unit * (0.035 + 0.06 * share)
        for dx, dy, turn in stage.rng.normal(0, 1, (int(70 + 90 * share), 3)):
            place = (x + dx * wide, y + dy * wide * 0.45)
            leaf(shape, place, size, float(turn) * 1.1 + 0.9)


def _shafts(stage: Stage, focus: tuple[float, float]) -> None:
    """Beams that fan out from the light, broken by the canopy."""
    shape = (180, 320)
    x = (np.linspace(0, stage.width, shape[1], dtype=np.float32)[None] - focus[0]) / stage.unit
    y = (np.linspace(0, stage.height, shape[0], dtype=np.float32)[:, None] - focus[1] + 0.5 * stage.unit) / stage.unit
    angle = np.arctan2(x, y)
    beams = fractal(stage.rng, (1, 512), (1, 26), 3, 0.6)[0]
    index = np.clip((angle / np.pi + 0.5) * 511, 0, 511).astype(int)
    fade = np.exp(-np.hypot(x, y - 0.5) * 1.5)
    light = smoothstep(0.0, 0.9, beams[index]) * fade * 0.42
    stage.canvas.shine(enlarged(light.astype(np.float32), (stage.height, stage.width)), stage.palette.glow.colour())


def _leaf_litter(stage: Stage) -> None:
    """Ferns and grass close to us, out of the light."""
    line = crest(stage, stage.height * 0.965, stage.unit * 0.02, 2.0, 0.0, 0.4)
    shape = below(stage, line)
    for _ in range(int(34 * stage.width / stage.unit)):
        x = stage.between(0, stage.width - 1)
        _fern(stage, shape, x, float(line[int(x)]), stage.unit * stage.between(0.03, 0.085))
    stage.canvas.lay(shape.mask, mix(stage.palette.land(1.0), stage.palette.foliage(0.8), 0.3), stage.palette.land(1.0))


def _fern(stage: Stage, shape: Silhouette, x: float, y: float, tall: float) -> None:
    for angle in np.linspace(0.35, np.pi - 0.35, 7) + stage.rng.normal(0, 0.12, 7):
        steps = np.linspace(0, 1, 8)
        run = np.cos(angle) * tall * steps
        rise = np.sin(angle) * tall * steps - 0.35 * tall * steps**2
        points = np.stack([x + run, y - rise], axis=1)
        shape.line(points, max(1.0, tall * 0.03))
        for index in range(1, 8):
            leaf = tall * 0.16 * (1 - 0.7 * steps[index])
            px, py = points[index]
            shape.polygon([(px, py), (px - leaf * 0.9, py - leaf * 0.5), (px + leaf * 0.25, py - leaf * 0.25)])
            shape.polygon([(px, py), (px + leaf * 0.9, py - leaf * 0.5), (px - leaf * 0.25, py - leaf * 0.25)])
