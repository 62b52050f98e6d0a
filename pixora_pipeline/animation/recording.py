"""Recording what a scene plays: every moving frame once, a standing picture once however long it stands.

The recording is a video whose frames are only those that differ, and a list of the stretches it was played in, so that
the film can hold each standing picture for as long as the voice takes.
"""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import av
import numpy as np
from av.container import OutputContainer
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from pixora_pipeline.model.results import Animation, Stretch

# Nearly without loss, and quick: the clip encodes what it shows anew.
_QUALITY = {"preset": "ultrafast", "crf": "6", "tune": "animation"}


class Recorder:
    """Stands in Manim's renderer for its writer of files, and writes to one video."""

    def __init__(self, to: Path, width: int, height: int, fps: int, watch: Callable[[int], None] | None = None) -> None:
        self.size, self.fps, self.watch = (width, height), fps, watch
        self.stretches: list[dict[str, Any]] = []
        self.frames, self.said, self.fresh = 0, "", True
        self.sections = [SimpleNamespace(skip_animations=False)]
        self.output_spec = SimpleNamespace(is_still=False, is_video=True, fallback_to_still=False)
        self.container: OutputContainer = av.open(f"file:{to}", "w", format="mp4")
        self.stream = self.container.add_stream("libx264", rate=fps, options=_QUALITY)
        self.stream.width, self.stream.height, self.stream.pix_fmt = width, height, "yuv420p"
        self.stream.codec_context.thread_count = 1
        self.stream.codec_context.gop_size = fps
        self._reformatter = VideoReformatter()

    def __call__(self, settings: Any) -> "Recorder":
        """Manim makes its writer by calling a class; this one is made already."""
        return self

    def begin_step(self, said: str) -> None:
        """What follows belongs to a new step, spoken of in these words."""
        self.said, self.fresh = said, True

    def add_partial_movie_file(self, name: str | None) -> None:
        """Nothing is kept from run to run here: the store does that."""

    def begin_animation(self, allow_write: bool = False, **_: Any) -> None:
        """A new stretch begins with the next frame."""
        self.stretches.append({"first": self.frames, "frames": 0, "hold": 0, "said": self.said, "begins": self.fresh})
        self.fresh = False

    def end_animation(self, allow_write: bool = False) -> None:
        """The stretch is over; one without frames is forgotten."""
        if not self.stretches[-1]["frames"]:
            self.fresh = self.stretches.pop()["begins"]

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        """A frame, or a picture that stands for that many frames."""
        if repeat < 1:
            return
        now = self.stretches[-1]
        self._encode(pixels)
        now["frames"] += 1
        now["hold"] += repeat - 1
        if self.watch:
            self.watch(self.frames)

    def abort_encode_jobs(self) -> None:
        """A script failed: `close` follows."""

    def finish(self) -> None:
        """Manim is done; `close` is called by whoever made the recorder, also where a script failed."""

    def close(self) -> None:
        """Finish the video."""
        if self.frames:
            self.container.mux(self.stream.encode(None))
        self.container.close()

    def facts(self) -> Animation:
        """What was recorded."""
        stretches = tuple(Stretch(**each) for each in self.stretches)
        return Animation(width=self.size[0], height=self.size[1], fps=self.fps, frames=self.frames, stretches=stretches)

    def _encode(self, pixels: np.ndarray) -> None:
        drawn = av.VideoFrame.from_numpy_buffer(pixels, "rgba")
        frame = self._reformatter.reformat(
            drawn,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.AREA,
        )
        frame.pts, frame.time_base = self.frames, Fraction(1, self.fps)
        self.container.mux(self.stream.encode(frame))
        self.frames += 1
