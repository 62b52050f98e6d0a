"""Water: a surface that mirrors what stands above it, broken by ripples, with the light's path on it."""

import cv2
import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour
from pixora_pipeline.providers.embedded.artist.noise import Field, enlarged, fractal, smoothstep
from pixora_pipeline.providers.embedded.artist.sky import Sky
from pixora_pipeline.providers.embedded.artist.stage import Stage

_TILE = 512


def paint_water(
    stage: Stage, sky: Sky, top: float, bottom: float | None = None, rough: float = 0.3, mask: np.ndarray | None = None
) -> None:
    """Turn the rows from `top` to `bottom` (pixels) into water. `rough` is 0 (a mirror) to 1 (a gale).

    With `mask` only what it covers becomes water.
    """
    first, last = int(top), int(bottom if bottom is not None else stage.height)
    if last - first < 3:
        return
    ripple = _ripples(stage, last - first, rough)
    water = _mirrored(stage, first, last, ripple, rough)
    _tint(stage, water, ripple, rough)
    _glitter(stage, sky, water, ripple, rough)
    if mask is None:
        stage.canvas.pixels[:, first:last] = water
        return
    share = mask[first:last].astype(np.float32) / np.float32(255)
    part = stage.canvas.pixels[:, first:last]
    part += share[None] * (water - part)


def _ripples(stage: Stage, rows: int, rough: float) -> Field:
    """Wave heights in perspective, about -1..1: long and fine far off, broad near by."""
    tile = fractal(stage.rng, (_TILE, _TILE), (26, 9), 4, 0.55)
    small = (max(4, min(rows, 480)), 960)
    near = np.linspace(0.0, 1.0, small[0], dtype=np.float32) * rows / stage.unit
    depth = 1 / (near + 0.045)
    x = (np.arange(small[1], dtype=np.float32) / small[1] - 0.5) * stage.width / stage.unit
    map_x = (x[None] * depth[:, None] * (0.20 * _TILE) + 77.0) % (_TILE * 2)
    map_y = np.broadcast_to((depth * (0.55 + 0.3 * rough) * _TILE * 0.5)[:, None], small) % (_TILE * 2)
    wave = cv2.remap(
        tile, map_x.astype(np.float32), map_y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    return enlarged(np.asarray(wave, np.float32), (rows, stage.width))


def _mirrored(stage: Stage, first: int, last: int, ripple: Field, rough: float) -> np.ndarray:
    rows, width = last - first, stage.width
    down = np.arange(rows, dtype=np.float32)[:, None]
    reach = (0.25 + rough) * (0.004 * stage.unit + 0.075 * down)
    stretch = np.float32(min(1.0, first / max(rows, 1) * 0.96))
    map_y = np.clip(first - 1 - down * stretch - np.abs(ripple) * reach * 1.3, 0, first - 1)
    map_x = np.arange(width, dtype=np.float32)[None] + ripple * reach * 0.55
    water = np.empty((3, rows, width), np.float32)
    for channel in range(3):
        source = stage.canvas.pixels[channel, :first]
        water[channel] = cv2.remap(
            source, map_x, map_y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
        )
    return water


def _tint(stage: Stage, water: np.ndarray, ripple: Field, rough: float) -> None:
    """The water's own colour, deeper near by, and the light and dark sides of its waves."""
    colours = stage.palette
    deep: Colour = colours.zenith.towards(colours.near, 0.45).colour()
    rows = water.shape[1]
    share = np.linspace(0.12, 0.5, rows, dtype=np.float32)[:, None] + np.float32(0.12 * rough)
    side = ripple * np.linspace(0.03, 0.12, rows, dtype=np.float32)[:, None] * np.float32(0.35 + rough)
    for channel in range(3):
        water[channel] += share * (deep[channel] - water[channel])
        water[channel] *= 1 + side * 1.6


def _glitter(stage: Stage, sky: Sky, water: np.ndarray, ripple: Field, rough: float) -> None:
    """The path of light under sun or moon."""
    rows = water.shape[1]
    down = np.linspace(0, rows / stage.unit, rows, dtype=np.float32)[:, None]
    wide = stage.unit * (0.035 + (0.10 + 0.16 * rough) * down)
    across = (np.arange(water.shape[2], dtype=np.float32)[None] - np.float32(sky.source[0])) / wide
    path = np.exp(-(np.abs(across) ** 1.6)) * smoothstep(0.12, 0.62, ripple + 0.1 - 0.12 * np.abs(across))
    strength = {"night": 0.75, "day": 0.6}.get(stage.light, 0.85)
    if stage.weather in ("storm", "rain", "fog"):
        strength *= 0.3
    light = path * np.float32(strength) * np.exp(-down * 0.7)
    colour = stage.palette.glow.colour()
    for channel in range(3):
        water[channel] += light * colour[channel] * (1 - np.clip(water[channel], 0, 1))
