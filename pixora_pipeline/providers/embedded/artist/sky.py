"""Skies: gradient, sun and moon with their light, clouds lit from the right side, stars, the Milky Way, aurora."""

from dataclasses import dataclass

import cv2
import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour, Tone, mix, ramp
from pixora_pipeline.providers.embedded.artist.noise import Field, enlarged, fractal, smoothstep
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Stage

_COLUMNS = 720  # soft things are computed at this width, so that they look alike in every size


@dataclass(frozen=True)
class Sky:
    """A painted sky: where its light stands (pixels), how wide the disc is, and the horizon's row."""

    source: Point
    radius: float
    horizon: float


def paint_sky(stage: Stage, horizon: float, source: Point | None = None, disc: bool = True) -> Sky:
    """Paint the sky down to `horizon` (pixels) with sun or moon at `source` (pixels; seeded when None)."""
    place = source or _source(stage, horizon)
    _gradient(stage, horizon, place)
    sky = Sky(place, stage.unit * stage.between(0.038, 0.06), horizon)
    if stage.palette.dark:
        paint_stars(stage, horizon, 1.0)
        if stage.chance(0.35) and stage.weather == "clear":
            paint_milky_way(stage, horizon)
    elif stage.light == "dusk":
        paint_stars(stage, horizon * 0.6, 0.35)
    hidden = stage.weather in ("rain", "storm") or (stage.weather in ("snow", "fog") and stage.light == "day")
    if disc and not hidden:
        paint_disc(stage, sky)
    paint_clouds(stage, sky)
    return sky


def _source(stage: Stage, horizon: float) -> Point:
    side = stage.between(0.22, 0.42) if stage.chance(0.5) else stage.between(0.58, 0.78)
    heights = {"dusk": (0.62, 0.9), "dawn": (0.55, 0.8), "day": (0.22, 0.42), "night": (0.2, 0.5)}
    return side * stage.width, horizon * stage.between(*heights[stage.light])


def _gradient(stage: Stage, horizon: float, source: Point) -> None:
    colours, canvas = stage.palette, stage.canvas
    grey = {"storm": 0.45, "rain": 0.6, "fog": 0.6, "snow": 0.6}.get(stage.weather, 1.0)
    dim = {"storm": -0.13, "rain": -0.05}.get(stage.weather, 0.0)

    def tone(base: Tone) -> Tone:
        return base.shifted(lightness=dim, chroma=grey)

    stops = [(0.0, tone(colours.zenith)), (0.55, tone(colours.middle)), (1.0, tone(colours.horizon))]
    rows = np.arange(stage.height, dtype=np.float32) / np.float32(max(horizon, 1))
    canvas.cover(ramp(stops, np.clip(rows, 0, 1)))
    reach = max(stage.width, stage.height) * (0.5 if stage.light in ("dusk", "dawn") else 0.36)
    strength = {"dusk": 0.6, "dawn": 0.5, "day": 0.4, "night": 0.28}[stage.light] * (grey**2)
    canvas.glow(source, reach, tone(colours.glow.towards(colours.horizon, 0.3)).colour(), strength)


def paint_disc(stage: Stage, sky: Sky) -> None:
    """The sun's or the moon's disc in its halo."""
    canvas, colour = stage.canvas, stage.palette.glow.colour()
    halo = {"night": 0.5, "day": 0.75}.get(stage.light, 0.7)
    canvas.glow(sky.source, sky.radius * 4.5, colour, halo)
    shape = canvas.silhouette()
    shape.ellipse(sky.source, (sky.radius, sky.radius))
    if stage.palette.dark:
        _moon(stage, sky, shape.mask)
        return
    canvas.lay(shape.mask, mix(colour, np.ones(3, np.float32), 0.45), colour)
    canvas.glow(sky.source, sky.radius * 1.6, colour, 0.5)


