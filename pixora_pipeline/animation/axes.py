"""Axes with round ticks and labels, measured into a region; and from numbers to places in it."""

import math
from dataclasses import dataclass

import numpy as np
from manim import Arrow, Line, VGroup, VMobject

from pixora_pipeline.animation.region import Region
from pixora_pipeline.animation.stage import SMALLEST, Stage


def round_step(span: float, most: int) -> float:
    """The smallest step of 1, 2 or 5 times a power of ten that divides a span into at most that many."""
    rough = max(span, 1e-9) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)


def number_text(value: float) -> str:
    """A number as it is written on an axis."""
    if value != 0 and (abs(value) >= 1e7 or abs(value) < 1e-4):
        return f"{value:.2g}"
    text = f"{value:,.4f}".rstrip("0").rstrip(".") if abs(value) < 1000 else f"{value:,.0f}"
    return "0" if text in ("-0", "") else text.replace("-", "−")


@dataclass(frozen=True)
class Axes:
    """A region, and the ranges of x and y that it shows."""

    region: Region
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> np.ndarray:
        """The place of a point."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return np.array(
            [self.region.left + across * self.region.width, self.region.bottom + up * self.region.height, 0]
        )

    @property
    def origin(self) -> tuple[float, float]:
        """Where the axes cross: at zero, or at the edge that is nearest to it."""
        return (min(max(0.0, self.x[0]), self.x[1]), min(max(0.0, self.y[0]), self.y[1]))


def lay_axes(stage: Stage, region: Region, x: tuple, y: tuple, names: tuple[str, str]) -> tuple[Axes, VGroup, VGroup]:
    """Axes inside a region, their labels too: the places, the lines, the labels."""
    inner = Region(region.left + 0.85, region.bottom + 1.18, region.width - 1.15, region.height - 1.68)
    axes = Axes(inner, x, y)
    cross = axes.origin
    quiet = stage.theme.quiet
    across, up = (
        _shaft(axes.at(x[0], cross[1]), axes.at(x[1], cross[1])),
        _shaft(axes.at(cross[0], y[0]), axes.at(cross[0], y[1])),
    )
    lines, labels = VGroup(across, up).set_color(quiet), VGroup()
    taken: list[VMobject] = []
    for value in _ticks(x, 7 if inner.width > 5 else 4):
        place = axes.at(value, cross[1])
        lines.add(Line(place + [0, -0.08, 0], place + [0, 0.08, 0], stroke_width=3, color=quiet))
        if abs(value - cross[0]) > 1e-9 or cross[0] == x[0]:
            label = stage.label(number_text(value), 1.4, SMALLEST, quiet)
            _keep(label, place + [0, -0.36, 0], region, taken, labels)
    for value in _ticks(y, 6 if inner.height > 4 else 4):
        place = axes.at(cross[0], value)
        lines.add(Line(place + [-0.08, 0, 0], place + [0.08, 0, 0], stroke_width=3, color=quiet))
        if abs(value - cross[1]) > 1e-9:
            label = stage.label(number_text(value), 1.4, SMALLEST, quiet)
            _keep(label, place + [-0.18 - label.frame.width / 2, 0, 0], region, taken, labels)
    _name(stage, names, axes, region, taken, labels)
    return axes, lines, VGroup(*(_on_ground(label, stage.theme.ground) for label in labels))


def _on_ground(label: VMobject, ground: str) -> VGroup:
    """The label over a little of the ground, so that a curve that runs through it leaves it to be read."""
    halo = label.copy().set_fill(ground, 1).set_stroke(ground, 10)
    return VGroup(halo.set_z_index(1), label.set_z_index(2))


def _shaft(start: np.ndarray, end: np.ndarray) -> Arrow:
    """An axis: a line a little longer than its range, with a point."""
    along = (end - start) / max(np.linalg.norm(end - start), 1e-9)
    return Arrow(start, end + along * 0.25, buff=0, stroke_width=4, tip_length=0.18, max_tip_length_to_length_ratio=0.5)


def _ticks(span: tuple[float, float], most: int) -> list[float]:
    step = round_step(span[1] - span[0], most)
    first = math.ceil(span[0] / step - 1e-9)
    return [n * step for n in range(first, math.floor(span[1] / step + 1e-9) + 1)]


def _keep(label: VMobject, at: np.ndarray, region: Region, taken: list[VMobject], labels: VGroup) -> None:
    """Put the label there, inside the region, unless it would touch another."""
    label.move_to(at)
    low, high = label.get_corner(np.array([-1, -1, 0])), label.get_corner(np.array([1, 1, 0]))
    push = np.array([max(region.left - low[0], 0) - max(high[0] - region.right, 0),
                     max(region.bottom - low[1], 0) - max(high[1] - region.top, 0), 0.0])  # fmt: skip
    label.shift(push)
    if not any(touch(label, other) for other in taken):
        taken.append(label)
        labels.add(label.marks)


def touch(one: VMobject, other: VMobject, gap: float = 0.05) -> bool:
    """Whether two mobjects' rectangles come closer than that."""
    near = np.abs(one.get_center() - other.get_center())[:2]
    room = np.array([one.width + other.width, one.height + other.height]) / 2 + gap
    return bool((near < room).all())


def _name(stage: Stage, names: tuple[str, str], axes: Axes, region: Region, taken: list, labels: VGroup) -> None:
    """The axes' names: of x below its right end, of y beside its top, wherever nothing stands yet."""
    cross = axes.origin
    right, top = axes.at(axes.x[1], cross[1]), axes.at(cross[0], axes.y[1])
    if names[0]:
        label = stage.label(names[0], region.width * 0.45, 0.36, stage.theme.ink)
        half = label.frame.width / 2
        _keep(label, np.array([right[0] + 0.3 - half, right[1] - 0.9, 0.0]), region, taken, labels)
    if names[1]:
        label = stage.label(names[1], region.width * 0.45, 0.36, stage.theme.ink)
        _keep(label, np.array([top[0] + 0.25 + label.frame.width / 2, top[1] + 0.22, 0.0]), region, taken, labels)
