"""Sources of ten minutes at 1080p, looked through for the library: against decoding them and nothing else."""

import sys
from pathlib import Path

from benchmarks.media.compilation import sources
from benchmarks.media.figures import Rounds, repeated, show
from benchmarks.media.usage import measured

CHOSEN = (0, 3, 5)
"""The one that is decoded in the least time, one in between, and one of the dearest."""


def compare(times: int) -> None:
    """Each by itself: what is easy to decode shows most of the rest."""
    for at in CHOSEN:
        _compare(sources()[at], times)


def _compare(source: Path, times: int) -> None:
    rounds = Rounds(f"Looking through {source.name}", "bare", targets={"ours": 1.35})

    def once(folder: Path) -> None:
        for way in ("bare", "ours"):
            command = [sys.executable, "-m", "benchmarks.media.ways.looking", way, str(source), str(folder)]
            rounds.add(way, measured(command))

    repeated(times, once)
    show(rounds)
