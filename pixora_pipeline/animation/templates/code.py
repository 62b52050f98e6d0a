"""Code, walked through line by line."""

from manim import FadeIn, FadeOut, Line, ReplacementTransform, RoundedRectangle, VGroup

from pixora_pipeline.animation.block import Block
from pixora_pipeline.animation.region import Region
from pixora_pipeline.animation.scene import ExplainerScene
from pixora_pipeline.animation.stage import BODY
from pixora_pipeline.model.figures import Code


def code(scene: ExplainerScene, figure: Code) -> None:
    """The code in a panel; each remark lights its lines and stands beside or below them."""
    scene.step()
    scene.heading(figure.heading)
    stage = scene.stage
    region = stage.body if figure.heading else stage.safe
    place, beside = stage.sides(0.62, 0.38, within=region) if figure.remarks else (region, None)
    lines = stage.code(figure.source, figure.language, place.inset(0.3))
    low = max(place.bottom, lines[-1].frame.get_bottom()[1] - 0.35)
    high = min(place.top, lines[0].frame.get_top()[1] + 0.35)
    panel = stage.panel(Region(place.left, low, place.width, high - low))
    scene.lay(panel, *lines)
    listing = VGroup(*(line.marks for line in lines))
    scene.play(FadeIn(panel, run_time=0.5))
    shown = [scene.appear(line.marks) for line in lines if len(line.marks)]
    if shown:
        scene.play(scene.together(shown, 0.4, min(2.0, 0.5 + 0.2 * len(lines))))
    said = scene.steps(figure.cues, len(figure.remarks), [remark.says for remark in figure.remarks])
    bar, words = None, None
    for number, remark in enumerate(figure.remarks):
        first = min(remark.first, len(lines)) - 1
        last = max(first, min(remark.last, len(lines)) - 1)
        scene.step(said[number])
        bar, words = _remark(scene, lines[first : last + 1], place, beside, remark.says, number, bar, words)
    scene.add(listing)


def _remark(
    scene: ExplainerScene, lines: list[Block], place: Region, beside: Region, text: str, number: int, bar, words
):
    high = lines[0].frame.get_top()[1] + 0.03
    low = lines[-1].frame.get_bottom()[1] - 0.03
    colour = scene.theme.accent(number)
    light = RoundedRectangle(corner_radius=0.08, width=place.width - 0.3, height=high - low, stroke_width=0)
    light.set_fill(colour, 0.16).move_to([place.centre[0], (high + low) / 2, 0])
    edge = Line([place.left + 0.12, low, 0], [place.left + 0.12, high, 0], stroke_width=7, color=colour)
    new = VGroup(light, edge)
    said = scene.stage.words(text, beside, BODY, colour, "left", "middle" if scene.stage.wide else "top")
    shown = [ReplacementTransform(bar, new) if bar else FadeIn(new), scene.appear(said.marks, 0.8)]
    if words is not None:
        scene.laid.remove(words)
        shown.append(FadeOut(words.marks, run_time=0.3))
    scene.lay(said)
    scene.play(*shown, run_time=0.8)
    return new, said
