"""Balance: a pair of scales, or stones that stand one on the other."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour, mix
from pixora_pipeline.providers.embedded.artist.compositions.backdrop import backdrop
from pixora_pipeline.providers.embedded.artist.compositions.orbits import paint_sphere
from pixora_pipeline.providers.embedded.artist.land import below, crest, paint_ranges
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage
from pixora_pipeline.providers.embedded.artist.water import paint_water


def balance(stage: Stage) -> Composed:
    """A pair of scales, or stones standing one on the other."""
    lawful = stage.says("justice", "judge", "law", "court", "rights", "trial", "verdict", "gerechtigkeit", "justicia")
    return _scales(stage) if lawful or stage.chance(0.5) else _cairn(stage)


def _cairn(stage: Stage) -> Composed:
    """Stones balanced on each other by still water."""
    horizon = stage.height * 0.62
    sky = paint_sky(stage, horizon)
    paint_ranges(stage, (horizon - 0.05 * stage.unit, horizon), 2, 0.4, (0.03, 0.16))
    paint_water(stage, sky, horizon, rough=0.08)
    x, y = stage.width * (0.5 + stage.between(-0.16, 0.16)), stage.height * 0.86
    line = crest(stage, stage.height * 0.87, stage.unit * 0.01, 2.0)
    side = 1.0 if sky.source[0] > x else -1.0
    stage.canvas.lay(below(stage, line).mask, stage.palette.land(0.85), stage.palette.land(1.0))
    size = stage.unit * stage.between(0.15, 0.18)
    for _ in range(int(stage.rng.integers(5, 8))):
        high = size * stage.between(0.36, 0.52)
        _stone(stage, (x + stage.rng.normal(0, 0.05) * size, y - high), (size, high), side)
        y -= high * 1.86
        size *= stage.between(0.7, 0.88)
    return Composed((x, y + size))


def _stone(stage: Stage, place: Point, radii: tuple[float, float], side: float) -> None:
    """A worn stone with a lit flank."""
    turn = np.linspace(0, 2 * np.pi, 60)
    wobble = 1 + 0.035 * np.sin(turn * 2 + stage.between(0, 6)) + 0.03 * np.sin(turn * 3 + stage.between(0, 6))
    x, y = np.cos(turn) * radii[0] * wobble, np.sin(turn) * radii[1] * wobble
    body = stage.palette.far.towards(stage.palette.near, stage.between(0.55, 0.8)).shifted(chroma=0.6)
    outline = np.stack([place[0] + x, place[1] + y], axis=1)
    stage.canvas.fill(outline, body.shifted(0.07).colour(), body.shifted(-0.08).colour())
    lit = np.stack([place[0] + x * 0.8 + side * radii[0] * 0.15, place[1] + y * 0.7 - radii[1] * 0.2], axis=1)
    bright = body.towards(stage.palette.glow, 0.3)
    stage.canvas.fill(lit, bright.colour(), body.shifted(0.02).colour(), 0.55)


def _scales(stage: Stage) -> Composed:
    """A pair of scales, even or tipped, against a great disc of light."""
    x, top = stage.width / 2 + stage.between(-0.04, 0.04) * stage.width, stage.height * 0.5 - stage.unit * 0.27
    backdrop(stage, (x, stage.height * 0.45), 0.7)
    colours = stage.palette
    disc = colours.horizon.towards(colours.glow, 0.3).colour()
    stage.canvas.glow((x, stage.height * 0.46), stage.unit * 0.5, disc, 0.5)
    stage.canvas.disc(
        (x, stage.height * 0.46),
        (stage.unit * 0.36, stage.unit * 0.36),
        disc,
        mix(disc, colours.accent.colour(), 0.5),
        0.9,
    )
    tip = 0.0 if stage.says("equal", "fair", "even") else stage.between(0.06, 0.2) * (1 if stage.chance(0.5) else -1)
    dark = colours.near.shifted(-0.02).colour()
    arm = stage.unit * 0.34
    foot = stage.height * 0.5 + stage.unit * 0.36
    _pillar(stage, x, top, foot, dark)
    ends = []
    for side in (-1, 1):
        end = (x + side * arm * float(np.cos(tip)), top + side * arm * float(np.sin(tip)))
        ends.append(end)
        _pan(stage, end, dark, side)
    stage.canvas.stroke(ends, stage.unit * 0.012, dark)
    stage.canvas.disc((x, top), (stage.unit * 0.022, stage.unit * 0.022), dark)
    stage.canvas.disc((x, top - stage.unit * 0.035), (stage.unit * 0.011, stage.unit * 0.018), dark)
    return Composed((x, top + stage.unit * 0.1))


def _pillar(stage: Stage, x: float, top: float, foot: float, dark: Colour) -> None:
    unit = stage.unit
    stage.canvas.fill(
        [(x - unit * 0.007, top), (x + unit * 0.007, top), (x + unit * 0.014, foot), (x - unit * 0.014, foot)], dark
    )
    for half, low in ((0.16, 0.0), (0.12, -0.02), (0.07, -0.04)):
        y = foot + unit * low
        stage.canvas.fill(
            [
                (x - unit * half, y + unit * 0.02),
                (x - unit * half * 0.93, y),
                (x + unit * half * 0.93, y),
                (x + unit * half, y + unit * 0.02),
            ],
            dark,
        )
    stage.canvas.fill(
        [(0, foot + unit * 0.02), (stage.width, foot + unit * 0.02), (stage.width, stage.height), (0, stage.height)],
        dark,
    )


def _pan(stage: Stage, end: Point, dark: Colour, side: int) -> None:
    x, y = end
    unit = stage.unit
    half, low = unit * 0.115, y + unit * 0.25
    for reach in (-1, 0, 1):
        stage.canvas.stroke([(x, y), (x + reach * half, low)], max(1.0, unit * 0.0022), dark)
    bowl = [(x + np.cos(t) * half * 1.06, low + np.sin(t) * unit * 0.05) for t in np.linspace(0, np.pi, 30)]
    stage.canvas.fill(bowl, dark)
    tone = stage.palette.accent if side < 0 else stage.palette.lamp
    heap = stage.rng.integers(3, 6)
    for index in range(int(heap)):
        size = unit * stage.between(0.018, 0.034)
        place = (x + (index - (heap - 1) / 2) * unit * 0.036, low - size * 0.9)
        if side < 0:
            paint_sphere(stage, place, size, tone.colour())
        else:
            stage.canvas.fill(
                [
                    (place[0] - size, place[1] + size),
                    (place[0] - size, place[1] - size),
                    (place[0] + size, place[1] - size),
                    (place[0] + size, place[1] + size),
                ],
                mix(tone.colour(), dark, 0.15),
                mix(tone.colour(), dark, 0.45),
            )
