"""Whatever a figure is filled with, it keeps inside the frame, off the subtitles, and its words off each other."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pixora_pipeline.animation.block import Block
from pixora_pipeline.animation.layout import layout_faults
from pixora_pipeline.animation.playing import play_scene
from pixora_pipeline.animation.scene import ExplainerScene
from pixora_pipeline.animation.stage import SMALLEST
from pixora_pipeline.animation.templates import TEMPLATES, show
from pixora_pipeline.model.figures import Bullets, Figure, Formula, Term
from pixora_pipeline.model.frame import ASPECTS, frame_size
from pixora_pipeline_tests.animation.figures import FIGURES


def stand(figure: Figure, aspect: str, to: Path) -> ExplainerScene:
    """The scene of a figure at its end."""

    class Shown(ExplainerScene):
        def construct(self) -> None:
            show(self, figure)

    return play_scene(Shown, to, frame_size(aspect, "240p"), 30, skip=True)[1]


def test_every_figure_has_its_template() -> None:
    assert set(FIGURES) == set(TEMPLATES)


@pytest.mark.parametrize("template", sorted(FIGURES))
def test_nothing_leaves_the_frame_or_stands_on_other_words(
    template: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    to = tmp_path_factory.mktemp("figure") / "figure.mp4"

    # Drawing is slow: a failing figure is told as it is, not made smaller.
    @settings(
        max_examples=5,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )
    @given(FIGURES[template], st.sampled_from(ASPECTS))
    def holds(figure: Figure, aspect: str) -> None:
        assert layout_faults(stand(figure, aspect, to)) == []

    holds()


def test_words_are_never_too_small_to_read(tmp_path: Path) -> None:
    scene = stand(Bullets(heading="Much", points=("word " * 38,) * 6), "9:16", tmp_path / "f.mp4")
    words = [each for each in scene.laid if isinstance(each, Block)]
    assert min(each.size for each in words) >= SMALLEST
    assert any(each.source.endswith("…") for each in words)


def test_a_formula_comes_in_terms_that_can_be_addressed(tmp_path: Path) -> None:
    figure = Formula(terms=(Term(math="a^2", note="one"), Term(math="+"), Term(math=r"\sqrt{b}", note="two")))
    block = next(each for each in stand(figure, "16:9", tmp_path / "f.mp4").laid if isinstance(each, Block))
    assert [len(block.term(number)) for number in range(3)] == [2, 1, 3]
    assert block.term(0).get_right()[0] < block.term(2).get_left()[0]
