"""The frame as a place to lay things out: regions, words and formulas that fit them, colours. Measured, never guessed.

The shorter side of the frame is 8 units, whatever its shape. Words are never set smaller than `SMALLEST`, which is
18 pixels at 480p: what is too long for its region is shortened at a word, and ends in an ellipsis.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from manim import RoundedRectangle

from pixora_pipeline.animation.block import Block
from pixora_pipeline.animation.notation import set_formula
from pixora_pipeline.animation.region import Region
from pixora_pipeline.animation.theme import NIGHT, Theme
from pixora_pipeline.animation.typesetting import CannotSet, Sheet, quoted, set_sheet

SMALLEST = 0.3
"""The smallest size words are set in, in units: an em of 18 pixels at 480p."""
BODY, HEADING, TITLE = 0.44, 0.62, 1.0
FOOT, UPRIGHT_FOOT = 1.0, 0.26
"""Room for captions below everything, in units; as a share of the height where players lay their buttons over it."""
_SHRINK = 0.92
# Fixed-width letters are large for their size, and their lines are apart by themselves.
_SMALLEST_CODE, _CODE_LINE = 0.27, 1.35


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
        foot = UPRIGHT_FOOT * self.height if self.height > 1.5 * self.width else FOOT
        return Region(-self.width / 2 + 0.5, -self.height / 2 + foot, self.width - 1.0, self.height - foot - 0.45)

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
            fits = sheet.height <= region.height and not _too_long(plain, size, region.width)
            if fits or size <= smallest:
                break
            size = max(size * _SHRINK, smallest)
        if sheet.height > region.height:
            plain, sheet = _shortened(plain, size, region, align)
        block = Block(sheet, plain, [colour])
        block.size = size
        return self._placed(block, region, align, place)

    def alike(self, texts: Sequence[str], regions: Sequence[Region], size: float = BODY, **manner: str) -> list[Block]:
        """Words for several regions, all in the size of those that need the smallest."""
        tried = [self.words(text, region, size, **manner) for text, region in zip(texts, regions, strict=True)]
        least = min((block.size for block in tried), default=size)
        if all(block.size == least for block in tried):
            return tried
        return [self.words(text, region, least, **manner) for text, region in zip(texts, regions, strict=True)]

    def height_of(self, text: str, size: float, width: float) -> float:
        """How high words stand in that size when they are wrapped to that width."""
        return _text(" ".join(text.split()), size, width, "left").height

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
    # Typst sets code at four fifths of its size; here a size is a size.
    sized = "#show raw: set text(size: 1.25em)\n"
    try:
        return set_sheet(f"{sized}#raw({quoted(line.lstrip() or ' ')}, lang: {quoted(language or 'text')})", size)
    except CannotSet:
        return _line(line.lstrip(), size)


def _too_long(text: str, size: float, width: float) -> list[str]:
    """The words that are longer than a line. Short ones are not even measured: few letters are wider than an em."""
    return [word for word in set(text.split(" ")) if len(word) * size > width and _line(word, size).width > width]


def _breakable(text: str, size: float, width: float) -> str:
    """The same words; one that is too long for a line may be broken anywhere, with a hyphen."""
    long = _too_long(text, size, width)
    return " ".join("\u00ad".join(word) if word in long else word for word in text.split(" ")) if long else text


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
