"""Drawings: a right triangle, the squares on its sides, the proof by rearrangement, a circle."""

from collections.abc import Sequence

import numpy as np
from manim import Circle, Dot, FadeIn, FadeOut, Line, Polygon, Square, Transform, TransformFromCopy, VMobject

from pixora_pipeline.animation.block import Block
from pixora_pipeline.animation.region import Region
from pixora_pipeline.animation.scene import ExplainerScene
from pixora_pipeline.animation.stage import BODY
from pixora_pipeline.model.figures import Geometry


def geometry(scene: ExplainerScene, figure: Geometry) -> None:
    """The drawing on one side, notes on the other, where there are any."""
    scene.step()
    scene.heading(figure.heading)
    region = scene.stage.body if figure.heading else scene.stage.safe
    notes: list[Block] = []
    if figure.notes:
        region, beside = scene.stage.sides(0.58, 0.42, within=region)
        rows = beside.stack(*[1.0] * len(figure.notes), gap=0.2)
        place = "middle" if scene.stage.wide else "top"
        notes = scene.stage.alike(figure.notes, rows, BODY, place=place)
    legs = (max(abs(figure.legs[0]), 0.1), max(abs(figure.legs[1]), 0.1))
    names = [*figure.names, "a", "b", "c"][:3]
    plays = {"triangle": _triangle, "squares": _squares, "rearrangement": _rearrangement, "circle": _circle}
    moves = plays[figure.figure](scene, region, legs, names)
    said = scene.steps(figure.cues, 8, figure.notes)
    for number, move in enumerate(moves):
        if number:
            scene.step(said[number - 1])
        shown = list(move)
        if number and number - 1 < len(notes):
            words = notes[number - 1]
            scene.lay(words)
            shown.append(scene.appear(words.marks, 1.0))
        scene.play(*shown)
    for words in notes[max(len(moves) - 1, 0) :]:
        scene.lay(words)
        scene.step(words.source)
        scene.play(scene.appear(words.marks, 1.0))


def _corners(region: Region, outline: Sequence[Sequence[float]]) -> np.ndarray:
    """Points of a drawing brought into a region, as large as it goes, in the middle."""
    points = np.array(outline, float)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = min(region.width / max(high[0] - low[0], 1e-6), region.height / max(high[1] - low[1], 1e-6))
    flat = (points - (low + high) / 2) * scale
    return np.column_stack([flat, np.zeros(len(flat))]) + region.centre


def _name(scene: ExplainerScene, text: str, at: np.ndarray, colour: str, size: float = 0.8, room: float = 1.6) -> Block:
    box = Region(at[0] - room / 2, at[1] - 0.45, room, 0.9)
    return scene.stage.formula([text], box, size, [colour])


def _right_angle(corner: np.ndarray, one: np.ndarray, other: np.ndarray, size: float, colour: str) -> VMobject:
    a, b = (
        (one - corner) / np.linalg.norm(one - corner) * size,
        (other - corner) / np.linalg.norm(other - corner) * size,
    )
    return VMobject(stroke_width=4, color=colour).set_points_as_corners([corner + a, corner + a + b, corner + b])


def _outward(start: np.ndarray, end: np.ndarray, inside: np.ndarray, by: float) -> np.ndarray:
    """A place beside the middle of a side, away from the inside."""
    middle, along = (start + end) / 2, end - start
    normal = np.array([-along[1], along[0], 0.0]) / max(np.linalg.norm(along), 1e-9)
    return middle + normal * (by if np.dot(normal, middle - inside) > 0 else -by)


def _triangle(scene: ExplainerScene, region: Region, legs: tuple[float, float], names: list[str]) -> list:
    a, b = legs
    corners = _corners(region.inset(0.85), [(0, 0), (b, 0), (b, a)])
    start, corner, top = corners
    middle = corners.mean(axis=0)
    shape = Polygon(*corners, stroke_width=6, color=scene.theme.ink).set_fill(scene.theme.accent(1), 0.22)
    angle = _right_angle(corner, start, top, 0.3, scene.theme.quiet)
    ends = ((corner, top), (start, corner), (start, top))
    labels = [
        _name(scene, name, _outward(*end, middle, 0.45), scene.theme.accent(n))
        for n, (name, end) in enumerate(zip(names, ends, strict=True))
    ]
    sides = [Line(*end, stroke_width=9, color=scene.theme.accent(n)) for n, end in enumerate(ends)]
    scene.lay(shape, *labels)
    first = [scene.draw(shape, 1.2), FadeIn(angle, run_time=1.2)]
    legs_shown = [each for n in (0, 1) for each in (scene.draw(sides[n], 0.9), scene.appear(labels[n].marks, 0.9))]
    return [first, legs_shown, [scene.draw(sides[2], 0.9), scene.appear(labels[2].marks, 0.9)]]


