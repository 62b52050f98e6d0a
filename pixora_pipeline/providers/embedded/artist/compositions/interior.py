"""A room with a window, perhaps a fire on the hearth."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.buildings import lamps_lit
from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.colour import Tone
from pixora_pipeline.providers.embedded.artist.compositions.fire import paint_fire
from pixora_pipeline.providers.embedded.artist.compositions.furniture import (
    paint_armchair,
    paint_curtains,
    paint_pendant,
    paint_rug,
    paint_shelves,
    paint_table,
)
from pixora_pipeline.providers.embedded.artist.compositions.room import box, room_tone
from pixora_pipeline.providers.embedded.artist.land import paint_ranges
from pixora_pipeline.providers.embedded.artist.noise import enlarged, fractal
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage
from pixora_pipeline.providers.embedded.artist.weather import paint_weather


def interior(stage: Stage) -> Composed:
    """A room with a view: window and table, shelves and lamp, or a fire on the hearth."""
    floor = stage.height * (0.74 if not stage.tall else 0.78)
    side = 1 if stage.chance(0.5) else -1
    _shell(stage, floor)
    hearth = stage.says("fire", "hearth", "fireplace", "chimney", "warmth", "winter", "kamin") or stage.chance(0.4)
    window_x = stage.width * (0.5 + side * (0.0 if not hearth else 0.21))
    light = _window(stage, window_x, floor)
    paint_shelves(stage, stage.width * (0.5 - side * 0.4), floor)
    focus = light
    if hearth:
        focus = _hearth(stage, stage.width * (0.5 - side * 0.1), floor)
    _light_pool(stage, window_x, floor, side)
    paint_table(stage, stage.width * (0.5 + side * 0.3), floor)
    paint_rug(stage, stage.width * 0.5, floor)
    paint_armchair(stage, stage.width * (0.5 - side * 0.27), floor, side)
    if lamps_lit(stage) or stage.chance(0.5):
        paint_pendant(stage, stage.width * (0.5 + side * 0.3), floor)
    return Composed(focus, Footing(stage.width * (0.5 + side * 0.06), stage.height * 0.93, stage.unit * 0.44, 0.2))


def _shell(stage: Stage, floor: float) -> None:
    """Wall and floor with their light, a skirting board and floorboards in perspective."""
    colours = stage.palette
    wall = Tone(0.72, 0.05, colours.middle.hue)
    rows = np.linspace(0, 1, stage.height, dtype=np.float32)
    top, low = room_tone(stage, wall.shifted(-0.1)), room_tone(stage, wall.shifted(0.03))
    stage.canvas.cover((top[:, None] + (low - top)[:, None] * rows).astype(np.float32))
    pattern = 1 + 0.028 * fractal(stage.rng, (203, 360), (5, 8), 5)
    stage.canvas.pixels *= enlarged(pattern, (stage.height, stage.width))
    wood = Tone(0.5, 0.075, 52)
    near, far = room_tone(stage, wood.shifted(-0.14)), room_tone(stage, wood)
    stage.canvas.fill([(0, floor), (stage.width, floor), (stage.width, stage.height), (0, stage.height)], far, near)
    vanish = (stage.width / 2, floor - stage.height * 0.42)
    line = room_tone(stage, wood.shifted(-0.24))
    for share in np.linspace(-1.3, 1.3, 27):
        foot = (vanish[0] + share * stage.width * 1.25, float(stage.height))
        slope = (floor - vanish[1]) / (foot[1] - vanish[1])
        head = (vanish[0] + (foot[0] - vanish[0]) * slope, floor)
        stage.canvas.stroke([head, foot], max(1.0, stage.unit * 0.002), line, 0.6)
    board = stage.unit * 0.028
    skirting = room_tone(stage, wall.shifted(-0.18))
    stage.canvas.fill(
        [(0, floor - board), (stage.width, floor - board), (stage.width, floor), (0, floor)], skirting, line
    )


def _window(stage: Stage, x: float, floor: float) -> Point:
    """A tall window with a landscape outside; gives its middle."""
    wide, high = stage.unit * 0.46, stage.unit * 0.52
    left, top = x - wide / 2, floor - stage.unit * 0.66
    view = Canvas(max(16, int(wide)), max(16, int(high)))
    outside = Stage(view, stage.rng, stage.palette, stage.light, stage.weather, stage.mood, stage.words)
    paint_sky(outside, high * 0.72)
    paint_ranges(outside, (high * 0.6, high * 0.92), 4, stage.between(0.1, 0.9), (0.05, 0.6))
    paint_weather(outside)
    frame, rim = Tone(0.86, 0.02, 80), stage.unit * 0.026
    light, dark = room_tone(stage, frame), room_tone(stage, frame.shifted(-0.2))
    stage.canvas.box((left - rim, top - rim), (left + wide + rim, top + high + rim), light, dark)
    stage.canvas.paste(view.pixels, np.ones(view.pixels.shape[1:], np.float32), (int(left), int(top)))
    bar = stage.unit * 0.0055
    for share in (1 / 3, 2 / 3):
        middle, row = left + wide * share, top + high * share
        stage.canvas.box((middle - bar, top), (middle + bar, top + high), light, dark)
        stage.canvas.box((left, row - bar), (left + wide, row + bar), light)
    sill = top + high + rim
    stage.canvas.box((left - rim * 2, sill), (left + wide + rim * 2, sill + rim * 0.9), light, dark)
    paint_curtains(stage, (left - rim, top - rim * 2), (wide + 2 * rim, high + rim * 5))
    stage.canvas.glow((x, top + high * 0.5), stage.unit * 0.45, stage.palette.horizon.colour(), 0.3)
    return x, top + high * 0.5


def _light_pool(stage: Stage, x: float, floor: float, side: int) -> None:
    """The window's light lying on the floor, and its beam in the air."""
    bright = stage.palette.glow.colour()
    strength = {"night": 0.1, "dusk": 0.24}.get(stage.light, 0.3)
    shift = -side * stage.unit * 0.22
    for pane in range(3):
        left = x - stage.unit * 0.21 + pane * stage.unit * 0.145
        high = floor + stage.unit * 0.03
        low = min(stage.height - 1.0, floor + stage.unit * 0.2)
        points = [
            (left + shift * 0.6, high),
            (left + stage.unit * 0.13 + shift * 0.6, high),
            (left + stage.unit * 0.16 + shift * 1.5, low),
            (left - stage.unit * 0.01 + shift * 1.5, low),
        ]
        stage.canvas.fill(points, bright, opacity=strength)


