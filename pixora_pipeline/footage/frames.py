"""The pictures of a source in order, small and upright enough to measure; long films are read by fewer pictures."""

import math
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from pixora_pipeline.footage.container import opened
from pixora_pipeline.footage.faults import Faults
from pixora_pipeline.footage.pace import Pace
from pixora_pipeline.footage.upright import start_of

SMALL_WIDTH = 160
LONG_SECONDS = 3600.0
"""From here on only the pictures that others are built on are decoded: a tenth of the work, cuts a few frames off."""
_VERY_LONG_SECONDS = 3 * 3600.0
"""From here on only key frames, and every so often what follows one within a glance."""
STEP_SECONDS = 0.2
"""How far apart the two pictures of a glance are."""
_GLANCES_APART = 5.0


@dataclass(frozen=True)
class SmallFrame:
    """A picture at `time` seconds, as BGR of `SMALL_WIDTH` pixels across; `until` is when it ends, where that is told.

    `damaged` is one whose bytes can't be what was written, or that is built on such a one. Before it, there is nothing
    to be seen at the times that are `lost`. Cuts are looked for among those `for_cuts`, glances are at those
    `for_glances`.
    """

    time: float
    pixels: NDArray[np.uint8]
    damaged: bool = False
    lost: tuple[float, ...] = ()
    until: float | None = None
    for_cuts: bool = True
    for_glances: bool = True


def all_frames(path: Path, seconds: float) -> Iterator[SmallFrame]:
    """Every picture, once; of very long films the key frames, and what some glances need."""
    with opened(path) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        stream.codec_context.skip_frame = skipped = _skipped(seconds)
        start, faults, damaged, scaler = start_of(stream), Faults(stream), False, _Scaler()
        # An MP4 lists its pictures apart from them: none is lost without a trace.
        listed = "mp4" in container.format.name
        pace = Pace() if skipped == "DEFAULT" and not listed else None
        among_keys = _AmongKeys(stream) if skipped == "NONKEY" else None
        packets = container.demux(stream)
        for frame in faults.watched(among_keys.followed(packets) if among_keys else packets):
            if frame.time is None:
                continue
            lost = [float(each * stream.time_base) for each in faults.lost_before(frame.pts)]
            lost += pace.gap_before(frame.time, frame.key_frame) if pace else []
            # Whatever is shown until the next key frame is built on what is damaged.
            damaged = faults.is_in(frame) or ((damaged or bool(lost)) and not frame.key_frame)
            time = frame.time - start
            yield SmallFrame(
                time=time,
                pixels=scaler.small(frame),
                damaged=damaged,
                lost=tuple(at - start for at in lost),
                until=time + float((frame.duration or 0) * stream.time_base) if listed else None,
                for_cuts=frame.key_frame or not among_keys,
                for_glances=not among_keys or among_keys.is_followed(frame.time),
            )


class _AmongKeys:
    """Decodes a little more than key frames: every so often what follows one closely."""

    def __init__(self, stream: VideoStream) -> None:
        self._stream, self._due, self._spans = stream, -math.inf, deque[tuple[float, float]]()

    def followed(self, packets: Iterable[av.Packet]) -> Iterator[av.Packet]:
        """These packets, the stream's decoder told before each how much to skip."""
        for packet in packets:
            if packet.pts is not None:
                time = float(packet.pts * packet.time_base)
                if packet.is_keyframe and time >= self._due:
                    self._due = time + _GLANCES_APART
                    # Pictures come in another order than they are shown in: twice as far, to be sure of one behind.
                    self._spans.append((time, time + 2 * STEP_SECONDS))
                self._stream.codec_context.skip_frame = "NONREF" if self._holds_last(time) else "NONKEY"
            yield packet

    def is_followed(self, time: float) -> bool:
        """Whether a picture is one of a glance. They are asked for in order."""
        while self._spans and self._spans[0][1] < time:
            self._spans.popleft()
        return bool(self._spans) and self._spans[0][0] <= time

    def _holds_last(self, time: float) -> bool:
        return bool(self._spans) and self._spans[-1][0] <= time <= self._spans[-1][1]


def _skipped(seconds: float) -> str:
    if seconds < LONG_SECONDS:
        return "DEFAULT"
    return "NONREF" if seconds < _VERY_LONG_SECONDS else "NONKEY"


class _Scaler:
    """Makes pictures small: all as large as the first, whatever shape a recording goes on in."""

    def __init__(self) -> None:
        self._scaler = VideoReformatter()
        self._height: int | None = None

    def small(self, frame: av.VideoFrame) -> NDArray[np.uint8]:
        """Its pixels."""
        shaped = max(16, round(SMALL_WIDTH * frame.height / frame.width / 2) * 2)
        self._height = self._height or min(shaped, 4 * SMALL_WIDTH)
        # Threads of its own would take longer to begin than such a picture.
        return self._scaler.reformat(frame, SMALL_WIDTH, self._height, "bgr24", threads=1).to_ndarray()
