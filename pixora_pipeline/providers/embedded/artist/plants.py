"""Plants as silhouettes: firs, leafy trees, palms, cacti, reeds. Every function draws into a shape it is given.

Positions and lengths are pixels; `(x, y)` is where the plant stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pixora_pipeline.providers.embedded.artist.silhouette import Point, Silhouette


def fir(rng: np.random.Generator, shape: Silhouette, x: float, y: float, tall: float) -> None:
    """A fir with hanging tiers."""
    tiers = int(np.clip(tall / 9, 5, 13))
    spread = tall * rng.uniform(0.17, 0.24)
    left, right = [], []
    for side, points in ((-1.0, left), (1.0, right)):
        for tier in range(tiers):
            share = ((tier + 1) / tiers) ** 0.92
            reach = spread * share * rng.uniform(0.75, 1.1)
            row = y - tall * (0.97 - 0.87 * share)
            points.append((x + side * reach, row + tall * 0.025))
            if tier < tiers - 1:
                points.append((x + side * reach * 0.42, row - tall * 0.006))
    shape.polygon([(x, y - tall), *right, (x, y - tall * 0.1), *reversed(left)])
    shape.limb((x, y - tall * 0.2), (x, y + tall * 0.02), (tall * 0.025, tall * 0.04))


def poplar(rng: np.random.Generator, shape: Silhouette, x: float, y: float, tall: float) -> None:
    """A cypress or poplar: one slim flame."""
    wide = tall * rng.uniform(0.08, 0.12)
    turn = np.linspace(0, np.pi, 18)
    bulge = np.sin(turn**0.85 * np.pi ** (1 - 0.85)) * wide * (1 + rng.uniform(-0.1, 0.1, turn.size))
    rows = y - tall * (0.04 + 0.96 * (1 - turn / np.pi) ** 0.9)
    shape.limb((x, y - tall * 0.12), (x, y + tall * 0.01), (tall * 0.03, tall * 0.035))
    right = np.stack([x + bulge, rows], axis=1)
    left = np.stack([x - bulge, rows], axis=1)[::-1]
    shape.polygon(np.concatenate([right, left]))


def bush(rng: np.random.Generator, shape: Silhouette, x: float, y: float, tall: float) -> None:
    """A rounded crown on a short trunk, for trees seen from afar."""
    shape.limb((x, y), (x, y - tall * 0.5), (tall * 0.09, tall * 0.06))
    for _ in range(9):
        dx, dy = rng.normal(0, 0.17), rng.uniform(0.42, 0.86)
        radius = tall * rng.uniform(0.11, 0.2)
        shape.ellipse((x + dx * tall, y - dy * tall), (radius, radius * 0.85))


def palm(rng: np.random.Generator, shape: Silhouette, x: float, y: float, tall: float) -> None:
    """A palm: a bent trunk and feathered fronds."""
    lean = rng.uniform(-0.22, 0.22)
    steps = np.linspace(0, 1, 9)
    stem = np.stack([x + lean * tall * steps**1.8, y - tall * 0.82 * steps], axis=1)
    for (start, end), share in zip(pairwise(stem), steps, strict=False):
        shape.limb(tuple(start), tuple(end), (tall * (0.05 - 0.02 * share), tall * (0.043 - 0.02 * share)))
    top = (float(stem[-1, 0]), float(stem[-1, 1]))
    shape.ellipse(top, (tall * 0.035, tall * 0.03))
    for angle in np.linspace(-0.35, np.pi + 0.35, 11) + rng.normal(0, 0.1, 11):
        _frond(rng, shape, top, float(angle), tall * rng.uniform(0.34, 0.44))


def _frond(rng: np.random.Generator, shape: Silhouette, top: Point, angle: float, length: float) -> None:
    """One leaf that rises, then hangs, with leaflets on both sides."""
    steps = np.linspace(0, 1, 15)
    run = np.cos(angle) * length * steps
    rise = -np.sin(angle) * length * 0.75 * steps + length * 0.62 * steps**2.1
    spine = np.stack([top[0] + run, top[1] + rise], axis=1)
    shape.line(spine, max(1.0, length * 0.018))
    for index in range(1, 15):
        here = spine[index]
        along = spine[index] - spine[index - 1]
        along = along / max(float(np.hypot(*along)), 1e-6)
        leaf = length * 0.27 * np.sin(np.pi * min(1.0, 0.16 + 0.84 * steps[index]) ** 0.9)
        for side in (-1, 1):
            across = np.array([-along[1], along[0]]) * side
            tip = here + (along * 0.75 + across * 0.5 + np.array([0, 0.55])) * leaf * rng.uniform(0.85, 1.1)
            width = along * length * 0.022
            shape.polygon([tuple(here - width), tuple(tip), tuple(here + width)])


def cactus(rng: np.random.Generator, shape: Silhouette, x: float, y: float, tall: float) -> None:
    """A saguaro with one to three arms."""
    thick = tall * 0.13
    _post(shape, (x, y), (x, y - tall), thick)
    for side in rng.permutation([-1, 1, 1 if rng.random() < 0.5 else -1])[: rng.integers(1, 4)]:
        knee = y - tall * rng.uniform(0.32, 0.55)
        out = x + side * tall * rng.uniform(0.17, 0.24)
        _post(shape, (x, knee), (out, knee), thick * 0.7)
        _post(shape, (out, knee), (out, knee - tall * rng.uniform(0.18, 0.34)), thick * 0.7)


def leaf(shape: Silhouette, place: Point, size: float, angle: float) -> None:
    """One pointed leaf, `size` pixels from its middle to its tip; `angle` in radians."""
    along_x, along_y = np.cos(angle) * size, np.sin(angle) * size
    wide_x, wide_y = -along_y * 0.42, along_x * 0.42
    x, y = place
    shape.polygon(
        [
            (x - along_x, y - along_y),
            (x - along_x * 0.2 + wide_x, y - along_y * 0.2 + wide_y),
            (x + along_x, y + along_y),
            (x - along_x * 0.2 - wide_x, y - along_y * 0.2 - wide_y),
        ]
    )


def _post(shape: Silhouette, start: Point, end: Point, thick: float) -> None:
    shape.limb(start, end, (thick, thick))
    for place in (start, end):
        shape.ellipse(place, (thick / 2, thick / 2))


def reeds(rng: np.random.Generator, shape: Silhouette, x: float, y: float, tall: float) -> None:
    """A tuft of reeds, some with cattails."""
    for _ in range(12):
        foot = x + rng.normal(0, tall * 0.16)
        high = tall * rng.uniform(0.45, 1.0)
        tip = foot + rng.normal(0.05, 0.13) * high
        shape.polygon([(foot - tall * 0.011, y), (tip, y - high), (foot + tall * 0.011, y)])
        if rng.random() < 0.3:
            shape.limb((tip, y - high * 0.98), (tip, y - high * 0.8), (tall * 0.032, tall * 0.032))


@dataclass(frozen=True)
class Limb:
    """A piece of a branch: from, to, and its width at both ends."""

    start: Point
    end: Point
    widths: tuple[float, float]
    last: bool


def grow(
    rng: np.random.Generator, start: Point, angle: float, length: float, width: float, depth: int, spread: float = 0.55
) -> Iterator[Limb]:
    """A branching tree from its foot on; `angle` in radians, pi/2 is up. Limbs marked `last` bear leaves."""
    bend = angle + rng.normal(0, 0.09)
    end = (start[0] + np.cos(bend) * length, start[1] - np.sin(bend) * length)
    yield Limb(start, end, (width, width * (0.7 if depth else 0.15)), depth == 0)
    if depth == 0:
        return
    turns = [-spread, spread] if rng.random() < 0.68 else [-spread * 1.2, rng.normal(0, 0.12), spread * 1.2]
    for turn in turns:
        aim = bend + turn * rng.uniform(0.6, 1.25) + 0.06 * (np.pi / 2 - bend)
        yield from grow(rng, end, float(aim), length * rng.uniform(0.68, 0.86), width * 0.68, depth - 1, spread * 0.98)
