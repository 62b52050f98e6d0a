"""What an animated scene shows: one figure, filled. How it looks and moves is its template's business.

`cues` say with which words of the narration each step of a figure begins; without them the figure's own words do.
Formulas are in Typst's or in LaTeX's notation. Limits are what a frame has room for.
"""

from typing import Annotated, Literal

from pydantic import Field

from pixora_pipeline.model.figure_parts import (
    Arrow,
    Bar,
    Curve,
    Event,
    Jump,
    Line,
    Long,
    Number,
    Point,
    Remark,
    Short,
    Side,
    Term,
    Tick,
)
from pixora_pipeline.model.value import Value


class Shown(Value):
    """What all figures have."""

    heading: Short = ""
    cues: tuple[Short, ...] = ()


class Title(Shown):
    """The film's name."""

    template: Literal["title"] = "title"
    subtitle: Short = ""


class Statement(Shown):
    """One sentence, large."""

    template: Literal["statement"] = "statement"
    text: Long


class Bullets(Shown):
    """Points, one after the other."""

    template: Literal["bullets"] = "bullets"
    points: tuple[Short, ...] = Field(min_length=1, max_length=6)
    ordered: bool = False


class Formula(Shown):
    """A formula built up term by term."""

    template: Literal["formula"] = "formula"
    terms: tuple[Term, ...] = Field(min_length=1, max_length=12)
    note: Short = ""


class Derivation(Shown):
    """Lines that follow from each other."""

    template: Literal["derivation"] = "derivation"
    lines: tuple[Line, ...] = Field(min_length=1, max_length=7)


class Plot(Shown):
    """Curves in axes. `area` shades between two xs under the first curve; `tangent` touches it at an x."""

    template: Literal["plot"] = "plot"
    curves: tuple[Curve, ...] = Field(min_length=1, max_length=4)
    x: tuple[Number, Number] = (-5.0, 5.0)
    y: tuple[Number, Number] | None = None
    x_label: Short = "x"
    y_label: Short = "y"
    points: tuple[Point, ...] = Field(default=(), max_length=4)
    area: tuple[Number, Number] | None = None
    tangent: Number | None = None


class Geometry(Shown):
    """A drawing. `triangle` and `squares` take two legs and three names; `circle` a radius."""

    template: Literal["geometry"] = "geometry"
    figure: Literal["triangle", "squares", "rearrangement", "circle"]
    legs: tuple[Number, Number] = (3.0, 4.0)
    names: tuple[Short, ...] = ("a", "b", "c")
    notes: tuple[Short, ...] = Field(default=(), max_length=3)


class NumberLine(Shown):
    """Numbers on a line, marked, and jumps between them."""

    template: Literal["number_line"] = "number_line"
    start: Number
    end: Number
    step: Annotated[float, Field(gt=0, le=1e9)] = 1.0
    marks: tuple[Tick, ...] = Field(default=(), max_length=6)
    jumps: tuple[Jump, ...] = Field(default=(), max_length=5)


class Vectors(Shown):
    """Arrows in the plane; `sum` puts the first two head to tail."""

    template: Literal["vectors"] = "vectors"
    vectors: tuple[Arrow, ...] = Field(min_length=1, max_length=4)
    sum: bool = False
    notes: tuple[Short, ...] = Field(default=(), max_length=3)


class Matrix(Shown):
    """A matrix, and what it does to a vector and to the plane's grid."""

    template: Literal["matrix"] = "matrix"
    rows: tuple[tuple[Number, Number], tuple[Number, Number]]
    vector: tuple[Number, Number] | None = None


class Bars(Shown):
    """A bar chart."""

    template: Literal["bars"] = "bars"
    bars: tuple[Bar, ...] = Field(min_length=1, max_length=8)
    unit: Short = ""


class Flow(Shown):
    """Steps that lead to each other; `cycle` leads back to the first."""

    template: Literal["flow"] = "flow"
    stages: tuple[Short, ...] = Field(min_length=1, max_length=6)
    cycle: bool = False


class Timeline(Shown):
    """Events in order."""

    template: Literal["timeline"] = "timeline"
    events: tuple[Event, ...] = Field(min_length=1, max_length=6)


class Code(Shown):
    """Code, walked through."""

    template: Literal["code"] = "code"
    source: Long
    language: Short = ""
    remarks: tuple[Remark, ...] = Field(default=(), max_length=6)


class Cells(Shown):
    """A row of cells. Each look narrows it to a range (counted from 0) and points at one of them."""

    template: Literal["cells"] = "cells"
    values: tuple[Short, ...] = Field(min_length=1, max_length=16)
    looks: tuple[tuple[int, int, int], ...] = Field(default=(), max_length=6)
    notes: tuple[Short, ...] = Field(default=(), max_length=6)


class Comparison(Shown):
    """Two things side by side."""

    template: Literal["comparison"] = "comparison"
    left: Side
    right: Side


class Summary(Shown):
    """What to keep in mind, and the formula, if there is one."""

    template: Literal["summary"] = "summary"
    points: tuple[Short, ...] = Field(min_length=1, max_length=4)
    formula: Short = ""


Figure = Annotated[
    Title | Statement | Bullets | Formula | Derivation | Plot | Geometry | NumberLine | Vectors | Matrix | Bars | Flow
    | Timeline | Code | Cells | Comparison | Summary,
    Field(discriminator="template"),
]  # fmt: skip
