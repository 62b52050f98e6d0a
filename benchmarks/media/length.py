"""Whether a long film needs more memory than a short one."""

from dataclasses import replace
from pathlib import Path

from benchmarks.media.figures import Rounds, repeated, run, show
from benchmarks.media.inputs import film_inputs

TIMES_OVER = 8
"""More than ten minutes. Each different segment is encoded once; the sound pass and the copy are long."""


def compare(times: int) -> None:
    """One film, and the same film eight times over."""
    film = film_inputs()
    long = replace(film, scenes=film.scenes * TIMES_OVER)
    rounds = Rounds("Memory and length", "84 seconds")

    def once(folder: Path) -> None:
        for name, one in (("84 seconds", film), ("11 minutes", long)):
            (folder / name).mkdir()
            rounds.add(name, run("ours", one, folder, "--parts", str(folder / name)))

    repeated(times, once)
    show(rounds)
