"""Manim's own formulas are set without LaTeX, in parts that can be told apart, and whatever they say, never crash."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from pixora_pipeline.animation.playing import settle_manim
from pixora_pipeline.animation.tex import svg_of


@pytest.fixture(autouse=True)
def settled(tmp_path: Path) -> None:
    settle_manim((428, 240), 30, tmp_path)


def test_a_formula_has_the_parts_it_was_given_in() -> None:
    from manim import YELLOW, MathTex

    formula = MathTex("a^2", "+", "b^2", "=", r"\frac{1}{c}")
    assert [len(part.submobjects) for part in formula] == [2, 1, 2, 1, 3]
    formula.set_color_by_tex("b^2", YELLOW)
    assert formula[2][0].get_color() == YELLOW != formula[0][0].get_color()
    assert formula[0].get_right()[0] < formula[4].get_left()[0]


def test_numbers_matrices_and_titles_need_no_latex_either() -> None:
    from manim import BulletedList, DecimalNumber, Matrix, NumberLine, Title

    assert len(DecimalNumber(-3.14)) == 5
    assert NumberLine([0, 4], include_numbers=True).width > 3
    matrix = Matrix([[1, 2], [3, 4]])
    left, right = matrix.get_brackets()
    assert left.height > 1.2 and left.get_right()[0] < matrix.get_entries()[0].get_left()[0]
    assert right.get_left()[0] > matrix.get_entries()[3].get_right()[0]
    assert Title("A title").height > 0.3 and BulletedList("one", "two").height > 0.5


def test_lines_of_a_derivation_stand_below_each_other() -> None:
    from manim import MathTex

    assert MathTex(r"f(x) &= x^2 \\ &= 4").height > 1.5 * MathTex("f(x) = x^2").height


@pytest.mark.parametrize(
    "hostile",
    [
        *(r"\undefined{x}", r"\frac{1}{", "}{", "^", "_", r"\\", "$", "$$$", "#import evil", "&&&", '"', "\\", "%"),
        *(r"\input{/etc/passwd}", r"\write18{touch x}", r"\begin{tikzpicture}\draw;\end{tikzpicture}"),
        *(r"\begin{pmatrix}1 & 2", r"\left( x", "\x00\x07", "{" * 300, r"\sqrt" * 200, "x" * 5000, "日本 ∰ 🎉"),
        r"\special{dvisvgm:raw <script>alert(1)</script>}",
    ],
)
@pytest.mark.parametrize("environment", ["align*", "center"])
def test_a_hostile_formula_is_a_picture_all_the_same(hostile: str, environment: str) -> None:
    picture = ElementTree.fromstring(svg_of(hostile, environment))
    assert {each.tag.rpartition("}")[2] for each in picture.iter()} <= {"svg", "g", "path"}
    wrapped = r"\special{dvisvgm:raw <g id='unique000'>}" + hostile + r"\special{dvisvgm:raw </g>}"
    groups = ElementTree.fromstring(svg_of(wrapped, environment)).iter("{http://www.w3.org/2000/svg}g")
    assert [each.get("id") for each in groups] == ["unique000"]


@pytest.mark.parametrize("hostile", [r"\undefined{x}", r"\frac{1}{", "#import evil", "日本", "^", " "])
def test_a_hostile_formula_is_a_mobject_all_the_same(hostile: str) -> None:
    from manim import MathTex, Tex

    assert MathTex("x", hostile) is not None
    assert Tex(hostile) is not None
