"""Where a video can be entered: its key frames, read from its table of contents, nothing decoded."""

import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import av
from av.container import InputContainer

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.container import opened
from pixora_pipeline.footage.source_text import Ends

_REORDERED = 0.5
"""MP4 is entered by when a picture is decoded, which is at most this long before it is shown. What is entered farther
behind than that has no table of contents, and would be searched for long."""

_STEP = 0.1
"""Seconds before a key frame from which the one before it is looked for."""


def key_frames(video: Path, rooms: Iterable[Ends]) -> list[float]:
    """The seconds of the key frames within any of those stretches.

    None of a video that can't be read, and perhaps none of one without a table of contents.
    """
    try:
        with opened(video, packets_alone=True) as container:
            return sorted({time for room in rooms for time in _within(container, *room)})
    except UserError:
        # Who cuts a clip out of it will tell, and show another.
        return []


def _within(container: InputContainer, first: float, last: float) -> Iterator[float]:
    stream = container.streams.video[0]
    began, moment = (container.start_time or 0) / av.time_base, last
    while moment >= first:
        container.seek(int((moment + began) / stream.time_base), stream=stream)
        found = (packet for packet in container.demux(stream) if packet.is_keyframe and packet.pts is not None)
        key = next(found, None)
        time = float(key.pts * key.time_base) - began if key else math.inf
        if time > moment + _REORDERED:
            break
        if first <= time <= last:
            yield time
        moment = min(moment, time) - _STEP
