"""What a media file says it is: streams, lengths, codecs, sizes. Reads headers and packets, decodes nothing."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
from av.subtitles.stream import SubtitleStream

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.facts import MediaFacts, SoundStreamFacts, TextFacts, VideoFacts


def probe(path: Path) -> MediaFacts:
    """Read the facts of an MP4; `UserError` when it is not one or is cut short."""
    try:
        with av.open(f"file:{path}", format="mp4") as container:
            tracks: dict[int, list[av.Packet]] = {stream.index: [] for stream in container.streams}
            for packet in container.demux():
                if packet.size:
                    tracks[packet.stream_index].append(packet)
            for stream in (*container.streams.video, *container.streams.audio):
                if len(tracks[stream.index]) < stream.frames:
                    raise UserError(f"{path.name} is cut short: {stream.type} breaks off. Make it again.")
            return _facts(container, tracks, path)
    except (av.error.FFmpegError, OSError) as error:
        raise UserError(f"{path.name} can't be read as an MP4 film: {error}. Make it again.") from error


def _facts(container: av.container.InputContainer, tracks: dict[int, list[av.Packet]], path: Path) -> MediaFacts:
    streams = container.streams
    video = _video(streams.video[0], tracks[streams.video[0].index]) if streams.video else None
    sound = _sound(streams.audio[0], tracks[streams.audio[0].index]) if streams.audio else None
    text = _text(streams.subtitles[0], tracks[streams.subtitles[0].index]) if streams.subtitles else None
    return MediaFacts(
        seconds=(container.duration or 0) / av.time_base,
        size=path.stat().st_size,
        title=container.metadata.get("title"),
        video=video,
        sound=sound,
        text=text,
    )


def _video(stream: av.VideoStream, packets: list[av.Packet]) -> VideoFacts:
    context = stream.codec_context
    start, end = _extent(packets)
    decoded = [packet.dts for packet in packets if packet.dts is not None]
    return VideoFacts(
        codec=context.name,
        profile=stream.profile,
        width=context.width,
        height=context.height,
        fps=float(stream.average_rate or 0),
        frames=len(packets),
        start=float(start),
        seconds=float(end - start),
        pixel_format=context.pix_fmt,
        decode_times_rise=all(later > earlier for earlier, later in pairwise(decoded)),
    )


def _sound(stream: av.AudioStream, packets: list[av.Packet]) -> SoundStreamFacts:
    start, end = _extent(packets)
    heard = max(start, Fraction(0))
    return SoundStreamFacts(
        codec=stream.codec_context.name,
        sample_rate=stream.codec_context.sample_rate,
        channels=stream.codec_context.channels,
        start=float(heard),
        seconds=float(end - heard),
    )


def _text(stream: SubtitleStream, packets: list[av.Packet]) -> TextFacts:
    # MP4 fills the time between two cues with empty ones: two bytes that say "no text".
    full = [packet for packet in packets if packet.size > 2 and packet.pts is not None]
    shown = [(float(packet.pts * packet.time_base), float(_end(packet))) for packet in full]
    return TextFacts(codec=stream.codec_context.name, language=stream.metadata.get("language"), shown=tuple(shown))


def _extent(packets: list[av.Packet]) -> tuple[Fraction, Fraction]:
    timed = [packet for packet in packets if packet.pts is not None]
    if not timed:
        return Fraction(0), Fraction(0)
    return min(packet.pts * packet.time_base for packet in timed), max(_end(packet) for packet in timed)


def _end(packet: av.Packet) -> Fraction:
    return (packet.pts + (packet.duration or 0)) * packet.time_base
