"""The scene that animated scripts derive from: a stage of its own shape and colours, headings, and steps.

A step begins where `step` is called. It names what is being said then, so that the film starts it on those words;
between steps the last picture stands. Run by the `manim` command itself, a step is a pause of a second.
"""

from collections.abc import Callable, Iterable, Sequence

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    GrowFromEdge,
    LaggedStart,
    Line,
    Scene,
    VGroup,
    VMobject,
    config,
    linear,
    rate_functions,
)

from pixora_pipeline.animation.block import Block
from pixora_pipeline.animation.region import Region
from pixora_pipeline.animation.stage import HEADING, Stage
from pixora_pipeline.animation.theme import Theme, theme_for

SMOOTH: Callable[[float], float] = rate_functions.ease_in_out_sine


class ExplainerScene(Scene):
    """A Manim scene with a `stage`. `style` names the look of the film that it belongs to."""

    style = "auto"

    def setup(self) -> None:
        """Lay the ground."""
        self.stage = Stage(config.frame_width, config.frame_height, theme_for(self.style))
        self.camera.background_color = self.stage.theme.ground
        self.laid: list[VMobject] = []

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self.stage.theme

    def step(self, said: str = "") -> None:
        """Begin the next step, on those words of the narration."""
        begin = getattr(self.renderer.file_writer, "begin_step", None)
        if begin:
            begin(" ".join(said.split()))
        elif self.renderer.num_plays:
            self.wait(1)

    def heading(self, text: str) -> VGroup:
        """Set the heading at the top and draw the rule beneath it; nothing where there is no text."""
        if not text.strip():
            return VGroup()
        header = self.stage.header
        words = self.stage.words(text, Region(header.left, header.bottom + 0.12, header.width, 0.83), HEADING)
        low = words.frame.get_corner(DOWN + LEFT)
        rule = Line(low, low + RIGHT * min(1.6, header.width), stroke_width=6, color=self.theme.accent(0))
        rule.move_to([header.left + rule.width / 2, header.bottom + 0.06, 0])
        self.lay(words, rule)
        self.play(FadeIn(words.marks, shift=UP * 0.12), GrowFromEdge(rule, LEFT), run_time=0.7)
        return VGroup(words, rule)

    def lay(self, *mobjects: VMobject) -> None:
        """Note what stands in the frame at the end, so that its layout can be checked."""
        self.laid.extend(mobjects)

    def appear(self, mobject: VMobject, run_time: float = 0.6, shift: float = 0.15) -> Animation:
        """It fades in, rising a little."""
        return FadeIn(mobject, shift=UP * shift, run_time=run_time)

    def draw(self, mobject: VMobject, run_time: float = 1.0) -> Animation:
        """Its lines are drawn."""
        return Create(mobject, run_time=run_time, rate_func=SMOOTH)

    def write(self, block: Block | VGroup, run_time: float = 0.8) -> Animation:
        """Its glyphs come one after the other."""
        glyphs = list(block.marks if isinstance(block, Block) else block)
        lag = 1.0 / max(len(glyphs), 1)
        return LaggedStart(*(FadeIn(glyph) for glyph in glyphs), lag_ratio=lag, run_time=run_time, rate_func=linear)

    def together(self, animations: Iterable[Animation], lag: float = 0.15, run_time: float = 1.2) -> Animation:
        """Each a little after the other."""
        return LaggedStart(*animations, lag_ratio=lag, run_time=run_time)

    def steps(self, cues: Sequence[str], count: int, fallback: Sequence[str]) -> list[str]:
        """What is said at each of `count` steps: the cues given, else the words of the things themselves."""
        said = [*cues, *[""] * count]
        return [said[n] or (fallback[n] if n < len(fallback) else "") for n in range(count)]
