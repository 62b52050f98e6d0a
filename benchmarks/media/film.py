"""The whole film, by us and by others."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.media.figures import Rounds, repeated, run, show
from benchmarks.media.inputs import FilmInputs, film_inputs, save
from benchmarks.media.usage import Usage, measured

MOVIEPY = Path(__file__).parent / "ways" / "moviepy_film.py"


def compare(times: int) -> None:
    """All twelve scenes: the encoder alone, us, one ffmpeg graph."""
    film = film_inputs()
    rounds = Rounds(f"Film of {len(film.scenes)} scenes, 1080p30", "bare encode", targets={"pixora": 1.25})

    def once(folder: Path) -> None:
        bare = run("bare", film, folder)
        rounds.add("bare encode", Usage(cpu=float(bare.said), wall=bare.wall, peak=0))
        rounds.add("pixora", run("ours", film, folder))
        rounds.add("ffmpeg filter graph", run("filter_graph", film, folder))

    repeated(times, once)
    show(rounds)
    graph = Rounds("Against the filter graph", "ffmpeg filter graph", rounds.ways, {"pixora": 0.85})
    show(graph)


def compare_moviepy(times: int, scenes: int) -> None:
    """The first scenes only: MoviePy takes minutes for each."""
    film = replace(film_inputs(), scenes=film_inputs().scenes[:scenes])
    rounds = Rounds(f"MoviePy, the film's first {scenes} scenes", "MoviePy, one composition", targets={"pixora": 0.2})
    subprocess.run([_uv(), "sync", "--quiet", "--script", str(MOVIEPY)], check=True)

    def once(folder: Path) -> None:
        rounds.add("MoviePy, one composition", _moviepy("one-pass", film, folder))
        rounds.add("MoviePy as in MoneyPrinterTurbo", _moviepy("turbo", film, folder))
        rounds.add("pixora", run("ours", film, folder))
        bare = run("bare", film, folder)
        rounds.add("bare encode", Usage(cpu=float(bare.said), wall=bare.wall, peak=0))

    repeated(times, once)
    show(rounds)


def _moviepy(mode: str, film: FilmInputs, folder: Path) -> Usage:
    given = save(film, folder / "film.json")
    return measured([_uv(), "run", "--quiet", "--script", str(MOVIEPY), mode, str(given), str(folder / "film.mp4")])


def _uv() -> str:
    found = shutil.which("uv") or shutil.which(".tools/bin/uv")
    return found or sys.exit("uv is not here: run scripts/setup first.")
