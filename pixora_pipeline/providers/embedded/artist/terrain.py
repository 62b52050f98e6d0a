"""Ground seen in perspective: a map of heights drawn slice by slice, lit from the sky's light, fading into the air.

Each column of the frame looks along one line over the map. Slices at growing distances are projected, and a running
minimum of their rows says which slice a pixel shows. All of it is array work; there is no loop over pixels.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.providers.embedded.artist.colour import Colour
from pixora_pipeline.providers.embedded.artist.heightmaps import SIZE
from pixora_pipeline.providers.embedded.artist.noise import Field, fractal, smoothstep
from pixora_pipeline.providers.embedded.artist.silhouette import Mask
from pixora_pipeline.providers.embedded.artist.stage import Stage

_SLICES = 720
_CROWDING = 1.35  # how much closer the near slices lie; far ones must still be about a sample of the map apart


@dataclass(frozen=True)
class View:
    """Where the camera stands: its eye over the map's zero, the nearest and farthest slice (map widths), its horizon.

    `scale` is the height of the map's 1.0 in map widths; `eye` in the same measure; `horizon` a row in pixels.
    """

    eye: float
    near: float
    far: float
    scale: float
    horizon: float
    haze: float = 2.6


@dataclass(frozen=True)
class Ground:
    """The colours of the ground: in shadow, in light, of snow (shadow, light) from `snow_line` up, and of the air.

    `surface` (3, SIZE, SIZE) colours the map itself in place of `light`; `texture` is how uneven it looks close by;
    `water` (0..1) is where the map lies under a smooth surface.
    """

    shadow: Colour
    light: Colour
    air: Colour
    snow: tuple[Colour, Colour] | None = None
    snow_line: float = 9.0
    surface: NDArray[np.float32] | None = None
    texture: float = 0.0
    water: Field | None = None


@dataclass(frozen=True)
class Slices:
    """The map as the camera sees it: one row per slice, near to far, one column per column of the frame."""

    height: Field
    lit: Field
    steep: Field
    surface: NDArray[np.float32] | None
    distance: Field


def paint_terrain(stage: Stage, heights: Field, view: View, ground: Ground, light_x: float) -> Mask:
    """Paint the ground; `light_x` is the light's column. Gives the mask of what it covers."""
    mask, field = _seen(stage, heights, view, ground, light_x)
    stage.canvas.lay_field(_softened(mask), field)
    return mask


def _seen(stage: Stage, heights: Field, view: View, ground: Ground, light_x: float) -> tuple[Mask, NDArray[np.float32]]:
    """What the ground covers, and its colours there, (3, height, width). Each field is let go when it is done with."""
    slices = _look(stage, heights, view, ground, light_x)
    shown = _visible(stage, slices, view)
    mask = np.ascontiguousarray((shown > 0).T).astype(np.uint8) * 255
    colours = _coloured(slices, view, ground)
    del slices
    np.maximum(shown, 1, out=shown)
    shown *= stage.width
    shown += np.arange(stage.width, dtype=np.int32)[:, None]
    field = np.empty((3, stage.height, stage.width), np.float32)
    for channel in range(3):
        np.take(colours[channel].ravel(), shown.T, out=field[channel])
    return mask, field


def project(stage: Stage, heights: Field, view: View, x: float, distance: float) -> tuple[float, float, float]:
    """Where a point of the map is on the frame: column, row, and pixels per map width there. `x` is 0 in the middle."""
    column = min(max(int((x + 0.5) * SIZE), 0), SIZE - 1)
    height = float(heights[min(int(distance * SIZE), SIZE - 1), column]) * view.scale
    scale = _focal(stage) / distance
    return stage.width / 2 + x * scale, view.horizon + (view.eye - height) * scale, scale


def nearest(stage: Stage, above: float, horizon: float) -> float:
    """The distance of the ground at the frame's foot, for an eye `above` the ground (map widths)."""
    return above * _focal(stage) / max(stage.height - horizon, 1.0)


def reach(stage: Stage, distance: float) -> float:
    """Half the width of what the frame shows at that distance, in map widths."""
    return stage.width / 2 * distance / _focal(stage)


def _softened(mask: Mask) -> Mask:
    """The skyline with its steps rounded off."""
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), 0.7), np.uint8)