def _squares(scene: ExplainerScene, region: Region, legs: tuple[float, float], names: list[str]) -> list:
    a, b = legs
    shapes = {
        "triangle": [(0, 0), (b, 0), (0, a)],
        "a": [(0, 0), (0, a), (-a, a), (-a, 0)],
        "b": [(0, 0), (b, 0), (b, -b), (0, -b)],
        "c": [(b, 0), (0, a), (a, a + b), (a + b, b)],
    }
    everything = _corners(region.inset(0.1), [point for shape in shapes.values() for point in shape])
    parts, at = {}, 0
    for name, shape in shapes.items():
        parts[name] = everything[at : at + len(shape)]
        at += len(shape)
    triangle = Polygon(*parts["triangle"], stroke_width=6, color=scene.theme.ink).set_fill(scene.theme.ink, 0.15)
    moves = [[scene.draw(triangle, 1.0)]]
    laid: list[VMobject] = [triangle]
    for number, key in enumerate("abc"):
        colour = scene.theme.accent(number)
        square = Polygon(*parts[key], stroke_width=5, color=colour).set_fill(colour, 0.3)
        side = np.linalg.norm(parts[key][1] - parts[key][0])
        size = min(0.9, side * 0.42)
        label = _name(scene, f"{names[number]}^2", parts[key].mean(axis=0), scene.theme.ink, size, side * 0.85)
        laid += [label]
        moves.append([scene.draw(square, 1.1), scene.appear(label.marks, 1.1)])
    scene.lay(*laid)
    return moves


def _rearrangement(scene: ExplainerScene, region: Region, legs: tuple[float, float], names: list[str]) -> list:
    """Four triangles in a square of side a + b: what they leave free is c², and, moved, a² and b²."""
    side = min(region.width, region.height) - 0.3
    a, b = (leg * side / sum(legs) for leg in sorted(legs))
    low = region.centre - np.array([side / 2, side / 2, 0])

    def triangle(*points: tuple[float, float]) -> Polygon:
        corners = [low + np.array([x, y, 0]) for x, y in points]
        return Polygon(*corners, stroke_width=4, color=scene.theme.ground).set_fill(scene.theme.accent(1), 0.85)

    s = side
    before = [
        triangle((0, 0), (b, 0), (0, a)),
        triangle((s, 0), (s, b), (b, 0)),
        triangle((s, s), (a, s), (s, b)),
        triangle((0, s), (0, a), (a, s)),
    ]
    # The right angle is the first corner of each: two and two together make rectangles of a by b.
    after = [
        triangle((0, 0), (b, 0), (0, a)),
        triangle((s, a), (s, s), (b, a)),
        triangle((b, s), (b, a), (s, s)),
        triangle((b, a), (0, a), (b, 0)),
    ]
    outer = Square(side, stroke_width=6, color=scene.theme.ink).move_to(region.centre)
    size = min(1.1, a * 0.5)
    tilted = np.array([low + np.array([*p, 0]) for p in ((b, 0), (s, b), (a, s), (0, a))])
    hole = Polygon(*tilted, stroke_width=0).set_fill(scene.theme.accent(2), 0.55)
    whole = _name(scene, f"{names[2]}^2", region.centre, scene.theme.ink, 1.2, 2.4)
    small = Polygon(*(low + np.array([*p, 0]) for p in ((b, 0), (s, 0), (s, a), (b, a))), stroke_width=0)
    large = Polygon(*(low + np.array([*p, 0]) for p in ((0, a), (b, a), (b, s), (0, s))), stroke_width=0)
    small.set_fill(scene.theme.accent(0), 0.6)
    large.set_fill(scene.theme.accent(3), 0.6)
    names_after = [
        _name(scene, f"{names[0]}^2", small.get_center(), scene.theme.ink, size, a * 0.9),
        _name(scene, f"{names[1]}^2", large.get_center(), scene.theme.ink, 1.1, b * 0.9),
    ]
    scene.lay(outer, *names_after)
    first = before[0]
    copies = [TransformFromCopy(first, other, run_time=1.4) for other in before[1:]]
    return [
        [scene.draw(outer, 1.0), FadeIn(first, run_time=1.0)],
        copies,
        [FadeIn(hole, run_time=0.9), scene.appear(whole.marks, 0.9)],
        [
            FadeOut(hole, run_time=0.5),
            FadeOut(whole.marks, run_time=0.5),
            *(Transform(one, other, run_time=2.2) for one, other in zip(before, after, strict=True)),
        ],
        [
            FadeIn(small, run_time=1.0),
            FadeIn(large, run_time=1.0),
            *(scene.appear(name.marks, 1.0) for name in names_after),
        ],
    ]


def _circle(scene: ExplainerScene, region: Region, legs: tuple[float, float], names: list[str]) -> list:
    radius = min(region.width, region.height) / 2 - 0.75
    circle = Circle(radius=radius, stroke_width=6, color=scene.theme.accent(1)).move_to(region.centre)
    centre = Dot(region.centre, radius=0.09, color=scene.theme.ink)
    edge = region.centre + radius * np.array([np.cos(0.6), np.sin(0.6), 0])
    spoke = Line(region.centre, edge, stroke_width=6, color=scene.theme.accent(0))
    across = Line(region.centre - [radius, 0, 0], region.centre + [radius, 0, 0], stroke_width=5)
    across.set_color(scene.theme.accent(2))
    normal = np.array([-np.sin(0.6), np.cos(0.6), 0]) * 0.4
    labels = [
        _name(scene, names[0], (region.centre + edge) / 2 + normal, scene.theme.accent(0)),
        _name(scene, names[1], region.centre + np.array([-radius / 2, -0.45, 0]), scene.theme.accent(2)),
    ]
    scene.lay(circle, *labels)
    fill = circle.copy().set_stroke(width=0).set_fill(scene.theme.accent(1), 0.25)
    return [
        [scene.draw(circle, 1.3), FadeIn(centre, run_time=1.3)],
        [scene.draw(spoke, 0.8), scene.appear(labels[0].marks, 0.8)],
        [scene.draw(across, 0.8), scene.appear(labels[1].marks, 0.8)],
        [FadeIn(fill, run_time=0.8)],
    ]
