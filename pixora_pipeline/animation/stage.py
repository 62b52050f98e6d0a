"""The frame as a place to lay things out: regions, words and formulas that fit them, colours. Measured, never guessed.

The shorter side of the frame is 8 units, whatever its shape. Words are never set smaller than `SMALLEST`, which is
18 pixels at 480p: what is too long for its region is shortened at a word, and ends in an ellipsis.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from manim import LEFT, UP, RoundedRectangle, VGroup, VMobject

from pixora_pipeline.animation.notation import set_formula
from pixora_pipeline.animation.theme import NIGHT, Theme
from pixora_pipeline.animation.typesetting import FIRST_TERM, CannotSet, Sheet, quoted, set_sheet

SMALLEST = 0.3
"""The smallest size words are set in, in units: an em of 18 pixels at 480p."""
BODY, HEADING, TITLE = 0.44, 0.62, 1.0
_SHRINK = 0.92
# Fixed-width letters are large for their size, and their lines are apart by themselves.
_SMALLEST_CODE, _CODE_LINE = 0.27, 1.35
_STROKE_PER_UNIT = 100
"""Manim's stroke widths count hundredths of a unit."""


@dataclass(frozen=True)
class Region:
    """A rectangle of the frame, in units from its centre, y upwards."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.bottom + self.height

    @property
    def centre(self) -> np.ndarray:
        """The point in its middle."""
        return np.array([self.left + self.width / 2, self.bottom + self.height / 2, 0.0])

    def inset(self, by: float) -> "Region":
        """Without a margin of that width."""
        return Region(self.left + by, self.bottom + by, max(self.width - 2 * by, 0.1), max(self.height - 2 * by, 0.1))

    def split(self, *shares: float, gap: float = 0.3) -> list["Region"]:
        """Side by side from the left, in those shares."""
        room, at, parts = self.width - gap * (len(shares) - 1), self.left, []
        for share in shares:
            width = room * share / sum(shares)
            parts.append(Region(at, self.bottom, width, self.height))
            at += width + gap
        return parts

    def stack(self, *shares: float, gap: float = 0.3) -> list["Region"]:
        """One below the other from the top, in those shares."""
        room, at, parts = self.height - gap * (len(shares) - 1), self.top, []
        for share in shares:
            height = room * share / sum(shares)
            parts.append(Region(self.left, at - height, self.width, height))
            at -= height + gap
        return parts

    def holds(self, other: VMobject, slack: float = 0.02) -> bool:
        """Whether a mobject is inside."""
        low, high = bounds(other)
        return bool(
            low[0] >= self.left - slack
            and low[1] >= self.bottom - slack
            and high[0] <= self.right + slack
            and high[1] <= self.top + slack
        )


def bounds(mobject: VMobject) -> tuple[np.ndarray, np.ndarray]:
    """The lower left and upper right corner of everything in a mobject."""
    points = np.concatenate([part.points for part in mobject.get_family() if len(part.points)] or [np.zeros((1, 3))])
    return points.min(axis=0), points.max(axis=0)


class Block(VGroup):
    """Set words: `marks` are the glyphs, `frame` an unseen rectangle, the block they fill. `source` is the text."""

    def __init__(self, sheet: Sheet, source: str, colours: Sequence[str], scale: float = 1.0) -> None:
        super().__init__()
        self.source = source
        self.frame = VMobject(stroke_width=0, fill_opacity=0)
        w, h = sheet.width * scale, sheet.height * scale
        corners = [[-w / 2, h / 2, 0], [w / 2, h / 2, 0], [w / 2, -h / 2, 0], [-w / 2, -h / 2, 0]]
        self.frame.set_points_as_corners([*map(np.array, corners), np.array(corners[0])])
        self.terms: dict[int, VGroup] = {}
        self.marks = VGroup(*(self._mark(mark, sheet, colours, scale) for mark in sheet.marks))
        self.add(self.frame, self.marks)

    def _mark(self, mark, sheet: Sheet, colours: Sequence[str], scale: float) -> VMobject:
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


@dataclass(frozen=True)
class Stage:
    """A frame of that size in units, and its colours."""

    width: float
    height: float
    theme: Theme = NIGHT

    @property
    def frame(self) -> Region:
        """All of it."""
        return Region(-self.width / 2, -self.height / 2, self.width, self.height)

    @property
    def safe(self) -> Region:
        """Where things may stand: inside a margin, above the subtitles."""
        return Region(-self.width / 2 + 0.5, -self.height / 2 + 1.0, self.width - 1.0, self.height - 1.45)

    @property
    def header(self) -> Region:
        """The strip of the heading."""
        return replace(self.safe, bottom=self.safe.top - 0.95, height=0.95)

    @property
    def body(self) -> Region:
        """All below the heading."""
        return replace(self.safe, height=self.safe.height - 1.2)

    @property
    def wide(self) -> bool:
        """Whether there is more room across than down."""
        return self.width > self.height * 1.15

    def sides(self, *shares: float, within: Region | None = None, gap: float = 0.45) -> list[Region]:
        """The body in parts: side by side where the frame is wide, one below the other where it is not."""
        region = within or self.body
        return region.split(*shares, gap=gap) if self.wide else region.stack(*shares, gap=gap)

    def words(
        self,
        text: str,
        region: Region,
        size: float = BODY,
        colour: str | None = None,
        align: str = "left",
        place: str = "middle",
        weight: str = "",
    ) -> Block:
        """Words wrapped into a region, as large as fits up to `size`. `place`: top, middle or bottom of the region."""
        colour = colour or self.theme.ink
        plain = " ".join(text.split())
        smallest = min(SMALLEST, size)
        while True:
            sheet = _text(plain, size, region.width, align)
            if sheet.height <= region.height or size <= smallest:
                break
            size = max(size * _SHRINK, smallest)
        if sheet.height > region.height:
            plain, sheet = _shortened(plain, size, region, align)
        block = Block(sheet, plain, [colour])
        return self._placed(block, region, align, place)

    def label(self, text: str, most: float, size: float = 0.36, colour: str | None = None) -> Block:
        """A short line of its own, at most that wide, standing wherever it is moved to."""
        plain = " ".join(text.split())
        sheet = _line(plain, size)
        while sheet.width > most and size > SMALLEST:
            size = max(size * _SHRINK, SMALLEST)
            sheet = _line(plain, size)
        cut = plain
        while sheet.width > most and len(cut) > 1:
            cut = cut[: max(1, min(len(cut) - 1, int(len(cut) * most / sheet.width)))]
            sheet = _line(cut.rstrip() + "…", size)
        return Block(sheet, plain, [colour or self.theme.ink])

    def formula(
        self, terms: Sequence[str], region: Region, size: float = 1.0, colours: Sequence[str] | None = None,
        align: str = "center", smallest: float = SMALLEST,
    ) -> Block:  # fmt: skip
        """A formula of these terms, shrunk to the region. One that would become too small becomes wrapped words."""
        sheet, _ = set_formula(tuple(terms), size)
        scale = min(1.0, region.width / max(sheet.width, 1e-6), region.height / max(sheet.height, 1e-6))
        if size * scale < smallest:
            return self.words(" ".join(terms), region, BODY, align=align)
        block = Block(sheet, " ".join(terms), colours or [self.theme.ink], scale)
        return self._placed(block, region, align, "middle")

    def code(self, source: str, language: str, region: Region, size: float = 0.42) -> list[Block]:
        """Lines of code, one block each, all in one size, left aligned in the region; lines that do not fit are cut."""
        lines = source.expandtabs(4).rstrip().splitlines() or [""]
        most = max(3, int(region.height / (_SMALLEST_CODE * _CODE_LINE)))
        if len(lines) > most:
            lines = [*lines[: most - 1], "…"]
        longest = max(len(line) for line in lines)
        across, down = region.width / max(longest * 0.602, 1), region.height / (len(lines) * _CODE_LINE)
        size = max(_SMALLEST_CODE, min(size, across, down))
        fits = int(region.width / (size * 0.602))
        lines = [line if len(line) <= fits else line[: fits - 1] + "…" for line in lines]
        step, blocks = size * _CODE_LINE, []
        colours = [self.theme.ink, *self.theme.accents, self.theme.quiet]
        top = region.centre[1] + step * len(lines) / 2
        for number, line in enumerate(lines):
            block = Block(_code(line or " ", language, size), line, colours)
            indent = (len(line) - len(line.lstrip())) * size * 0.602
            block.move_to([region.left + indent + block.frame.width / 2, top - step * (number + 0.5), 0])
            blocks.append(block)
        return blocks

    def panel(self, region: Region, colour: str | None = None, edge: str | None = None) -> RoundedRectangle:
        """A raised panel that fills a region."""
        radius = min(0.2, region.width / 3, region.height / 3)
        panel = RoundedRectangle(corner_radius=radius, width=region.width, height=region.height, stroke_width=0)
        panel.set_fill(colour or self.theme.panel, 1.0).move_to(region.centre)
        return panel.set_stroke(edge, 3) if edge else panel

    def _placed(self, block: Block, region: Region, align: str, place: str) -> Block:
        across = {"left": region.left + block.frame.width / 2, "right": region.right - block.frame.width / 2}
        x = across.get(align, region.centre[0])
        half = block.frame.height / 2
        y = {"top": region.top - half, "bottom": region.bottom + half}.get(place, region.centre[1])
        return block.shift(np.array([x, y, 0.0]) - block.frame.get_center())


def _text(text: str, size: float, width: float, align: str) -> Sheet:
    return set_sheet("#" + quoted(_breakable(text, size, width)), size, width, align)


def _line(text: str, size: float) -> Sheet:
    return set_sheet("#box(" + quoted(text) + ")", size)


def _code(line: str, language: str, size: float) -> Sheet:
    try:
        return set_sheet(f"#raw({quoted(line.lstrip() or ' ')}, lang: {quoted(language or 'text')})", size)
    except CannotSet:
        return _line(line.lstrip(), size)


def _breakable(text: str, size: float, width: float) -> str:
    """The same words; one that is too long for a line may be broken anywhere."""
    most = max(1, int(width / (size * 0.62)))
    return " ".join(word if len(word) <= most else "\u200b".join(word) for word in text.split(" "))


def _shortened(text: str, size: float, region: Region, align: str) -> tuple[str, Sheet]:
    words = text.split()
    if len(words) == 1:
        words = list(text)
    joint = " " if " " in text else ""
    low, high = 0, len(words) - 1
    while low < high:
        middle = (low + high + 1) // 2
        sheet = _text(joint.join(words[:middle]) + "…", size, region.width, align)
        low, high = (middle, high) if sheet.height <= region.height else (low, middle - 1)
    cut = joint.join(words[:low]).rstrip(",;:. ") + "…"
    return cut, _text(cut, size, region.width, align)


__all__ = ["BODY", "HEADING", "LEFT", "SMALLEST", "TITLE", "UP", "Block", "Region", "Stage", "bounds"]
