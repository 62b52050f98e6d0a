r"""Stands in for Manim's LaTeX: what `MathTex`, `Tex`, `Matrix` or `DecimalNumber` ask for is set by Typst.

Manim marks the parts of a formula by groups in the picture that it expects; they are marked here in the same way, so
that parts can be coloured and moved as usual. What nobody can set becomes readable text: this never raises.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from pixora_pipeline.animation.latex import SET_BEFORE
from pixora_pipeline.animation.notation import readable, set_formula, to_typst
from pixora_pipeline.animation.typesetting import FIRST_TERM, CannotSet, Mark, Sheet, quoted, set_sheet
from pixora_pipeline.model.content import hash_text

ASKED: dict[str, tuple[str, str | None]] = {}
"""The formulas that were asked for in this process, by name: what is set, and in which environment."""
_EM = 10.0
"""Manim reckons with LaTeX's ten points."""
LONGEST = 600
"""Characters of a part that are set; what is longer can't be read in a frame anyway."""
_NOTHING = '<path d="M 0 0 Z"/>'
_GROUP = re.compile(r"\\special\{dvisvgm:raw (?:<g id='([^']*)'>|</g>)\}")
_BRACKET = re.compile(r"\\left(\\?.)\\begin\{array\}\{c\}((?:\\quad \\\\)+)\\end\{array\}\\right(\\?.)")
_DELIMITERS = {"[": '"["', "]": '"]"', "(": '"("', ")": '")"', "|": '"|"', "{": '"{"', "}": '"}"'}


def use_typst() -> None:
    """Have Manim's formulas set here from now on, in this process."""
    from manim.mobject.text import tex_mobject

    tex_mobject.tex_to_svg_file = tex_to_svg


def tex_to_svg(expression: str, environment: str | None = None, tex_template: Any = None) -> Path:
    """The formula as a file, in place of Manim's function of that name."""
    from manim import config

    name = hash_text(f"{environment}{expression}")
    ASKED[name] = (expression, environment)
    before = Path(config.media_dir).parent / SET_BEFORE.format(name=name)
    if before.is_file():
        return before
    folder = config.get_dir("tex_dir")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.svg"
    if not path.exists():
        path.write_text(svg_of(expression, environment), encoding="utf-8")
    return path


def svg_of(expression: str, environment: str | None) -> str:
    """The picture of a formula, its parts in groups."""
    parts = [(path, piece if len(piece) <= LONGEST else piece[:LONGEST] + "…") for path, piece in _parts(expression)]
    sheet = _set(parts, text=environment in (None, "center", "flushleft"))
    by_part: dict[int, list[Mark]] = {}
    for mark in sheet.marks:
        number = int(mark.colour.lstrip("#")[:6], 16) - FIRST_TERM
        by_part.setdefault(number if 0 <= number < len(parts) else 0, []).append(mark)
    size = f'width="{sheet.width * _EM:.4f}" height="{sheet.height * _EM:.4f}"'
    box = f'viewBox="0 0 {sheet.width * _EM:.4f} {sheet.height * _EM:.4f}"'
    body = _groups(parts, {n: "".join(map(_path, marks)) for n, marks in by_part.items()})
    told_apart = {name for path, _ in parts for name in path}
    missing = dict.fromkeys(name for name in _GROUP.findall(expression) if name and name not in told_apart)
    body += "".join(f"<g id={quoteattr(name)}>{_NOTHING}</g>" for name in missing)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box}>{body}</svg>'


