"""The frames of a filmed scene that its joints show, put by while its clip is encoded: no joint has to look for them.

To find half a second in a source, a joint would seek and decode up to ten times as much, on both its sides.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from pathlib import Path

import av
from av.codec.context import Flags
from av.video.frame import PictureType

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.encoding import mp4
from pixora_pipeline.media.picture import copied
from pixora_pipeline.media.timing import FilmFormat

ENCODER, FINEST = "mpeg4", {"flags": "+qscale", "global_quality": "236"}
"""What we alone read has to be quick to write and to read, and true: MPEG-4 at its own finest takes half of the time of
H.264, and half of its bytes, and is a decibel truer than a clip."""

Keep = Callable[[Iterable[av.VideoFrame]], None]


@contextmanager
def put_by(to: Path | None, fmt: FilmFormat) -> Iterator[Keep]:
    """Put by what is given to be kept, first the frames before a scene's clip, then those after it; None keeps none."""
    if to is None:
        yield _dropped
        return
    with mp4(to) as container:
        stream = container.add_stream(ENCODER, rate=fmt.fps, options=FINEST)
        stream.width, stream.height, stream.pix_fmt = fmt.width, fmt.height, "yuv420p"
        # A keyframe begins each end.
        stream.codec_context.gop_size = fmt.handle
        stream.codec_context.thread_count = 1
        stream.codec_context.flags |= Flags.bitexact
        numbers = count()

        def keep(frames: Iterable[av.VideoFrame]) -> None:
            for frame in frames:
                frame.pts, frame.time_base = next(numbers), Fraction(1, fmt.fps)
                # What a frame was in its source would be taken for a wish.
                frame.pict_type = PictureType.NONE
                container.mux(stream.encode(frame))

        yield keep
        container.mux(stream.encode(None))


def _dropped(frames: Iterable[av.VideoFrame]) -> None:
    deque(frames, maxlen=0)


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
