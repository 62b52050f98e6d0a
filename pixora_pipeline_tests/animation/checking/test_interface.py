"""Names, methods and signatures are held to the Manim that is installed, with what to write instead."""

import pytest

from pixora_pipeline.animation.checking.interface import check_interface

SCENE = (
    "from manim import *\nimport numpy as np\nfrom pixora_pipeline.animation.scene import ExplainerScene\n"
    "class S(ExplainerScene):\n    def construct(self):\n        "
)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("self.play(ShowCreation(Circle()))", "ShowCreation is not defined: in this Manim it is Create"),
        ("Circel()", "Circel is not defined; did you mean Circle?"),
        ("Circle(colour=RED)", "Circle(): it takes no colour; did you mean color?"),
        ("Text('a', size=3)", "Text(): it takes no size"),
        ("Text()", "Text(): missing a required argument: 'text'"),
        ("Rectangle(1, 2, 3, 4, 5, 6, 7, 8, 9)", "Rectangle(): too many positional arguments"),
        ("axes = Axes()\n        axes.get_graph(abs)", "Axes has no method get_graph: in this Manim it is plot"),
        ("dot = Dot()\n        dot.animate.shifft(UP)", "Dot has no method shifft; did you mean shift?"),
        ("dot = Dot()\n        dot.scale()", "dot.scale(): missing a required argument: 'scale_factor'"),
        ("self.sing('la')", "ExplainerScene has no method sing"),
        ("np.sine(1)", "numpy has no sine; did you mean "),
        ("rate_functions.easy(1)", "manim.utils.rate_functions has no easy"),
    ],
)
def test_what_manim_does_not_have_is_told(code: str, told: str) -> None:
    (fault,) = check_interface(SCENE + code)
    assert fault.reason.startswith(told)
    assert fault.line == 6 + code.count("\n")


@pytest.mark.parametrize(
    "code",
    [
        "Square(side_length=2, fill_opacity=0.5, color=BLUE, stroke_width=3).set_fill(RED)",
        "self.play(LaggedStart(*[FadeIn(each, shift=UP) for each in VGroup(Dot(), Dot())], lag_ratio=0.1), run_time=2)",
        "Arrow(LEFT, RIGHT, buff=0, tip_shape=StealthTip, tip_length=0.2)",
        "self.play(TransformMatchingTex(MathTex('a'), MathTex('b'), path_arc=PI / 2, key_map={'a': 'b'}))",
        "axes = Axes(x_range=[0, 1], tips=False)\n        axes.plot(lambda x: x**2, x_range=[0, 1], color=RED)",
        "options = {'color': RED}\n        Dot(**options)",
        "self.rest = Dot()\n        self.rest.shift(UP)\n        self.heading('A')",
        "one = Dot()\n        one = one.copy()\n        one.whatever()",
        "tracker = ValueTracker(0)\n        always_redraw(lambda: Dot([tracker.get_value(), 0, 0]))",
    ],
)
def test_what_it_has_is_left_alone(code: str) -> None:
    assert check_interface(SCENE + code) == []


def test_a_class_of_the_scripts_own_is_its_own() -> None:
    own = "class Circle(VGroup):\n    def __init__(self, wheels):\n        super().__init__()\n"
    assert check_interface("from manim import *\n" + own + "Circle(wheels=3).drive()") == []
