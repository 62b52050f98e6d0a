"""The sky itself: a night of stars over the land, and space with its planets and nebulas."""

from collections.abc import Callable

import cv2
import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone, ramp
from pixora_pipeline.providers.embedded.artist.compositions.heights import foreground_place, plant_firs
from pixora_pipeline.providers.embedded.artist.land import below, crest, paint_ranges
from pixora_pipeline.providers.embedded.artist.noise import Field, enlarged, fractal, smoothstep
from pixora_pipeline.providers.embedded.artist.palettes import FAMILIES, toned
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.sky import paint_aurora, paint_milky_way, paint_sky, paint_stars
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def night(stage: Stage) -> Composed:
    """The stars over a dark ridge: the Milky Way, northern lights or a great moon."""
    horizon = stage.height * stage.between(0.74, 0.82)
    lights = stage.says("aurora", "polar", "arctic", "northern")
    sky = paint_sky(stage, horizon, disc=stage.says("moon", "moonlight") or stage.chance(0.5))
    paint_stars(stage, horizon, 1.2)
    if lights or stage.chance(0.3):
        paint_aurora(stage, horizon)
    else:
        paint_milky_way(stage, horizon)
    paint_ranges(stage, (horizon - 0.03 * stage.unit, horizon + 0.08 * stage.unit), 3, 0.6, (0.2, 0.7))
    line = crest(stage, stage.height * 0.9, stage.unit * 0.03, 1.6)
    shape = below(stage, line)
    plant_firs(stage, shape, line, 0.14, 26, edge=True)
    stage.canvas.nearer()
    stage.canvas.lay(shape.mask, stage.palette.land(0.92), stage.palette.land(1.0))
    return Composed((sky.source[0], horizon * 0.5), foreground_place(stage, stage.height * 0.95, sky.source[0]))


def space(stage: Stage) -> Composed:
    """A planet among nebulas and stars: ringed, banded, cratered or like our own."""
    _nebula(stage)
    paint_stars(stage, float(stage.height), 1.0)
    side = 1 if stage.chance(0.5) else -1
    centre = (stage.width * (0.5 + side * stage.between(0.08, 0.2)), stage.height * stage.between(0.48, 0.62))
    radius = stage.unit * stage.between(0.24, 0.34)
    ringed = stage.says("saturn", "ring", "rings") or (not stage.says("earth", "mars", "moon") and stage.chance(0.5))
    light = np.array([-side * 0.72, -0.42, 0.55])
    tilt = stage.between(-0.5, 0.5) or 0.2
    bands = _bands(stage)
    surface = "bands" if ringed else _surface(stage)
    if ringed:
        _ring(stage, centre, radius, tilt, bands, front=False)
    _planet(stage, centre, radius, light, surface)
    if ringed:
        _ring(stage, centre, radius, tilt, bands, front=True)
    for _ in range(int(stage.rng.integers(1, 3))):
        place = (centre[0] - side * stage.unit * stage.between(0.5, 0.75), stage.height * stage.between(0.16, 0.8))
        _planet(stage, place, stage.unit * stage.between(0.018, 0.05), light, "moon")
    sun = (stage.width * (0.5 - side * stage.between(0.36, 0.46)), stage.height * stage.between(0.1, 0.25))
    stage.canvas.glow(sun, stage.unit * 0.3, stage.palette.glow.colour(), 0.55)
    stage.canvas.glow(sun, stage.unit * 0.03, np.ones(3, np.float32), 1.0)
    return Composed(centre)


def _nebula(stage: Stage) -> None:
    """Clouds of glowing gas in two of the film's colours."""
    colours = toned(next(f for f in FAMILIES if f.name == stage.palette.name), "night", stage.mood)
    shape = (304, 540)
    warp = fractal(stage.rng, shape, (2, 3), 4) * 40
    x, y = np.meshgrid(np.arange(shape[1], dtype=np.float32), np.arange(shape[0], dtype=np.float32))
    clouds = []
    for _ in range(3):
        base = fractal(stage.rng, shape, (2.4, 4), 7, 0.56)
        clouds.append(cv2.remap(base, x + warp, y - warp, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT))
    deep = colours.zenith.shifted(-0.08).colour()
    stage.canvas.cover(np.repeat(deep[:, None], stage.height, 1))
    one, other = colours.horizon.shifted(0.12, 1.25), Tone(0.58, 0.14, colours.accent.hue)
    for cloud, tone, strength in ((clouds[0], one, 0.85), (clouds[1], other, 0.55)):
        light = smoothstep(-0.1, 1.15, cloud + 0.35 * clouds[2]) * np.float32(strength)
        dust = 1 - 0.6 * smoothstep(0.1, 0.8, clouds[2])
        stage.canvas.shine(enlarged((light * dust).astype(np.float32), (stage.height, stage.width)), tone.colour())


def _surface(stage: Stage) -> str:
    if stage.says("earth", "world", "globe", "blue", "terra"):
        return "earth"
    if stage.says("mars", "rock", "crater", "craters", "moon"):
        return "rock"
    return "bands" if stage.chance(0.6) else "earth" if stage.chance(0.4) else "rock"


