"""Cities: a skyline behind water or roofs, lit windows at night."""

from dataclasses import dataclass

import cv2
import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour, mix
from pixora_pipeline.providers.embedded.artist.land import crest, paint_mist
from pixora_pipeline.providers.embedded.artist.palettes import Palette
from pixora_pipeline.providers.embedded.artist.sky import Sky, paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage
from pixora_pipeline.providers.embedded.artist.water import paint_water


@dataclass(frozen=True)
class Tower:
    """A tower from `left` to `right`, its roof at row `top`, in layer `nearness`."""

    left: float
    right: float
    top: float
    nearness: float


def city(stage: Stage) -> Composed:
    """Towers in layers across the water, or down a street."""
    return _street(stage) if stage.says("street", "streets", "avenue", "traffic") or stage.chance(0.35) else _bay(stage)


def _bay(stage: Stage) -> Composed:
    horizon = stage.height * stage.between(0.66, 0.74)
    sky = paint_sky(stage, horizon)
    middle = stage.width * stage.between(0.35, 0.65)
    for index in range(4):
        share = index / 3
        _skyline(stage, sky, horizon, share, middle)
        paint_mist(stage, horizon - 0.05 * stage.unit, stage.unit * 0.08, 0.34 * (1 - share))
    paint_water(stage, sky, horizon, rough=stage.between(0.05, 0.18))
    focus = (middle, horizon - 0.3 * stage.unit)
    return Composed(focus, _quay(stage))


def _skyline(stage: Stage, sky: Sky, horizon: float, share: float, middle: float) -> None:
    """One row of towers, highest towards the city's middle."""
    outline = crest(stage, 0.0, 0.11 * stage.unit, 3.0)
    x = -0.02 * stage.width
    while x < stage.width:
        width = stage.unit * stage.between(0.035, 0.085) * (0.75 + 0.5 * share)
        place = min(max(x + width / 2, 0), stage.width - 1)
        hump = np.exp(-(((place - middle) / (0.3 * stage.width)) ** 2))
        high = (
            stage.unit * (0.1 + 0.36 * hump * (1 - 0.42 * share)) * stage.between(0.55, 1.1)
            - outline[int(place)] * 0.35
        )
        if stage.chance(0.85):
            _tower(stage, sky, Tower(x, x + width, horizon - max(high, 0.04 * stage.unit), share), horizon)
        x += width * stage.between(0.85, 1.4)


def _tower(stage: Stage, sky: Sky, tower: Tower, foot: float) -> None:
    canvas, colours = stage.canvas, stage.palette
    body, lit = _walls(colours, tower.nearness)
    left, right, top = tower.left, tower.right, tower.top
    width = right - left
    roof = _roof(stage, tower)
    canvas.fill([*roof, (right, foot + 1), (left, foot + 1)], body, mix(body, colours.land(1.0), 0.15))
    side = 0.32 * width
    if sky.source[0] > (left + right) / 2:
        canvas.fill([(right - side, top), (right, top), (right, foot), (right - side, foot)], lit, body, 0.75)
    else:
        canvas.fill([(left, top), (left + side, top), (left + side, foot), (left, foot)], lit, body, 0.75)
    _windows(stage, tower, foot)


def _walls(colours: Palette, nearness: float) -> tuple[Colour, Colour]:
    near = 0.16 + 0.62 * nearness
    body = colours.far.towards(colours.near, near)
    return body.colour(), body.towards(colours.glow, 0.08 if colours.dark else 0.24).colour()


