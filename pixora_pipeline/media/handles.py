"""The frames of a filmed scene that its joints show, put by while its clip is encoded: no joint has to look for them.

To find half a second in a source, a joint would seek and decode up to ten times as much, on both its sides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.picture import copied
from pixora_pipeline.media.timing import FilmFormat


@dataclass(frozen=True)
class HandlesShot:
    """A scene of `frames` frames of which only the first and the last `handle` are to be had."""

    handles: Path
    frames: int

    def open(self, fmt: FilmFormat) -> "HandlesSource":
        """Make it ready."""
        return HandlesSource(self.handles, self.frames, fmt)


class HandlesSource:
    """Gives those frames, in rising order."""

    def __init__(self, handles: Path, frames: int, fmt: FilmFormat) -> None:
        self.frames, self.fmt = frames, fmt
        self._handles, self._coming, self._last = handles, iter(()), -1

    def frame(self, index: int) -> av.VideoFrame:
        """Frame `index` of the scene, its own memory the caller's to write on."""
        place = index if index < self.fmt.handle else index - self.frames + 2 * self.fmt.handle
        if self._last < 0 or self._last < self.fmt.handle <= place:
            self._coming = _decoded(self._handles, place / self.fmt.fps)
        self._last = place
        for shown in self._coming:
            if round(shown.time * self.fmt.fps) >= place:
                return copied(shown)
        raise UserError(f"{self._handles.name} holds too few pictures. Make the scene's clip again.")


def _decoded(handles: Path, start: float) -> Iterator[av.VideoFrame]:
    """The pictures from the keyframe at `start` seconds, or before it, on."""
    with av.open(f"file:{handles}", format="mp4") as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        container.seek(int(start / stream.time_base), stream=stream)
        yield from container.decode(stream)
