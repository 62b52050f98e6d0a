"""Where LaTeX is installed it sets the formulas of models' scripts, and what they say gets nothing out of its job."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pixora_pipeline.animation.latex import SET_BEFORE, TexFormula, latex_is_installed
from pixora_pipeline.animation.rendering import Animators
from pixora_pipeline.sandbox.walls import walls

pytestmark = pytest.mark.skipif(
    not latex_is_installed() or walls() != "bubblewrap and locks", reason="LaTeX and bubblewrap are not both here"
)
SCENE = r"""from manim import *
class S(Scene):
    def construct(self):
        self.play(FadeIn(MathTex("a^2", "+", r"\frac{b}{c}")), FadeIn(MathTex(r"\undefined{x}").shift(DOWN)))
"""


@pytest.fixture(scope="module")
def animators() -> Iterator[Animators]:
    opened = Animators(1)
    yield opened
    opened.close()


def test_what_latex_can_set_it_sets_and_the_rest_is_left_to_typst(animators: Animators, tmp_path: Path) -> None:
    tried = animators.try_out(SCENE, (428, 240), 30, 10.0)
    assert [each.tex.count("special") for each in tried.formulas] == [6, 2]
    (file,) = animators.set_by_latex(tried.formulas, tmp_path)
    assert file.name == SET_BEFORE.format(name=tried.formulas[0].name)
    assert "unique002" in file.read_text("utf-8")
    assert animators.try_out(SCENE, (428, 240), 30, 10.0, [file]).faults == ()
    script = tmp_path / "scene.py"
    script.write_text(SCENE)
    assert animators.render(script, tmp_path / "a.mp4", (428, 240), 30, generated=True).frames == 30


def test_hostile_formulas_get_nothing_out(animators: Animators, tmp_path: Path) -> None:
    secret, touched = tmp_path / "secret.tex", tmp_path / "touched"
    secret.write_text("canary")
    attempts = [
        rf"\input{{{secret}}}",
        rf"\input{{|cat {secret}}}",
        rf"\immediate\write18{{touch {touched}}} x",
        rf"\newwrite\out\immediate\openout\out={touched} \immediate\write\out{{x}} y",
        r"\special{dvisvgm:raw <image href='file:///etc/passwd'/>} z",
        r"\def\x{\x\x}\x",
    ]
    formulas = [TexFormula(name=f"{n:032x}", tex=tex, environment=None) for n, tex in enumerate(attempts)]
    made = animators.set_by_latex(formulas, tmp_path)
    assert not touched.exists()
    assert not any("canary" in path.read_text("utf-8") for path in made)
    # Reading what is forbidden fails; so does what never ends.
    assert {int(path.stem.partition("-")[2], 16) for path in made} <= {2, 4}
