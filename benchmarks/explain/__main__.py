"""Eight animated scenes of ten seconds at 1080p: our renderer, and the same scripts one by one by the `manim` command.

Ours begins cold, is locked into the sandbox, and includes fitting each scene to its length and encoding it as a clip of
the film. Processor seconds are those of all
children; on a machine that others use as well they say more than the clock does.

    python -m benchmarks.explain [--scenes 8] [--resolution 1080p]
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pixora_pipeline.animation.rendering import Animators
from pixora_pipeline.animation.script import script_text
from pixora_pipeline.model.figures import Figure
from pixora_pipeline.model.frame import frame_size
from pixora_pipeline.model.requests import ScriptRequest

SECONDS, FPS = 10, 30
PAD = f"        self.wait(max(0.1, {SECONDS} - self.renderer.time))\n"


def main() -> None:
    """Run both and print their figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scenes", type=int, default=8)
    options.add_argument("--resolution", default="1080p")
    asked = options.parse_args()
    size = frame_size("16:9", asked.resolution)
    with tempfile.TemporaryDirectory() as folder:
        scripts = write_scripts(Path(folder), asked.scenes)
        ours = timed(lambda: render_ours(scripts, size))
        theirs = timed(lambda: render_by_command(scripts, size, Path(folder)))
    for name, (wall, cpu) in (("pixora", ours), ("manim command", theirs)):
        print(f"{name:14} {wall:7.1f} s   {cpu:7.1f} processor s")
    print(f"{'times faster':14} {theirs[0] / ours[0]:7.2f}     {theirs[1] / ours[1]:7.2f}")


def figures() -> list[Figure]:
    """The figures of two topics, the titles left out."""
    from pixora_pipeline.providers.embedded.explainer.explainer import EmbeddedExplainer

    explainer, found = EmbeddedExplainer(), []
    for prompt in ("Explain the Pythagorean theorem", "Explain supply and demand"):
        request = ScriptRequest(text=prompt, kind="explainer")
        text = explainer.explain(request)
        found += [scene.figure for scene in explainer.stage(request, text, explainer.refine(request, text)).scenes[1:]]
    return found


def write_scripts(folder: Path, count: int) -> list[Path]:
    """Scripts of ten seconds each, as both will play them."""
    scripts = []
    for number, figure in enumerate(figures()[:count]):
        path = folder / f"scene_{number}" / "scene.py"
        path.parent.mkdir()
        path.write_text(script_text(figure, "auto") + PAD, "utf-8")
        scripts.append(path)
    return scripts


def render_ours(scripts: list[Path], size: tuple[int, int]) -> float:
    """In jobs of the sandbox, as many at once as there are cores; the processor seconds that its walls hide from us."""
    from pixora_pipeline.media.animation import AnimationShot
    from pixora_pipeline.media.clip import make_clip
    from pixora_pipeline.media.timing import FilmFormat

    cores = os.cpu_count() or 1
    animators, fmt = Animators(cores), FilmFormat(*size, fps=FPS)

    def clip(script: Path) -> None:
        recording = script.with_name("animation.mp4")
        facts = animators.render(script, recording, size, FPS)
        shot = AnimationShot(recording, facts, (), SECONDS * FPS + 2 * fmt.handle)
        make_clip(shot, None, fmt, script.with_name("clip.mp4"))

    with ThreadPoolExecutor(cores) as threads:
        list(threads.map(clip, scripts))
    hidden = animators.sandbox.processor_seconds if animators.walls == "bubblewrap and locks" else 0.0
    animators.close()
    return hidden


def render_by_command(scripts: list[Path], size: tuple[int, int], folder: Path) -> float:
    """One after the other, each in a process of its own."""
    command = [sys.executable, "-m", "manim", "render", "--disable_caching", "--progress_bar", "none", "-v", "ERROR"]
    shape = ["-r", f"{size[0]},{size[1]}", "--fps", str(FPS), "--media_dir", str(folder / "media")]
    for script in scripts:
        subprocess.run([*command, *shape, str(script), "Explanation"], check=True, capture_output=True)
    return 0.0


def timed(work: Callable[[], float]) -> tuple[float, float]:
    """Wall and processor seconds of a piece of work, with its children's and those that it says it hid."""
    began, spent = time.monotonic(), _processor()
    hidden = work()
    return time.monotonic() - began, _processor() - spent + hidden


def _processor() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, kinds))


if __name__ == "__main__":
    main()
