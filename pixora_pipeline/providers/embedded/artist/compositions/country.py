"""Open country in perspective: a river, a road, fields and meadows, a village; hills coloured from above, then peopled
with trees and houses at their own distances.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.providers.embedded.artist.buildings import House, paint_church, paint_house
from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.flowers import paint_flowers
from pixora_pipeline.providers.embedded.artist.heightmaps import SIZE, hills, sloped_to
from pixora_pipeline.providers.embedded.artist.land import paint_mist, paint_ranges
from pixora_pipeline.providers.embedded.artist.noise import Field, fractal, smoothstep
from pixora_pipeline.providers.embedded.artist.sky import Sky, paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage
from pixora_pipeline.providers.embedded.artist.terrain import Ground, View, nearest, paint_terrain, project, reach
from pixora_pipeline.providers.embedded.artist.trees import paint_grove_tree

_ROWS = np.linspace(0, 1, SIZE, dtype=np.float32)[:, None]
_COLUMNS = np.linspace(-0.5, 0.5, SIZE, dtype=np.float32)[None]


@dataclass(frozen=True)
class Country:
    """Painted country: the map, the view of it, the sky over it, and the winding line that leads through it."""

    heights: Field
    view: View
    sky: Sky
    middle: Field


def _winding(stage: Stage) -> Field:
    """The column (-0.5..0.5) of a winding line for each row of the map: it starts near us and wanders off."""
    turn, phase = stage.between(2.0, 3.6), stage.between(0, 6.28)
    swing = stage.between(0.05, 0.09)
    rows = _ROWS[:, 0]
    side = stage.between(-0.08, 0.08)
    return (side + swing * (0.25 + rows) * np.sin(phase + turn * 2 * np.pi * rows**0.75)).astype(np.float32)


def _grass(stage: Stage) -> NDArray[np.float32]:
    """The map's colours: meadows in patches of the film's greens, or snow."""
    colours = stage.palette
    patch = smoothstep(-0.7, 0.7, fractal(stage.rng, (SIZE, SIZE), (9, 9), 5, 0.6))
    one, other = colours.leaf.shifted(0.05, 1.05, 12), colours.leaf.towards(colours.far, 0.3).shifted(-0.02, 1.0, -10)
    if stage.weather == "snow":
        one, other = colours.glow.shifted(-0.04), colours.horizon.towards(colours.glow, 0.5)
    if colours.light in ("dusk", "dawn"):
        one = one.towards(colours.glow, 0.2)
    first, second = other.colour(), one.colour()
    return (first[:, None, None] + (second - first)[:, None, None] * patch[None]).astype(np.float32)


def _country(
    stage: Stage,
    surface: NDArray[np.float32],
    heights: Field,
    middle: Field,
    horizon: float,
    water: Field | None = None,
) -> Country:
    """Paint sky, distant ranges and the ground coloured by `surface`."""
    colours = stage.palette
    sky = paint_sky(stage, horizon)
    paint_ranges(stage, (horizon - 0.06 * stage.unit, horizon), 2, stage.between(0.2, 0.8), (0.02, 0.16))
    shade = 0.34 if colours.dark else 0.42
    tint = mix(np.full(3, shade, np.float32), colours.zenith.colour(), 0.35)
    ground = Ground(
        shadow=tint.astype(np.float32),
        light=colours.leaf.colour(),
        air=colours.horizon.towards(colours.far, 0.35).colour(),
        surface=surface,
        texture=0.14,
        water=water,
    )
    heights = sloped_to(heights, 0.07, 0.24, 0.28)
    eye, scale = stage.between(0.075, 0.095), stage.between(0.06, 0.085)
    near = min(0.075, 0.95 * nearest(stage, eye - 0.3 * scale, horizon))
    view = View(eye, near, 0.98, scale, horizon, haze=1.5)
    paint_terrain(stage, heights, view, ground, sky.source[0])
    paint_mist(stage, horizon + 0.02 * stage.unit, stage.unit * 0.035, 0.4)
    return Country(heights, view, sky, middle)


def _carved(stage: Stage, middle: Field, width: float, depth: float) -> tuple[Field, Field]:
    """Hills with a smooth way through them, and how much each point of the map belongs to it (0..1)."""
    away = np.abs(_COLUMNS - middle[:, None])
    heights = hills(stage.rng, stage.between(4.0, 6.5))
    valley = smoothstep(width, width * 5, away)
    heights = heights * (0.15 + 0.85 * valley) + np.float32(0.3) * (1 - valley)
    way = 1 - smoothstep(width * 0.86, width, away)
    return (heights - np.float32(depth) * way).astype(np.float32), way


def _tinted(surface: NDArray[np.float32], share: Field, tone: Tone) -> NDArray[np.float32]:
    return (surface + share[None] * (tone.colour()[:, None, None] - surface)).astype(np.float32)


def river(stage: Stage) -> Composed:
    """A river that winds from our feet to the far hills, the sky in it."""
    middle = _winding(stage)
    heights, way = _carved(stage, middle, stage.between(0.02, 0.03), 0.03)
    colours = stage.palette
    surface = _tinted(_grass(stage), smoothstep(0.02, 0.5, way) * (1 - way), colours.paper.towards(colours.leaf, 0.6))
    water = colours.horizon.towards(colours.middle, 0.35).shifted(0.03, 1.1)
    horizon = stage.height * stage.between(0.4, 0.5)
    country = _country(stage, _tinted(surface, way, water), heights, middle, horizon, way)
    _scatter_trees(stage, country, 90, clear=0.036)
    return Composed(_end_of(stage, country, 0.45), _footing(stage, country, 0.06))


def road(stage: Stage) -> Composed:
    """A road that leads through the country to the horizon, and to the light."""
    middle = _winding(stage)
    heights, way = _carved(stage, middle, stage.between(0.009, 0.013), 0.0)
    colours = stage.palette
    dust = Tone(colours.leaf.lightness + 0.2, 0.05, 75).towards(colours.horizon, 0.35)
    surface = _tinted(_grass(stage), way, dust)
    away = np.abs(_COLUMNS - middle[:, None])
    ruts = np.exp(-(((away - 0.0045) / 0.0016) ** 2)).astype(np.float32) * way
    surface = _tinted(surface, ruts * np.float32(0.4), dust.shifted(-0.14))
    country = _country(stage, surface, heights, middle, stage.height * stage.between(0.4, 0.5))
    _scatter_trees(stage, country, 70, clear=0.02)
    footing = _footing(stage, country, 0.0)
    return Composed(_end_of(stage, country, 0.5), footing)


def field(stage: Stage) -> Composed:
    """Fields in strips over rolling hills, or a meadow, with flowers close by."""
    middle = _winding(stage)
    heights = hills(stage.rng, stage.between(3.0, 5.0))
    surface = _grass(stage)
    colours = stage.palette
    if stage.chance(0.65) or stage.says("wheat", "harvest", "farm", "crop", "crops", "grain", "corn", "barley"):
        surface = _strips(stage, surface)
    country = _country(stage, surface, heights, middle, stage.height * stage.between(0.42, 0.5))
    _scatter_trees(stage, country, 46, clear=0.0)
    if stage.chance(0.5):
        _farm(stage, country, stage.between(0.42, 0.6), stage.between(-0.2, 0.2))
    paint_flowers(stage, stage.height * stage.between(0.8, 0.86), colours)
    return Composed(country.sky.source, _footing(stage, country, stage.between(-0.03, 0.03), 0.13))


def _strips(stage: Stage, surface: NDArray[np.float32]) -> NDArray[np.float32]:
    """Fields side by side, each with its crop and its rows."""
    colours = stage.palette
    crops = [
        Tone(colours.leaf.lightness + 0.16, colours.leaf.chroma * 1.05, 92),
        colours.leaf.shifted(0.03, 1.1, 15),
        Tone(colours.leaf.lightness - 0.06, 0.05, 62),
        colours.leaf.shifted(-0.06, 1.0, -12),
        Tone(colours.leaf.lightness + 0.08, colours.leaf.chroma, 105),
        colours.accent.towards(colours.leaf, 0.55),
    ]
    bend = 0.08 * fractal(stage.rng, (SIZE, SIZE), (2, 2), 2)
    tilt = stage.between(-0.5, 0.5)
    across = (_COLUMNS * np.cos(tilt) + _ROWS * np.sin(tilt) + bend) * stage.between(11, 17)
    along = (_ROWS * np.cos(tilt) - _COLUMNS * np.sin(tilt) + bend) * stage.between(5, 8)
    number = (np.floor(across) * 7 + np.floor(along) * 13).astype(int)
    choice = stage.rng.integers(len(crops) + 2, size=997)[number % 997]
    for index, crop in enumerate(crops):
        surface = _tinted(surface, (choice == index).astype(np.float32) * np.float32(0.85), crop)
    furrow = (0.94 + 0.06 * np.cos(across * 2 * np.pi * 9)).astype(np.float32)
    edge = np.minimum(across - np.floor(across), along - np.floor(along))
    return (surface * furrow * (0.72 + 0.28 * smoothstep(0.0, 0.05, edge.astype(np.float32)))).astype(np.float32)


def village(stage: Stage) -> Composed:
    """Houses around a church in a fold of the hills; at dusk their windows are lit."""
    middle = _winding(stage)
    heights, way = _carved(stage, middle, 0.008, 0.0)
    colours = stage.palette
    dust = Tone(colours.leaf.lightness + 0.18, 0.045, 75).towards(colours.horizon, 0.3)
    surface = _tinted(_grass(stage), way, dust)
    country = _country(stage, surface, heights, middle, stage.height * stage.between(0.4, 0.47))
    _scatter_trees(stage, country, 50, clear=0.16, nearest=0.3)
    focus = _houses(stage, country)
    _scatter_trees(stage, country, 18, clear=0.05, furthest=0.3)
    return Composed(focus, _footing(stage, country, 0.03))


def _houses(stage: Stage, country: Country) -> tuple[float, float]:
    """The village from the back to the front; gives the church's place."""
    count = int(stage.rng.integers(15, 22))
    distances = np.sort(stage.rng.uniform(0.2, 0.5, count))[::-1]
    sides = stage.rng.permutation(np.linspace(-1, 1, count))
    church = float(distances[count // 3])
    focus = (stage.width / 2, country.view.horizon)
    for distance, side in zip(distances, sides, strict=True):
        line = float(country.middle[int(distance * SIZE)])
        if distance == church:
            x, y, scale = project(stage, country.heights, country.view, line + 0.02, church)
            focus = (x, y - scale * 0.05)
            paint_church(stage, x, y, scale * 0.03, _nearness(distance))
        offset = float(np.sign(side) * 0.015 + side * 0.13)
        x, y, scale = project(stage, country.heights, country.view, line + offset, float(distance))
        width = scale * stage.between(0.019, 0.028)
        paint_house(stage, House(x, y, width, _nearness(float(distance))), country.sky.source[0])
    return focus


def _farm(stage: Stage, country: Country, distance: float, side: float) -> None:
    for step, wide in ((0.0, 0.034), (0.05, 0.024)):
        x, y, scale = project(stage, country.heights, country.view, side + step, distance)
        paint_house(stage, House(x, y, scale * wide, _nearness(distance)), country.sky.source[0])


def _nearness(distance: float) -> float:
    """How little of the air lies between us and something at that distance: 1 close by, 0 far away."""
    return float(np.exp(-(distance - 0.08) * 1.9))


def _scatter_trees(
    stage: Stage, country: Country, count: int, clear: float, nearest: float = 0.17, furthest: float = 0.95
) -> None:
    """Trees and groves, far ones first; none within `clear` of the way."""
    distances = np.sort(nearest + (furthest - nearest) * stage.rng.random(count) ** 1.3)[::-1]
    pointed = stage.chance(0.35)
    for distance in distances:
        side = stage.between(-1, 1) * reach(stage, float(distance)) * 1.05
        if abs(side) > 0.5 or abs(side - float(country.middle[int(distance * SIZE)])) < clear:
            continue
        for _ in range(int(stage.rng.integers(1, 4))):
            place = side + stage.rng.normal(0, 0.012)
            x, y, scale = project(stage, country.heights, country.view, float(place), float(distance))
            tall = scale * stage.between(0.018, 0.034)
            paint_grove_tree(stage, (x, y), tall, _nearness(float(distance)), country.sky.source[0], pointed)


def _end_of(stage: Stage, country: Country, distance: float) -> tuple[float, float]:
    x, y, _ = project(stage, country.heights, country.view, float(country.middle[int(distance * SIZE)]), distance)
    return x, min(y, country.view.horizon + 0.1 * stage.unit)


def _footing(stage: Stage, country: Country, offset: float, distance: float = 0.125) -> Footing:
    """A place beside the way, close enough for people to be seen well."""
    line = float(country.middle[int(distance * SIZE)]) + offset * 0.5
    x, y, scale = project(stage, country.heights, country.view, line, distance)
    return Footing(
        float(np.clip(x, 0.2 * stage.width, 0.8 * stage.width)),
        min(y, stage.height * 0.94),
        min(scale * 0.045, stage.unit * 0.26),
        0.15,
    )