def _hearth(stage: Stage, x: float, floor: float) -> Point:
    """A fireplace with flames; gives the fire's place."""
    wide, high = stage.unit * 0.4, stage.unit * 0.42
    stone = Tone(0.62, 0.03, 60)
    stage.canvas.fill(
        box(x - wide * 0.36, 0, x + wide * 0.36, floor - high),
        room_tone(stage, stone.shifted(-0.05)),
        room_tone(stage, stone.shifted(-0.1)),
    )
    stage.canvas.fill(
        box(x - wide / 2, floor - high, x + wide / 2, floor),
        room_tone(stage, stone.shifted(0.05)),
        room_tone(stage, stone.shifted(-0.08)),
    )
    stage.canvas.fill(
        box(x - wide * 0.58, floor - high - stage.unit * 0.03, x + wide * 0.58, floor - high),
        room_tone(stage, Tone(0.45, 0.07, 50)),
    )
    arch = [
        (x + np.cos(t) * wide * 0.31, floor - high * 0.45 - np.sin(t) * high * 0.3) for t in np.linspace(0, np.pi, 24)
    ]
    hole = [(x + wide * 0.31, floor), *arch, (x - wide * 0.31, floor)]
    stage.canvas.fill(hole, Tone(0.13, 0.03, 40).colour(), Tone(0.24, 0.08, 40).colour())
    paint_fire(stage, (x, floor - stage.unit * 0.01), stage.unit * 0.2)
    stage.canvas.glow((x, floor - stage.unit * 0.06), stage.unit * 0.5, stage.palette.lamp.colour(), 0.5)
    return x, floor - high * 0.3
