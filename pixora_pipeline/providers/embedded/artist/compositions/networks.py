"""Networks: nodes and the ties between them."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import mix
from pixora_pipeline.providers.embedded.artist.compositions.backdrop import backdrop
from pixora_pipeline.providers.embedded.artist.curves import arc
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def network(stage: Stage) -> Composed:
    """Nodes and the ties between them, near ones sharp and bright, far ones small and dim."""
    focus = (stage.width * stage.between(0.42, 0.58), stage.height * stage.between(0.42, 0.56))
    backdrop(stage, focus)
    count = int(46 * max(stage.width, stage.height) / stage.unit)
    places = _spread(stage, count)
    places[0] = focus
    depth = stage.rng.random(count) ** 0.7
    depth[0] = 1.0
    links = _links(places, depth)
    line = stage.palette.horizon.towards(stage.palette.glow, 0.3).shifted(0.1).colour()
    for one, other in links:
        near = (depth[one] + depth[other]) / 2
        curve = _curve(places[one], places[other], stage.rng.normal(0, 0.08))
        stage.canvas.stroke(curve, max(1.0, stage.unit * 0.0024 * near), line, 0.18 + 0.42 * near)
        if near > 0.6 and stage.chance(0.35):
            spot = curve[int(stage.rng.integers(3, len(curve) - 3))]
            stage.canvas.glow((float(spot[0]), float(spot[1])), stage.unit * 0.012, stage.palette.lamp.colour(), 0.8)
    order = np.argsort(depth)
    for index in order:
        _node(stage, (float(places[index, 0]), float(places[index, 1])), float(depth[index]), int(index))
    return Composed(focus)


def _spread(stage: Stage, count: int) -> np.ndarray:
    """Points that keep their distance: each new one is the best of several tries."""
    size = np.array([stage.width, stage.height], np.float64)
    places = stage.rng.random((1, 2)) * size
    while len(places) < count:
        tries = (stage.rng.random((8, 2)) * 1.04 - 0.02) * size
        gaps = np.min(np.linalg.norm(tries[:, None] - places[None], axis=2), axis=1)
        places = np.concatenate([places, tries[np.argmax(gaps)][None]])
    return places


def _links(places: np.ndarray, depth: np.ndarray) -> list[tuple[int, int]]:
    """Each node's ties to its nearest ones, the more the nearer it is to us."""
    ties: set[tuple[int, int]] = set()
    gaps = np.linalg.norm(places[:, None] - places[None], axis=2)
    for index in range(len(places)):
        count = 6 if index == 0 else 2 + int(depth[index] > 0.7)
        for other in np.argsort(gaps[index])[1 : 1 + count]:
            ties.add((min(index, int(other)), max(index, int(other))))
    return sorted(ties)


def _curve(start: np.ndarray, end: np.ndarray, bend: float) -> np.ndarray:
    steps = np.linspace(0, 1, 20)[:, None]
    across = np.array([-(end - start)[1], (end - start)[0]]) * bend
    return start + (end - start) * steps + across * np.sin(np.pi * steps)


def _node(stage: Stage, place: Point, near: float, index: int) -> None:
    colours = stage.palette
    tone = colours.lamp if index == 0 else colours.accent.shifted(0.12) if index % 4 == 1 else colours.glow
    size = stage.unit * ((0.004 + 0.011 * near**2) if index else 0.034)
    colour = tone.colour()
    stage.canvas.glow(place, size * 4.5, colour, 0.25 + 0.45 * near)
    body = mix(colours.zenith.colour(), colour, 0.35 + 0.6 * near)
    stage.canvas.disc(place, (size, size), mix(body, np.ones(3, np.float32), 0.25), body)
    if near > 0.72:
        stage.canvas.stroke(arc(place, size * 1.75), max(1.0, stage.unit * 0.0016), colour, 0.55)