def _roof(stage: Stage, tower: Tower) -> list[tuple[float, float]]:
    """The top edge of a tower, left to right: flat, stepped, slanted or with a spire."""
    left, right, top = tower.left, tower.right, tower.top
    width, middle = right - left, (left + right) / 2
    kind = int(stage.rng.integers(6))
    if kind == 0:
        return [
            (left, top),
            (left + width * 0.2, top),
            (left + width * 0.2, top - width * 0.3),
            (right - width * 0.2, top - width * 0.3),
            (right - width * 0.2, top),
            (right, top),
        ]
    if kind == 1:
        return [(left, top), (right, top - width * 0.45)]
    if kind == 2:
        spire = top - width * 1.3
        return [
            (left, top),
            (left + width * 0.25, top - width * 0.35),
            (middle - width * 0.04, top - width * 0.5),
            (middle, spire),
            (middle + width * 0.04, top - width * 0.5),
            (right - width * 0.25, top - width * 0.35),
            (right, top),
        ]
    if kind == 3:
        turn = np.linspace(np.pi, 0, 9)
        return [(middle + np.cos(t) * width / 2, top - np.sin(t) * width * 0.4) for t in turn]
    return [(left, top), (right, top)]


def _windows(stage: Stage, tower: Tower, foot: float) -> None:
    """Rows of windows: glowing at night, a faint grid by day."""
    colours = stage.palette
    pane = stage.unit * (0.0042 + 0.0034 * tower.nearness)
    columns = int((tower.right - tower.left) / (pane * 2)) - 1
    rows = int((foot - tower.top) / (pane * 2.4)) - 1
    if columns < 1 or rows < 1:
        return
    lively = {"night": 0.42, "dusk": 0.3, "dawn": 0.12}.get(stage.light, 0.0)
    strip = stage.rng.random((rows, columns)) < lively * stage.between(0.4, 1.3)
    start = (tower.left + tower.right) / 2 - columns * pane + pane * 0.5
    left, top = round(start), round(tower.top + pane * 2)
    size = max(1, round(pane)), max(1, round(pane * 1.3))
    step = max(2, round(pane * 2)), max(3, round(pane * 2.4))
    cell = np.zeros((step[1], step[0]), np.float32)
    cell[: size[1], : size[0]] = 1
    bright = stage.rng.uniform(0.55, 1.0, strip.shape).astype(np.float32)
    lamps = colours.lamp.colour() if stage.chance(0.8) else mix(colours.lamp.colour(), colours.glow.colour(), 0.7)
    if lively:
        _stamp(stage, np.kron(strip * bright, cell), left, top, lamps)
    else:
        dark = colours.zenith.towards(colours.near, 0.3).colour()
        _stamp(stage, np.kron(np.full(strip.shape, 0.3, np.float32), cell), left, top, dark)


def _stamp(stage: Stage, alpha: np.ndarray, left: int, top: int, colour: Colour) -> None:
    """Mix a small field of colour in where it lies on the frame."""
    x, y = max(0, -left), max(0, -top)
    part = stage.canvas.pixels[:, top + y : max(0, top + alpha.shape[0]), left + x : max(0, left + alpha.shape[1])]
    share = alpha[y : y + part.shape[1], x : x + part.shape[2]].astype(np.float32)
    if not share.size or left + x >= stage.width or top + y >= stage.height:
        return
    part += share[None] * (colour[:, None, None] - part)


def _quay(stage: Stage) -> Footing:
    """The edge of a quay with a rail and lamps, where people may stand."""
    top = stage.height * 0.925
    dark = stage.palette.land(1.0)
    stage.canvas.fill([(0, top), (stage.width, top), (stage.width, stage.height), (0, stage.height)], dark)
    rail, thick = stage.unit * 0.06, max(1.0, stage.unit * 0.003)
    for x in np.arange(0, stage.width, stage.unit * 0.05):
        stage.canvas.stroke([(x, top), (x, top - rail)], thick, dark)
    for share in (0.0, 0.45):
        y = top - rail * (1 - share)
        stage.canvas.stroke([(0, y), (stage.width, y)], thick * 1.4, dark)
    for share in (0.12, 0.88):
        _street_lamp(stage, share * stage.width, top, stage.unit * 0.3)
    return Footing(stage.width * stage.between(0.35, 0.65), top + 0.02 * stage.unit, stage.unit * 0.24, 0.55)


