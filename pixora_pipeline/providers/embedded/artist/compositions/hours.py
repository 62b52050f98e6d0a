"""Time: an hourglass, or the face of a great clock."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.compositions.backdrop import backdrop
from pixora_pipeline.providers.embedded.artist.compositions.clockwork import paint_shadow, paint_wheel
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def hourglass(stage: Stage) -> Composed:
    """Time: sand running through a glass, or the face of a great clock."""
    clock = stage.says("clock", "clocks", "hour", "hours", "watch", "uhr", "reloj", "horloge", "orologio", "relogio")
    return _clock(stage) if clock or stage.chance(0.45) else _sandglass(stage)


def _clock(stage: Stage) -> Composed:
    """A clock face with its wheels behind."""
    place = (stage.width * stage.between(0.4, 0.6), stage.height * 0.5)
    backdrop(stage, place, 0.9)
    colours, radius = stage.palette, stage.unit * 0.38
    brass = Tone(0.7, 0.1, 78)
    for _ in range(5):
        angle, size = stage.between(0, 6.28), stage.unit * stage.between(0.12, 0.22)
        spot = (place[0] + np.cos(angle) * radius * 1.15, place[1] + np.sin(angle) * radius * 1.15)
        paint_wheel(
            stage, (float(spot[0]), float(spot[1])), size, angle, brass.towards(colours.zenith, 0.62).shifted(-0.08)
        )
    paint_shadow(stage, place, radius)
    for share, tone in ((1.0, brass.shifted(-0.12)), (0.97, brass.shifted(0.08)), (0.92, brass.shifted(-0.2))):
        stage.canvas.disc(place, (radius * share, radius * share), tone.colour(), tone.shifted(-0.1).colour())
    face = colours.paper.towards(colours.horizon, 0.25)
    stage.canvas.disc(place, (radius * 0.9, radius * 0.9), face.colour(), face.shifted(-0.1).colour())
    _dial(stage, place, radius * 0.9)
    return Composed(place)


def _dial(stage: Stage, place: Point, radius: float) -> None:
    """The minutes, the hours as strokes, and both hands."""
    dark = stage.palette.near.towards(stage.palette.zenith, 0.25).colour()
    for minute in range(60):
        angle, hour = minute / 60 * 2 * np.pi, minute % 5 == 0
        direction = np.array([np.sin(angle), -np.cos(angle)])
        start, end = (0.76, 0.93) if hour else (0.89, 0.93)
        path = [np.array(place) + direction * radius * start, np.array(place) + direction * radius * end]
        stage.canvas.stroke(np.array(path), max(1.0, radius * (0.028 if hour else 0.009)), dark)
    angle = stage.between(0, 6.28)
    for turn, long, wide in ((angle, 0.5, 0.05), (angle * 12, 0.78, 0.032)):
        along = np.array([np.sin(turn), -np.cos(turn)]) * radius
        across = np.array([-along[1], along[0]]) * wide
        middle = np.array(place)
        hand = [middle - along * 0.14, middle + across * 0.8, middle + along * long, middle - across * 0.8]
        stage.canvas.fill(np.array(hand), dark)
    stage.canvas.disc(place, (radius * 0.05, radius * 0.05), stage.palette.accent.colour(), dark)


def _sandglass(stage: Stage) -> Composed:
    """Sand running through a glass."""
    x = stage.width / 2 + stage.between(-0.1, 0.1) * stage.width
    middle = stage.height * 0.5
    backdrop(stage, (x, middle), 1.0)
    unit, wood = stage.unit, Tone(0.45, 0.08, 48)
    foot, head = middle + unit * 0.34, middle - unit * 0.34
    floor = stage.palette.near.colour()
    table = mix(floor, stage.palette.zenith.colour(), 0.35)
    stage.canvas.box((0, foot + unit * 0.03), (stage.width, stage.height), table, floor)
    stage.canvas.disc((x, foot + unit * 0.035), (unit * 0.34, unit * 0.03), floor, opacity=0.6)
    for way in (-1, 1):
        post = x + way * unit * 0.195
        bright, dark = wood.shifted(0.05).colour(), wood.shifted(-0.12).colour()
        stage.canvas.box((post - unit * 0.01, head), (post + unit * 0.01, foot), bright, dark)
    _glass(stage, (x, middle), stage.between(0.3, 0.75))
    for y in (foot, head):
        top, low = (x - unit * 0.24, y - unit * 0.012), (x + unit * 0.24, y + unit * 0.03)
        stage.canvas.box(top, low, wood.shifted(0.1).colour(), wood.shifted(-0.14).colour())
    return Composed((x, middle))


def _glass(stage: Stage, centre: Point, share: float) -> None:
    """The two bulbs, `share` of the sand already below."""
    x, y = centre
    unit = stage.unit
    steps = np.linspace(-1, 1, 80)
    half = unit * (
        0.012
        + 0.155
        * np.sin(np.clip(np.abs(steps) * 1.15, 0, 1) * np.pi / 2) ** 1.7
        * np.where(np.abs(steps) > 0.87, np.sqrt(np.clip(1 - ((np.abs(steps) - 0.87) / 0.13) ** 2 * 0.6, 0, 1)), 1)
    )
    rows = y + steps * unit * 0.31
    outline = np.concatenate([np.stack([x + half, rows], axis=1), np.stack([x - half, rows], axis=1)[::-1]])
    air = stage.palette.horizon.towards(stage.palette.glow, 0.5).colour()
    stage.canvas.fill(outline, air, opacity=0.22)
    sand = Tone(0.8, 0.11, 75)
    above = (steps < -0.02) & (steps > -0.02 - 0.75 * (1 - share))
    _fill_bulb(stage, x, rows[above], half[above] * 0.93, sand)
    low = 0.96 - 0.75 * share
    heap = steps > low
    slope = np.clip((steps[heap] - low) / 0.3, 0, 1)
    _fill_bulb(stage, x, rows[heap], np.minimum(half[heap] * 0.93, unit * 0.15 * slope + 1), sand)
    stage.canvas.stroke([(x, y), (x, y + unit * 0.29)], max(1.0, unit * 0.005), sand.colour(), 0.9)
    stage.canvas.glow((x, y), unit * 0.1, stage.palette.lamp.colour(), 0.5)
    shine = np.stack([x - half * 0.72, rows], axis=1)
    for part in (shine[8:32], shine[50:72]):
        stage.canvas.stroke(part, unit * 0.008, np.ones(3, np.float32), 0.35)
    stage.canvas.stroke(outline, max(1.0, unit * 0.0035), air, 0.7)


def _fill_bulb(stage: Stage, x: float, rows: np.ndarray, half: np.ndarray, tone: Tone) -> None:
    if len(rows) > 2:
        outline = np.concatenate([np.stack([x + half, rows], axis=1), np.stack([x - half, rows], axis=1)[::-1]])
        stage.canvas.fill(outline, tone.shifted(0.08).colour(), tone.shifted(-0.1).colour())
