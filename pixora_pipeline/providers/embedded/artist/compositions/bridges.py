"""Bridges: hung from cables, or on arches of stone."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.buildings import aired, lamps_lit
from pixora_pipeline.providers.embedded.artist.colour import Colour, Tone, mix
from pixora_pipeline.providers.embedded.artist.compositions.heights import foreground_place
from pixora_pipeline.providers.embedded.artist.land import paint_mist, paint_ranges
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage
from pixora_pipeline.providers.embedded.artist.water import paint_water


def bridge(stage: Stage) -> Composed:
    """A suspension bridge over a strait, or stone arches over a river gorge."""
    horizon = stage.height * stage.between(0.6, 0.68)
    sky = paint_sky(stage, horizon)
    paint_ranges(stage, (horizon - 0.08 * stage.unit, horizon - 0.01 * stage.unit), 3, 0.5, (0.03, 0.25))
    focus = _suspension(stage, horizon) if stage.chance(0.5) else _arches(stage, horizon)
    paint_water(stage, sky, horizon, rough=stage.between(0.08, 0.25))
    paint_mist(stage, horizon, stage.unit * 0.035, 0.35)
    return Composed(focus, foreground_place(stage, stage.height * 0.93, sky.source[0]))


def _suspension(stage: Stage, horizon: float) -> tuple[float, float]:
    red = aired(stage, Tone(0.55, 0.15, 32).towards(stage.palette.accent, 0.5), 0.85)
    dark = mix(red, stage.palette.land(1.0), 0.45)
    deck, tall = horizon - 0.11 * stage.unit, stage.unit * stage.between(0.34, 0.42)
    left, right = stage.width * stage.between(0.2, 0.26), stage.width * stage.between(0.74, 0.8)
    top = horizon - tall
    stage.canvas.box((0, deck), (stage.width, deck + 0.016 * stage.unit), red, dark)
    for start, end in ((2 * left - right, left), (left, right), (right, 2 * right - left)):
        steps = np.linspace(0, 1, 60)
        x, y = start + (end - start) * steps, top + (deck - top - 0.012 * stage.unit) * (1 - (2 * steps - 1) ** 2)
        stage.canvas.stroke(np.stack([x, y], axis=1), max(1.0, stage.unit * 0.005), red)
        for px, py in zip(x[1:-1], y[1:-1], strict=True):
            stage.canvas.stroke([(px, py), (px, deck)], max(0.7, stage.unit * 0.0014), red, 0.75)
    for x in (left, right):
        _pylon(stage, x, (top, horizon + 1), (red, dark))
    return (left, top + tall * 0.3)


def _pylon(stage: Stage, x: float, rows: tuple[float, float], paint: tuple[Colour, Colour]) -> None:
    """A tower of two legs with beams between them."""
    (top, foot), (red, dark) = rows, paint
    leg, gap = stage.unit * 0.011, stage.unit * 0.024
    for way in (-1, 1):
        stage.canvas.taper((x + way * gap * 0.8, top), (x + way * gap, foot), (leg * 0.7, leg), red, dark)
    for share in (0.03, 0.26, 0.5, 0.72):
        y = top + (foot - top) * share
        stage.canvas.box((x - gap, y), (x + gap, y + leg * 1.5), red)
    if lamps_lit(stage):
        stage.canvas.glow((x, top), stage.unit * 0.035, stage.palette.lamp.colour(), 0.8)


def _arches(stage: Stage, horizon: float) -> tuple[float, float]:
    stone = Tone(0.72, 0.04, 70).towards(stage.palette.far, 0.3)
    lit, shade = aired(stage, stone, 0.85), aired(stage, stone.shifted(-0.2), 0.85)
    deck, count = horizon - stage.unit * stage.between(0.2, 0.28), int(stage.rng.integers(5, 8))
    spring = horizon - (horizon - deck) * 0.42
    shape = stage.canvas.silhouette()
    shape.box(0, deck, stage.width, horizon + 1)
    pitch = stage.width / count
    for index in range(-1, count + 1):
        middle = pitch * (index + 0.5)
        half = pitch * 0.41
        rise = min(half, (spring - deck) * 0.84)
        arch = [(middle + np.cos(t) * half, spring - np.sin(t) * rise) for t in np.linspace(0, np.pi, 30)]
        shape.polygon([(middle + half, horizon + 2), *arch, (middle - half, horizon + 2)], 0)
    stage.canvas.lay(shape.mask, lit, shade)
    rail = deck - 0.018 * stage.unit
    stage.canvas.fill(
        [(0, rail), (stage.width, rail), (stage.width, deck + 2), (0, deck + 2)],
        mix(lit, stage.palette.glow.colour(), 0.15),
    )
    if lamps_lit(stage):
        for index in range(count + 1):
            stage.canvas.glow(
                (pitch * index, rail - 0.012 * stage.unit), stage.unit * 0.045, stage.palette.lamp.colour(), 0.9
            )
    return (stage.width / 2, deck)
