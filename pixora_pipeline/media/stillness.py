"""Where the footage of a scene itself stands still: a title card, a slide. There its clip stands still by right."""

from collections.abc import Iterator

from pixora_pipeline.media.facts import Stretch
from pixora_pipeline.media.measure import frozen_stretches
from pixora_pipeline.media.reel import Reel
from pixora_pipeline.media.timing import FilmFormat


def still_footage(reel: Reel, begins: float, fmt: FilmFormat) -> Iterator[Stretch]:
    """The stretches of a scene that begins at that second whose footage stands still before anything is done to it."""
    for play in reel.plays(range(reel.frames), fmt):
        start, at = play.cut.start + play.skipped / fmt.fps, begins + play.at / fmt.fps
        for found in frozen_stretches(play.cut.source, start, play.frames / fmt.fps):
            yield Stretch(start=at + found.start, end=at + found.end)
