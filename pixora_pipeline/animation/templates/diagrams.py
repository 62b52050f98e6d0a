"""Boxes and arrows: stages that lead to each other, events in time, a row of cells."""

from itertools import pairwise

import numpy as np
from manim import (
    Arrow,
    Circle,
    FadeIn,
    GrowArrow,
    GrowFromCenter,
    Line,
    Polygon,
    Rectangle,
    ReplacementTransform,
    VGroup,
)

from pixora_pipeline.animation.region import Region
from pixora_pipeline.animation.scene import ExplainerScene
from pixora_pipeline.model.figures import Cells, Flow, Timeline


def flow(scene: ExplainerScene, figure: Flow) -> None:
    """The stages in rows, an arrow from each to the next."""
    scene.step()
    scene.heading(figure.heading)
    stage = scene.stage
    region = stage.body if figure.heading else stage.safe
    boxes = _boxes(region, len(figure.stages), stage.wide)
    said = scene.steps(figure.cues, len(boxes) + 1, figure.stages)
    texts = stage.alike(figure.stages, [box.inset(0.2) for box in boxes], 0.5, align="center")
    for number, (text, box) in enumerate(zip(texts, boxes, strict=True)):
        colour = scene.theme.accent(number)
        panel = stage.panel(box, edge=colour)
        scene.lay(panel, text)
        scene.step(said[number])
        shown = [FadeIn(panel, run_time=0.6), scene.appear(text.marks, 0.6)]
        if number:
            shown.insert(0, GrowArrow(_between(boxes[number - 1], box, scene.theme.quiet), run_time=0.6))
        scene.play(*shown)
    if figure.cycle and len(boxes) > 2:
        scene.step(said[-1])
        scene.play(scene.draw(_back(boxes, region, scene.theme.accent(0)), 1.2))


