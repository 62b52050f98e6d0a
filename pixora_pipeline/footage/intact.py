"""Whether a stretch that was cut out can be shown to its end, found out without decoding it where that is possible.

Decoding it would cost as much as making the scene's clip, which decodes it anyway.
"""

from collections.abc import Iterator
from pathlib import Path

from av.container import InputContainer
from av.video.stream import VideoStream

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.container import opened
from pixora_pipeline.footage.packets import is_whole, length_size

_EARLY_SECONDS = 0.7
"""A source may end this much before the stretch does: pictures and sound seldom end together."""


def check_intact(file: Path, name: str, end: float) -> None:
    """Raise `UserError` when the file shows no picture near `end` seconds, or one before it is damaged."""
    with opened(file, name, packets_alone=True) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        # Whether it can be decoded is asked, and not how it looks.
        stream.codec_context.options = {"skip_loop_filter": "all"}
        next(container.decode(stream), None)
        container.seek(0)
        times = _times(container, stream, name, end) if length_size(stream) else _decoded_times(container, stream, end)
        last = max((time for time in times if time <= end), default=None)
    if last is None or last < end - _EARLY_SECONDS:
        raise UserError(f"{name} breaks off at {last or 0.0:.1f} s of the stretch that was wanted.")


def _times(container: InputContainer, stream: VideoStream, name: str, end: float) -> Iterator[float]:
    """When each packet is shown. Its units have to fill it exactly: zeros and noise where they should be do not."""
    size = length_size(stream)
    for packet in container.demux(stream):
        if packet.pts is None:
            continue
        time = float(packet.pts * packet.time_base)
        if time <= end and not is_whole(bytes(packet), size):
            raise UserError(f"{name} is damaged at {time:.1f} s of the stretch that was wanted.")
        yield time


def _decoded_times(container: InputContainer, stream: VideoStream, end: float) -> Iterator[float]:
    stream.codec_context.skip_frame = "NONREF"
    for frame in container.decode(stream):
        if frame.time is not None:
            yield frame.time
            if frame.time >= end - _EARLY_SECONDS:
                break
