"""Things that float: a square-rigged ship, a sloop, a rowing boat, a steamer."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour, mix
from pixora_pipeline.providers.embedded.artist.silhouette import Silhouette
from pixora_pipeline.providers.embedded.artist.stage import Stage


@dataclass(frozen=True)
class Vessel:
    """A vessel at column `x`, its waterline at row `water`, `size` pixels long; it heads left (-1) or right (1)."""

    kind: str
    x: float
    water: float
    size: float
    heading: int


class _Plan:
    """Turns a vessel's own measures (length 1, bow at +0.5, up positive) into pixels."""

    def __init__(self, vessel: Vessel) -> None:
        self.vessel = vessel

    def at(self, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        ship = self.vessel
        return [(ship.x + x * ship.size * ship.heading, ship.water - y * ship.size) for x, y in points]


def paint_vessel(stage: Stage, vessel: Vessel, mirror: bool = False) -> None:
    """Paint the vessel; with `mirror` also its dim reflection, for water that is already painted."""
    canvas = stage.canvas
    if mirror:
        dim = canvas.silhouette()
        dim.ellipse((vessel.x, vessel.water + vessel.size * 0.03), (vessel.size * 0.5, vessel.size * 0.05))
        canvas.lay(dim.mask, stage.palette.land(1.0), opacity=0.45)
    hull, sails = canvas.silhouette(), canvas.silhouette()
    {"sail": _ship, "sloop": _sloop, "boat": _boat, "steamer": _steamer}[vessel.kind](_Plan(vessel), hull, sails)
    cloth, dark = _cloth(stage), stage.palette.near.towards(stage.palette.accent, 0.1).colour()
    canvas.lay(sails.mask, cloth, mix(cloth, dark, 0.45))
    canvas.lay(hull.mask, dark)
    if stage.palette.dark and vessel.kind != "boat":
        lamp = _Plan(vessel).at([(-0.4, 0.16)])[0]
        canvas.glow(lamp, vessel.size * 0.12, stage.palette.lamp.colour(), 0.9)


def _cloth(stage: Stage) -> Colour:
    light = stage.palette.glow.towards(stage.palette.far, 0.35)
    return (light if not stage.palette.dark else light.shifted(-0.32)).colour()


def _ship(plan: _Plan, hull: Silhouette, sails: Silhouette) -> None:
    """Three masts, square sails, jibs and a spanker."""
    hull.polygon(
        plan.at(
            [
                (-0.5, 0.17),
                (-0.46, 0.0),
                (-0.4, -0.03),
                (0.36, -0.03),
                (0.46, 0.09),
                (0.56, 0.13),
                (0.4, 0.115),
                (0.1, 0.075),
                (-0.2, 0.08),
                (-0.3, 0.13),
            ]
        )
    )
    thin = plan.vessel.size * 0.012
    hull.limb(*plan.at([(0.42, 0.1), (0.74, 0.24)]), (thin * 1.3, thin * 0.6))
    for mast, top in ((-0.27, 0.66), (0.02, 0.8), (0.28, 0.7)):
        hull.limb(*plan.at([(mast, 0.05), (mast, top)]), (thin * 1.5, thin * 0.6))
        _square_sails(plan, sails, hull, mast, top)
        for stay in (-0.1, 0.1):
            hull.line(plan.at([(mast + stay, 0.08), (mast, top * 0.86)]), max(1.0, thin * 0.22))
    for foot, head in ((0.7, 0.6), (0.58, 0.5)):
        points = [(foot, 0.2), (foot - 0.12, 0.24), (0.3, head), (foot - 0.1, 0.32)]
        sails.polygon(plan.at(points))
    sails.polygon(plan.at([(-0.3, 0.12), (-0.56, 0.17), (-0.5, 0.42), (-0.29, 0.36)]))


def _square_sails(plan: _Plan, sails: Silhouette, hull: Silhouette, mast: float, top: float) -> None:
    edges = np.array([0.2, 0.44, 0.68, 0.88]) * top
    for index, (low, high) in enumerate(pairwise(edges)):
        wide_low, wide_high = 0.125 - 0.022 * index, 0.108 - 0.022 * index
        low += 0.012
        belly = 0.035
        curve = np.linspace(0, 1, 7)
        right = [
            (mast + wide_low + (wide_high - wide_low) * t + belly * np.sin(np.pi * t), low + (high - low) * t)
            for t in curve
        ]
        left = [
            (mast - wide_low + (wide_low - wide_high) * t + belly * 0.8 * np.sin(np.pi * t), low + (high - low) * t)
            for t in curve
        ]
        sails.polygon(plan.at(right + left[::-1]))
        hull.line(
            plan.at([(mast - wide_high, high + 0.004), (mast + wide_high, high + 0.004)]),
            max(1.0, plan.vessel.size * 0.006),
        )


def _sloop(plan: _Plan, hull: Silhouette, sails: Silhouette) -> None:
    hull.polygon(plan.at([(-0.45, 0.1), (-0.4, -0.04), (0.3, -0.04), (0.55, 0.13), (0.0, 0.08)]))
    hull.limb(*plan.at([(0.06, 0.05), (0.05, 1.12)]), (plan.vessel.size * 0.022, plan.vessel.size * 0.012))
    curve = np.linspace(0, 1, 9)
    main = [(0.02 - 0.5 * (1 - t) - 0.07 * np.sin(np.pi * t), 0.17 + 0.92 * t) for t in curve]
    sails.polygon(plan.at([(0.03, 0.15), *main, (0.04, 1.09)]))
    jib = [(0.52 - 0.44 * t + 0.05 * np.sin(np.pi * t), 0.15 + 0.8 * t) for t in curve]
    sails.polygon(plan.at([(0.12, 0.17), *jib, (0.085, 0.95)]))


def _boat(plan: _Plan, hull: Silhouette, sails: Silhouette) -> None:
    """A rowing boat with somebody at the oars."""
    hull.polygon(plan.at([(-0.5, 0.13), (-0.38, -0.03), (0.36, -0.03), (0.54, 0.17), (0.3, 0.085), (-0.3, 0.075)]))
    hull.polygon(plan.at([(-0.12, 0.05), (-0.14, 0.27), (-0.06, 0.33), (0.02, 0.28), (0.05, 0.05)]))
    hull.ellipse(plan.at([(-0.05, 0.39)])[0], (plan.vessel.size * 0.052, plan.vessel.size * 0.06))
    thin = plan.vessel.size * 0.02
    hull.limb(*plan.at([(-0.04, 0.27), (0.14, 0.17)]), (thin * 1.8, thin * 1.3))
    hull.limb(*plan.at([(0.12, 0.19), (0.34, -0.06)]), (thin * 0.8, thin * 1.2))


def _steamer(plan: _Plan, hull: Silhouette, sails: Silhouette) -> None:
    hull.polygon(plan.at([(-0.5, 0.12), (-0.47, -0.02), (0.44, -0.02), (0.54, 0.15), (0.4, 0.11), (-0.4, 0.1)]))
    sails.polygon(plan.at([(-0.34, 0.1), (-0.34, 0.17), (0.26, 0.17), (0.3, 0.1)]))
    sails.polygon(plan.at([(-0.2, 0.17), (-0.2, 0.22), (0.16, 0.22), (0.18, 0.17)]))
    for place in (-0.12, 0.0, 0.12):
        hull.polygon(plan.at([(place - 0.03, 0.2), (place - 0.045, 0.38), (place + 0.015, 0.38), (place + 0.03, 0.2)]))
    for mast in (-0.38, 0.34):
        hull.limb(*plan.at([(mast, 0.1), (mast, 0.42)]), (plan.vessel.size * 0.01, plan.vessel.size * 0.006))