def _look(stage: Stage, heights: Field, view: View, ground: Ground, light_x: float) -> Slices:
    steps = np.linspace(0, 1, _SLICES) ** _CROWDING
    distance = (view.near + (view.far - view.near) * steps).astype(np.float32)[:, None]
    across = ((np.arange(stage.width, dtype=np.float32) - stage.width / 2) / _focal(stage))[None]
    map_x = ((across * distance + 0.5) * SIZE).astype(np.float32)
    map_y = np.ascontiguousarray(np.broadcast_to(distance * SIZE, map_x.shape), np.float32)

    def seen(field: Field, how: int = cv2.INTER_LINEAR) -> Field:
        return np.asarray(cv2.remap(field, map_x, map_y, how, borderMode=cv2.BORDER_REFLECT_101), np.float32)

    lit, steep = _shading(heights, view.scale, light_x - stage.width / 2, stage.light)
    surface = None if ground.surface is None else np.stack([seen(plane) for plane in ground.surface])
    shown = seen(lit)
    if ground.texture:
        shown = shown + ground.texture * _texture(stage, shown.shape)
    if ground.water is not None:
        still = 0.93 + 0.16 * fractal(stage.rng, shown.shape, (90, 12), 2)
        shown += seen(ground.water) * (still - shown)
    # A crest between the map's samples must not come out as a row of teeth.
    smooth = cv2.GaussianBlur(heights, (0, 0), 0.9)
    return Slices(seen(smooth, cv2.INTER_CUBIC), shown, seen(steep), surface, distance)


def _texture(stage: Stage, shape: tuple[int, int]) -> Field:
    """Tufts and clods: fine far off, coarser near by, where a slice is many rows deep."""
    return fractal(stage.rng, shape, (shape[0] / 3, shape[1] / 7), 2, 0.8)


def _focal(stage: Stage) -> float:
    """Pixels per unit of slope: a lens that sees as much in an upright frame as in a wide one."""
    return 0.62 * float(np.sqrt(stage.width * stage.height)) * 1.2


def _shading(heights: Field, scale: float, light_side: float, light: str) -> tuple[Field, Field]:
    """How lit each point of the map is, and how steep."""
    rise = np.float32(scale * SIZE / 8)
    slope_x = cv2.Sobel(heights, cv2.CV_32F, 1, 0) * rise
    slope_y = cv2.Sobel(heights, cv2.CV_32F, 0, 1) * rise
    lift = {"day": 0.75, "night": 0.6}.get(light, 0.42)
    source = np.array([0.8 if light_side > 0 else -0.8, 0.3, lift])
    source = source / np.linalg.norm(source)
    upright = 1 / np.sqrt(slope_x**2 + slope_y**2 + 1)
    facing = (-slope_x * source[0] - slope_y * source[1] + source[2]) * upright
    return np.clip(facing, 0, 1).astype(np.float32), (1 - upright).astype(np.float32)


def _visible(stage: Stage, slices: Slices, view: View) -> NDArray[np.int32]:
    """Which slice each pixel shows, (width, height): 0 for sky, then 1 (farthest) to `_SLICES` (nearest)."""
    rows = view.horizon + (view.eye - slices.height * view.scale) / slices.distance * _focal(stage)
    top = np.minimum.accumulate(np.clip(np.round(rows), 0, stage.height).astype(np.int32), axis=0)
    top[-1] = np.minimum(top[-1], stage.height)
    below = np.concatenate([np.full((1, stage.width), stage.height, np.int32), top[:-1]])
    counts = np.concatenate([top[-1:], (below - top)[::-1]]).T
    order = np.broadcast_to(np.arange(_SLICES + 1, dtype=np.int32), counts.shape)
    return np.repeat(order.ravel(), counts.ravel()).reshape(stage.width, stage.height)


def _coloured(slices: Slices, view: View, ground: Ground) -> NDArray[np.float32]:
    """Colours (3, slices + 1, width), farthest slice first; row 0 is never shown."""
    air = 1 - np.exp(-(slices.distance - view.near) / view.far * np.float32(view.haze))
    snow = np.zeros_like(slices.height)
    if ground.snow is not None:
        level = slices.height - 0.45 * slices.steep + 0.05 * slices.lit
        snow = smoothstep(ground.snow_line - 0.05, ground.snow_line + 0.05, level)
    colours = np.zeros((3, _SLICES + 1, slices.height.shape[1]), np.float32)
    for channel in range(3):
        bright = ground.light[channel] if slices.surface is None else slices.surface[channel]
        dark = ground.shadow[channel] if slices.surface is None else bright * ground.shadow[channel]
        shade = dark + (bright - dark) * slices.lit
        if ground.snow is not None:
            shaded, sunlit = ground.snow
            white = shaded[channel] + (sunlit[channel] - shaded[channel]) * np.clip(slices.lit * 1.2, 0, 1)
            shade += snow * (white - shade)
        shade += air * (ground.air[channel] - shade)
        colours[channel, 1:] = shade[::-1]
    return colours
