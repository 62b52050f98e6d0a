"""Pyramids in the sand, and the stepped tower by the water."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.buildings import aired, lamps_lit
from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.compositions.heights import foreground_place
from pixora_pipeline.providers.embedded.artist.compositions.masonry import Stone, masonry
from pixora_pipeline.providers.embedded.artist.land import below, crest
from pixora_pipeline.providers.embedded.artist.plants import palm
from pixora_pipeline.providers.embedded.artist.sky import Sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage
from pixora_pipeline.providers.embedded.artist.water import paint_water


def pyramids(stage: Stage, sky: Sky, horizon: float) -> Composed:
    """Three pyramids in the sand, palms at the frame's edges."""
    stone = masonry(stage, 0.75, 68)
    turn = 1 if sky.source[0] > stage.width / 2 else -1
    x = stage.width * (0.5 - turn * stage.between(0.02, 0.1))
    size = stage.unit * stage.between(0.6, 0.72)
    for place, share, nearness in ((turn * 0.62, 0.42, 0.4), (turn * -0.7, 0.6, 0.55), (0.0, 1.0, 0.85)):
        far = masonry(stage, nearness, 68)
        middle, half = x + place * size, size * 0.52 * share
        peak = horizon + 0.03 * stage.unit - size * 0.62 * share
        edge = middle - turn * half * 0.3
        foot = horizon + 0.05 * stage.unit
        stage.canvas.fill(
            [(middle - half, foot), (middle, peak), (middle + half, foot)], far.shade, mix(far.shade, far.lit, 0.3)
        )
        lit = [(edge, foot), (middle, peak), (middle + turn * half, foot)]
        stage.canvas.fill(lit, far.lit, mix(far.lit, far.shade, 0.3))
        for course in np.linspace(0.08, 0.96, 22):
            y = peak + (foot - peak) * course
            stage.canvas.stroke([(middle - half * course, y), (middle + half * course, y)], 0.8, far.shade, 0.3)
    sand = aired(stage, Tone(0.8, 0.07, 72), 0.85)
    for step in range(3):
        line = crest(stage, horizon + stage.unit * (0.05 + 0.11 * step), stage.unit * 0.02, 1.3, 0.0, 0.3, 4)
        colour = mix(sand, stage.palette.land(1.0), 0.08 + 0.25 * step)
        stage.canvas.lay(below(stage, line).mask, colour, mix(colour, stone.shade, 0.5))
    _palms(stage, stage.height * 0.93)
    footing = foreground_place(stage, stage.height * 0.94, sky.source[0], 0.18)
    return Composed((x, horizon - 0.4 * size), footing)


def _palms(stage: Stage, row: float) -> None:
    shape = stage.canvas.silhouette()
    for share in (0.06, 0.13, 0.9, 0.97):
        if stage.chance(0.8):
            palm(stage.rng, shape, stage.width * share, row, stage.unit * stage.between(0.36, 0.56))
    dark = stage.palette.land(1.0)
    stage.canvas.nearer()
    stage.canvas.lay(shape.mask, mix(dark, stage.palette.foliage(0.8), 0.35), dark)


def ziggurat(stage: Stage, sky: Sky, horizon: float) -> Composed:
    """A stepped tower by the water, with niches, torches and a long stair."""
    x, size = stage.width / 2 + stage.between(-0.08, 0.08) * stage.width, stage.unit * stage.between(0.72, 0.9)
    stone, levels = masonry(stage, 0.9, 62), 5
    turn = 1 if sky.source[0] > x else -1
    for level in range(levels):
        foot, half = (x, horizon - size * 0.105 * level), size * (0.5 - 0.085 * level)
        _level(stage, stone, foot, half, size, turn)
        _niches(stage, stone, foot, half, size)
    crown = horizon - size * 0.105 * levels
    stage.canvas.taper((x, crown - size * 0.09), (x, crown), (size * 0.055, size * 0.06), stone.lit, stone.shade)
    stage.canvas.box((x - size * 0.016, crown - size * 0.055), (x + size * 0.016, crown), stone.gap)
    _stair(stage, stone, x, horizon, crown, size)
    paint_water(stage, sky, horizon, rough=0.1)
    _palms(stage, stage.height * 0.95)
    return Composed((x, crown), foreground_place(stage, stage.height * 0.95, sky.source[0], 0.18))


def _level(stage: Stage, stone: Stone, foot: tuple[float, float], half: float, size: float, turn: int) -> None:
    """One step of the tower: its wall, the lit part of it, the bright edge of its terrace."""
    x, low = foot
    top, slope = low - size * 0.105, size * 0.012
    middle = mix(stone.lit, stone.shade, 0.5)
    wall = middle if lamps_lit(stage) else stone.lit
    stage.canvas.taper((x, top), (x, low), (half - slope, half), wall, stone.shade)
    inner, edge = x - turn * half * 0.35, x + turn * (half - slope)
    stage.canvas.fill([(inner, top), (edge, top), (x + turn * half, low), (inner, low)], stone.lit, middle, 0.5)
    bright = mix(stone.lit, stage.palette.glow.colour(), 0.4)
    stage.canvas.stroke([(x - half + slope, top), (x + half - slope, top)], max(1.0, size * 0.006), bright)


def _niches(stage: Stage, stone: Stone, foot: tuple[float, float], half: float, size: float) -> None:
    """Niches along a step, a torch in each of them when it is dark."""
    x, row = foot[0], foot[1] - size * 0.018
    dark, niche = mix(stone.shade, stage.palette.land(1.0), 0.3), size * 0.013
    for place in np.arange(-half + size * 0.05, half - size * 0.03, size * 0.075):
        stage.canvas.box((x + place - niche, row - size * 0.05), (x + place + niche, row), dark)
        if lamps_lit(stage) and abs(place) > size * 0.06:
            stage.canvas.glow((x + place, row - size * 0.02), size * 0.05, stage.palette.lamp.colour(), 0.85)


def _stair(stage: Stage, stone: Stone, x: float, foot: float, top: float, size: float) -> None:
    wide, slim = size * 0.055, size * 0.032
    stage.canvas.fill(
        [(x - wide, foot), (x - slim, top), (x + slim, top), (x + wide, foot)], mix(stone.lit, stone.shade, 0.3)
    )
    for share in np.linspace(0, 1, int(min(46, size / 12))):
        half = slim + (wide - slim) * share
        y = top + (foot - top) * share
        stage.canvas.stroke([(x - half, y), (x + half, y)], max(1.0, size * 0.0025), stone.shade, 0.75)
