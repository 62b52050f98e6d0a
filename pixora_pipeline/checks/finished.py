"""Measuring a finished clip or film and judging it, as top-level calls that a worker process can be asked for."""

from collections.abc import Sequence, Set
from pathlib import Path

from pixora_pipeline.checks.names import CLIP_CHECKS
from pixora_pipeline.checks.quality import FROZEN, expected, film_findings
from pixora_pipeline.media.facts import Watched
from pixora_pipeline.media.measure import measure_film
from pixora_pipeline.media.reel import Reel
from pixora_pipeline.media.stillness import still_footage
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.results import WordMark

DRAWN = frozenset({"drawn"})


Filmed = tuple[Reel, float]
"""The footage of a scene, and the second at which the scene begins."""


def check_clip(
    clip: Path,
    watched: Watched,
    frames: int,
    fmt: FilmFormat,
    pictured: Set[str] = DRAWN,
    filmed: Sequence[Filmed] = (),
) -> tuple[Finding, ...]:
    """The findings on a clip of that many frames, of which that is seen."""
    found = check_film(clip, watched, frames, fmt, (), pictured=pictured, filmed=filmed)
    return tuple(each for each in found if each.name in CLIP_CHECKS)


def check_film(
    film: Path,
    watched: Watched,
    frames: int,
    fmt: FilmFormat,
    words: Sequence[WordMark],
    loudness: float = -14.0,
    pictured: Set[str] = DRAWN,
    filmed: Sequence[Filmed] = (),
) -> tuple[Finding, ...]:
    """The findings on a film of which that is seen, of that many frames, in which those words are spoken.

    Words are timed in the film's seconds. `loudness` is what it was mixed to, in LUFS; `pictured` says how its scenes
    are pictured. Where a scene's own footage stands still, it may stand still.
    """
    measures, wanted = measure_film(film, watched, words), expected(fmt, frames, loudness, pictured)
    findings = film_findings(measures, wanted)
    if not filmed or all(each.passed for each in findings if each.name == FROZEN):
        return findings
    still = tuple(stretch for reel, begins in filmed for stretch in still_footage(reel, begins, fmt))
    return film_findings(measures, wanted.model_copy(update={"still": still}))
