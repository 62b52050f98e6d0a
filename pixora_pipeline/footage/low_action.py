"""Whether what moves in a filmed scene is where words at the frame's foot would lie over it: a plank, a bridge.

By what moves before a background that does not, in a few glances at each clip, as it is seen in the film.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pixora_pipeline.footage.motion import Cells, lively_cells
from pixora_pipeline.media.footage import shown
from pixora_pipeline.media.reel import Cut, Play, Reel
from pixora_pipeline.media.timing import FilmFormat

GLANCES = (1 / 6, 1 / 2, 5 / 6)
"""Where in each clip is looked."""

_STEP_SECONDS, _LONGER_SIDE = 0.5, 256
_LEAST_GLANCES = 2
_LEAST_LOW, _ABOVE, _HIGHEST = 0.5, 0.05, 0.6
"""So much of all motion has to be behind the words or below them, or no farther above them than that; and below the
last, however high the words stand: somebody upright moves about the middle."""

_MOST_AT_HEAD, _HEAD = 0.02, 0.25
"""With more of it where words at the head would be, that is somebody too: a head that talks moves little."""


def is_low(reel: Reel, fmt: FilmFormat, top: float) -> bool:
    """Whether most of what moves is where words begin, that share of the height down, or lower, and none at the head.

    Not where that is unclear. Raises `UserError` when the footage can't be read.
    """
    moving = [cells for cells in _glances(reel, _small(fmt)) if cells.any()]
    if len(moving) < _LEAST_GLANCES:
        return False
    rows = np.sum([each.sum(axis=1) / each.sum() for each in moving], axis=0) / len(moving)
    head, low = round(_HEAD * len(rows)), round(max(top - _ABOVE, _HIGHEST) * len(rows))
    return bool(rows[:head].sum() <= _MOST_AT_HEAD and rows[low:].sum() >= _LEAST_LOW)


def _glances(reel: Reel, fmt: FilmFormat) -> Iterator[Cells]:
    for cut in reel.cuts:
        for start in _starts(cut):
            play = Play(at=0, cut=replace(cut, start=start), skipped=0, frames=2)
            one, other = (frame.to_ndarray(format="bgr24") for frame in shown(play, reel.fit, fmt))
            yield lively_cells(one, other)


def _starts(cut: Cut) -> Iterator[float]:
    room = cut.end - cut.start - _STEP_SECONDS
    return (cut.start + share * room for share in GLANCES if room > 0)


def _small(fmt: FilmFormat) -> FilmFormat:
    """The film's shape, small, a frame each step."""
    share = _LONGER_SIDE / max(fmt.width, fmt.height)
    width, height = (2 * round(side * share / 2) for side in (fmt.width, fmt.height))
    return FilmFormat(width=width, height=height, fps=round(1 / _STEP_SECONDS))
