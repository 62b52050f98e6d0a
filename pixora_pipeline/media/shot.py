"""What fills the picture of a scene, however it is pictured: something that gives any frame of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import av

from pixora_pipeline.media.picture import StillSource, open_still
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.results import CameraMove, NearLayer


class FrameSource(Protocol):
    """An opened shot. Frames are asked for in rising order, each once."""

    frames: int

    def frame(self, index: int) -> av.VideoFrame:
        """Frame `index` of the scene (0 is its first, handles included), yuv420p, of the film's size, to keep."""


class Shot(Protocol):
    """Everything needed to picture a scene of `frames` frames, small enough to be sent to a worker process."""

    frames: int

    def open(self, fmt: FilmFormat) -> FrameSource:
        """Make it ready for that format."""


@dataclass(frozen=True)
class StillShot:
    """A still and the camera's way over it; what stands `near` in it lies in the same folder."""

    picture: Path
    move: CameraMove
    frames: int
    near: NearLayer | None = None

    def open(self, fmt: FilmFormat) -> StillSource:
        """Read the still. Raises `UserError` when it is not a picture."""
        return open_still(self.picture, self.move, self.frames, fmt, self.near)
