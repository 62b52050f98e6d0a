"""A preview against the film it is of: from nothing, and with pictures, voices and music made."""

import shutil
import sys
from pathlib import Path

from benchmarks.media.figures import Rounds, repeated, show
from benchmarks.media.usage import Usage, measured

TEXT = Path(__file__).parents[2] / "examples" / "lighthouse.md"


def compare(times: int) -> None:
    """Each way in a home of its own. What one leaves behind for the other is what the second pair is about."""
    fresh = Rounds("From nothing", "film", targets={"preview": 0.33})
    drawn = Rounds("With the pictures, voices and music made", "film", targets={"preview": 0.33})

    def once(folder: Path) -> None:
        fresh.add("film", _make(folder / "film"))
        fresh.add("preview", _make(folder / "preview", "--preview"))
        # The preview has made the pictures and the voices, and nothing else that the film needs but its sound.
        shutil.copytree(folder / "preview", folder / "drawn")
        for sound in (folder / "drawn" / "artifacts").glob("sound/*/*"):
            shutil.rmtree(sound)
        drawn.add("film", _make(folder / "drawn"))
        shutil.rmtree(folder / "film" / "artifacts" / "sound")
        drawn.add("preview", _make(folder / "film", "--preview"))

    repeated(times, once)
    show(fresh)
    show(drawn)


def _make(home: Path, *options: str) -> Usage:
    command = [sys.executable, "-m", "pixora_pipeline.cli", "make", str(TEXT), "-o", str(home.with_suffix(".mp4"))]
    return measured([*command, "--json", *options], PIXORA_HOME=str(home))
