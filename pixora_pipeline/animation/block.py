"""Set words as a mobject: glyphs that can be moved, coloured and told apart, in the unseen box they were set in."""

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from pixora_pipeline.animation.typesetting import FIRST_TERM, Mark, Sheet

_STROKE_PER_UNIT = 100
"""Manim's stroke widths count hundredths of a unit."""


class Block(VGroup):
    """Set words: `marks` are the glyphs, `frame` the unseen block they fill, `source` the text, `size` its font's."""

    def __init__(self, sheet: Sheet, source: str, colours: Sequence[str], scale: float = 1.0) -> None:
        super().__init__()
        self.source = source
        self.size = 0.0
        self.frame = VMobject(stroke_width=0, fill_opacity=0)
        w, h = sheet.width * scale, sheet.height * scale
        corners = [[-w / 2, h / 2, 0], [w / 2, h / 2, 0], [w / 2, -h / 2, 0], [-w / 2, -h / 2, 0]]
        self.frame.set_points_as_corners([*map(np.array, corners), np.array(corners[0])])
        self.terms: dict[int, VGroup] = {}
        self.marks = VGroup(*(self._mark(mark, sheet, colours, scale) for mark in sheet.marks))
        self.add(self.frame, self.marks)

    def _mark(self, mark: Mark, sheet: Sheet, colours: Sequence[str], scale: float) -> VMobject:
        flat = (mark.points - [sheet.width / 2, sheet.height / 2]) * [scale, -scale]
        number = int(mark.colour.lstrip("#")[:6], 16) - FIRST_TERM
        known = 0 <= number < 0x200
        colour = colours[number % len(colours)] if known else _code_colour(mark.colour, colours)
        glyph = VMobject(stroke_width=mark.stroke * scale * _STROKE_PER_UNIT, fill_opacity=0.0 if mark.stroke else 1.0)
        glyph.points = np.column_stack([flat, np.zeros(len(flat))])
        glyph.set_color(colour)
        self.terms.setdefault(number if known else -1, VGroup()).add(glyph)
        return glyph

    def term(self, number: int) -> VGroup:
        """The glyphs of one term of a formula; an empty group where nothing of it is seen."""
        return self.terms.get(number, VGroup())


# Typst's own colours of code, by what they stand for; anything else is plain.
_CODE = {"d73948": 0, "4b69c6": 1, "198810": 3, "b60157": 2, "301414": 2, "74747c": -1, "6b6b6f": -1, "1d6c76": 1}


def _code_colour(colour: str, colours: Sequence[str]) -> str:
    kind = _CODE.get(colour.lstrip("#").lower())
    if kind is None or len(colours) < 6:
        return colours[0]
    return colours[5] if kind < 0 else colours[1 + kind]
