"""Playing one script in this process: the part of rendering that a sandbox goes around. Changes Manim's settings."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pixora_pipeline.errors import Defect
from pixora_pipeline.model.results import Animation

SHORTER_SIDE = 8.0
"""The frame's shorter side in Manim's units, whatever its shape."""


def play_script(script: Path, to: Path, size: tuple[int, int], fps: int) -> Animation:
    """Run the scene of a script file and record it. Raises `Defect` with the line that failed."""
    return play_scene(_scene_class(script), to, size, fps)[0]


def play_scene(
    scene_class: Callable[..., Any], to: Path, size: tuple[int, int], fps: int, skip: bool = False
) -> tuple[Animation, Any]:
    """Record a scene, and give back the scene as it stands at its end. `skip` goes to the end of each animation."""
    from manim.renderer.cairo_renderer import CairoRenderer

    from pixora_pipeline.animation.recording import Recorder

    settle_manim(size, fps)
    recorder = Recorder(to, *size, fps)
    scene = scene_class(renderer=CairoRenderer(file_writer_class=recorder, skip_animations=skip), random_seed=0)
    try:
        scene.render()
    except Exception as error:
        raise Defect(_told(error)) from error
    finally:
        recorder.close()
    return recorder.facts(), scene


def settle_manim(size: tuple[int, int], fps: int) -> None:
    """Have Manim draw frames of that size and rate, keep nothing, and say nothing."""
    from manim import config, logger

    scale = SHORTER_SIDE / min(size)
    config.update({"pixel_width": size[0], "pixel_height": size[1], "frame_rate": fps, "disable_caching": True})
    config.update({"dry_run": True, "progress_bar": "none", "verbosity": "ERROR"})
    config.frame_width, config.frame_height = size[0] * scale, size[1] * scale
    logger.setLevel("ERROR")


def _scene_class(script: Path) -> Any:
    from manim import Scene

    space: dict[str, Any] = {"__name__": "__explanation__", "__file__": str(script)}
    try:
        exec(compile(script.read_text("utf-8"), str(script), "exec"), space)
    except Exception as error:
        raise Defect(_told(error)) from error
    own = [each for each in space.values() if isinstance(each, type) and issubclass(each, Scene)]
    own = [each for each in own if each.__module__ == "__explanation__"]
    if not own:
        raise Defect(f"{script.name} defines no scene.")
    return own[-1]


def _told(error: Exception) -> str:
    where = next((f" at line {each.lineno}" for each in reversed(traceback.extract_tb(error.__traceback__))
                  if each.filename.endswith("scene.py") and each.name == "construct"), "")  # fmt: skip
    return f"The Manim script failed{where}: {type(error).__name__}: {error}"
