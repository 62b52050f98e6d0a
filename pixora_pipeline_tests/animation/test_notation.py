"""Formulas are set from either notation, and what nobody can set becomes words."""

import numpy as np
import pytest

from pixora_pipeline.animation.expression import function_of
from pixora_pipeline.animation.notation import readable, set_formula, to_typst
from pixora_pipeline.errors import UserError


@pytest.mark.parametrize(
    "formula",
    [
        "a^2 + b^2 = c^2",
        r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}",
        r"\int_0^\infty e^{-x}\,dx = 1",
        r"\sum_{k=1}^{n} k = \tfrac12 n(n+1)",
        r"F = G\frac{m_1 m_2}{r^2}",
        r"\text{speed} = \frac{\text{distance}}{\text{time}}",
        "distance = speed times time",
        "mat(1, 2; 3, 4) vec(x, y)",
        r"x \in \mathbb{R}",
    ],
)
def test_formulas_are_set(formula: str) -> None:
    sheet, as_formula = set_formula((formula,), 1.0)
    assert as_formula, to_typst(formula)
    assert sheet.marks


@pytest.mark.parametrize("formula", ["foo(bar", r"\frac{1}{", "$$$", "#import evil", '"', "\\", "a^", "}{"])
def test_what_can_not_be_set_is_still_readable_and_never_a_crash(formula: str) -> None:
    sheet, _ = set_formula((formula, "= 1"), 1.0)
    assert sheet.marks
    assert "\\" not in readable(formula)


def test_a_function_is_arithmetic_and_nothing_else() -> None:
    assert function_of("2x^2 - 3*sin(0)")(np.array([3.0]))[0] == 18.0
    assert np.isnan(function_of("ln(x)")(np.array([-1.0]))[0])
    for text in ("__import__('os')", "x.real", "open", "(lambda: 1)()", "x if x else 1", ""):
        with pytest.raises(UserError, match="not a function of x"):
            function_of(text)
