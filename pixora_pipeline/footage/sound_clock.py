"""Whether a sound can be heard at all, and whether its times can be believed: some AVI files count bytes for time."""

from contextlib import suppress
from itertools import islice

import av
from av.audio.stream import AudioStream
from av.container import InputContainer

_FRAMES = 48
_PACKETS = 6000
_FEWEST = 8
_OFF = 1.5
"""How many times as long as it sounds the first of it may seem to last, or the other way about."""


def is_heard(container: InputContainer, sound: AudioStream) -> bool:
    """Whether anything comes out of a sound's first minutes; of one that holds nothing, nothing has to."""
    packets = 0
    for packet in islice(container.demux(sound), _PACKETS):
        packets += bool(packet.size)
        with suppress(av.error.FFmpegError, ValueError):
            if packet.decode():
                break
    else:
        container.seek(0)
        return not packets
    container.seek(0)
    return True


def keeps_time(container: InputContainer, sound: AudioStream) -> bool:
    """Whether the first of a sound lasts as long as its times say. A container may leave gaps; an AVI can't."""
    frames = []
    with suppress(av.error.FFmpegError):
        frames += (frame for frame in islice(container.decode(sound), _FRAMES) if frame.time is not None)
    container.seek(0)
    if len(frames) < _FEWEST:
        return True
    heard = sum(frame.samples / frame.sample_rate for frame in frames[:-1])
    said = frames[-1].time - frames[0].time
    # A gap makes it seem longer than it sounds; nothing makes it seem shorter.
    return heard <= _OFF * said and (said <= _OFF * heard or container.format.name != "avi")
