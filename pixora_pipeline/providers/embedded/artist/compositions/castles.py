"""A castle on its rock above the woods."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.buildings import lamps_lit
from pixora_pipeline.providers.embedded.artist.colour import mix
from pixora_pipeline.providers.embedded.artist.compositions.heights import foreground_place, plant_firs
from pixora_pipeline.providers.embedded.artist.compositions.masonry import Stone, masonry
from pixora_pipeline.providers.embedded.artist.land import below, crest, paint_mist, paint_ranges
from pixora_pipeline.providers.embedded.artist.noise import Field
from pixora_pipeline.providers.embedded.artist.plants import poplar
from pixora_pipeline.providers.embedded.artist.sky import Sky, paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def castle(stage: Stage) -> Composed:
    """A castle on its rock above the woods."""
    horizon = stage.height * stage.between(0.6, 0.68)
    sky = paint_sky(stage, horizon)
    paint_ranges(stage, (horizon - 0.1 * stage.unit, horizon), 3, stage.between(0.3, 0.9), (0.03, 0.24))
    side = 1 if sky.source[0] < stage.width / 2 else -1
    x = stage.width / 2 + side * stage.width * stage.between(0.05, 0.16)
    top = stage.height * stage.between(0.57, 0.62)
    rock = _crag(stage, x, top)
    size = stage.unit * stage.between(0.28, 0.34)
    _castle(stage, sky, x, top + 0.02 * stage.unit, size)
    _skirt(stage, x, rock)
    paint_mist(stage, stage.height * 0.74, stage.unit * 0.09, 0.5)
    for share in (0.5, 1.0):
        line = crest(stage, stage.height * (0.72 + 0.15 * share), stage.unit * 0.03, 2.0)
        shape = below(stage, line)
        plant_firs(stage, shape, line, 0.07 + 0.08 * share, int(70 - 25 * share))
        colour = mix(stage.palette.land(0.4 + 0.5 * share), stage.palette.foliage(0.8), 0.3)
        if share == 1.0:
            stage.canvas.nearer()
        stage.canvas.lay(shape.mask, colour, mix(colour, stage.palette.land(1.0), 0.4))
    return Composed((x, top - size * 0.5), foreground_place(stage, stage.height * 0.93, sky.source[0]))


def _crag(stage: Stage, x: float, top: float) -> Field:
    """The rock it stands on: steep, with ledges."""
    across = (np.arange(stage.width, dtype=np.float32) - np.float32(x)) / np.float32(stage.unit)
    body = np.clip(np.abs(across) - 0.25, 0, None) ** 0.8 * 0.62 * stage.unit
    line = crest(stage, top, stage.unit * 0.016, 7.0, 0.5) + body.astype(np.float32)
    colour = stage.palette.stone(0.5)
    stage.canvas.lay(below(stage, line).mask, colour, stage.palette.land(0.75))
    return line


def _skirt(stage: Stage, x: float, line: Field) -> None:
    """Trees at the castle's feet."""
    shape = stage.canvas.silhouette()
    for place in stage.rng.normal(0, 0.19, 30) * stage.unit + x:
        if 0 <= place < stage.width:
            tall = stage.unit * stage.between(0.03, 0.06)
            poplar(stage.rng, shape, float(place), float(line[int(place)]) + tall * 0.15, tall)
    stage.canvas.lay(shape.mask, mix(stage.palette.foliage(0.6), stage.palette.land(0.8), 0.5))


def _castle(stage: Stage, sky: Sky, x: float, foot: float, size: float) -> None:
    stone = masonry(stage, 0.8)
    turn = 1 if sky.source[0] > x else -1
    towers = [(0.0, 0.19, 1.05), (-0.24, 0.14, 0.8), (0.26, 0.15, 0.72), (-0.1, 0.1, 1.22), (0.12, 0.09, 0.95)]
    for place, wide, high in towers[3:]:
        _tower(stage, stone, (x + place * size, foot), (wide * size, high * size * stage.between(0.9, 1.1)), turn)
    _wall(stage, stone, (x - 0.42 * size, x + 0.44 * size), foot, 0.42 * size)
    for place, wide, high in towers[:3]:
        _tower(stage, stone, (x + place * size, foot), (wide * size, high * size * stage.between(0.9, 1.08)), turn)
    _wall(stage, stone, (x - 0.56 * size, x + 0.58 * size), foot, 0.24 * size)
    for place in (-0.56, 0.58):
        _tower(stage, stone, (x + place * size, foot), (0.13 * size, 0.46 * size), turn)
    gate = 0.05 * size
    arch = [(x + np.cos(t) * gate, foot - 0.1 * size - np.sin(t) * gate) for t in np.linspace(0, np.pi, 12)]
    stage.canvas.fill([(x + gate, foot), *arch, (x - gate, foot)], stone.gap)
    if lamps_lit(stage):
        stage.canvas.glow((x, foot - 0.3 * size), size * 0.7, stage.palette.lamp.colour(), 0.28)