def _boxes(region: Region, count: int, wide: bool) -> list[Region]:
    """Places of equal size, in rows from the left; a single column where the frame is tall."""
    columns = min(count, 3) if wide else (1 if region.height > region.width else 2)
    lines = -(-count // columns)
    gap = 0.75
    height = min((region.height - gap * (lines - 1) - 0.5) / lines, 1.9)
    total = height * lines + gap * (lines - 1)
    low = region.centre[1] - total / 2 + 0.1
    rows = Region(region.left, low, region.width, total).stack(*[1.0] * lines, gap=gap)
    places = []
    for number, row in enumerate(rows):
        inside = min(columns, count - number * columns)
        cells = row.split(*[1.0] * columns, gap=gap)
        # Every other row runs back, so that the way never jumps across the frame.
        places += (cells[::-1] if number % 2 else cells)[:inside]
    return places


def _between(one: Region, other: Region, colour: str) -> Arrow:
    if abs(one.centre[1] - other.centre[1]) < 0.01:
        right = one.left < other.left
        start = [one.right + 0.06 if right else one.left - 0.06, one.centre[1], 0]
        end = [other.left - 0.06 if right else other.right + 0.06, other.centre[1], 0]
    else:
        start, end = [one.centre[0], one.bottom - 0.06, 0], [other.centre[0], other.top + 0.06, 0]
    return Arrow(start, end, buff=0, stroke_width=6, color=colour, tip_length=0.22, max_tip_length_to_length_ratio=0.5)


def _back(boxes: list[Region], region: Region, colour: str) -> VGroup:
    """A way from the last stage back to the first, below all of them."""
    last, first = boxes[-1], boxes[0]
    floor = min(box.bottom for box in boxes) - 0.3
    left = first.left - 0.22 if first.bottom > last.bottom + 0.1 else first.centre[0]
    way = [[last.centre[0], last.bottom - 0.05, 0], [last.centre[0], floor, 0], [left, floor, 0]]
    end = np.array([left, first.centre[1], 0.0]) if left < first.left else np.array([left, first.bottom - 0.05, 0.0])
    way.append(end)
    lines = VGroup(*(Line(a, b, stroke_width=5, color=colour) for a, b in pairwise(way)))
    toward = [0.2, 0, 0] if left < first.left else [0, 0.01, 0]
    tip = np.array(end) + toward
    size = 0.12
    if left < first.left:
        head = Polygon(tip, tip + [-0.2, size, 0], tip + [-0.2, -size, 0], stroke_width=0)
    else:
        head = Polygon(tip, tip + [size, -0.2, 0], tip + [-size, -0.2, 0], stroke_width=0)
    return VGroup(*lines, head.set_fill(colour, 1.0))


def timeline(scene: ExplainerScene, figure: Timeline) -> None:
    """A line of time, its events above and below it in turn; downwards where the frame is tall."""
    scene.step()
    scene.heading(figure.heading)
    stage = scene.stage
    region = stage.body if figure.heading else stage.safe
    across = stage.wide and region.width / len(figure.events) > 2.0
    spots = _along(region, len(figure.events)) if across else _down(region, len(figure.events))
    if across:
        ends = ([region.left, region.centre[1], 0], [region.right, region.centre[1], 0])
    else:
        ends = ([region.left + 0.25, region.top, 0], [region.left + 0.25, region.bottom, 0])
    scene.play(scene.draw(Line(*ends, stroke_width=6, color=scene.theme.quiet), 0.9))
    said = scene.steps(figure.cues, len(spots), [f"{event.when} {event.what}" for event in figure.events])
    for number, (event, (at, when, what)) in enumerate(zip(figure.events, spots, strict=True)):
        colour = scene.theme.accent(number)
        above = across and number % 2 == 0
        align = "center" if across else "left"
        beside = when.right < what.left
        dot = Circle(radius=0.16, stroke_width=0).set_fill(colour, 1.0).move_to(at)
        date = stage.words(event.when, when, 0.46, colour, align, "bottom" if above else "top")
        text = stage.words(event.what, what, 0.4, None, align, "bottom" if above else "top")
        if beside:
            dot.move_to([at[0], date.frame.get_top()[1] - 0.3, 0])
        elif above:
            date.shift([0, text.frame.get_top()[1] + 0.05 - date.frame.get_bottom()[1], 0])
        else:
            text.shift([0, date.frame.get_bottom()[1] - 0.05 - text.frame.get_top()[1], 0])
        scene.lay(dot, date, text)
        scene.step(said[number])
        scene.play(GrowFromCenter(dot, run_time=0.4), scene.appear(date.marks, 0.7), scene.appear(text.marks, 0.7))


def _along(region: Region, count: int) -> list[tuple]:
    """For each event its place on the line, and the rooms of its date and its words. Neighbours stand on two sides."""
    spots, step = [], region.width / count
    wide = min(step * 1.7, step + 2.6) if count > 2 else step
    for number in range(count):
        x = region.left + step * (number + 0.5)
        left = min(max(x - wide / 2, region.left), region.right - wide)
        # Two on one side are two steps apart: their rooms must not be wider than that.
        wide_here = min(wide, 2 * (x - region.left) + 0.01, 2 * (region.right - x) + 0.01) if count > 1 else wide
        left = x - wide_here / 2
        half = region.height / 2 - 0.35
        low = region.centre[1] + 0.35 if number % 2 == 0 else region.bottom
        date = Region(left, low + half - 0.7, wide_here, 0.7)
        words = Region(left, low, wide_here, half - 0.75)
        spots.append((np.array([x, region.centre[1], 0.0]), date, words))
    return spots


def _down(region: Region, count: int) -> list[tuple]:
    spots = []
    for row in region.stack(*[1.0] * count, gap=0.15):
        at = np.array([row.left + 0.25, row.top - 0.3, 0.0])
        left, width = row.left + 0.75, row.width - 0.75
        if row.height < 1.2:
            date, words = Region(left, row.bottom, width, row.height).split(0.36, 0.64, gap=0.3)
            spots.append((at, date, words))
            continue
        date = Region(left, row.top - 0.62, width, 0.62)
        spots.append((at, date, Region(left, row.bottom, width, max(row.height - 0.7, 0.44))))
    return spots


def cells(scene: ExplainerScene, figure: Cells) -> None:
    """The cells in a row, then each look: what is out of range fades, what is looked at is pointed at."""
    scene.step()
    scene.heading(figure.heading)
    stage = scene.stage
    region = stage.body if figure.heading else stage.safe
    noted = region.stack(0.62, 0.38, gap=0.3)
    upper = noted[0] if figure.notes else region
    count = len(figure.values)
    lines = 1 if upper.width / count > 0.72 else 2
    each = -(-count // lines)
    side = min(upper.width / each, upper.height / lines * 0.45, 1.3)
    boxes, labels = [], []
    for number, value in enumerate(figure.values):
        row, column = divmod(number, each)
        inside = min(each, count - row * each)
        x = upper.centre[0] + (column - (inside - 1) / 2) * side
        y = upper.centre[1] + ((lines - 1) / 2 - row) * side * 2.0
        box = Rectangle(width=side * 0.94, height=side * 0.94, stroke_width=4, color=scene.theme.quiet)
        box.set_fill(scene.theme.panel, 1.0).move_to([x, y, 0])
        label = stage.label(value, side * 0.86, min(0.5, side * 0.5)).move_to([x, y, 0])
        boxes.append(box)
        labels.append(label)
    scene.lay(*boxes, *labels)
    pairs = [VGroup(box, label.marks) for box, label in zip(boxes, labels, strict=True)]
    scene.play(scene.together([FadeIn(pair) for pair in pairs], 0.1, 1.2))
    said = scene.steps(figure.cues, len(figure.looks), figure.notes)
    words, before, faded = None, None, []
    for number, look in enumerate(figure.looks):
        low, high, at = (min(max(each, 0), count - 1) for each in look)
        pointed = boxes[at].copy().set_stroke(scene.theme.accent(0), 9).set_fill(opacity=0)
        shown = [ReplacementTransform(before, pointed) if before else FadeIn(pointed, scale=1.3, run_time=0.6)]
        before = pointed
        for n, pair in enumerate(pairs):
            if not low <= n <= high and pair not in faded:
                faded.append(pair)
                shown.append(pair.animate(run_time=0.6).set_opacity(0.18))
        scene.step(said[number])
        if number < len(figure.notes):
            if words is not None:
                scene.remove(words.marks)
                scene.laid.remove(words)
            words = stage.words(figure.notes[number], noted[1], 0.5, align="center", place="top")
            scene.lay(words)
            shown.append(scene.appear(words.marks, 0.6))
        scene.play(*shown)
