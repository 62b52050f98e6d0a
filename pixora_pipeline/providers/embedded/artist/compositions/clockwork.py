"""Machines: wheels that turn each other."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour, Tone
from pixora_pipeline.providers.embedded.artist.compositions.backdrop import backdrop
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def machine(stage: Stage) -> Composed:
    """Wheels that turn each other, in brass and steel, some before and some behind."""
    focus = (stage.width * stage.between(0.42, 0.58), stage.height * stage.between(0.44, 0.56))
    backdrop(stage, focus, 0.8)
    colours = stage.palette
    metals = [Tone(0.72, 0.1, 78), Tone(0.6, 0.09, 52), Tone(0.7, 0.025, 240), Tone(0.62, 0.08, colours.accent.hue)]
    for depth, count in ((0.0, 7), (0.5, 5), (1.0, 0)):
        for _ in range(count):
            place = (stage.between(0, stage.width), stage.between(0, stage.height))
            tone = (
                metals[int(stage.rng.integers(4))]
                .towards(colours.zenith, 0.72 - 0.4 * depth)
                .shifted(-0.12 + 0.1 * depth)
            )
            paint_wheel(stage, place, stage.unit * stage.between(0.1, 0.26), stage.between(0, 6), tone)
    _train(stage, focus, metals)
    return Composed(focus)


def _train(stage: Stage, focus: Point, metals: list[Tone]) -> None:
    """A chain of wheels whose teeth meet."""
    module = stage.unit * 0.0135
    radius, place, phase = module * 15, focus, 0.0
    wheels = [(place, radius, phase, metals[0])]
    angle = stage.between(0, 6.28)
    for index, teeth in enumerate((18, 11, 24, 13)):
        angle += stage.between(0.9, 1.7)
        size = module * teeth / 2
        middle = (
            focus[0] + np.cos(angle) * (radius + size + module * 0.2),
            focus[1] + np.sin(angle) * (radius + size + module * 0.2),
        )
        wheels.append(((float(middle[0]), float(middle[1])), size, angle, metals[(index + 1) % 4]))
    for place, size, phase, tone in reversed(wheels):
        paint_shadow(stage, place, size)
        paint_wheel(stage, place, size, phase, tone.towards(stage.palette.glow, 0.08))


def paint_shadow(stage: Stage, place: Point, size: float) -> None:
    """The soft shadow under something round."""
    for step in range(4):
        grow = size * (1.04 + 0.035 * step)
        stage.canvas.disc(
            (place[0] + size * 0.06, place[1] + size * 0.1), (grow, grow), stage.palette.near.colour(), opacity=0.13
        )


def paint_wheel(stage: Stage, centre: Point, radius: float, phase: float, tone: Tone) -> None:
    """A toothed wheel with spokes, a bevelled rim and a hub."""
    teeth = max(10, round(radius / (stage.unit * 0.0135) * 2))
    bright, body, dark = tone.shifted(0.1).colour(), tone.colour(), tone.shifted(-0.17).colour()
    outline = _toothed(centre, radius, teeth, phase)
    stage.canvas.fill(outline, bright, dark)
    rim = radius * 0.86
    stage.canvas.disc(centre, (rim, rim), dark, bright)
    stage.canvas.disc(centre, (rim * 0.975, rim * 0.975), body, tone.shifted(-0.06).colour())
    inner = radius * 0.68
    spokes = int(stage.rng.integers(4, 7))
    gap = stage.palette.zenith.towards(stage.palette.near, 0.6).colour()
    for index in range(spokes):
        start = phase + 2 * np.pi * index / spokes
        _cut(stage, centre, (radius * 0.26, inner), (start + 0.16, start + 2 * np.pi / spokes - 0.16), gap)
    hub = radius * 0.2
    stage.canvas.disc(centre, (hub, hub), bright, dark)
    stage.canvas.disc(centre, (hub * 0.72, hub * 0.72), dark, body)
    stage.canvas.disc(centre, (hub * 0.34, hub * 0.34), gap, dark)


def _toothed(centre: Point, radius: float, teeth: int, phase: float) -> np.ndarray:
    steps = np.arange(teeth * 4)
    depth = np.array([0.0, 1.0, 1.0, 0.0])[steps % 4] * radius * min(0.13, 2.6 / teeth)
    part = np.array([0.0, 0.14, 0.42, 0.56])[steps % 4]
    angles = phase + (steps // 4 + part) / teeth * 2 * np.pi
    reach = radius * 0.96 + depth
    return np.stack([centre[0] + np.cos(angles) * reach, centre[1] + np.sin(angles) * reach], axis=1)


def _cut(stage: Stage, centre: Point, radii: tuple[float, float], span: tuple[float, float], colour: Colour) -> None:
    """An opening between two spokes."""
    angles = np.linspace(*span, 20)
    outer = np.stack([centre[0] + np.cos(angles) * radii[1], centre[1] + np.sin(angles) * radii[1]], axis=1)
    inner = np.stack([centre[0] + np.cos(angles[::-1]) * radii[0], centre[1] + np.sin(angles[::-1]) * radii[0]], axis=1)
    stage.canvas.fill(np.concatenate([outer, inner]), colour, opacity=0.92)