def _planet(stage: Stage, centre: Point, radius: float, light: np.ndarray, surface: str) -> None:
    """A lit sphere with a surface, a terminator and a rim of air."""
    span = int(radius * 2.4) + 4
    axis = (np.arange(span, dtype=np.float32) - span / 2) / np.float32(radius)
    x, y = np.meshgrid(axis, axis)
    inside = 1 - x * x - y * y
    depth = np.sqrt(np.clip(inside, 0, None))
    lit = np.clip((x * light[0] + y * light[1] + depth * light[2]) / np.linalg.norm(light) * 1.15, 0, 1) ** 0.8
    field = _skin(stage, surface, x, y, depth) * (0.03 + 0.97 * lit)[None]
    air = stage.palette.horizon.towards(stage.palette.glow, 0.4).shifted(0.2).colour()
    rim = np.clip(1 - depth, 0, 1) ** 3 * lit * (0.8 if surface != "rock" and surface != "moon" else 0.15)
    field = field + rim[None] * (air[:, None, None] - field)
    alpha = np.clip(inside * radius / 2 + 0.5, 0, 1).astype(np.float32)
    if surface not in ("rock", "moon"):
        stage.canvas.glow(
            (centre[0] + light[0] * radius * 0.2, centre[1] + light[1] * radius * 0.2), radius * 1.35, air, 0.4
        )
    stage.canvas.paste(field.astype(np.float32), alpha, (int(centre[0] - span / 2), int(centre[1] - span / 2)))


def _skin(stage: Stage, surface: str, x: Field, y: Field, depth: Field) -> np.ndarray:
    """Colours of the sphere's surface (3, span, span)."""
    rng, colours = stage.rng, stage.palette
    shape = (256, 512)
    map_x = ((np.arctan2(x, np.maximum(depth, 1e-3)) / np.pi + 0.5) * shape[1] * 0.7).astype(np.float32)
    map_y = ((np.arcsin(np.clip(y, -1, 1)) / np.pi + 0.5) * shape[0]).astype(np.float32)

    def wrapped(noise: Field) -> Field:
        return np.asarray(cv2.remap(noise, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.float32)

    if surface == "bands":
        return _bands_of_cloud(stage, wrapped)
    if surface == "earth":
        return _seas_and_clouds(stage, wrapped)
    rough = wrapped(fractal(rng, shape, (6, 10), 7, 0.62))
    base = Tone(0.68, 0.02, 80) if surface == "moon" else Tone(0.6, 0.09, colours.accent.hue)
    return ramp([(0.0, base.shifted(-0.22)), (1.0, base.shifted(0.16))], np.clip(rough * 0.4 + 0.5, 0, 1))


def _bands_of_cloud(stage: Stage, wrapped: Callable[[Field], Field]) -> np.ndarray:
    """A giant's bands, a little swirled."""
    shape, hue = (256, 512), stage.palette.horizon.hue
    swirl = fractal(stage.rng, shape, (5, 3), 6, 0.5)
    rows = np.linspace(0, 1, shape[0], dtype=np.float32)[:, None] + 0.035 * swirl
    tone = np.interp(rows * 20, np.arange(22), stage.rng.random(22)).astype(np.float32) + 0.14 * swirl
    stops = [(0.0, Tone(0.5, 0.09, hue)), (0.5, Tone(0.76, 0.07, hue + 30)), (1.0, Tone(0.93, 0.03, hue + 60))]
    return ramp(stops, np.clip(wrapped(tone), 0, 1))


def _seas_and_clouds(stage: Stage, wrapped: Callable[[Field], Field]) -> np.ndarray:
    """A world like ours: seas, coasts, green and dry land, weather over them."""
    sea, land = Tone(0.42, 0.11, 245), wrapped(fractal(stage.rng, (256, 512), (3, 5), 7, 0.55))
    shores = [(0.49, sea), (0.5, Tone(0.7, 0.06, 100)), (0.56, Tone(0.52, 0.09, 140))]
    stops = [(0.0, sea.shifted(-0.1)), *shores, (1.0, Tone(0.7, 0.06, 80))]
    skin = ramp(stops, np.clip(land * 0.4 + 0.46, 0, 1))
    cloud = smoothstep(0.0, 0.9, wrapped(fractal(stage.rng, (256, 512), (9, 6), 7, 0.7)))
    return skin + cloud[None] * 0.85 * (0.97 - skin)


def _ring(stage: Stage, centre: Point, radius: float, tilt: float, bands: Field, front: bool) -> None:
    """The half of the rings behind the planet, or the half before it."""
    span = int(radius * 5.0)
    axis = (np.arange(span, dtype=np.float32) - span / 2) / np.float32(radius)
    x, y = np.meshgrid(axis, axis)
    across, along = x * np.cos(tilt) + y * np.sin(tilt), (y * np.cos(tilt) - x * np.sin(tilt)) / 0.26
    distance = np.hypot(across, along)
    place = np.clip((distance - 1.32) / (2.3 - 1.32), 0, 1)
    dense = np.interp(place, np.linspace(0, 1, 256), bands).astype(np.float32)
    edge = smoothstep(1.32, 1.36, distance) * (1 - smoothstep(2.24, 2.3, distance))
    half = (along > 0) if front else (along <= 0)
    shade = 1.0 - 0.75 * np.exp(-(((across - 0.7) / 0.5) ** 2)) * (not front)
    base = stage.palette.paper.towards(stage.palette.horizon, 0.35).colour()
    field = base[:, None, None] * (0.45 + 0.55 * dense)[None] * shade[None]
    alpha = (edge * dense * 0.92 * half).astype(np.float32)
    stage.canvas.paste(field.astype(np.float32), alpha, (int(centre[0] - span / 2), int(centre[1] - span / 2)))


def _bands(stage: Stage) -> Field:
    """The ring's brightness from its inner edge to its outer one."""
    rng = stage.rng
    coarse = np.interp(np.linspace(0, 1, 256), np.linspace(0, 1, 22), rng.uniform(0.1, 1.0, 22))
    fine = np.interp(np.linspace(0, 1, 256), np.linspace(0, 1, 90), rng.uniform(0.6, 1.0, 90))
    return (coarse * fine).astype(np.float32)
