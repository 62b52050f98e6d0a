"""A lighthouse and its beam."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.buildings import aired, lamps_lit
from pixora_pipeline.providers.embedded.artist.colour import Colour, Tone, mix
from pixora_pipeline.providers.embedded.artist.noise import enlarged
from pixora_pipeline.providers.embedded.artist.stage import Stage


def paint_lighthouse(stage: Stage, foot: tuple[float, float], tall: float, side: int) -> tuple[float, float]:
    """The tower with its gallery and lantern; gives the lamp's place."""
    x, y = foot
    wide, slim, bands = tall * 0.115, tall * 0.075, 5
    white, red = Tone(0.94, 0.015, 80), Tone(0.52, 0.16, 27).towards(stage.palette.accent, 0.4)
    for index in range(bands):
        span = (index / bands, (index + 1) / bands)
        _band(stage, (x, y), tall * 0.78, (wide, slim), span, red if index % 2 else white, -side)
    top = y - tall * 0.78
    dark = stage.palette.near.towards(Tone(0.35, 0.03, 250), 0.3).colour()
    lamp = (x, top - tall * 0.06)
    if lamps_lit(stage) or stage.weather != "clear":
        _beam(stage, lamp, side)
    _gallery(stage, (x, top), (tall, slim), dark)
    _lantern(stage, (x, top), (tall, slim), dark, red.shifted(-0.08))
    if lamps_lit(stage):
        stage.canvas.glow(lamp, tall * 0.22, stage.palette.lamp.colour(), 1.0)
    return lamp


def _gallery(stage: Stage, top: tuple[float, float], size: tuple[float, float], dark: Colour) -> None:
    """The walk around the lantern, with its rail."""
    (x, y), (tall, slim) = top, size
    stage.canvas.taper((x, y), (x, y + tall * 0.025), (slim * 1.5, slim * 1.3), dark)
    for place in np.linspace(-1.45, 1.45, 9):
        post = [(x + slim * place, y), (x + slim * place, y - tall * 0.035)]
        stage.canvas.stroke(post, max(1.0, tall * 0.004), dark)
    rail = [(x - slim * 1.45, y - tall * 0.035), (x + slim * 1.45, y - tall * 0.035)]
    stage.canvas.stroke(rail, max(1.0, tall * 0.005), dark)


def _lantern(stage: Stage, top: tuple[float, float], size: tuple[float, float], dark: Colour, paint: Tone) -> None:
    """The glass room and its dome."""
    (x, y), (tall, slim) = top, size
    glass = stage.palette.lamp.colour() if lamps_lit(stage) else aired(stage, Tone(0.8, 0.03, 220), 1.0)
    high = tall * 0.11
    stage.canvas.box((x - slim * 0.7, y - high), (x + slim * 0.7, y), glass)
    for place in (-0.7, -0.24, 0.24, 0.7):
        stage.canvas.stroke([(x + slim * place, y), (x + slim * place, y - high)], max(1.0, tall * 0.006), dark)
    roof = aired(stage, paint, 1.0)
    dome = [(x + np.cos(t) * slim, y - high - np.sin(t) * slim * 0.95) for t in np.linspace(0, np.pi, 16)]
    stage.canvas.fill(dome, roof, mix(roof, dark, 0.5))
    stage.canvas.stroke([(x, y - tall * 0.17), (x, y - tall * 0.23)], max(1.0, tall * 0.006), dark)


def _band(
    stage: Stage,
    foot: tuple[float, float],
    tall: float,
    widths: tuple[float, float],
    span: tuple[float, float],
    tone: Tone,
    side: int,
) -> None:
    """One ring of paint around the tower, shaded round it."""
    (x, y), (wide, slim) = foot, widths
    low, high = (wide + (slim - wide) * share for share in span)
    for index in range(10):
        start, end = -1 + index / 5, -1 + (index + 1) / 5
        light = 0.5 + 0.5 * np.sin((start + end) / 2 * side * 1.3)
        colour = aired(stage, tone.shifted(-0.26 * (1 - float(light))), 1.0)
        stage.canvas.fill(
            [
                (x + low * start, y - tall * span[0]),
                (x + low * end + 0.6, y - tall * span[0]),
                (x + high * end + 0.6, y - tall * span[1]),
                (x + high * start, y - tall * span[1]),
            ],
            colour,
        )


def _beam(stage: Stage, lamp: tuple[float, float], side: int) -> None:
    """Two cones of light from the lantern, fading with distance."""
    x, y = lamp
    grid_x = np.linspace(0, stage.width, 480, dtype=np.float32)[None] - np.float32(x)
    grid_y = np.linspace(0, stage.height, 270, dtype=np.float32)[:, None] - np.float32(y)
    tilt = stage.between(-0.12, 0.08)
    along = (grid_x * -side * np.cos(tilt) + grid_y * np.sin(tilt)) / stage.unit
    across = (grid_y * np.cos(tilt) - grid_x * -side * np.sin(tilt)) / stage.unit
    light = np.zeros_like(along)
    for direction, strength in ((1, 0.75), (-1, 0.4)):
        ahead = np.clip(along * direction, 0, None)
        width = 0.006 + 0.085 * ahead
        light += strength * np.exp(-((across / width) ** 2)) * np.exp(-ahead * 1.1) * (ahead > 0)
    stage.canvas.shine(
        enlarged((light * 0.8).astype(np.float32), (stage.height, stage.width)), stage.palette.lamp.colour()
    )
