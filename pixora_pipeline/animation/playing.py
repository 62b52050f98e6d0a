"""Playing one script in this process: the part of rendering that the sandbox goes around. Changes Manim's settings."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.results import Animation

SCRIPT, RECORDING = "scene.py", "animation.mp4"
"""What a job of the sandbox finds in its folder, and what it leaves there."""

SHORTER_SIDE = 8.0
"""The frame's shorter side in Manim's units, whatever its shape."""


class ScriptFailed(PixoraError):
    """A script can't be played; the message says why and where. `line` None is not known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        where = f" at line {line}" if line else ""
        super().__init__(f"The Manim script failed{where}: {reason}")
        self.reason, self.line = reason, line


def play_job(width: int, height: int, fps: int) -> JsonValue:
    """In a job's folder, play its script: the facts, or what was wrong and where."""
    try:
        facts = play_script(Path(SCRIPT), Path(RECORDING), (width, height), fps)
    except ScriptFailed as failed:
        return {"reason": failed.reason, "line": failed.line}
    return {"facts": facts.model_dump(mode="json")}


def play_script(script: Path, to: Path, size: tuple[int, int], fps: int) -> Animation:
    """Run the scene of a script file and record it. Raises `ScriptFailed` with the line that failed."""
    settle_manim(size, fps, to.parent)
    return play_scene(scene_class(script), to, size, fps)[0]


def play_scene(
    scene_class: Callable[..., Any], to: Path, size: tuple[int, int], fps: int, skip: bool = False
) -> tuple[Animation, Any]:
    """Record a scene, and give back the scene as it stands at its end. `skip` goes to the end of each animation."""
    from manim.renderer.cairo_renderer import CairoRenderer

    from pixora_pipeline.animation.recording import Recorder

    settle_manim(size, fps, to.parent)
    recorder = Recorder(to, *size, fps)
    scene = scene_class(renderer=CairoRenderer(file_writer_class=recorder, skip_animations=skip), random_seed=0)
    try:
        scene.render()
    except Exception as error:
        raise failure_of(error) from error
    finally:
        recorder.close()
    return recorder.facts(), scene


def settle_manim(size: tuple[int, int], fps: int, folder: Path) -> None:
    """Have Manim draw frames of that size and rate, keep what words look like in a folder, and say nothing."""
    from manim import config, logger

    from pixora_pipeline.animation.tex import use_typst
    from pixora_pipeline.animation.typeface import use_our_typeface

    use_typst()
    use_our_typeface()
    config.media_dir = str(folder / "media")

    scale = SHORTER_SIDE / min(size)
    config.update({"pixel_width": size[0], "pixel_height": size[1], "frame_rate": fps, "disable_caching": True})
    config.update({"dry_run": True, "progress_bar": "none", "verbosity": "ERROR"})
    config.frame_width, config.frame_height = size[0] * scale, size[1] * scale
    logger.setLevel("ERROR")


def scene_class(script: Path) -> Any:
    """The last scene that a script defines. Raises `ScriptFailed`."""
    from manim import Scene

    space: dict[str, Any] = {"__name__": "__explanation__", "__file__": str(script)}
    try:
        exec(compile(script.read_text("utf-8"), SCRIPT, "exec"), space)
    except Exception as error:
        raise failure_of(error) from error
    own = [each for each in space.values() if isinstance(each, type) and issubclass(each, Scene)]
    own = [each for each in own if each.__module__ == "__explanation__"]
    if not own:
        raise ScriptFailed(f"{script.name} defines no scene.")
    return own[-1]


def failure_of(error: Exception) -> ScriptFailed:
    """What a script raised, with its own line that led there."""
    lines = [each.lineno for each in traceback.extract_tb(error.__traceback__) if each.filename == SCRIPT]
    if isinstance(error, SyntaxError):
        lines.append(error.lineno)
    return ScriptFailed(f"{type(error).__name__}: {error}", lines[-1] if lines else None)
