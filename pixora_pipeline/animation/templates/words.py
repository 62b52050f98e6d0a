"""Figures of words: title, statement, points, comparison, summary."""

import numpy as np
from manim import UP, Circle, FadeIn, GrowFromCenter, GrowFromEdge, Line, VGroup

from pixora_pipeline.animation.block import Block
from pixora_pipeline.animation.region import Region
from pixora_pipeline.animation.scene import ExplainerScene
from pixora_pipeline.animation.stage import BODY, SMALLEST, TITLE
from pixora_pipeline.model.figures import Bullets, Comparison, Statement, Summary, Title


def title(scene: ExplainerScene, figure: Title) -> None:
    """The title in the middle, a rule below it, the subtitle under that."""
    stage = scene.stage
    upper, lower = stage.safe.stack(0.58, 0.42, gap=0.7)
    words = stage.words(figure.heading, upper, TITLE, align="center", place="bottom")
    scene.step()
    half = min(words.frame.width / 2, 1.6)
    middle = np.array([upper.centre[0], upper.bottom - 0.3, 0.0])
    rule = Line(middle - [half, 0, 0], middle + [half, 0, 0], stroke_width=8, color=scene.theme.accent(0))
    scene.lay(words, rule)
    scene.play(scene.write(words, 1.2), GrowFromEdge(rule, np.array([-1.0, 0, 0]), run_time=1.2))
    if figure.subtitle:
        below = stage.words(figure.subtitle, lower, BODY, scene.theme.quiet, "center", "top")
        scene.lay(below)
        scene.step(figure.cues[0] if figure.cues else figure.subtitle)
        scene.play(scene.appear(below.marks, 0.8))


def statement(scene: ExplainerScene, figure: Statement) -> None:
    """A sentence beside a bar in the accent colour."""
    stage = scene.stage
    scene.step()
    scene.heading(figure.heading)
    region = stage.body if figure.heading else stage.safe
    room = Region(region.left + 0.6, region.bottom, region.width - 0.9, region.height)
    words = stage.words(figure.text, room, 0.66)
    low, high = words.frame.get_bottom()[1], words.frame.get_top()[1]
    bar = Line([region.left + 0.15, low, 0], [region.left + 0.15, high, 0], stroke_width=10)
    bar.set_color(scene.theme.accent(1))
    scene.lay(words, bar)
    scene.play(GrowFromEdge(bar, UP), scene.write(words, min(3.5, 0.8 + len(words.marks) * 0.03)))


def bullets(scene: ExplainerScene, figure: Bullets) -> None:
    """A dot or a number, and the point beside it."""
    scene.step()
    scene.heading(figure.heading)
    region = scene.stage.body if figure.heading else scene.stage.safe
    rows = _rows(scene, figure.points, region, 0.58)
    said = scene.steps(figure.cues, len(rows), figure.points)
    for number, (dot, words) in enumerate(_dotted(scene, rows, figure.ordered)):
        scene.lay(dot, words)
        scene.step(said[number])
        scene.play(GrowFromCenter(dot, run_time=0.4), scene.appear(words.marks, 0.8))


def comparison(scene: ExplainerScene, figure: Comparison) -> None:
    """Two panels, each with its title and points."""
    scene.step()
    scene.heading(figure.heading)
    stage = scene.stage
    sides = (figure.left, figure.right)
    said = scene.steps(figure.cues, 2, [f"{side.title} {' '.join(side.points)}" for side in sides])
    for number, (side, region) in enumerate(zip(sides, stage.sides(1, 1), strict=True)):
        panel = stage.panel(region)
        inner = region.inset(0.35)
        top = Region(inner.left, inner.top - 0.8, inner.width, 0.8)
        name = stage.words(side.title, top, 0.54, scene.theme.accent(number))
        rows = _rows(scene, side.points, Region(inner.left, inner.bottom, inner.width, inner.height - 1.0), BODY)
        marks = list(_dotted(scene, rows, False, scene.theme.accent(number)))
        scene.lay(panel, name, *(each for pair in marks for each in pair))
        scene.step(said[number])
        shown = [scene.appear(VGroup(dot, words.marks), 0.6) for dot, words in marks]
        scene.play(FadeIn(panel, run_time=0.5), scene.appear(name.marks, 0.6))
        scene.play(scene.together(shown, 0.5, 0.5 + 0.5 * len(shown)))


def summary(scene: ExplainerScene, figure: Summary) -> None:
    """Ticked points, and the formula in a panel below them."""
    stage = scene.stage
    scene.step()
    scene.heading(figure.heading or "Summary")
    region = stage.body
    if figure.formula:
        region, below = stage.body.stack(0.62, 0.38, gap=0.3)
        panel = stage.panel(below, edge=scene.theme.accent(0))
        formula = stage.formula([figure.formula], below.inset(0.3), 0.95)
    rows = _rows(scene, figure.points, region, 0.58)
    said = scene.steps(figure.cues, len(rows) + 1, figure.points)
    for number, (dot, words) in enumerate(_dotted(scene, rows, False, scene.theme.accent(3), tick=True)):
        scene.lay(dot, words)
        scene.step(said[number])
        scene.play(scene.draw(dot, 0.4), scene.appear(words.marks, 0.7))
    if figure.formula:
        scene.lay(panel, formula)
        scene.step(said[-1])
        scene.play(FadeIn(panel, run_time=0.5), scene.write(formula, 1.0))


def _rows(scene: ExplainerScene, points: tuple[str, ...], region: Region, size: float) -> list[Block]:
    """The points one below the other, all in one size, the whole in the middle of the region."""
    stage, gap = scene.stage, min(0.3, region.height / len(points) / 5)
    across = Region(region.left + 0.75, region.bottom, region.width - 0.75, region.height)
    most = region.height - gap * (len(points) - 1)
    while (total := sum(stage.height_of(point, size, across.width) for point in points)) > most and size > SMALLEST:
        size = max(size * 0.92, SMALLEST)
    # What does not even fit in the smallest size is shortened, each point to its share.
    room = across.height if total <= most else most / len(points)
    blocks = [stage.words(point, Region(across.left, 0.0, across.width, room), size) for point in points]
    height = sum(block.frame.height for block in blocks)
    gap += min(0.35, max(0.0, most - height) / (len(points) + 1))
    at = region.centre[1] + (height + gap * (len(points) - 1)) / 2
    for block in blocks:
        block.shift(UP * (at - block.frame.get_top()[1]))
        at -= block.frame.height + gap
    return blocks


def _dotted(scene: ExplainerScene, rows: list[Block], ordered: bool, colour: str | None = None, tick: bool = False):
    """Each row with its mark: a dot, a number in a ring, or a tick."""
    for number, words in enumerate(rows):
        paint = colour or scene.theme.accent(number if ordered else 0)
        first = words.frame.get_top()[1] - min(0.36, words.frame.height / 2)
        at = np.array([words.frame.get_left()[0] - 0.45, first, 0.0])
        if tick:
            mark = VGroup(
                Line(at + [-0.16, 0.0, 0], at + [-0.04, -0.13, 0], stroke_width=7, color=paint),
                Line(at + [-0.04, -0.13, 0], at + [0.18, 0.15, 0], stroke_width=7, color=paint),
            )
        elif ordered:
            ring = Circle(radius=0.27, stroke_width=4, color=paint).move_to(at)
            figure = scene.stage.label(str(number + 1), 0.4, 0.32, paint).move_to(at)
            mark = VGroup(ring, figure.marks)
        else:
            mark = Circle(radius=0.1, stroke_width=0).set_fill(paint, 1.0).move_to(at)
        yield mark, words
