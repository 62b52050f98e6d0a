"""Growth: columns or stacks of coins that rise, a line climbing over them."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone
from pixora_pipeline.providers.embedded.artist.compositions.backdrop import backdrop
from pixora_pipeline.providers.embedded.artist.noise import smoothstep
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def growth(stage: Stage) -> Composed:
    """Columns that rise like a city of light, a line climbing over them."""
    backdrop(stage, (stage.width * 0.74, stage.height * 0.34), 0.7)
    count = int(np.clip(round(11 * stage.width / stage.unit / 1.6), 6, 15))
    foot, pitch = stage.height * 0.8, stage.width * 0.8 / count
    coins = stage.says("money", "coin", "coins", "gold", "bank", "banks", "price", "prices") or stage.chance(0.4)
    path = []
    for index, high in enumerate(_heights(stage, count)):
        left = stage.width * 0.1 + index * pitch + pitch * 0.16
        if coins:
            _coins(stage, (left + pitch * 0.31, foot), (pitch * 0.66, high))
        else:
            tone = stage.palette.accent.towards(stage.palette.lamp, index / max(count - 1, 1)).shifted(0.04)
            _column(stage, (left, foot), (pitch * 0.62, high), tone)
        path.append((left + pitch * 0.31, foot - high - stage.unit * 0.06))
    _line(stage, path)
    ground = [(stage.width * 0.07, foot), (stage.width * 0.93, foot)]
    pale = stage.palette.horizon.shifted(0.1).colour()
    stage.canvas.stroke(ground, max(1.0, stage.unit * 0.003), pale, 0.6)
    return Composed(min(path, key=lambda place: place[1]))


def _heights(stage: Stage, count: int) -> list[float]:
    """How high each column is, in pixels: rising, or falling where the words speak of a fall."""
    falls = stage.says("crash", "fall", "decline", "crisis", "recession", "loss", "losses", "debt")
    trend = np.linspace(0.14, 0.92, count) ** 1.25 + stage.rng.normal(0, 0.05, count)
    run = trend[::-1] if falls or stage.mood == "sad" else trend
    return [float(high) for high in np.clip(run, 0.08, 1.0) * stage.height * 0.5]


def _line(stage: Stage, path: list[Point]) -> None:
    """The bright line that climbs over the columns."""
    glow = stage.palette.glow.colour()
    stage.canvas.stroke(_smooth_path(path), stage.unit * 0.005, glow, 0.9)
    for place in path:
        stage.canvas.glow(place, stage.unit * 0.024, glow, 0.8)
        stage.canvas.disc(place, (stage.unit * 0.007, stage.unit * 0.007), np.ones(3, np.float32))


def _column(stage: Stage, foot: Point, size: tuple[float, float], tone: Tone) -> None:
    """A glassy block with a lit top and a reflection."""
    (x, y), (wide, high) = foot, size
    skew = wide * 0.22
    top, side = tone.shifted(0.14).colour(), tone.shifted(-0.17).colour()
    front, low = tone.colour(), tone.towards(stage.palette.zenith, 0.72).colour()
    stage.canvas.fill([(x, y), (x, y - high), (x + wide, y - high), (x + wide, y)], front, low)
    stage.canvas.fill(
        [
            (x + wide, y),
            (x + wide, y - high),
            (x + wide + skew, y - high - skew * 0.6),
            (x + wide + skew, y - skew * 0.6),
        ],
        side,
        low,
    )
    stage.canvas.fill(
        [
            (x, y - high),
            (x + skew, y - high - skew * 0.6),
            (x + wide + skew, y - high - skew * 0.6),
            (x + wide, y - high),
        ],
        top,
    )
    mirror = min(high * 0.4, stage.height - y)
    deep = stage.palette.zenith.towards(stage.palette.near, 0.6).colour()
    stage.canvas.fill([(x, y + 1), (x + wide, y + 1), (x + wide, y + mirror), (x, y + mirror)], low, deep, 0.35)


def _coins(stage: Stage, foot: Point, size: tuple[float, float]) -> None:
    """A stack of coins, never quite straight, its mirror below."""
    (x, y), (wide, high) = foot, size
    gold, half = Tone(0.74, 0.13, 82), wide / 2
    thick = max(half * 0.3, 3.0)
    stage.canvas.disc((x, y + thick), (half * 1.1, half * 0.42), stage.palette.near.colour(), opacity=0.4)
    for _ in range(max(1, int(high / thick))):
        shift = stage.rng.normal(0, 0.035) * half
        edge = gold.shifted(stage.between(-0.16, -0.08))
        stage.canvas.disc((x + shift, y), (half, half * 0.3), edge.colour(), edge.shifted(-0.1).colour())
        stage.canvas.disc((x + shift, y - thick * 0.72), (half, half * 0.3), gold.shifted(0.1).colour(), gold.colour())
        stage.canvas.disc((x + shift, y - thick * 0.72), (half * 0.72, half * 0.2), gold.shifted(0.02).colour())
        y -= thick
    stage.canvas.glow((x - half * 0.4, y), half * 0.7, stage.palette.lamp.colour(), 0.4)


def _smooth_path(points: list[Point]) -> np.ndarray:
    """A curve through the points, eased between them."""
    places = np.array(points)
    steps = np.linspace(0, len(points) - 1, len(points) * 14)
    whole = np.minimum(steps.astype(int), len(points) - 2)
    part = smoothstep(0, 1, (steps - whole).astype(np.float32))[:, None]
    return places[whole] * (1 - part) + places[whole + 1] * part
