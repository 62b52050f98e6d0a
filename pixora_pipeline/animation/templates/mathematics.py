"""Formulas: one built up term by term, and lines that follow from each other."""

import numpy as np
from manim import Create, Line, there_and_back

from pixora_pipeline.animation.block import Block
from pixora_pipeline.animation.region import Region
from pixora_pipeline.animation.scene import ExplainerScene
from pixora_pipeline.animation.stage import BODY, SMALLEST
from pixora_pipeline.model.figures import Derivation, Formula


def formula(scene: ExplainerScene, figure: Formula) -> None:
    """Each term comes in a colour of its own, its meaning with it; the whole is set off at the end."""
    stage = scene.stage
    scene.step()
    scene.heading(figure.heading)
    region = stage.body if figure.heading else stage.safe
    noted = [number for number, term in enumerate(figure.terms) if term.note]
    upper, lower = region.stack(0.5, 0.5, gap=0.3) if noted or figure.note else (region, None)
    colours = _colours(scene, figure)
    block = stage.formula([term.math for term in figure.terms], upper, 1.5, colours)
    scene.lay(block)
    if not block.terms or len(block.terms) == 1:
        scene.play(scene.write(block, 1.5))
    legend = _legend(scene, figure, noted, lower, colours) if lower else {}
    said = scene.steps(figure.cues, len(figure.terms) + 1, [term.note for term in figure.terms])
    for number, _ in enumerate(figure.terms):
        glyphs = block.term(number)
        if len(block.terms) > 1 and len(glyphs):
            if number in legend or number == 0 or said[number]:
                scene.step(said[number])
            shown = [scene.write(glyphs, 0.7)]
            if number in legend:
                scene.lay(*legend[number])
                shown += [scene.appear(each.marks, 0.8) for each in legend[number]]
            scene.play(*shown)
        elif number in legend:
            scene.lay(*legend[number])
            scene.step(said[number])
            scene.play(*(scene.appear(each.marks, 0.8) for each in legend[number]))
    _close(scene, figure, block, lower if not noted else None, said[-1])


def _close(scene: ExplainerScene, figure: Formula, block: Block, room: Region | None, said: str) -> None:
    scene.step(said or figure.note)
    if figure.note and room:
        words = scene.stage.words(figure.note, room, BODY, scene.theme.quiet, "center", "top")
        scene.lay(words)
        scene.play(scene.appear(words.marks))
    else:
        scene.play(block.marks.animate(rate_func=there_and_back).scale(1.05), run_time=0.8)


def _colours(scene: ExplainerScene, figure: Formula) -> list[str]:
    """An accent for each term that means something; operators stay in ink."""
    colours, used = [], 0
    for term in figure.terms:
        colours.append(scene.theme.accent(used) if term.note else scene.theme.ink)
        used += bool(term.note)
    return colours


def _legend(
    scene: ExplainerScene, figure: Formula, noted: list[int], room: Region, colours: list[str]
) -> dict[int, tuple]:
    """What the terms mean, one row each: the term, and its words beside it."""
    rows = room.stack(*[1.0] * len(noted), gap=0.1) if noted else []
    rows = [Region(row.left, row.top - min(row.height, 0.95), row.width, min(row.height, 0.95)) for row in rows]
    rows = [Region(r.left, room.top - (r.height + 0.1) * (n + 1), r.width, r.height) for n, r in enumerate(rows)]
    if len(noted) == 1:
        # The only part that means something needs no sign to be told by.
        note = scene.stage.words(figure.terms[noted[0]].note, room, 0.5, align="center", place="top")
        return {noted[0]: (note,)}
    shown, signs = {}, []
    for number, row in zip(noted, rows, strict=True):
        sign = scene.stage.formula(
            [figure.terms[number].math], Region(row.left, row.bottom, row.width * 0.3, row.height), 0.62,
            [colours[number]], "right",
        )  # fmt: skip
        signs.append(sign)
    places = [Region(r.left + r.width * 0.3 + 0.4, r.bottom, r.width * 0.7 - 0.4, r.height) for r in rows]
    notes = scene.stage.alike([figure.terms[number].note for number in noted], places)
    for number, sign, words in zip(noted, signs, notes, strict=True):
        shown[number] = (sign, words)
    return shown


def derivation(scene: ExplainerScene, figure: Derivation) -> None:
    """Each line is written below the one before, the reason beside it."""
    stage = scene.stage
    scene.step()
    scene.heading(figure.heading)
    region = stage.body if figure.heading else stage.safe
    rows = region.stack(*[1.0] * len(figure.lines), gap=0.2)
    rows = _gathered(rows, region, 1.5 if stage.wide else 1.9)
    explained = any(line.why for line in figure.lines)
    rooms = [_halves(stage.wide, row, explained)[0] for row in rows]
    rooms = [Region(room.left, room.bottom + 0.1, room.width, max(room.height - 0.2, 0.1)) for room in rooms]
    blocks = _same_size(scene, figure, rooms)
    said = scene.steps(figure.cues, len(rows), [line.why for line in figure.lines])
    before: Block | None = None
    for number, (line, row) in enumerate(zip(figure.lines, rows, strict=True)):
        block = blocks[number]
        scene.lay(block)
        scene.step(said[number])
        last = number == len(rows) - 1
        if last and number:
            block.marks.set_color(scene.theme.accent(0))
        shown = [scene.write(block, 1.1)]
        if line.why:
            place = "middle" if stage.wide else "top"
            why = stage.words(line.why, _halves(stage.wide, row, True)[1], 0.4, scene.theme.quiet, "left", place)
            if not stage.wide:
                why.shift(np.array([row.centre[0] - why.frame.get_center()[0], 0, 0]))
            scene.lay(why)
            shown.append(scene.appear(why.marks, 1.1))
        scene.play(*shown)
        before = block
    if before is not None and len(figure.lines) > 1:
        _underline(scene, before, region)


def _halves(wide: bool, row: Region, explained: bool) -> list[Region]:
    if not explained:
        return [row, row]
    return row.split(0.62, 0.38, gap=0.5) if wide else row.stack(0.6, 0.4, gap=0.05)


def _gathered(rows: list[Region], region: Region, tallest: float) -> list[Region]:
    """The same rows, no taller than that, together in the middle."""
    height = min(rows[0].height, tallest)
    at = region.centre[1] + (height + 0.2) * len(rows) / 2
    return [Region(r.left, at - (height + 0.2) * (n + 1) + 0.1, r.width, height) for n, r in enumerate(rows)]


def _same_size(scene: ExplainerScene, figure: Derivation, rooms: list[Region]) -> list[Block]:
    """All formulas in the size of the one that needs the smallest."""
    size = 0.85
    tried = [scene.stage.formula([line.math], room, size) for line, room in zip(figure.lines, rooms, strict=True)]
    natural = [scene.stage.formula([line.math], Region(0, 0, 99, 99), size) for line in figure.lines]
    shares = [one.frame.width / max(full.frame.width, 1e-6) for one, full in zip(tried, natural, strict=True)]
    size = max(size * min([*shares, 1.0]), SMALLEST)
    return [scene.stage.formula([line.math], room, size) for line, room in zip(figure.lines, rooms, strict=True)]


def _underline(scene: ExplainerScene, block: Block, region: Region) -> None:
    low = block.marks.get_bottom()[1] - 0.12
    if low < region.bottom - 0.1:
        return
    left, right = block.frame.get_left()[0], block.frame.get_right()[0]
    line = Line([left, low, 0], [right, low, 0], stroke_width=5, color=scene.theme.accent(0))
    scene.lay(line)
    scene.play(Create(line), run_time=0.5)