def _street_lamp(stage: Stage, x: float, y: float, tall: float) -> None:
    dark, canvas = stage.palette.land(1.0), stage.canvas
    canvas.fill(
        [(x - tall * 0.012, y), (x + tall * 0.012, y), (x + tall * 0.007, y - tall), (x - tall * 0.007, y - tall)], dark
    )
    canvas.fill(
        [
            (x - tall * 0.035, y - tall * 1.1),
            (x + tall * 0.035, y - tall * 1.1),
            (x + tall * 0.022, y - tall * 0.98),
            (x - tall * 0.022, y - tall * 0.98),
        ],
        dark,
    )
    if stage.light in ("dusk", "night") or stage.weather != "clear":
        lamp = stage.palette.lamp.colour()
        canvas.disc((x, y - tall * 1.04), (tall * 0.02, tall * 0.045), lamp)
        canvas.glow((x, y - tall * 1.04), tall * 0.42, lamp, 0.75)


def _street(stage: Stage) -> Composed:
    """Down a street between towers towards the light."""
    horizon = stage.height * stage.between(0.6, 0.68)
    sky = paint_sky(
        stage, horizon, (stage.width * stage.between(0.44, 0.56), horizon - stage.unit * stage.between(0.06, 0.2))
    )
    vanish = (stage.width / 2 + stage.between(-0.05, 0.05) * stage.width, horizon)
    walk = stage.palette.land(0.5)
    corners = [(0.0, horizon), (float(stage.width), horizon), (float(stage.width), float(stage.height))]
    stage.canvas.fill([*corners, (0.0, float(stage.height))], walk, stage.palette.land(0.9))
    for nearness in np.linspace(0.0, 1.0, 7):
        half = stage.width * (0.035 + 0.47 * nearness**1.7)
        _blocks(stage, vanish, half, float(nearness))
        paint_mist(stage, horizon, stage.unit * 0.16, 0.2 * (1 - float(nearness)))
    _pavement(stage, vanish)
    stage.canvas.glow(sky.source, stage.unit * 0.4, stage.palette.glow.colour(), 0.35)
    return Composed(sky.source, Footing(vanish[0], stage.height * 0.93, stage.unit * 0.28, 0.6))


def _blocks(stage: Stage, vanish: tuple[float, float], half: float, nearness: float) -> None:
    """A house front on each side of the street at one distance."""
    colours = stage.palette
    body = colours.far.towards(colours.near, 0.08 + 0.85 * nearness)
    foot = vanish[1] + (stage.height - vanish[1]) * half / (stage.width * 0.56)
    for side in (-1, 1):
        high = stage.unit * (0.1 + 0.85 * nearness**1.25) * stage.between(0.75, 1.15)
        inner = vanish[0] + side * half
        outer = vanish[0] + side * (half + stage.width * (0.05 + 0.35 * nearness))
        top = vanish[1] - high
        colour = body.colour()
        stage.canvas.fill(
            [(inner, foot), (inner, top), (outer, top), (outer, foot + 2)], colour, mix(colour, colours.land(1.0), 0.3)
        )
        left, right = min(inner, outer), max(inner, outer)
        _windows(stage, Tower(left, right, top, nearness), foot - 0.03 * stage.unit)


def _pavement(stage: Stage, vanish: tuple[float, float]) -> None:
    """The wet street: a dim mirror of what stands over it."""
    rows = stage.height - int(vanish[1])
    mirror = stage.canvas.pixels[:, int(vanish[1]) - 1 : int(vanish[1]) - rows - 1 : -1, :]
    road = stage.canvas.silhouette()
    wide = stage.width * 0.56
    road.polygon(
        [
            (vanish[0] - 0.03 * stage.width, vanish[1]),
            (vanish[0] + 0.03 * stage.width, vanish[1]),
            (vanish[0] + wide, stage.height),
            (vanish[0] - wide, stage.height),
        ]
    )
    field = np.repeat(stage.palette.land(0.85)[:, None, None], stage.height, 1).repeat(stage.width, 2)
    share = 0.62
    for channel in range(3):
        soft = cv2.blur(np.ascontiguousarray(mirror[channel]), (3, max(3, rows // 10)))
        band = field[channel, int(vanish[1]) : int(vanish[1]) + soft.shape[0]]
        band += share * (soft - band)
    stage.canvas.lay_field(road.mask, np.ascontiguousarray(field, np.float32))
