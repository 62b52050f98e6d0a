"""Square maps of heights for the terrain renderer: ranges of peaks, dunes, rolling hills. Heights are about 0..1."""

import cv2
import numpy as np

from pixora_pipeline.providers.embedded.artist.noise import Field, fractal, smoothstep

SIZE = 768  # samples along a side


def alpine(rng: np.random.Generator, cells: float = 3.0) -> Field:
    """Ridges that fork and fall into valleys; finer ridges only where the ground is already high."""
    shape = (SIZE, SIZE)
    total, weight = np.zeros(shape, np.float32), np.ones(shape, np.float32)
    height, count = 1.0, cells
    for _ in range(7):
        crest = np.clip(1 - 1.5 * np.abs(fractal(rng, shape, (count, count), 1)), 0, 1)
        crest = crest**1.6
        total += np.float32(height) * crest * weight
        weight = np.clip(crest * 1.7, 0.12, 1).astype(np.float32)
        height, count = height * 0.47, count * 2.0
    return _bent(rng, total / 1.75, 16)


def dunes(rng: np.random.Generator, crests: float = 5.0) -> Field:
    """Dunes with a long windward side and a steep lee, their crests wandering."""
    shape = (SIZE, SIZE)
    swell = fractal(rng, shape, (3, 3), 2)
    wander = fractal(rng, shape, (4, 4), 3)
    axis = np.linspace(0, 1, SIZE, dtype=np.float32)
    tilt = float(rng.uniform(1.5, 4.0))
    phase = axis[None] * crests + axis[:, None] * tilt + 0.9 * wander + 0.6 * swell
    saw = phase - np.floor(phase)
    slope = np.where(saw < 0.72, saw / 0.72, (1 - saw) / 0.28)
    body = (slope * slope * (3 - 2 * slope) + slope) / 2
    body = cv2.GaussianBlur(body.astype(np.float32), (0, 0), 2.0) * (0.6 + 0.4 * smoothstep(-1, 1, swell))
    ripple = 0.012 * fractal(rng, shape, (110, 30), 2)
    return (0.62 * body + 0.34 * swell + ripple).astype(np.float32)


def hills(rng: np.random.Generator, cells: float = 4.0) -> Field:
    """Soft rolling country."""
    return (0.5 + 0.42 * fractal(rng, (SIZE, SIZE), (cells, cells), 5, 0.36)).astype(np.float32)


def flattened(heights: Field, level: float) -> Field:
    """The same ground, drowned up to `level`."""
    return np.maximum(heights, np.float32(level))


def sloped_to(heights: Field, start: float, end: float, floor: float = 0.0) -> Field:
    """The map with its near part, up to row `start` (0..1), lowered to `floor`, rising to its own height at `end`."""
    rows = smoothstep(start, end, np.linspace(0, 1, SIZE, dtype=np.float32))[:, None]
    return (np.float32(floor) + (heights - np.float32(floor)) * rows).astype(np.float32)


def _bent(rng: np.random.Generator, heights: Field, reach: float) -> Field:
    """The map distorted by slow noise, so that no ridge runs straight."""
    shape = heights.shape
    x, y = np.meshgrid(np.arange(shape[1], dtype=np.float32), np.arange(shape[0], dtype=np.float32))
    bend_x = x + np.float32(reach) * fractal(rng, shape, (4, 4), 4)
    bend_y = y + np.float32(reach) * fractal(rng, shape, (4, 4), 4)
    bent = cv2.remap(heights.astype(np.float32), bend_x, bend_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(bent, np.float32)
