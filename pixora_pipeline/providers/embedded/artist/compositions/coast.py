"""A headland with its lighthouse over the sea."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.buildings import House, paint_house
from pixora_pipeline.providers.embedded.artist.colour import mix
from pixora_pipeline.providers.embedded.artist.compositions.lighthouse import paint_lighthouse
from pixora_pipeline.providers.embedded.artist.land import below, blades, crest
from pixora_pipeline.providers.embedded.artist.noise import Field, profile, smoothstep
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage
from pixora_pipeline.providers.embedded.artist.water import paint_water
from pixora_pipeline.providers.embedded.artist.weather import paint_lightning


def coast(stage: Stage) -> Composed:
    """A lighthouse on a headland, its beam over the sea when it is dark."""
    horizon = stage.height * stage.between(0.58, 0.66)
    sky = paint_sky(stage, horizon)
    if stage.weather == "storm":
        paint_lightning(stage, horizon)
    side = 1 if sky.source[0] < stage.width / 2 else -1
    for step in range(2):
        paint_headland(stage, side * (1 if step else -1), horizon, 0.1 + 0.16 * step, 0.05 + 0.05 * step, 0.2)
    rough = {"storm": 0.9, "rain": 0.5}.get(stage.weather, stage.between(0.15, 0.4))
    paint_water(stage, sky, horizon, rough=rough)
    line = _cliff(stage, side, horizon)
    column = int(stage.width * (0.5 + side * stage.between(0.24, 0.3)))
    foot = float(line[column]) + 0.004 * stage.unit
    lamp = paint_lighthouse(stage, (float(column), foot), stage.unit * stage.between(0.4, 0.5), side)
    _cottage(stage, column - side * 0.09 * stage.unit, foot, 0.09 * stage.unit, side)
    gulls(stage, horizon)
    x = int(np.clip(stage.width * (0.5 + side * 0.12), 0, stage.width - 1))
    footing = (
        Footing(float(x), float(line[x]) + 0.01 * stage.unit, stage.unit * 0.14, 0.5)
        if line[x] < stage.height
        else None
    )
    return Composed(lamp, footing)


def paint_headland(stage: Stage, side: int, horizon: float, reach: float, high: float, nearness: float) -> None:
    """A far point of land lying on the horizon."""
    x = np.linspace(-0.5, 0.5, stage.width, dtype=np.float32) * side
    body = smoothstep(0.5 - reach * 2.4, 0.5 - reach * 0.4, x) * np.float32(high * stage.unit)
    line = crest(stage, horizon, stage.unit * 0.012, 4.0) * 0 + np.float32(horizon + 1) - body
    line -= np.abs(crest(stage, 0, stage.unit * 0.012, 5.0)) * (body > 1)
    shape = below(stage, line)
    shape.mask[int(horizon) + 1 :] = 0
    stage.canvas.lay(shape.mask, stage.palette.land(nearness), stage.palette.land(nearness + 0.12))


def _cliff(stage: Stage, side: int, horizon: float) -> Field:
    """A headland in front of us, grass on top, steep rock down to the foam; rows below the frame are open sea."""
    x = (np.linspace(-0.5, 0.5, stage.width, dtype=np.float32) * side).astype(np.float32)
    top = horizon - stage.unit * stage.between(0.02, 0.07)
    edge = stage.between(-0.05, 0.05)
    broken = 0.035 * profile(stage.rng, stage.width, 14, 5, 0.6)
    steps = [
        smoothstep(edge + at, edge + at + wide, x + broken) for at, wide in ((-0.09, 0.05), (-0.03, 0.04), (0.02, 0.06))
    ]
    rise = (0.3 * steps[0] + 0.35 * steps[1] + 0.35 * steps[2]).astype(np.float32)
    slope = np.clip(x - edge, 0, None) * stage.unit * -0.14
    floor = stage.height * 1.02
    line = crest(stage, 0, stage.unit * 0.014, 3.0) + crest(stage, 0, stage.unit * 0.02, 30.0) * (1 - rise)
    line = (top + slope + line + (floor - top) * (1 - rise)).astype(np.float32)
    rock = stage.palette.stone(0.55)
    shape = below(stage, line)
    stage.canvas.lay(shape.mask, rock, mix(stage.palette.land(1.0), rock, 0.2))
    _strata(stage, line, shape.mask, rise)
    turf = crest(stage, 0, stage.unit * 0.006, 14.0)
    grass = below(stage, line)
    lower = below(stage, (line + np.float32(0.045 * stage.unit) * rise**6 + np.abs(turf) + 1).astype(np.float32))
    blades(stage, grass, line, stage.unit * 0.013)
    grass.mask[lower.mask > 0] = 0
    green = mix(stage.palette.foliage(0.55), stage.palette.land(0.9), 0.3)
    stage.canvas.lay(grass.mask, green, mix(green, stage.palette.land(1.0), 0.4))
    _foam(stage, line, rise)
    return line


def _strata(stage: Stage, line: Field, mask: np.ndarray, rise: Field) -> None:
    """Cracks and ledges in the rock face."""
    dark, light = stage.palette.land(1.0), stage.palette.stone(0.3)
    for _ in range(90):
        column = int(stage.between(0, stage.width - 1))
        if rise[column] < 0.03:
            continue
        y = float(line[column]) + stage.unit * stage.between(0.03, 0.5)
        long = stage.unit * stage.between(0.02, 0.09)
        points = [
            (column, y),
            (column + long * 0.25 * stage.between(-1, 1), y + long * 0.5),
            (column + long * 0.1, y + long),
        ]
        if y + long < stage.height and all(
            mask[min(int(py), stage.height - 1), min(max(int(px), 0), stage.width - 1)] for px, py in points
        ):
            stage.canvas.stroke(points, stage.unit * 0.003, dark if stage.chance(0.6) else light, 0.35)


def _foam(stage: Stage, line: Field, rise: Field) -> None:
    """White water where the sea meets the rock."""
    white = stage.palette.glow.shifted(-0.02 if not stage.palette.dark else -0.35, 0.4).colour()
    columns = np.flatnonzero((rise < 0.9) & (line < stage.height * 1.01) & (line > stage.height * 0.7))
    for column in columns[:: max(1, len(columns) // 60)]:
        place = (float(column) + stage.rng.normal(0, 0.012) * stage.unit, float(line[column]))
        stage.canvas.glow(place, stage.unit * stage.between(0.008, 0.03), white, 0.5, 0.5)


def _cottage(stage: Stage, x: float, y: float, width: float, side: int) -> None:
    paint_house(stage, House(x, y + width * 0.08, width * 0.6, 1.0), stage.width * (0.5 - side * 0.4))


def gulls(stage: Stage, horizon: float) -> None:
    """A few gulls over the water."""
    colour = (
        stage.palette.glow.shifted(-0.1 if not stage.palette.dark else -0.5).towards(stage.palette.near, 0.25).colour()
    )
    x, y = stage.width * stage.between(0.25, 0.75), horizon * stage.between(0.3, 0.7)
    for _ in range(int(stage.rng.integers(4, 9))):
        px, py = x + stage.rng.normal(0, 0.12) * stage.unit, y + stage.rng.normal(0, 0.06) * stage.unit
        wing = stage.unit * stage.between(0.008, 0.02)
        lift = stage.between(0.3, 0.7)
        for way in (-1, 1):
            tip = (px + way * wing, py - wing * lift * 0.55)
            stage.canvas.fill(
                [
                    (px, py),
                    (px + way * wing * 0.5, py - wing * lift),
                    tip,
                    (px + way * wing * 0.5, py - wing * lift * 0.72),
                ],
                colour,
            )
