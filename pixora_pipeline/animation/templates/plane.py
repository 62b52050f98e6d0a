"""Arrows in the plane, and what a matrix does to it."""

from itertools import product

import numpy as np
from manim import Arrow, Create, FadeIn, GrowArrow, Line, ReplacementTransform, VGroup

from pixora_pipeline.animation.axes import number_text, touch
from pixora_pipeline.animation.block import Block
from pixora_pipeline.animation.region import Region
from pixora_pipeline.animation.scene import ExplainerScene
from pixora_pipeline.animation.stage import BODY
from pixora_pipeline.model.figures import Matrix, Vectors


class _Plane:
    """A square grid around the origin, clipped to a region; `unit` is one step of it in frame units."""

    def __init__(self, region: Region, reach: tuple[tuple[float, float], tuple[float, float]]) -> None:
        (left, right), (low, high) = reach
        self.region = region
        self.unit = min(region.width / (right - left), region.height / (high - low))
        self.origin = region.centre - np.array([(left + right) / 2, (low + high) / 2, 0]) * self.unit

    def at(self, x: float, y: float) -> np.ndarray:
        """The place of a point."""
        return self.origin + np.array([x, y, 0.0]) * self.unit

    def grid(self, colour: str, axis: str) -> VGroup:
        """Its lines, the axes among them stronger."""
        region, lines = self.region, VGroup()
        for n in range(int(np.ceil((region.left - self.origin[0]) / self.unit)),
                       int(np.floor((region.right - self.origin[0]) / self.unit)) + 1):  # fmt: skip
            x = self.origin[0] + n * self.unit
            lines.add(self._line([x, region.bottom, 0], [x, region.top, 0], n == 0, colour, axis))
        for n in range(int(np.ceil((region.bottom - self.origin[1]) / self.unit)),
                       int(np.floor((region.top - self.origin[1]) / self.unit)) + 1):  # fmt: skip
            y = self.origin[1] + n * self.unit
            lines.add(self._line([region.left, y, 0], [region.right, y, 0], n == 0, colour, axis))
        return lines

    def axes(self) -> list[tuple[tuple[float, float], tuple[float, float]]]:
        """Where the axes begin and end, as points of the plane."""
        low = (np.array([self.region.left, self.region.bottom]) - self.origin[:2]) / self.unit
        high = (np.array([self.region.right, self.region.top]) - self.origin[:2]) / self.unit
        return [((float(low[0]), 0.0), (float(high[0]), 0.0)), ((0.0, float(low[1])), (0.0, float(high[1])))]

    def _line(self, start, end, strong: bool, colour: str, axis: str) -> Line:
        return Line(start, end, stroke_width=4 if strong else 2, color=axis if strong else colour)


