"""Smooth outlines from a few points, for figures drawn in their own small measures."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.providers.embedded.artist.silhouette import Point


def smooth(points: Sequence[Point], steps: int = 8) -> NDArray[np.float64]:
    """A closed curve (Catmull-Rom) through the points."""
    knots = np.asarray(points, np.float64)
    before, after, beyond = np.roll(knots, 1, 0), np.roll(knots, -1, 0), np.roll(knots, -2, 0)
    share = np.linspace(0, 1, steps, endpoint=False)[:, None, None]
    curve = 0.5 * (
        2 * knots
        + (after - before) * share
        + (2 * before - 5 * knots + 4 * after - beyond) * share**2
        + (3 * knots - before - 3 * after + beyond) * share**3
    )
    return np.asarray(curve.transpose(1, 0, 2).reshape(-1, 2))


def mirrored(right: Sequence[Point]) -> list[Point]:
    """The outline whose right half, from top to foot, is given; x = 0 is its axis."""
    return [*right, *((-x, y) for x, y in reversed(right) if x)]


def arc(centre: Point, radius: float, start: float = 0.0, turn: float = 2 * np.pi) -> NDArray[np.float64]:
    """Points along a part of a circle, from the angle `start` on through `turn` (radians, clockwise on the frame)."""
    angles = np.linspace(start, start + turn, max(24, int(radius / 2) + 24))
    return np.stack([centre[0] + np.cos(angles) * radius, centre[1] + np.sin(angles) * radius], axis=1)