def _wall(stage: Stage, stone: Stone, span: tuple[float, float], foot: float, high: float) -> None:
    """A curtain wall with battlements."""
    left, right = span
    top, tooth = foot - high, max(2.0, high * 0.085)
    points = [(left, foot)]
    x, up = left, True
    while x < right:
        y = top - tooth if up else top
        points += [(x, y), (min(x + tooth, right), y)]
        x, up = x + tooth, not up
    stage.canvas.fill([*points, (right, foot)], mix(stone.lit, stone.shade, 0.45), stone.shade)


def _tower(stage: Stage, stone: Stone, foot: tuple[float, float], size: tuple[float, float], turn: int) -> None:
    """A round tower: shaded across, crowned with battlements or a pointed roof and a flag."""
    (x, y), (wide, high) = foot, size
    half, top = wide / 2, y - high
    strips = 9
    for index in range(strips):
        start, end = -1 + 2 * index / strips, -1 + 2 * (index + 1) / strips
        light = 0.5 + 0.5 * np.sin((start + end) / 2 * turn * 1.35)
        colour = mix(stone.shade, stone.lit, float(light))
        edge = [(x + half * start, top), (x + half * end + 1, top), (x + half * end + 1, y), (x + half * start, y)]
        stage.canvas.fill(edge, colour, mix(colour, stone.shade, 0.4))
    _cap(stage, stone, (x, top), wide, turn)
    slit = max(1.5, wide * 0.09)
    for share in (0.25, 0.52):
        place = x + stage.between(-0.2, 0.2) * wide
        row = top + high * share
        if y - row > wide * 0.5:
            stage.canvas.fill(
                [
                    (place - slit, row),
                    (place + slit, row),
                    (place + slit, row + slit * 3.4),
                    (place - slit, row + slit * 3.4),
                ],
                stone.gap,
            )


def _cap(stage: Stage, stone: Stone, top: tuple[float, float], wide: float, turn: int) -> None:
    x, y = top
    half = wide * 0.6
    ring = [
        (x - half, y - wide * 0.12),
        (x + half, y - wide * 0.12),
        (x + half * 0.86, y + wide * 0.1),
        (x - half * 0.86, y + wide * 0.1),
    ]
    stage.canvas.fill(ring, mix(stone.lit, stone.shade, 0.35))
    if stage.chance(0.3):
        tooth = half / 3.5
        for index in range(4):
            left = x - half + index * tooth * 2
            stage.canvas.fill(
                [
                    (left, y - wide * 0.1),
                    (left, y - wide * 0.3),
                    (left + tooth, y - wide * 0.3),
                    (left + tooth, y - wide * 0.1),
                ],
                mix(stone.lit, stone.shade, 0.3),
            )
        return
    peak = y - wide * stage.between(1.1, 1.7)
    lit, shade = stone.roof
    stage.canvas.fill([(x - half, y - wide * 0.1), (x + half, y - wide * 0.1), (x, peak)], shade)
    stage.canvas.fill([(x, y - wide * 0.1), (x + turn * half, y - wide * 0.1), (x, peak)], lit)
    if stage.chance(0.6):
        stage.canvas.stroke([(x, peak), (x, peak - wide * 0.5)], max(1.0, wide * 0.03), stone.shade)
        flag = stage.palette.accent.colour()
        stage.canvas.fill([(x, peak - wide * 0.5), (x + wide * 0.42, peak - wide * 0.4), (x, peak - wide * 0.28)], flag)
