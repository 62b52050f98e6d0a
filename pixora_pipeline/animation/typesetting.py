"""Words, formulas and code as outlines: set by Typst (no LaTeX, no system fonts needed), read from its SVG. No Manim.

Positions are in frame units from the top left of the sheet, y downwards; a font size is in the same units.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

Outline = NDArray[np.float64]
POINTS_PER_UNIT = 100.0
FONTS = Path(__file__).parents[1] / "fonts"
TEXT_FONTS = '("Jost*", "Jost", "DejaVu Sans", "Noto Sans", "Noto Sans CJK SC", "Libertinus Serif")'
FIRST_TERM = 0x10
"""Terms are told apart by the colour they are set in: the first in 000010, the next in 000011, ..."""

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_TOKEN = re.compile(r"[MmLlHhVvCcQqZz]|-?[\d.]+(?:e-?\d+)?")


class CannotSet(Exception):
    """Typst refuses the source; the message is its own."""


@dataclass(frozen=True)
class Mark:
    """One glyph or rule: cubic Bézier points, four a curve, its colour as set, and its stroke (0: filled)."""

    points: Outline
    colour: str
    stroke: float


@dataclass(frozen=True)
class Sheet:
    """What was set, and the size of the block it fills (line boxes included)."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def quoted(text: str) -> str:
    """The text as a Typst string: none of its characters means anything."""
    visible = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    return '"' + visible.replace("\\", "\\\\").replace('"', '\\"') + '"'


@lru_cache(512)
def set_sheet(body: str, size: float, width: float | None = None, align: str = "left") -> Sheet:
    """Set Typst content `body` at a font size, wrapped to `width` if given. Raises `CannotSet`."""
    wrapped = f"{width * POINTS_PER_UNIT:.3f}pt" if width else "auto"
    source = (
        f"#set page(width: {wrapped}, height: auto, margin: 0pt, fill: none)\n"
        f'#set text(font: {TEXT_FONTS}, size: {size * POINTS_PER_UNIT:.3f}pt, fill: rgb("#000001"), '
        'top-edge: "ascender", bottom-edge: "descender", hyphenate: false)\n'
        f"#set par(leading: 0em)\n#set align({align})\n{body}\n"
    )
    try:
        svg = _compiler().compile(source.encode(), format="svg")
    except Exception as error:  # typst raises its own and plain RuntimeErrors
        raise CannotSet(str(error).splitlines()[0] if str(error) else "Typst refused it") from error
    return _read(svg if isinstance(svg, bytes) else svg[0])


@cache
def _compiler() -> Any:
    import typst

    return typst.Compiler(font_paths=[str(FONTS)])


def _read(svg: bytes) -> Sheet:
    root = ElementTree.fromstring(svg)
    glyphs = {symbol.get("id"): symbol for symbol in root.iter(f"{_NAMESPACE}symbol")}
    marks: list[Mark] = []
    for child in root:
        if child.tag != f"{_NAMESPACE}defs":
            _walk(child, np.eye(3), glyphs, marks)
    width, height = (float(edge) for edge in root.get("viewBox", "").split()[2:])
    return Sheet(width / POINTS_PER_UNIT, height / POINTS_PER_UNIT, tuple(marks))


def _walk(node: ElementTree.Element, matrix: Outline, glyphs: dict, marks: list[Mark]) -> None:
    matrix = matrix @ _transform(node.get("transform", ""))
    kind = node.tag.removeprefix(_NAMESPACE)
    if kind == "use" and (glyph := glyphs.get(node.get(_HREF, "").lstrip("#"))) is not None:
        at = np.array([[1, 0, float(node.get("x", 0))], [0, 1, float(node.get("y", 0))], [0, 0, 1]])
        for path in glyph.iter(f"{_NAMESPACE}path"):
            _mark(path, matrix @ at, node.get("fill", "#000001"), marks)
    elif kind == "path":
        _mark(node, matrix, node.get("fill", "none"), marks)
    for child in node if kind == "g" else ():
        _walk(child, matrix, glyphs, marks)


def _mark(path: ElementTree.Element, matrix: Outline, fill: str, marks: list[Mark]) -> None:
    outline = _outline(path.get("d", ""))
    if len(outline) == 0:
        return
    flat = np.column_stack([outline, np.ones(len(outline))]) @ matrix.T
    stroke = path.get("stroke", "none")
    colour, width = (stroke, float(path.get("stroke-width", 1))) if fill == "none" else (fill, 0.0)
    marks.append(Mark(flat[:, :2] / POINTS_PER_UNIT, colour, width / POINTS_PER_UNIT))


def _transform(text: str) -> Outline:
    matrix = np.eye(3)
    for name, inside in re.findall(r"(\w+)\(([^)]*)\)", text):
        n = [float(each) for each in re.split(r"[\s,]+", inside.strip())]
        if name == "matrix":
            matrix = matrix @ np.array([[n[0], n[2], n[4]], [n[1], n[3], n[5]], [0, 0, 1]])
        elif name == "translate":
            matrix = matrix @ np.array([[1, 0, n[0]], [0, 1, n[1] if len(n) > 1 else 0], [0, 0, 1]])
        elif name == "scale":
            matrix = matrix @ np.diag([n[0], n[-1], 1])
    return matrix


@lru_cache(4096)
def _outline(path: str) -> Outline:
    """The curves of a path, every straight line a curve as well; closed subpaths end where they began."""
    tokens = _TOKEN.findall(path)
    points: list[Outline] = []
    here = start = np.zeros(2)
    index, command = 0, ""

    def take(count: int, base: Outline) -> Outline:
        nonlocal index
        values = np.array(tokens[index : index + 2 * count], float).reshape(count, 2)
        index += 2 * count
        return values + base

    def line(to: Outline) -> None:
        points.extend(here + (to - here) * share for share in (0, 1 / 3, 2 / 3, 1))

    while index < len(tokens):
        if tokens[index].isalpha():
            command = tokens[index]
            index += 1
        base = here if command.islower() else np.zeros(2)
        kind = command.lower()
        if kind == "m":
            here = start = take(1, base)[0]
            command = "l" if command == "m" else "L"
        elif kind == "z":
            if not np.allclose(here, start):
                line(start)
            here = start
        elif kind in "lhv":
            if kind == "l":
                to = take(1, base)[0]
            else:
                axis, value = "hv".index(kind), float(tokens[index])
                index += 1
                to = here.copy()
                to[axis] = base[axis] + value
            line(to)
            here = to
        else:
            curve = take(3 if kind == "c" else 2, base)
            if kind == "q":
                middle, to = curve
                curve = np.array([here + (middle - here) * 2 / 3, to + (middle - to) * 2 / 3, to])
            points.extend([here, *curve])
            here = curve[-1]
    return np.array(points) if points else np.zeros((0, 2))
