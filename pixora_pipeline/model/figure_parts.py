"""What figures are put together from: terms, points, bars, and how long a text and how large a number may be.

Scripts import them from `model.figures`, with the figures that they are parts of.
"""

from typing import Annotated

from pydantic import Field

from pixora_pipeline.model.value import Value

Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=2000)]
Number = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]


class Term(Value):
    """A part of a formula, and what it means."""

    math: Short
    note: Short = ""


class Line(Value):
    """A line of a derivation, and why it follows."""

    math: Short
    why: Short = ""


class Curve(Value):
    """A function of x, such as `x^2 - 3*sin(x)`."""

    of: Short
    label: Short = ""


class Point(Value):
    """A point that is marked."""

    x: Number
    y: Number
    label: Short = ""


class Jump(Value):
    """A jump along a number line."""

    start: Number
    end: Number
    label: Short = ""


class Tick(Value):
    """A place on a number line."""

    at: Number
    label: Short = ""


class Arrow(Value):
    """A vector from the origin."""

    x: Number
    y: Number
    label: Short = ""


class Bar(Value):
    """A bar."""

    label: Short
    value: Number


class Event(Value):
    """Something that happened."""

    when: Short
    what: Short


class Remark(Value):
    """Something said of lines of code, counted from 1."""

    first: int = Field(ge=1)
    last: int = Field(ge=1)
    says: Short


class Side(Value):
    """One side of a comparison."""

    title: Short
    points: tuple[Short, ...] = Field(min_length=1, max_length=4)
