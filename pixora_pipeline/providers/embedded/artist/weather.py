"""Weather as an overlay that goes with any composition: rain, snow, storm with lightning, fog."""

import cv2
import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone
from pixora_pipeline.providers.embedded.artist.noise import Field, enlarged, fractal, smoothstep
from pixora_pipeline.providers.embedded.artist.stage import Stage

_WHITE = np.ones(3, np.float32)


def paint_weather(stage: Stage) -> None:
    """Lay the scene's weather over the finished picture."""
    if stage.weather in ("rain", "storm"):
        _veil(stage, 0.16, stage.palette.middle)
        _rain(stage, 1.5 if stage.weather == "storm" else 1.0)
    elif stage.weather == "snow":
        _veil(stage, 0.14, stage.palette.horizon)
        _snow(stage)
    elif stage.weather == "fog":
        _veil(stage, 0.6, stage.palette.horizon)


def paint_lightning(stage: Stage, horizon: float) -> None:
    """A forked bolt in the sky and the flash around it."""
    x = stage.width * (stage.between(0.12, 0.34) if stage.chance(0.5) else stage.between(0.66, 0.88))
    light = np.zeros((stage.height, stage.width), np.uint8)
    _bolt(stage, light, (x, -5.0), horizon * stage.between(0.82, 0.98), stage.unit * 0.0042, 3)
    soft = cv2.GaussianBlur(light, (0, 0), stage.unit * 0.008).astype(np.float32) / 255
    colour = Tone(0.95, 0.03, 280).colour()
    stage.canvas.glow((x, horizon * 0.45), stage.unit * 0.55, Tone(0.85, 0.06, 280).colour(), 0.35, 1.3)
    stage.canvas.shine(np.clip(soft * 2.2, 0, 0.8), colour)
    stage.canvas.shine(light.astype(np.float32) / 255, _WHITE)


def _bolt(stage: Stage, light: np.ndarray, start: tuple[float, float], foot: float, width: float, forks: int) -> None:
    points, (x, y) = [start], start
    step = (foot - y) / 16
    while y < foot:
        x, y = x + stage.rng.normal(0, step * 0.55), y + step * stage.between(0.5, 1.3)
        points.append((x, y))
    fixed = np.round(np.array(points) * 16).astype(np.int32)
    cv2.polylines(light, [fixed], False, 255, max(1, round(width)), cv2.LINE_AA, 4)
    for index in stage.rng.integers(2, max(3, len(points) - 3), forks):
        px, py = points[int(index)]
        _bolt(stage, light, (px, py), min(foot, py + (foot - py) * stage.between(0.3, 0.6)), width * 0.45, 0)


def _veil(stage: Stage, strength: float, tone: Tone) -> None:
    """Thick air, denser low down and in drifting banks."""
    shape = (225, 400)
    drift = smoothstep(-1.0, 1.0, fractal(stage.rng, shape, (3, 3), 4))
    rows = np.linspace(0.35, 1.0, shape[0], dtype=np.float32)[:, None]
    alpha = enlarged((strength * rows * (0.45 + 0.65 * drift)).astype(np.float32), (stage.height, stage.width))
    stage.canvas.veil(alpha, tone.shifted(chroma=0.6).colour())


def _rain(stage: Stage, density: float) -> None:
    slant = stage.between(-0.32, -0.12) if stage.chance(0.5) else stage.between(0.12, 0.32)
    area = stage.width * stage.height / stage.unit**2
    for length, width, count, strength in ((0.035, 1.0, 900, 0.16), (0.07, 1.4, 320, 0.22), (0.13, 2.4, 60, 0.2)):
        layer = np.zeros((stage.height, stage.width), np.uint8)
        total = int(count * density * area)
        x, y = stage.rng.uniform(-0.1, 1.1, total) * stage.width, stage.rng.uniform(-0.1, 1.0, total) * stage.height
        long = stage.rng.uniform(0.6, 1.2, total) * length * stage.unit
        ends = np.stack([x, y, x + slant * long, y + long], axis=1).reshape(-1, 2, 2)
        thick = max(1, round(width * stage.unit / 1216))
        cv2.polylines(layer, list(np.round(ends * 16).astype(np.int32)), False, 255, thick, cv2.LINE_AA, 4)
        stage.canvas.shine(layer.astype(np.float32) * np.float32(strength / 255), _WHITE)


def _snow(stage: Stage) -> None:
    area = stage.width * stage.height / stage.unit**2
    for size, count, blur, strength in ((1.6, 700, 0.6, 0.7), (3.0, 200, 1.2, 0.75), (7.0, 45, 3.6, 0.5)):
        layer = np.zeros((stage.height, stage.width), np.uint8)
        scale = stage.unit / 1216
        for _ in range(int(count * area)):
            place = (int(stage.rng.integers(stage.width) * 16), int(stage.rng.integers(stage.height) * 16))
            radius = max(9, round(size * stage.between(0.6, 1.3) * scale * 16))
            cv2.circle(layer, place, radius, 255, -1, cv2.LINE_AA, 4)
        soft: Field = cv2.GaussianBlur(layer, (0, 0), max(blur * scale, 0.3)).astype(np.float32)
        stage.canvas.veil(soft * np.float32(strength / 255), _WHITE)
