"""Figures of several rounds, and how they are shown: medians, and ratios paired within each round."""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.media.inputs import FilmInputs, save
from benchmarks.media.usage import Usage, measured


@dataclass
class Rounds:
    """What each way cost in each round. `base` is the way that the others are compared with."""

    title: str
    base: str
    ways: dict[str, list[Usage]] = field(default_factory=dict)
    targets: dict[str, float] = field(default_factory=dict)
    """The highest ratio that is promised."""

    def add(self, way: str, usage: Usage) -> None:
        """One more round of that way; says so at once, for a run takes long."""
        self.ways.setdefault(way, []).append(usage)
        print(f"  {way}: {usage.cpu:.1f} CPU s, {usage.wall:.1f} s, {usage.peak:.0f} MB", file=sys.stderr, flush=True)

    def ratio(self, way: str) -> float:
        """CPU seconds against the base's: the median over the rounds."""
        return median(one.cpu / base.cpu for one, base in zip(self.ways[way], self.ways[self.base], strict=False))

    def table(self) -> Table:
        """The figures as a table."""
        table = Table("way", "CPU s", "wall s", "peak MB", f"CPU against {self.base}", "promised", title=self.title)
        for way, used in self.ways.items():
            figures = [median(getattr(one, name) for one in used) for name in ("cpu", "wall", "peak")]
            promised = f"<= {self.targets[way]:.2f}" if way in self.targets else ""
            shown = [f"{figures[0]:.1f}", f"{figures[1]:.1f}", f"{figures[2]:.0f}" if figures[2] else ""]
            table.add_row(way, *shown, f"{self.ratio(way):.2f}", promised)
        return table


def show(rounds: Rounds) -> None:
    """Print the table, with the day and the kind of machine."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    Console(width=110).print(
        rounds.table(), f"{date.today()}, {_processor()}, {os.cpu_count()} cores, load {load}", markup=False
    )


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for films, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pixora-benchmark-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def run(way: str, film: FilmInputs, folder: Path, *options: str) -> Usage:
    """Make the film in one of the ways, as a process of its own."""
    given = save(film, folder / "film.json")
    return measured(
        [sys.executable, "-m", f"benchmarks.media.ways.{way}", str(given), str(folder / "film.mp4"), *options]
    )


def repeated(times: int, once: Callable[[Path], None]) -> None:
    """Call it that often, each time with an empty folder."""
    for number in range(times):
        print(f"round {number + 1} of {times}", file=sys.stderr, flush=True)
        with scratch() as folder:
            once(folder)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()