def _parts(expression: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Stretches of the expression with the groups that they are in. A group within braces can't be told apart."""
    inside: list[str] = []
    at, pending, path = 0, "", ()
    for group in [*_GROUP.finditer(expression), None]:
        piece = expression[at : group.start() if group else None]
        path = path if pending else tuple(inside)
        pending += piece
        if pending.strip() and (group is None or _balanced(pending)):
            yield path, pending
            pending = ""
        if group:
            at = group.end()
            inside = [*inside, group[1]] if group[1] else inside[:-1]


def _balanced(piece: str) -> bool:
    plain = re.sub(r"\\[{}]", "", piece)
    return plain.count("{") == plain.count("}")


def _set(parts: list[tuple[tuple[str, ...], str]], text: bool) -> Sheet:
    pieces = [piece for _, piece in parts]
    if bracket := _BRACKET.search("".join(pieces)):
        return _bracket(bracket, next(n for n, piece in enumerate(pieces) if piece.strip()))
    if text:
        return _words(pieces)
    try:
        if len(pieces) == 1 and r"\\" in pieces[0] and r"\begin" not in pieces[0]:
            return _rows(pieces[0])
        return set_formula(tuple(piece.strip() or " " for piece in pieces), 1.0)[0]
    except CannotSet:
        return _plain(pieces)


def _rows(piece: str) -> Sheet:
    """Lines of a formula, one below the other at their marks."""
    rows = (" & ".join(to_typst(cell) for cell in row.split("&")) for row in piece.split(r"\\"))
    return set_sheet("$ " + " \\ ".join(rows) + " $", 1.0)


def _bracket(bracket: re.Match[str], number: int) -> Sheet:
    """One bracket of a matrix, as high as its rows."""
    sides = ", ".join(_DELIMITERS.get(side.lstrip("\\"), "none") for side in (bracket[1], bracket[3]))
    rows = "; ".join(["quad"] * bracket[2].count("quad"))
    body = f'#text(fill: rgb("#{FIRST_TERM + number:06x}"), $mat(delim: #({sides}), {rows})$)'
    return set_sheet(f"$ {body} $", 1.0)


def _words(pieces: list[str]) -> Sheet:
    """Text with formulas between dollar signs, as `Tex` takes it."""
    body = []
    for number, piece in enumerate(pieces):
        inner = "".join(
            f"${to_typst(each)}$" if odd else f"#{quoted(_plain_text(each))}"
            for odd, each in ((n % 2, each) for n, each in enumerate(piece.split("$")))
            if each.strip() or not odd
        )
        body.append(f'#text(fill: rgb("#{FIRST_TERM + number:06x}"))[{inner}]')
    try:
        return set_sheet("#box[" + "".join(body) + "]", 1.0)
    except CannotSet:
        return _plain(pieces)


def _plain(pieces: list[str]) -> Sheet:
    body = (
        f'#text(fill: rgb("#{FIRST_TERM + number:06x}"))[#{quoted(readable(piece) + " ")}]'
        for number, piece in enumerate(pieces)
    )
    return set_sheet("#box[" + "".join(body) + "]", 1.0)


def _plain_text(text: str) -> str:
    text = re.sub(
        r"\\(?:text|emph)(?:bf|it|tt|rm|sf)?\{([^{}]*)\}", r"\1", text.replace("\\\\", "\n").replace("~", " ")
    )
    return re.sub(r"\\([%&#_{}$])", r"\1", text)


def _groups(parts: list[tuple[tuple[str, ...], str]], drawn: dict[int, str]) -> str:
    """The parts' paths within their groups. Every group is there, if empty."""
    out, open_groups = [], []
    for number, (path, _) in enumerate(parts):
        while open_groups and tuple(open_groups) != path[: len(open_groups)]:
            open_groups.pop()
            out.append("</g>")
        for name in path[len(open_groups) :]:
            open_groups.append(name)
            out.append(f"<g id={quoteattr(name)}>")
        out.append(drawn.get(number, _NOTHING))
    return "".join(out) + "</g>" * len(open_groups)


def _path(mark: Mark) -> str:
    points = mark.points * _EM
    if mark.stroke and len(points) >= 2:
        points = _bar(points, mark.stroke * _EM)
    d = []
    for n in range(0, len(points) - 3, 4):
        if n == 0 or abs(points[n] - points[n - 1]).max() > 1e-6:
            d.append(f"M {points[n][0]:.4f} {points[n][1]:.4f}")
        d.append("C " + " ".join(f"{x:.4f} {y:.4f}" for x, y in points[n + 1 : n + 4]))
    return f'<path d="{" ".join(d)} Z"/>'


def _bar(points: Any, width: float) -> Any:
    """A straight stroke as an area: Manim draws formulas without strokes."""
    import numpy as np

    start, end = points[0], points[-1]
    along = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
    across = np.array([-along[1], along[0]]) * width / 2
    corners = [start + across, end + across, end - across, start - across, start + across]
    curves = [[one, one + (two - one) / 3, one + (two - one) * 2 / 3, two] for one, two in pairwise(corners)]
    return np.array(curves).reshape(-1, 2)
