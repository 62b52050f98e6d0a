"""Trying a script: its scene is played to the end of each animation, and what stands there then is measured.

This runs what the script says, so it runs in a job of the sandbox and nowhere else.
"""

import inspect
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from manim import (
    Code,
    DecimalNumber,
    MarkupText,
    Mobject,
    NumberPlane,
    Paragraph,
    SingleStringMathTex,
    Text,
    Typst,
    Wait,
)
from manim import config as manim_config
from pydantic import JsonValue

from pixora_pipeline.animation.block import Block
from pixora_pipeline.animation.checking.fault import ScriptFault
from pixora_pipeline.animation.checking.interface import check_interface
from pixora_pipeline.animation.playing import SCRIPT, ScriptFailed, play_scene, scene_class, settle_manim
from pixora_pipeline.animation.tex import ASKED

SLACK, BEYOND = 0.06, 0.12
"""Units that words may reach into words, and that anything may reach over the frame's edge."""
SMALLEST = 0.11
"""Units that the highest letter of some words has at least: seven pixels at 480p."""
_WORDS = (Text, MarkupText, Paragraph, SingleStringMathTex, Typst, DecimalNumber, Code, Block)
_LONGER = 1.5
"""How much longer than the narration the animations may be: the film hurries them twofold at most."""

Box = tuple[np.ndarray, np.ndarray]


def try_job(width: int, height: int, fps: int, seconds: float) -> JsonValue:
    """In a job's folder, hold its script to Manim and try it: what is wrong, and the formulas it asked for."""
    faults = try_script(Path(SCRIPT), (width, height), fps, seconds)
    formulas = [{"name": name, "tex": tex, "environment": env} for name, (tex, env) in ASKED.items()]
    return {"faults": [fault.model_dump() for fault in faults], "formulas": formulas}


def try_script(script: Path, size: tuple[int, int], fps: int, seconds: float) -> list[ScriptFault]:
    """What is wrong with a script whose scene is spoken over for so many seconds. Runs the script."""
    settle_manim(size, fps, script.resolve().parent)
    if faults := check_interface(script.read_text("utf-8")):
        return faults
    try:
        watch = Watch()
        _, scene = play_scene(watch.over(scene_class(script)), script.with_name("trial.mp4"), size, fps, skip=True)
    except ScriptFailed as failed:
        return [*watch.faults.values(), ScriptFault(reason=failed.reason, line=failed.line)]
    if not scene.renderer.num_plays:
        return [ScriptFault(reason="it plays nothing: use self.play(...)")]
    if watch.moving > _LONGER * seconds:
        told = (
            f"its animations last {watch.moving:.0f} s, and the narration {seconds:.0f} s: play them together, faster"
        )
        return [ScriptFault(reason=told)]
    return list(watch.faults.values())


class Watch:
    """Looks at a scene whenever an animation has ended. Each fault is told once, where it was seen first."""

    def __init__(self) -> None:
        self.faults: dict[tuple, ScriptFault] = {}
        self.moving = 0.0

    def over(self, scene: type) -> type:
        """The scene with somebody looking on."""
        watch = self

        class Watched(scene):
            def play(self, *animations: Any, **options: Any) -> None:
                super().play(*animations, **options)
                stands = all(isinstance(each, Wait) for each in animations)
                watch.moving += 0.0 if stands else self.duration
                watch.look(self, _line())

        return Watched

    def look(self, scene: Any, line: int | None) -> None:
        """Measure what stands in the frame."""
        words = [(each, _ink(each)) for each in _words(scene.mobjects)]
        seen = [(each, box) for each, box in words if box is not None]
        for each, box in seen:
            if side := _beyond(box):
                self._tell(("out", id(each)), f"{_called(each)} leaves the frame {side}", line)
            if _height(each) < SMALLEST:
                self._tell(("small", id(each)), f"{_called(each)} is too small to be read: scale it up", line)
        for (one, first), (other, second) in combinations(seen, 2):
            if _overlap(first, second) > SLACK:
                told = f"{_called(one)} and {_called(other)} stand on each other: move one, or fade it out before"
                self._tell(("on", id(one), id(other)), told, line)
        for each in scene.mobjects:
            if (box := _ink(each, shapes=True)) is not None and (side := _beyond(box)):
                self._tell(("out", id(each)), f"{_called(each)} leaves the frame {side}", line)

    def _tell(self, key: tuple, reason: str, line: int | None) -> None:
        self.faults.setdefault(key, ScriptFault(reason=reason, line=line))


def _words(mobjects: list[Mobject]) -> Iterator[Mobject]:
    """Everything that is read, each as a whole."""
    for each in mobjects:
        if isinstance(each, _WORDS):
            yield each
        else:
            yield from _words(each.submobjects)


def _ink(mobject: Mobject, shapes: bool = False) -> Box | None:
    """The corners of all that is seen of it, None where nothing is; with `shapes`, of all but words and grids."""
    points = [part.points for part in _seen(mobject, shapes)]
    if not points:
        return None
    whole = np.concatenate(points)[:, :2]
    return whole.min(axis=0), whole.max(axis=0)


def _seen(mobject: Mobject, shapes: bool) -> Iterator[Mobject]:
    if shapes and isinstance(mobject, (*_WORDS, NumberPlane)):
        return
    if len(mobject.points) and _shows(mobject) and not (shapes and _covers(mobject)):
        yield mobject
    for part in mobject.submobjects:
        yield from _seen(part, shapes)


def _shows(part: Any) -> bool:
    if not hasattr(part, "get_fill_opacity"):
        return True
    return part.get_fill_opacity() > 0.02 or (part.get_stroke_opacity() > 0.02 and part.get_stroke_width() > 0)


def _covers(part: Mobject) -> bool:
    """Whether it is a ground that fills the frame."""
    return part.width >= manim_config.frame_width - 0.2 and part.height >= manim_config.frame_height - 0.2


def _beyond(box: Box) -> str:
    low, high = box
    half = np.array([manim_config.frame_width, manim_config.frame_height]) / 2
    over = {"at the left": -half[0] - low[0], "at the right": high[0] - half[0]}
    over |= {"at the foot": -half[1] - low[1], "at the head": high[1] - half[1]}
    side, most = max(over.items(), key=lambda each: each[1])
    return f"{side} by {most:.1f} units" if most > BEYOND else ""


def _overlap(one: Box, other: Box) -> float:
    """How deep two rectangles reach into each other; below 0 where they do not."""
    depth = np.minimum(one[1], other[1]) - np.maximum(one[0], other[0])
    return float(min(depth))


def _height(words: Mobject) -> float:
    """The height of the highest letter."""
    return max((part.height for part in words.get_family() if len(part.points)), default=SMALLEST)


def _called(mobject: Mobject) -> str:
    for name in ("source", "original_text", "text", "tex_string", "typst_code"):
        said = getattr(mobject, name, None)
        if isinstance(said, str) and said.strip():
            return f"the text {' '.join(said.split())[:40]!r}"
    return f"the {type(mobject).__name__}"


def _line() -> int | None:
    """The script's line that is at work."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_filename != SCRIPT:
        frame = frame.f_back
    return frame.f_lineno if frame else None
