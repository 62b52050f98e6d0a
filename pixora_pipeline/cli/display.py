"""Live progress on a terminal: a line a stage, a mark a scene."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.progress import Progress, watching
from pixora_pipeline.cli.output import console, duration

STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Brief", ("project_brief",)),
    ("Explanation", ("initial_explanation", "refined_explanation")),
    ("Footage", ("search_queries", "footage_matches", "clip_plan", "scene_footage")),
    ("Script", ("script_draft", "script_breakdown", "scene_brief")),
    ("Characters", ("character_images",)),
    ("Music", ("music",)),
    ("Voice", ("voice_over",)),
    ("Pictures", ("scene_image",)),
    ("Camera", ("scene_motion",)),
    ("Animations", ("manim_script", "manim_render")),
    ("Clips", ("scene_clip",)),
    ("Film", ("final_video", "preview_video")),
    ("Published", ("published_video",)),
    ("Other", ()),
)

ON_DEMAND = ("Brief", "Explanation", "Footage", "Animations", "Published", "Other")
"""Shown where there are any."""

_STAGE_OF = {artifact: name for name, artifacts in STAGES for artifact in artifacts}

_MARKS = {"begun": ("●", "yellow"), "made": ("●", "green"), "reused": ("○", "green"), "current": ("○", "green")}
_FAILED = ("✗", "red")


class Display:
    """What has happened so far, by stage."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._states: dict[str, dict[str, str]] = {name: {} for name, _ in STAGES}
        self._began: dict[str, float] = {}
        self.wall: dict[str, float] = {}

    def hear(self, progress: Progress) -> None:
        """Note one piece of news; called from any thread."""
        artifact, slot = progress.place
        if _follows(artifact) and progress.state in _MARKS:
            return
        stage = _stage_of(artifact)
        now = time.monotonic()
        with self._lock:
            self._began.setdefault(stage, now)
            self._states[stage][f"{artifact}{slot or ''}"] = progress.state
            self.wall[stage] = now - self._began[stage]

    def render(self, *, only_begun: bool = False) -> Group:
        """The table as it stands, with or without the stages where nothing has happened."""
        table = Table.grid(padding=(0, 2))
        with self._lock:
            for name, _ in STAGES:
                if name not in self._began and (only_begun or name in ON_DEMAND):
                    continue
                table.add_row(f"  {name}", self._marks(name), self._time(name))
        return Group(table)

    def _marks(self, stage: str) -> Text:
        text = Text()
        for state in self._states[stage].values():
            mark, colour = _MARKS.get(state, _FAILED)
            text.append(mark + " ", style=colour)
        return text

    def _time(self, stage: str) -> Text:
        if stage not in self._began:
            return Text("")
        if "begun" in self._states[stage].values():
            return Text(duration(time.monotonic() - self._began[stage]), style="yellow")
        return Text(duration(self.wall[stage]), style="dim")


@contextmanager
def live_display() -> Iterator[Display]:
    """Show progress while the block runs; where there is no terminal, a line a stage as it ends."""
    display = Display()
    with watching(display.hear):
        if console.is_terminal:
            with Live(get_renderable=display.render, console=console, refresh_per_second=8):
                yield display
        else:
            yield display
            console.print(display.render(only_begun=True))


def _stage_of(artifact: str) -> str:
    return _STAGE_OF.get(artifact.split("/")[0], "Other")


def _follows(artifact: str) -> bool:
    """Whether it is a value that follows from the row and the script by itself: nobody waits for it."""
    recipe = GRAPH.get(artifact)
    return recipe is not None and recipe.derive is not None
