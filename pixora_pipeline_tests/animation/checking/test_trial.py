"""A script is tried in the sandbox, and what stands in the frame is measured from its own mobjects."""

from collections.abc import Iterator

import pytest

from pixora_pipeline.animation.rendering import Animators
from pixora_pipeline.animation.script import script_text
from pixora_pipeline.model.figures import Bullets

SIZE = (428, 240)
HEAD = "from manim import *\nclass S(Scene):\n    def construct(self):\n        "


@pytest.fixture(scope="module")
def animators() -> Iterator[Animators]:
    opened = Animators(2)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("self.add(Text('wide ' * 20))\n        self.wait()", 5, "leaves the frame at the"),
        ("self.play(FadeIn(Square().shift(8 * RIGHT)))", 4, "the Square leaves the frame at the right by 1.9 units"),
        (
            "one, two = Text('one'), Text('two')\n        self.play(FadeIn(one))\n        self.play(FadeIn(two))",
            6,
            "the text 'one' and the text 'two' stand on each other",
        ),
        ("self.play(Write(Text('tiny', font_size=6)))", 4, "the text 'tiny' is too small to be read"),
        ("self.play(FadeIn(Dot()), run_time=40)", None, "its animations last 40 s, and the narration 10 s"),
        ("self.add(Dot())", None, "it plays nothing"),
        ("dot = Dot()\n        dot.move_to(undefined_thing())", 5, "undefined_thing is not defined"),
        ("values = []\n        self.play(FadeIn(values[3]))", 5, "IndexError: list index out of range"),
        ("while True: pass", None, "it used more processor time than it may|it took longer than"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    animators: Animators, monkeypatch: pytest.MonkeyPatch, code: str, line: int | None, words: str
) -> None:
    from pixora_pipeline.animation import rendering

    monkeypatch.setattr(rendering, "_TRIAL", rendering._TRIAL.model_copy(update={"cpu_seconds": 3}))
    fault = animators.try_out(HEAD + code, SIZE, 30, 10.0).faults[0]
    assert fault.line == line
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(str(fault))


@pytest.mark.parametrize(
    "code",
    [
        "one = Text('one')\n        self.play(FadeIn(one))\n        self.play(FadeOut(one), FadeIn(Text('two')))",
        "self.play(ReplacementTransform(Text('one'), Text('two')))",
        "self.add(NumberPlane())\n        self.play(Create(Axes(x_length=9, y_length=5).add_coordinates()))",
        "self.add(FullScreenRectangle(fill_opacity=1))\n        self.play(FadeIn(Text('in')))",
        "self.play(Write(MathTex(r'\\\\frac{a}{b}', '=', 'c')), Create(Circle()))",
    ],
)
def test_what_stands_well_passes(animators: Animators, code: str) -> None:
    assert animators.try_out(HEAD + code, SIZE, 30, 10.0).faults == ()


def test_our_own_templates_pass(animators: Animators) -> None:
    script = script_text(Bullets(heading="Bees", points=("They dance", "Others follow")), "paper")
    assert animators.try_out(script, SIZE, 30, 10.0).faults == ()