def _reach(points: list[tuple[float, float]]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Room for these points and the origin, a little around them."""
    xs, ys = [0.0, *(p[0] for p in points)], [0.0, *(p[1] for p in points)]
    size = max(max(xs) - min(xs), max(ys) - min(ys), 1e-6)
    pad = size * 0.22
    return (min(xs) - pad, max(xs) + pad), (min(ys) - pad, max(ys) + pad)


def _scaled(points: list[tuple[float, float]]) -> float:
    """What to divide by so that the largest coordinate is at most 5: a grid of hundreds of lines shows nothing."""
    return max(max((abs(each) for point in points for each in point), default=1.0) / 5.0, 1.0)


def _arrow(plane: _Plane, start: tuple[float, float], end: tuple[float, float], colour: str) -> Arrow:
    return Arrow(
        plane.at(*start), plane.at(*end), buff=0, stroke_width=8, color=colour, tip_length=0.28,
        max_tip_length_to_length_ratio=0.4, max_stroke_width_to_length_ratio=12,
    )  # fmt: skip


def vectors(scene: ExplainerScene, figure: Vectors) -> None:
    """Each arrow in turn; for a sum the second starts where the first ends."""
    scene.step()
    scene.heading(figure.heading)
    stage = scene.stage
    region = stage.body if figure.heading else stage.safe
    notes: list[Block] = []
    if figure.notes:
        region, beside = stage.sides(0.6, 0.4, within=region)
        rows = beside.stack(*[1.0] * len(figure.notes), gap=0.2)
        notes = stage.alike(figure.notes, rows, BODY)
    shrink = _scaled([(v.x, v.y) for v in figure.vectors])
    ends = [(v.x / shrink, v.y / shrink) for v in figure.vectors]
    total = (ends[0][0] + ends[1][0], ends[0][1] + ends[1][1]) if figure.sum and len(ends) > 1 else None
    plane = _Plane(region, _reach([*ends, *([total] if total else [])]))
    grid = plane.grid(scene.theme.panel, scene.theme.quiet)
    scene.play(Create(grid, lag_ratio=0.02), run_time=1.0)
    said = scene.steps(figure.cues, len(ends) + 2, [v.label for v in figure.vectors])
    placed: list = []
    pairs = list(zip(ends, ends, strict=True))
    arrows = [
        ((0.0, 0.0), end) if number != 1 or not total else (ends[0], total) for number, (end, _) in enumerate(pairs)
    ]
    arrows += [((0.0, 0.0), total)] if total else []
    arrows += plane.axes()
    for number, (end, vector) in enumerate(zip(ends, figure.vectors, strict=True)):
        start = ends[0] if total and number == 1 else (0.0, 0.0)
        tip = (start[0] + end[0], start[1] + end[1])
        scene.step(said[number])
        _show(scene, plane, start, tip, vector.label, scene.theme.accent(number), placed, notes, number, arrows)
    if total:
        names = [v.label for v in figure.vectors[:2]]
        scene.step(said[len(ends)] or "sum together")
        label = " + ".join(names) if all(names) else ""
        _show(scene, plane, (0.0, 0.0), total, label, scene.theme.accent(2), placed, notes, len(ends), arrows)
    for words in notes[len(ends) + bool(total) :]:
        scene.lay(words)
        scene.step(words.source)
        scene.play(scene.appear(words.marks))


def _crosses(plane: _Plane, label: Block, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether an arrow runs through a label."""
    along = np.linspace(plane.at(*start), plane.at(*end), 120)
    half = np.array([label.frame.width / 2, label.frame.height / 2]) + 0.02
    return bool((np.abs(along - label.frame.get_center())[:, :2] < half).all(axis=1).any())


def _show(scene, plane, start, tip, text: str, colour: str, placed: list, notes: list, number: int, arrows) -> None:
    shown = []
    if np.linalg.norm(np.subtract(tip, start)) > 1e-6:
        shown.append(GrowArrow(_arrow(plane, start, tip, colour), run_time=1.0))
    if text:
        label = scene.stage.formula([text], Region(0, 0, plane.region.width * 0.5, 0.7), 0.7, [colour])
        along = plane.at(*tip) - plane.at(*start)
        normal = np.array([-along[1], along[0], 0.0]) / max(np.linalg.norm(along), 1e-9)
        for side, share in product((1, -1, 1.8, -1.8), (0.5, 0.68, 0.85, 0.32)):
            middle = plane.at(*start) + along * share
            away = abs(normal[0]) * label.frame.width / 2 + abs(normal[1]) * label.frame.height / 2 + 0.2
            label.move_to(middle + normal * away * side)
            crossed = any(_crosses(plane, label, one, other) for one, other in arrows)
            if not crossed and plane.region.holds(label) and not any(touch(label, other) for other in placed):
                placed.append(label)
                scene.lay(label)
                shown.append(scene.appear(label.marks, 1.0))
                break
    if number < len(notes):
        scene.lay(notes[number])
        shown.append(scene.appear(notes[number].marks, 1.0))
    if shown:
        scene.play(*shown)


def matrix(scene: ExplainerScene, figure: Matrix) -> None:
    """The product in signs, then the grid bent by the matrix, the vector along with it."""
    scene.step()
    scene.heading(figure.heading)
    stage = scene.stage
    region = stage.body if figure.heading else stage.safe
    beside, drawing = stage.sides(0.42, 0.58, within=region)
    rows = figure.rows
    vector = figure.vector
    terms = _product(rows, vector)
    block = stage.formula(terms, beside, 0.95, [stage.theme.accent(0), stage.theme.accent(1), stage.theme.accent(2)])
    scene.lay(block)
    image = _times(rows, vector) if vector else (0.0, 0.0)
    columns = [(rows[0][0], rows[1][0]), (rows[0][1], rows[1][1])]
    everything = [*columns, (1.0, 0.0), (0.0, 1.0), vector or (0.0, 0.0), image]
    shrink = _scaled(everything)
    plane = _Plane(drawing, _reach([(x / shrink, y / shrink) for x, y in everything]))
    said = scene.steps(figure.cues, 3, [])
    scene.step(said[0])
    grid = plane.grid(scene.theme.panel, scene.theme.quiet)
    scene.play(scene.write(block, 1.4), Create(grid, lag_ratio=0.02, run_time=1.4))
    arrows = [_arrow(plane, (0, 0), unit, scene.theme.accent(3)) for unit in ((1 / shrink, 0), (0, 1 / shrink))]
    if vector and np.linalg.norm(vector) > 1e-6:
        arrows.append(_arrow(plane, (0, 0), (vector[0] / shrink, vector[1] / shrink), scene.theme.accent(1)))
    scene.step(said[1])
    scene.play(*(GrowArrow(arrow) for arrow in arrows), run_time=0.9)
    targets = [*columns, *([image] if len(arrows) > 2 else [])]
    after = [_arrow(plane, (0, 0), (x / shrink, y / shrink), arrow.get_color().to_hex())
             for (x, y), arrow in zip(targets, arrows, strict=True)]  # fmt: skip
    if len(after) > 2:
        after[2].set_color(scene.theme.accent(2))
    scene.step(said[2])
    moves = [ReplacementTransform(one, other) for one, other in zip(arrows, after, strict=True)]
    scene.play(*moves, run_time=1.8)
    area = abs(rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0])
    scene.play(FadeIn(_image_square(plane, columns, shrink, scene.theme.accent(3), area), run_time=0.8))


def _image_square(plane: _Plane, columns: list, shrink: float, colour: str, area: float) -> VGroup:
    """The unit square where it has come to; nothing to see where it was flattened."""
    from manim import Polygon

    (a, c), (b, d) = columns
    corners = [(0, 0), (a, c), (a + b, c + d), (b, d)]
    shape = Polygon(*(plane.at(x / shrink, y / shrink) for x, y in corners), stroke_width=3, color=colour)
    shape.set_fill(colour, 0.25 if area > 1e-9 else 0.0)
    region = plane.region
    inside = all(region.left <= p[0] <= region.right and region.bottom <= p[1] <= region.top
                 for p in (plane.at(x / shrink, y / shrink) for x, y in corners))  # fmt: skip
    return VGroup(shape) if inside else VGroup()


def _times(rows, vector) -> tuple[float, float]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows)


def _product(rows, vector) -> list[str]:
    def column(values) -> str:
        return "vec(" + ", ".join(_number(each) for each in values) + ")"

    table = "mat(" + "; ".join(", ".join(_number(each) for each in row) for row in rows) + ")"
    return [table, column(vector), f"= {column(_times(rows, vector))}"] if vector else [table]


def _number(value: float) -> str:
    return number_text(value).replace("−", "-").replace(",", "")
