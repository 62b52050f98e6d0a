"""Bars, and the number line."""

import numpy as np
from manim import (
    DOWN,
    UP,
    ArcBetweenPoints,
    Arrow,
    Circle,
    FadeIn,
    GrowFromCenter,
    GrowFromEdge,
    Line,
    Rectangle,
    VGroup,
)

from pixora_pipeline.animation.axes import number_text, round_step, touch
from pixora_pipeline.animation.region import Region
from pixora_pipeline.animation.scene import ExplainerScene
from pixora_pipeline.model.figures import Bars, NumberLine


def bars(scene: ExplainerScene, figure: Bars) -> None:
    """Upright bars where the frame is wide enough for their names, lying ones where it is not."""
    scene.step()
    scene.heading(figure.heading)
    stage = scene.stage
    region = stage.body if figure.heading else stage.safe
    if figure.unit:
        strip = Region(region.left, region.top - 0.5, region.width, 0.5)
        unit = stage.words(figure.unit, strip, 0.36, stage.theme.quiet)
        scene.lay(unit)
        scene.add(unit.marks)
        region = Region(region.left, region.bottom, region.width, region.height - 0.6)
    each = region.width / len(figure.bars)
    words = max((len(word) for bar in figure.bars for word in bar.label.split()), default=1)
    upright = each > words * 0.3 * 0.62 + 0.3
    said = scene.steps(figure.cues, len(figure.bars), [bar.label for bar in figure.bars])
    for number, parts in enumerate((_upright if upright else _lying)(scene, figure, region)):
        shape, edge, *texts = parts
        scene.lay(*texts)
        if number == 0 or figure.cues or said[number]:
            scene.step(said[number])
        appear = [scene.appear(text.marks, 0.8) for text in texts]
        scene.play(GrowFromEdge(shape, edge, run_time=0.9), *appear)


def _value(value: float) -> str:
    return number_text(value)


def _scale(figure: Bars) -> tuple[float, float]:
    values = [bar.value for bar in figure.bars]
    low, high = min(*values, 0.0), max(*values, 0.0)
    return low, high if high > low else low + 1.0


def _upright(scene: ExplainerScene, figure: Bars, region: Region):
    low, high = _scale(figure)
    names = 0.62 if all(len(b.label) * 0.2 < region.width / len(figure.bars) for b in figure.bars) else 1.0
    room = Region(region.left, region.bottom + names + 0.1, region.width, region.height - names - 0.1)
    columns = room.split(*[1.0] * len(figure.bars), gap=min(0.5, room.width / len(figure.bars) / 3))
    usable = room.height - (1.1 if low < 0 else 0.55)
    zero = room.bottom + (0.5 if low < 0 else 0.0) + usable * (0 - low) / (high - low)
    ground = Line([room.left, zero, 0], [room.right, zero, 0], stroke_width=3, color=scene.theme.quiet)
    scene.add(ground)
    for number, (bar, column) in enumerate(zip(figure.bars, columns, strict=True)):
        height = max(usable * abs(bar.value) / (high - low), 0.03)
        width = min(column.width, 1.8)
        shape = Rectangle(width=width, height=height, stroke_width=0).set_fill(scene.theme.accent(number), 1.0)
        up = 1 if bar.value >= 0 else -1
        shape.move_to([column.centre[0], zero + up * height / 2, 0])
        value = scene.stage.label(_value(bar.value), column.width + 0.2, 0.4)
        value.move_to([column.centre[0], zero + up * (height + 0.3), 0])
        name = Region(column.left, region.bottom, column.width, names)
        label = scene.stage.words(bar.label, name, 0.36, scene.theme.quiet, "center", "top")
        yield shape, DOWN * up, value, label


def _lying(scene: ExplainerScene, figure: Bars, region: Region):
    low, high = _scale(figure)
    rows = region.stack(*[1.0] * len(figure.bars), gap=min(0.3, region.height / len(figure.bars) / 4))
    share = 0.34
    zero = region.left + region.width * share + 0.3
    usable = region.right - zero - 1.5
    if low < 0:
        zero += usable * -low / (high - low)
    for number, (bar, row) in enumerate(zip(figure.bars, rows, strict=True)):
        length = max(usable * abs(bar.value) / (high - low), 0.03)
        shape = Rectangle(width=length, height=min(row.height * 0.8, 0.8), stroke_width=0)
        shape.set_fill(scene.theme.accent(number), 1.0)
        right = 1 if bar.value >= 0 else -1
        shape.move_to([zero + right * length / 2, row.centre[1], 0])
        value = scene.stage.label(_value(bar.value), 1.35, 0.36)
        value.move_to([max(zero, zero + right * length) + 0.1 + value.frame.width / 2, row.centre[1], 0])
        name = Region(region.left, row.bottom, region.width * share, row.height)
        label = scene.stage.words(bar.label, name, 0.36, scene.theme.quiet, "right")
        yield shape, np.array([-right, 0, 0]), value, label


