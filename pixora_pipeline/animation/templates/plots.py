"""Curves in axes, with points, an area and a tangent."""

import numpy as np
from manim import Dot, FadeIn, Line, Polygon, VGroup, VMobject

from pixora_pipeline.animation.axes import Axes, lay_axes
from pixora_pipeline.animation.expression import function_of
from pixora_pipeline.animation.places import Places
from pixora_pipeline.animation.region import Region
from pixora_pipeline.animation.scene import ExplainerScene
from pixora_pipeline.model.figures import Plot

SAMPLES = 240
_ALONG = (0.88, 0.75, 0.97, 0.6, 0.45, 0.3, 0.15)
"""Where a curve's name may stand, as shares of its way; the first that is free is taken."""


def plot(scene: ExplainerScene, figure: Plot) -> None:
    """The axes, each curve as it is spoken of, then what is marked on the first."""
    stage = scene.stage
    scene.step()
    scene.heading(figure.heading)
    region = stage.body if figure.heading else stage.safe
    if not stage.wide and region.height > region.width * 1.1:
        region = Region(region.left, region.centre[1] - region.width * 0.5, region.width, region.width)
    functions = [function_of(curve.of) for curve in figure.curves]
    x = _span(figure.x)
    y = figure.y and _span(figure.y)
    axes, lines, labels = lay_axes(stage, region, x, y or _range(functions, x), (figure.x_label, figure.y_label))
    scene.lay(labels)
    scene.play(scene.draw(lines, 0.9), FadeIn(labels, run_time=0.9))
    placed = Places(region)
    for label in labels:
        placed.take(label)
    placed.draw(_obstacles(axes, functions))
    extras = [*(["area"] if figure.area else []), *(["tangent"] if figure.tangent is not None else [])]
    marks = [point.label for point in figure.points]
    said = scene.steps(figure.cues, len(functions) + len(extras) + len(marks), [c.label for c in figure.curves])
    for number, (function, curve) in enumerate(zip(functions, figure.curves, strict=True)):
        colour = scene.theme.accent(number)
        path = _path(axes, function).set_stroke(colour, 6)
        scene.step(said[number])
        shown = [scene.draw(path, 1.4)]
        if curve.label and (label := _beside(scene, axes, function, curve.label, colour, placed, region)) is not None:
            scene.lay(label)
            shown.append(scene.appear(label.marks, 1.4))
        scene.play(*shown)
    _extras(scene, figure, axes, functions[0], said[len(functions) :], placed, region)


def _extras(scene, figure: Plot, axes: Axes, function, said: list[str], placed: Places, region: Region) -> None:
    said = list(said)
    if figure.area:
        start, end = sorted(min(max(edge, axes.x[0]), axes.x[1]) for edge in figure.area)
        xs = np.linspace(start, end, 80)
        ys = np.clip(np.nan_to_num(function(xs)), *axes.y)
        floor = axes.origin[1]
        outline = [axes.at(start, floor), *(axes.at(*pair) for pair in zip(xs, ys, strict=True)), axes.at(end, floor)]
        area = Polygon(*outline, stroke_width=0).set_fill(scene.theme.accent(0), 0.3)
        scene.step(said.pop(0))
        scene.play(FadeIn(area), run_time=0.8)
    if figure.tangent is not None and axes.x[0] <= figure.tangent <= axes.x[1]:
        scene.step(said.pop(0))
        tangent = _tangent(scene, axes, function, figure.tangent)
        placed.draw(np.array([tangent[0].point_from_proportion(share) for share in np.linspace(0, 1, 30)]))
        scene.play(scene.draw(tangent, 1.0))
    for point in figure.points:
        words = said.pop(0) if said else ""
        if not (axes.x[0] <= point.x <= axes.x[1] and axes.y[0] <= point.y <= axes.y[1]):
            continue
        dot = Dot(axes.at(point.x, point.y), radius=0.11, color=scene.theme.accent(2))
        scene.step(words or point.label)
        shown = [FadeIn(dot, scale=2, run_time=0.5)]
        label = scene.stage.label(point.label, region.width * 0.4, 0.36, scene.theme.accent(2)) if point.label else None
        if label is not None and placed.settle(label, dot.get_center()):
            scene.lay(label)
            shown.append(scene.appear(label.marks, 0.5))
        scene.play(*shown)


def _tangent(scene: ExplainerScene, axes: Axes, function, x: float) -> VGroup:
    step = (axes.x[1] - axes.x[0]) * 1e-4
    low, here, high = function(np.array([x - step, x, x + step]))
    slope = float(np.nan_to_num((high - low) / (2 * step)))
    at, ahead = axes.at(x, float(here)), axes.at(x + 1.0, float(here) + slope)
    along = (ahead - at) / max(np.linalg.norm(ahead - at), 1e-9)
    line = Line(at - along * 1.6, at + along * 1.6, stroke_width=5, color=scene.theme.accent(2))
    return VGroup(line, Dot(at, radius=0.1, color=scene.theme.accent(2)))


def _obstacles(axes: Axes, functions: list) -> np.ndarray:
    """Points along the curves and the axes."""
    xs, cross = np.linspace(*axes.x, 400), axes.origin
    points = [axes.at(x, cross[1]) for x in xs] + [axes.at(cross[0], y) for y in np.linspace(*axes.y, 120)]
    for function in functions:
        for x, y in zip(xs, function(xs), strict=True):
            if np.isfinite(y) and axes.y[0] <= y <= axes.y[1]:
                points.append(axes.at(x, y))
    return np.array(points)


def _span(span: tuple[float, float]) -> tuple[float, float]:
    low, high = sorted(span)
    return (low, high) if high > low else (low - 1.0, low + 1.0)


def _range(functions: list, x: tuple[float, float]) -> tuple[float, float]:
    values = np.concatenate([function(np.linspace(*x, SAMPLES)) for function in functions])
    values = values[np.isfinite(values)]
    if not len(values):
        return -1.0, 1.0
    low, high = np.percentile(values, [2, 98]) if np.ptp(values) > 50 else (values.min(), values.max())
    low, high = (min(low, 0.0), high) if low > -0.5 * abs(high) else (low, high)
    pad = max((high - low) * 0.08, 1e-3)
    return float(low if low == 0 else low - pad), float(high + pad)


def _path(axes: Axes, function) -> VMobject:
    """The curve as far as it is inside the axes, in pieces where it leaves them."""
    xs = np.linspace(*axes.x, SAMPLES)
    ys = function(xs)
    slack = (axes.y[1] - axes.y[0]) * 1e-6
    inside = np.isfinite(ys) & (ys >= axes.y[0] - slack) & (ys <= axes.y[1] + slack)
    path = VMobject()
    for piece in np.split(np.arange(SAMPLES), np.flatnonzero(np.diff(inside.astype(int))) + 1):
        if inside[piece[0]] and len(piece) > 1:
            points = [axes.at(xs[n], ys[n]) for n in piece]
            part = VMobject().set_points_as_corners(points)
            path.append_points(part.points)
    return path


def _beside(scene, axes: Axes, function, text: str, colour: str, placed: Places, region: Region):
    """The curve's name, where there is room along it, from the right."""
    label = scene.stage.label(text, region.width * 0.45, 0.4, colour)
    points = [
        axes.at(x, float(function(np.array([x]))[0]))
        for x in (axes.x[0] + share * (axes.x[1] - axes.x[0]) for share in _ALONG)
        if axes.y[0] <= float(function(np.array([x]))[0]) <= axes.y[1]
    ]
    found = any(placed.settle(label, at, clear) for clear in (True, False) for at in points)
    return label if found else None