def _moon(stage: Stage, sky: Sky, mask: np.ndarray) -> None:
    """A moon with seas, a little darker towards the rim."""
    span = max(8, int(sky.radius * 2) + 2)
    seas = smoothstep(-0.1, 0.7, fractal(stage.rng, (span, span), (3, 3), 5, 0.55))
    axis = np.linspace(-1, 1, span, dtype=np.float32)
    rim = np.clip(axis[None] ** 2 + axis[:, None] ** 2, 0, 1)
    shade = 1 - 0.17 * seas - 0.12 * rim**2
    field = np.ones((3, stage.height, stage.width), np.float32)
    left, top = int(sky.source[0] - span / 2), int(sky.source[1] - span / 2)
    rows = slice(max(top, 0), min(top + span, stage.height))
    columns = slice(max(left, 0), min(left + span, stage.width))
    part = shade[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    field[:, rows, columns] = part[None] * stage.palette.glow.colour()[:, None, None]
    stage.canvas.lay_field(mask, field)


def paint_stars(stage: Stage, horizon: float, density: float) -> None:
    """Stars of many magnitudes, thinner towards the horizon; the brightest ones glow."""
    canvas, rng = stage.canvas, stage.rng
    count = int(900 * density * stage.width * horizon / stage.unit**2)
    x = rng.random(count) * stage.width
    y = rng.random(count) ** 1.35 * horizon * 0.96
    magnitude = rng.random(count) ** 7
    scale = stage.unit / 1216
    light = np.zeros((stage.height, stage.width), np.float32)
    for px, py, bright in zip(x, y, magnitude, strict=True):
        radius = (0.55 + 1.7 * bright) * scale
        value = (0.28 + 0.72 * bright) * density**0.3 * (1 - py / horizon * 0.75)
        _dot(light, px, py, max(radius, 0.5), value)
    canvas.shine(light, np.array([1, 0.97, 0.9], np.float32))
    for index in np.argsort(magnitude)[-max(2, count // 130) :]:
        canvas.glow((x[index], y[index]), 9 * scale, np.ones(3, np.float32), 0.35 * density)


def _dot(light: Field, x: float, y: float, radius: float, value: float) -> None:
    """A small round light at a place between the pixels."""
    reach = int(radius * 2) + 1
    left, top = int(x) - reach, int(y) - reach
    if left < 0 or top < 0 or left + 2 * reach + 1 > light.shape[1] or top + 2 * reach + 1 > light.shape[0]:
        return
    axis = np.arange(2 * reach + 1, dtype=np.float32)
    column = np.exp(-(((axis + left - x) / radius) ** 2))
    row = np.exp(-(((axis + top - y) / radius) ** 2))
    light[top : top + 2 * reach + 1, left : left + 2 * reach + 1] += np.float32(value) * row[:, None] * column[None]


def paint_milky_way(stage: Stage, horizon: float) -> None:
    """A band of star clouds with dark lanes, slanting across the sky."""
    shape = (max(8, round(_COLUMNS * horizon / stage.width)), _COLUMNS)
    slant = stage.between(-0.9, 0.9)
    x = np.linspace(-0.5, 0.5, shape[1], dtype=np.float32)[None] * stage.width / horizon
    y = np.linspace(-0.5, 0.5, shape[0], dtype=np.float32)[:, None]
    wander = 0.12 * fractal(stage.rng, shape, (2, 3), 3)
    distance = (y * np.cos(slant) + x * np.sin(slant) + wander) / 0.2
    band = np.exp(-(distance**2)).astype(np.float32)
    dust = smoothstep(-0.2, 0.75, fractal(stage.rng, shape, (6, 10), 5, 0.6))
    lane = 1 - 0.65 * np.exp(-((distance * 3.2) ** 2)) * dust
    light = enlarged((0.34 * band * (0.45 + 0.75 * dust) * lane).astype(np.float32), (int(horizon), stage.width))
    stage.canvas.shine(light, stage.palette.horizon.towards(stage.palette.glow, 0.45).shifted(0.15).colour())


def paint_clouds(stage: Stage, sky: Sky, cover: float | None = None) -> None:
    """Clouds in perspective, lit from where the sun or the moon stands."""
    amount = cover if cover is not None else _cover(stage)
    height = int(sky.horizon)
    if amount <= 0 or height < 8:
        return
    shape = (max(8, round(_COLUMNS * height / stage.width)), _COLUMNS)
    density = _cloud_field(stage, shape, amount)
    low = 1 - smoothstep(0.78, 0.99, np.linspace(0, 1, shape[0], dtype=np.float32))[:, None]
    alpha = enlarged(0.92 * low * smoothstep(0.0, 0.6, density), (height, stage.width))
    share = enlarged(_lit_side(density, sky, stage.width / _COLUMNS), (height, stage.width))
    shadow, light = _cloud_tones(stage)
    part = stage.canvas.pixels[:, :height]
    for channel in range(3):
        paint = shadow[channel] + (light[channel] - shadow[channel]) * share
        part[channel] += alpha * (paint - part[channel])


def _cloud_tones(stage: Stage) -> tuple[Colour, Colour]:
    """The colour of a cloud's shadow side and of its lit side."""
    colours = stage.palette
    dark = {"day": colours.middle.shifted(0.07, 0.5), "night": colours.middle.shifted(-0.02, 0.8)}.get(
        stage.light, colours.middle.towards(colours.zenith, 0.35)
    )
    bright = {
        "day": colours.horizon.towards(colours.glow, 0.6).shifted(0.05, 0.7),
        "night": colours.horizon.towards(colours.glow, 0.12).shifted(0.06, 0.8),
    }.get(stage.light, colours.horizon.towards(colours.glow, 0.55).shifted(0.02))
    if stage.weather in ("storm", "rain"):
        fall = 0.2 if stage.weather == "storm" else 0.1
        dark, bright = dark.shifted(-fall, 0.5), bright.shifted(-fall, 0.5)
    return dark.colour(), bright.colour()


def _cover(stage: Stage) -> float:
    covers = {"storm": 1.15, "rain": 0.85, "snow": 0.7, "fog": 0.35}
    if stage.weather in covers:
        return covers[stage.weather]
    return stage.between(0.25, 0.6) if stage.light != "night" else stage.between(0.1, 0.4)


# Rows and columns of the largest cloud features, octaves' gain, and how much the cover varies over the sky.
_CLOUDS = ((6.0, 1.3, 0.52, 0.5), (5.0, 2.6, 0.55, 0.6), (9.0, 1.0, 0.5, 0.45))


def _cloud_field(stage: Stage, shape: tuple[int, int], cover: float) -> Field:
    """Cloud density before thresholding: a flat layer seen in perspective, in one of three kinds."""
    aspect = shape[1] / shape[0] / 2.2
    rows, columns, gain, patchy = _CLOUDS[int(stage.rng.integers(len(_CLOUDS)))]
    base = fractal(stage.rng, shape, (rows, columns * max(aspect, 0.5)), 6, gain)
    place = np.linspace(0, 1, shape[0], dtype=np.float32)
    depth = (place**1.6 * 0.6 + place * 0.4) * (shape[0] - 1)
    bend = fractal(stage.rng, shape, (5, 3), 4, 0.6) * np.float32(shape[0] * 0.028)
    map_x = np.arange(shape[1], dtype=np.float32)[None] + bend * 2.2
    map_y = (depth[:, None] + bend).astype(np.float32)
    warped = cv2.remap(base, map_x.astype(np.float32), map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    patch = fractal(stage.rng, shape, (1.6, 1.5), 2)
    return (warped + np.float32(patchy) * patch - np.float32(0.7 - 1.15 * cover)).astype(np.float32)


def _lit_side(density: Field, sky: Sky, scale: float) -> Field:
    """How much light each part of a cloud gets: more on the side towards its source, less where it is thick."""
    soft = cv2.GaussianBlur(density, (0, 0), 2.0)
    slope_x = cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=3)
    slope_y = cv2.Sobel(soft, cv2.CV_32F, 0, 1, ksize=3)
    x = np.arange(density.shape[1], dtype=np.float32)[None] - np.float32(sky.source[0] / scale)
    y = np.arange(density.shape[0], dtype=np.float32)[:, None] - np.float32(sky.source[1] / scale)
    distance = np.sqrt(x * x + y * y) + 1
    facing = (slope_x * x + slope_y * y) / distance
    near = np.exp(-distance / (0.5 * density.shape[1]))
    share = 0.5 + 1.5 * facing + 0.5 * near - 0.35 * smoothstep(0.1, 1.0, density)
    return np.clip(share, 0, 1).astype(np.float32)


def paint_aurora(stage: Stage, horizon: float) -> None:
    """Curtains of light over a night sky."""
    height = max(8, int(horizon))
    shape = (max(8, round(_COLUMNS * horizon / stage.width)), _COLUMNS)
    x = np.linspace(0, 1, shape[1], dtype=np.float32)
    y = np.linspace(0, 1, shape[0], dtype=np.float32)[:, None]
    for index in range(3):
        wave = sum(
            stage.between(0.04, 0.12) / k * np.sin(2 * np.pi * (k * x * stage.between(0.6, 1.2) + stage.between(0, 1)))
            for k in (1, 2, 3)
        )
        foot = 0.72 - 0.16 * index + wave
        rays = 0.55 + 0.45 * fractal(stage.rng, (1, shape[1]), (1, 60), 3)[0]
        above = np.clip((foot[None] - y) / stage.between(0.3, 0.5), 0, None)
        light = np.where(above > 0, np.exp(-3 * above) * np.minimum(above * 14, 1), 0) * rays[None]
        hue = (150, 170, 320)[index]
        field = enlarged((light * 0.55).astype(np.float32), (height, stage.width))
        stage.canvas.shine(field, Tone(0.8, 0.17, hue).colour())