def number_line(scene: ExplainerScene, figure: NumberLine) -> None:
    """The line with its numbers, marks above it, jumps as arcs."""
    stage = scene.stage
    scene.step()
    scene.heading(figure.heading)
    region = (stage.body if figure.heading else stage.safe).inset(0.15)
    low, high = sorted((figure.start, figure.end))
    high = high if high > low else low + 1.0
    y = region.bottom + region.height * 0.38

    def at(value: float) -> np.ndarray:
        share = (min(max(value, low), high) - low) / (high - low)
        return np.array([region.left + 0.4 + share * (region.width - 0.8), y, 0.0])

    axis = Arrow([region.left, y, 0], [region.right, y, 0], buff=0, stroke_width=5, tip_length=0.2)
    axis.set_color(scene.theme.quiet)
    ticks, numbers = _numbers(scene, figure, low, high, at, region)
    scene.lay(numbers)
    scene.play(scene.draw(axis, 0.9), FadeIn(ticks, run_time=0.9), FadeIn(numbers, run_time=0.9))
    said = scene.steps(
        figure.cues,
        len(figure.jumps) + len(figure.marks),
        [each.label for each in (*figure.jumps, *figure.marks)],
    )
    placed: list = []
    spans = sorted(abs(jump.end - jump.start) for jump in figure.jumps)
    for number, jump in enumerate(figure.jumps):
        scene.step(said[number])
        # The wider a jump, the higher: arcs within each other keep their labels apart.
        rise = 0.95 * (spans.index(abs(jump.end - jump.start)) + 1)
        _jump(scene, jump, at, region, number, placed, rise)
    for number, mark in enumerate(figure.marks, len(figure.jumps)):
        scene.step(said[number])
        _marked(scene, mark, at, region, number, placed)


def _numbers(scene: ExplainerScene, figure: NumberLine, low: float, high: float, at, region: Region):
    room = max(int(region.width / 0.85), 2)
    step = figure.step if (high - low) / figure.step <= room else round_step(high - low, room)
    ticks, numbers, before = VGroup(), VGroup(), None
    for n in range(int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9)) + 1):
        place = at(n * step)
        ticks.add(Line(place + UP * 0.12, place + DOWN * 0.12, stroke_width=4, color=scene.theme.quiet))
        label = scene.stage.label(number_text(n * step), 1.6, 0.36, scene.theme.quiet).move_to(place + DOWN * 0.45)
        if before is None or not touch(label, before):
            numbers.add(label.marks)
            before = label
    return ticks, numbers


def _jump(scene: ExplainerScene, jump, at, region: Region, number: int, placed: list, high: float) -> None:
    colour = scene.theme.accent(number)
    start, end = at(jump.start), at(jump.end)
    span = abs(end[0] - start[0])
    high = max(min(high, region.top - start[1] - 0.8, max(span, 0.6)), 0.3)
    angle = (
        -4 * np.arctan(2 * high / max(span, 0.05)) if end[0] >= start[0] else 4 * np.arctan(2 * high / max(span, 0.05))
    )
    arc = ArcBetweenPoints(start + UP * 0.1, end + UP * 0.1, angle=angle, stroke_width=6, color=colour)
    tip = Circle(radius=0.1, stroke_width=0).set_fill(colour, 1.0).move_to(end + UP * 0.1)
    shown = [scene.draw(arc, 1.0), FadeIn(tip, run_time=1.0)]
    if jump.label:
        label = scene.stage.label(jump.label, region.width * 0.5, 0.42, colour)
        _above(label, [(start[0] + end[0]) / 2, start[1] + high + 0.42, 0], region, placed)
        if _free(label, region, placed):
            placed.append(label)
            scene.lay(label)
            shown.append(scene.appear(label.marks, 1.0))
    scene.play(*shown)


def _marked(scene: ExplainerScene, mark, at, region: Region, number: int, placed: list) -> None:
    colour = scene.theme.accent(number)
    dot = Circle(radius=0.16, stroke_width=0).set_fill(colour, 1.0).move_to(at(mark.at))
    shown = [GrowFromCenter(dot, run_time=0.6)]
    if mark.label:
        label = scene.stage.label(mark.label, region.width * 0.6, 0.42, colour)
        low = at(mark.at) + DOWN * 1.1
        label.move_to(low)
        _inside(label, region)
        while any(touch(label, other) for other in placed) and label.frame.get_bottom()[1] - 0.6 > region.bottom:
            label.shift(DOWN * 0.6)
        if not _free(label, region, placed):
            _above(label, at(mark.at) + UP * 0.8, region, placed)
        if _free(label, region, placed):
            placed.append(label)
            scene.lay(label)
            shown.append(scene.appear(label.marks, 0.6))
    scene.play(*shown)


def _free(label, region: Region, placed: list) -> bool:
    """Whether a label keeps inside and touches no other; one for which there is no room is left out."""
    return region.holds(label) and not any(touch(label, other) for other in placed)


def _above(label, at, region: Region, placed: list) -> None:
    """Over that place, higher where something stands there already."""
    label.move_to(at)
    _inside(label, region)
    while any(touch(label, other) for other in placed) and label.frame.get_top()[1] + 0.6 <= region.top:
        label.shift(UP * 0.6)


def _inside(label, region: Region) -> None:
    left, right = label.frame.get_left()[0], label.frame.get_right()[0]
    label.shift([max(region.left - left, 0) - max(right - region.right, 0), 0, 0])
