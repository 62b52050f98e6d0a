"""Measuring a finished clip or film and judging it, as top-level calls that a worker process can be asked for."""

from collections.abc import Sequence, Set
from pathlib import Path

from pixora_pipeline.checks.names import CLIP_CHECKS
from pixora_pipeline.checks.quality import expected, film_findings
from pixora_pipeline.media.measure import measure_film
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.results import WordMark

DRAWN = frozenset({"drawn"})


def check_clip(clip: Path, frames: int, fmt: FilmFormat, pictured: Set[str] = DRAWN) -> tuple[Finding, ...]:
    """The findings on a clip of that many frames."""
    return tuple(each for each in check_film(clip, frames, fmt, (), pictured=pictured) if each.name in CLIP_CHECKS)


def check_film(
    film: Path,
    frames: int,
    fmt: FilmFormat,
    words: Sequence[WordMark],
    loudness: float = -14.0,
    pictured: Set[str] = DRAWN,
) -> tuple[Finding, ...]:
    """The findings on a film of that many frames in which those words are spoken, timed in the film's seconds.

    `loudness` is what it was mixed to, in LUFS; `pictured` says how its scenes are pictured.
    """
    return film_findings(measure_film(film, words), expected(fmt, frames, loudness, pictured))
