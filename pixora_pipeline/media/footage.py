"""Frames of a filmed scene, cut from source videos: found by seeking, decoded only where needed, scaled once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.fitting import Fitter
from pixora_pipeline.media.picture import copied
from pixora_pipeline.media.reel import Fit, Play, Reel
from pixora_pipeline.media.timing import FilmFormat

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,asf,flv,ogg,mxf"
"""Containers that hold their own pictures; a playlist, which names other files, is none of them."""

SLACK = 0.001
"""A frame counts as there this much before its time: containers round times, in their own ways."""

LEAD_IN = 1.0
"""Packets this near before the first wanted frame are read before any is decoded, to know which of them shows it."""

EARLIER = (0.0, 5.0, 30.0)
"""Seconds to go back further when a seek has landed behind the wanted moment."""

LATEST_END = 0.1
"""A source may end this much before its cut does: pictures and sound seldom end together."""


class ReelSource:
    """Gives the frames of a filmed scene; in order, each source is decoded once."""

    def __init__(self, reel: Reel, fmt: FilmFormat) -> None:
        self.reel, self.fmt, self.frames = reel, fmt, reel.frames
        self._coming: Iterator[av.VideoFrame] = iter(())
        self._next = -1

    def frame(self, index: int) -> av.VideoFrame:
        """Frame `index` of the scene (0 is its first, handles included), yuv420p, the caller's to write on."""
        if index != self._next:
            self._coming, self._next = self.run(range(index, self.frames)), index
        self._next += 1
        return copied(next(self._coming))

    def run(self, wanted: range) -> Iterator[av.VideoFrame]:
        """The wanted frames in order. They are for reading: a frame that is shown twice is one frame."""
        return _run(self.reel, wanted, self.fmt)


def _run(reel: Reel, wanted: range, fmt: FilmFormat) -> Iterator[av.VideoFrame]:
    # No method: a source that holds a generator that holds the source would keep its decoders until Python happens to
    # look for such rings.
    for play in reel.plays(wanted, fmt):
        yield from shown(play, reel.fit, fmt)


def shown(play: Play, fit: Fit, fmt: FilmFormat) -> Iterator[av.VideoFrame]:
    """The frames of one play, each the one a player would show at its moment. `UserError` when there is none."""
    times = [play.cut.start + (play.skipped + count) / fmt.fps for count in range(play.frames)]
    with opened(play.cut.source) as container:
        stream = _picture(container, play.cut.source)
        fitter = Fitter(fit, play.cut.focus, stream.sample_aspect_ratio or Fraction(1), fmt)
        frames = _held(container, _decoded(container, stream, times[0]), times, play.cut.source)
        yield from map(fitter.fitted, frames)


@contextmanager
def opened(source: Path) -> Iterator[InputContainer]:
    """The source, whatever container it is; `UserError` when it can't be read or breaks off."""
    try:
        with av.open(f"file:{source}", options={"format_whitelist": FORMATS, "protocol_whitelist": "file"}) as found:
            yield found
    except (av.error.FFmpegError, OSError) as error:
        raise UserError(f"The footage {source.name} can't be read: {error}. Give a video that plays.") from error


def seconds_in(container: InputContainer, frame: av.VideoFrame | av.AudioFrame) -> float:
    """When a player shows or plays the frame, counted from the source's own beginning."""
    return frame.time - (container.start_time or 0) / av.time_base


def seek(container: InputContainer, seconds: float, stream: av.stream.Stream) -> None:
    """Go to the last keyframe of the stream that is not behind that moment, as far as the container knows it."""
    moment = seconds + (container.start_time or 0) / av.time_base
    container.seek(int(moment / stream.time_base), stream=stream)


def _picture(container: InputContainer, source: Path) -> VideoStream:
    if not container.streams.video:
        raise UserError(f"The footage {source.name} has no picture.")
    stream = container.streams.video[0]
    # Scenes are encoded side by side; a decoder's threads would only get in their way.
    stream.codec_context.thread_count = 1
    # Smoothing the edges of blocks takes a tenth of the time; in frames that no other is made from, nobody sees it.
    stream.codec_context.options = {"skip_loop_filter": "noref"}
    return stream


def _decoded(container: InputContainer, stream: VideoStream, start: float) -> Iterator[av.VideoFrame]:
    """Frames from the one shown at `start` on, or from the first there is."""
    for earlier in EARLIER:
        seek(container, max(0.0, start - earlier), stream)
        frames = _frames(container, stream, start)
        first = next(frames, None)
        if (first is not None and seconds_in(container, first) <= start + SLACK) or start <= earlier:
            break
    if first is not None:
        yield first
        yield from frames


def _frames(container: InputContainer, stream: VideoStream, start: float) -> Iterator[av.VideoFrame]:
    """All frames from the one shown at `start` on that have a time, and of those before it what others refer to."""
    for packet, needed in _packets(container, stream, start):
        stream.codec_context.skip_frame = "DEFAULT" if needed else "NONREF"
        for frame in packet.decode():
            if frame.pts is not None:
                yield frame


def _packets(container: InputContainer, stream: VideoStream, start: float) -> Iterator[tuple[av.Packet, bool]]:
    """The packets from here on, each with whether its frame is needed even if no other is made from it."""
    time_base = stream.time_base
    moment = (start + SLACK + (container.start_time or 0) / av.time_base) / time_base
    near, packets = moment - LEAD_IN / time_base, container.demux(stream)
    held: list[av.Packet] = []
    for packet in packets:
        if not held and packet.pts is not None and packet.pts < near:
            yield packet, False
            continue
        held.append(packet)
        if _is_past(packet, moment, LEAD_IN / time_base):
            break
    times = sorted(packet.pts for packet in held if packet.pts is not None and packet.pts <= moment)
    # The last but one as well: where a picture's two fields come one by one, it is the first that gives its time.
    first = times[-2] if len(times) > 1 else near
    for packet in held:
        yield packet, packet.pts is None or packet.pts >= first
    for packet in packets:
        yield packet, True


def _is_past(packet: av.Packet, moment: float, reordered: float) -> bool:
    """Whether neither this packet nor one after it is shown at that moment or before."""
    # No packet is shown before its decoding time. Matroska keeps no such times, and the first are not worked out.
    if packet.dts is not None:
        return packet.dts > moment
    return packet.pts is None or packet.pts > moment + reordered


def _held(
    container: InputContainer, frames: Iterator[av.VideoFrame], times: Iterable[float], source: Path
) -> Iterator[av.VideoFrame]:
    """For each of the rising times the frame that is shown then."""
    current, coming = None, next(frames, None)
    due = seconds_in(container, coming) if coming is not None else 0.0
    for time in times:
        while coming is not None and (current is None or due <= time + SLACK):
            current, coming = coming, next(frames, None)
            due = seconds_in(container, coming) if coming is not None else due
        if current is None or (coming is None and time > _end(container, current) + LATEST_END):
            raise UserError(f"The footage {source.name} has no picture at {time:.2f} s: cut it where it has one.")
        yield current


def _end(container: InputContainer, frame: av.VideoFrame) -> float:
    return seconds_in(container, frame) + (float(frame.duration * frame.time_base) if frame.duration else 0.0)
