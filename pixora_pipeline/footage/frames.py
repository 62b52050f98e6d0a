"""The pictures of a source in order, small and upright enough to measure; long films are read by fewer pictures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.footage.container import opened
from pixora_pipeline.footage.faults import Faults, decodable
from pixora_pipeline.footage.pace import Pace
from pixora_pipeline.footage.upright import picture_at, start_of

SMALL_WIDTH = 160
LONG_SECONDS = 3600.0
"""From here on only the pictures that others are built on are decoded: a tenth of the work, cuts a few frames off."""
_VERY_LONG_SECONDS = 3 * 3600.0
"""From here on only key frames."""


@dataclass(frozen=True)
class SmallFrame:
    """A picture at `time` seconds, as BGR of `SMALL_WIDTH` pixels across; `until` is when it ends, where that is told.

    `damaged` is one whose bytes can't be what was written, or that is built on such a one. Before it, there is nothing
    to be seen at the times that are `lost`.
    """

    time: float
    pixels: NDArray[np.uint8]
    damaged: bool = False
    lost: tuple[float, ...] = ()
    until: float | None = None


def all_frames(path: Path, seconds: float) -> Iterator[SmallFrame]:
    """Every picture, once; of very long films the key frames alone."""
    with opened(path) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        stream.codec_context.skip_frame = skipped = _skipped(seconds)
        start, faults, damaged = start_of(stream), Faults(stream), False
        # An MP4 lists its pictures apart from them: none is lost without a trace.
        listed = "mp4" in container.format.name
        pace = Pace() if skipped == "DEFAULT" and not listed else None
        for frame in faults.watched(container.demux(stream)):
            if frame.time is None:
                continue
            lost = [float(each * stream.time_base) for each in faults.lost_before(frame.pts)]
            lost += pace.gap_before(frame.time, frame.key_frame) if pace else []
            # Whatever is shown until the next key frame is built on what is damaged.
            damaged = faults.is_in(frame) or ((damaged or bool(lost)) and not frame.key_frame)
            time = frame.time - start
            until = time + float((frame.duration or 0) * stream.time_base) if listed else None
            yield SmallFrame(time, _small(frame), damaged, tuple(at - start for at in lost), until)


def frames_at(path: Path, times: Iterable[float]) -> Iterator[SmallFrame | None]:
    """The pictures at these times, in order, each reached by seeking; None for one that can't be decoded.

    The file is opened once: the table of contents of a ten-hour film takes longer to read than a picture.
    """
    with opened(path) as container:
        start = start_of(container.streams.video[0])
        for time in times:
            frame = picture_at(container, time, early=0.02)
            yield SmallFrame(frame.time - start, _small(frame)) if frame else None


def pairs_at(
    path: Path, times: Iterable[tuple[float, float]], apart: float
) -> Iterator[tuple[SmallFrame, SmallFrame] | None]:
    """Pairs of upright pictures `apart` seconds apart, None where there is none.

    `times` are the earliest second and the moment wanted of each, in order. A pair begins at the key frame before its
    moment, or where that is too early, at the earliest picture: decoding on to the moment itself would take far longer.
    """
    with opened(path) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONREF"
        start = start_of(stream)
        for earliest, time in times:
            container.seek(int((max(earliest, time) + start) * av.time_base))
            shown = (each for each in decodable(container, stream) if each.time is not None)
            one = next((each for each in shown if each.time - start >= earliest - 0.02), None)
            other = next((each for each in shown if each.time >= one.time + apart), None) if one else None
            yield (_upright(one, start), _upright(other, start)) if one and other else None


def _upright(frame: av.VideoFrame, start: float) -> SmallFrame:
    rotation = round(getattr(frame, "rotation", 0) or 0) % 360
    return SmallFrame(frame.time - start, np.ascontiguousarray(np.rot90(_small(frame), rotation // 90)))


def _skipped(seconds: float) -> str:
    if seconds < LONG_SECONDS:
        return "DEFAULT"
    return "NONREF" if seconds < _VERY_LONG_SECONDS else "NONKEY"


def _small(frame: av.VideoFrame) -> NDArray[np.uint8]:
    height = max(16, round(SMALL_WIDTH * frame.height / frame.width / 2) * 2)
    return frame.reformat(width=SMALL_WIDTH, height=min(height, 4 * SMALL_WIDTH), format="bgr24").to_ndarray()
