"""Where the footage of a scene itself stands still: a title card, a slide. There its clip stands still by right."""

from collections.abc import Iterator

from pixora_pipeline.media.facts import Stretch
from pixora_pipeline.media.reel import Reel
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.media.watching import still_stretches, watch_frames


def still_footage(reel: Reel, begins: float, fmt: FilmFormat) -> Iterator[Stretch]:
    """The stretches of a scene that begins at that second whose footage, as it is fitted in, itself stands still."""
    frames = reel.open(fmt).run(range(reel.frames))
    for found in still_stretches(watch_frames(enumerate(frames), reel.frames, fmt.fps)):
        yield Stretch(start=begins + found.start, end=begins + found.end)
