"""Hostile figures: any texts, long words, long formulas, as many parts as a figure may have."""

from hypothesis import strategies as st

from pixora_pipeline.model import figures as f

WORDS = st.lists(
    st.one_of(
        st.sampled_from(["the", "square", "on", "a", "hypotenuse", "Donaudampfschifffahrtsgesellschaft", "x" * 45]),
        st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=14),
    ),
    min_size=1,
    max_size=24,
).map(lambda words: " ".join(words)[:190])
HEADINGS = st.one_of(st.just(""), WORDS)
MATH = st.one_of(
    st.sampled_from(
        ["a^2", "frac(a, b)", r"\sqrt{b^2 - 4ac}", r"\int_0^1 x^2 dx", "foo(bar", r"\frac{1}{", "E = mc^2"]
    ),
    st.lists(st.sampled_from(["a_1", "b^2", "frac(x, y)", "sum_(k=1)^n k"]), min_size=4, max_size=14).map(" + ".join),
    WORDS,
)
NUMBERS = st.one_of(st.integers(-9, 9).map(float), st.floats(-1e6, 1e6, allow_nan=False))
SMALL = st.floats(0.5, 9)


def several(what, most: int):
    return st.lists(what, min_size=1, max_size=most).map(tuple)


def some(what, most: int):
    return st.lists(what, max_size=most).map(tuple)


def side():
    return st.builds(f.Side, title=WORDS, points=several(WORDS, 4))


FIGURES = {
    "title": st.builds(f.Title, heading=WORDS, subtitle=HEADINGS),
    "statement": st.builds(f.Statement, heading=HEADINGS, text=WORDS),
    "bullets": st.builds(f.Bullets, heading=HEADINGS, points=several(WORDS, 6), ordered=st.booleans()),
    "comparison": st.builds(f.Comparison, heading=HEADINGS, left=side(), right=side()),
    "summary": st.builds(f.Summary, heading=HEADINGS, points=several(WORDS, 4), formula=st.one_of(st.just(""), MATH)),
    "formula": st.builds(
        f.Formula,
        heading=HEADINGS,
        terms=several(st.builds(f.Term, math=MATH.map(lambda m: m[:60]), note=HEADINGS), 5),
        note=HEADINGS,
    ),
    "derivation": st.builds(
        f.Derivation, heading=HEADINGS, lines=several(st.builds(f.Line, math=MATH, why=HEADINGS), 6)
    ),
    "plot": st.builds(
        f.Plot,
        heading=HEADINGS,
        curves=several(st.builds(f.Curve, of=st.sampled_from(["x^2", "1/x", "ln(x)", "3", "exp(x)"]), label=WORDS), 3),
        x=st.tuples(NUMBERS, NUMBERS),
        x_label=WORDS,
        y_label=WORDS,
        points=some(st.builds(f.Point, x=NUMBERS, y=NUMBERS, label=WORDS), 2),
        tangent=st.none() | NUMBERS,
        area=st.none() | st.tuples(NUMBERS, NUMBERS),
    ),
    "geometry": st.builds(
        f.Geometry,
        heading=HEADINGS,
        figure=st.sampled_from(["triangle", "squares", "rearrangement", "circle"]),
        legs=st.tuples(SMALL, SMALL),
        notes=some(WORDS, 3),
    ),
    "number_line": st.builds(
        f.NumberLine,
        heading=HEADINGS,
        start=NUMBERS,
        end=NUMBERS,
        jumps=some(st.builds(f.Jump, start=NUMBERS, end=NUMBERS, label=WORDS), 3),
        marks=some(st.builds(f.Tick, at=NUMBERS, label=WORDS), 3),
    ),
    "vectors": st.builds(
        f.Vectors,
        heading=HEADINGS,
        vectors=several(st.builds(f.Arrow, x=NUMBERS, y=NUMBERS, label=st.sampled_from(["a", "b", "v_1"])), 4),
        sum=st.booleans(),
        notes=some(WORDS, 3),
    ),
    "matrix": st.builds(
        f.Matrix,
        heading=HEADINGS,
        rows=st.tuples(st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS)),
        vector=st.none() | st.tuples(NUMBERS, NUMBERS),
    ),
    "bars": st.builds(
        f.Bars, heading=HEADINGS, bars=several(st.builds(f.Bar, label=WORDS, value=NUMBERS), 8), unit=HEADINGS
    ),
    "flow": st.builds(f.Flow, heading=HEADINGS, stages=several(WORDS, 6), cycle=st.booleans()),
    "timeline": st.builds(f.Timeline, heading=HEADINGS, events=several(st.builds(f.Event, when=WORDS, what=WORDS), 6)),
    "cells": st.builds(
        f.Cells,
        heading=HEADINGS,
        values=several(st.text(min_size=1, max_size=6), 16),
        looks=some(st.tuples(*[st.integers(0, 15)] * 3), 3),
        notes=some(WORDS, 3),
    ),
    "code": st.builds(
        f.Code,
        heading=HEADINGS,
        source=st.lists(st.text(max_size=90), min_size=1, max_size=30).map("\n".join),
        language=st.sampled_from(["python", "", "no-such-language"]),
        remarks=some(st.builds(f.Remark, first=st.integers(1, 40), last=st.integers(1, 40), says=WORDS), 2),
    ),
}
