"""What a change costs against building the whole film, when only what it touches is made anew."""

from dataclasses import replace
from pathlib import Path

from benchmarks.media.figures import Rounds, repeated, run, show
from benchmarks.media.inputs import another_music, another_picture, film_inputs

FIFTH = 4


def compare(times: int) -> None:
    """A new picture in scene 5, other music, scene 9 moved to the third place."""
    film = film_inputs()
    redrawn = replace(film, scenes=(*film.scenes[:FIFTH], another_picture(film, FIFTH), *film.scenes[FIFTH + 1 :]))
    rescored = another_music(film)
    rest = film.scenes[:8] + film.scenes[9:]
    reordered = replace(film, scenes=(*rest[:2], film.scenes[8], *rest[2:]))
    changes = {"scene 5 changed": redrawn, "music changed": rescored, "scene 9 moved to third": reordered}
    promised = dict(zip(changes, (0.15, 0.08, 0.10), strict=True))
    rounds = Rounds("What a change costs", "whole film", targets=promised)

    def once(folder: Path) -> None:
        (folder / "parts").mkdir()
        for name, changed in {"whole film": film, **changes}.items():
            rounds.add(name, run("ours", changed, folder, "--parts", str(folder / "parts")))

    repeated(times, once)
    show(rounds)
