"""The film as a packet copy: joints and clips in order, one sound track, soft subtitles. Nothing is encoded twice."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer

from pixora_pipeline.errors import Defect
from pixora_pipeline.media.chapters import Chapter, add_chapters
from pixora_pipeline.media.encoding import FILM_BIT_RATE, add_sound, encode_sound, mp4
from pixora_pipeline.media.languages import iso639_2
from pixora_pipeline.media.subtitles import Cue
from pixora_pipeline.media.timed_text import add_subtitles, subtitle_packets
from pixora_pipeline.media.timing import TICKS_PER_FRAME, FilmFormat
from pixora_pipeline.media.track_flags import switch_subtitles_off
from pixora_pipeline.media.wav import stereo, wav_blocks
from pixora_pipeline.model.value import Value

SOUND_BLOCK = 1 << 16

PACKETS_ALONE = {"skip_frame": "all"}
"""To be opened, a segment need not be decoded: its first picture takes longer than all of its packets to copy."""


class FilmFacts(Value):
    """The film's frames and its length in seconds."""

    frames: int
    seconds: float


def make_film(
    segments: Sequence[Path],
    sound: Path,
    cues: Sequence[Cue],
    title: str,
    language: str,
    fmt: FilmFormat,
    to: Path,
    chapters: Sequence[Chapter] = (),
) -> FilmFacts:
    """Join `segments` (joint, clip, joint, ..., clip, joint) with the mixed `sound`, the cues and chapters, if any.

    The sound is a WAV, or the film's AAC in an .m4a, which is copied. Raises `Defect` when a segment was made in
    another format or leaves a gap.
    """
    with ExitStack() as stack, mp4(to) as container:
        container.metadata["title"] = title
        video = add_copied_video(container, segments[0])
        audio, heard = _add_sound(container, sound, stack)
        audio.metadata["language"] = iso639_2(language)
        text = add_subtitles(container, iso639_2(language), fmt) if cues else None
        add_chapters(container, chapters, fmt)
        container.start_encoding()
        copied = CopiedVideo(video, fmt)
        tracks = [copied.packets(segments), heard]
        if text is not None:
            tracks.append(subtitle_packets(text, cues))
        for packet in heapq.merge(*tracks, key=_decode_time()):
            container.mux(packet)
    if cues:
        switch_subtitles_off(to)
    return FilmFacts(frames=copied.frames, seconds=fmt.seconds(copied.frames))


class CopiedVideo:
    """Copies the video of segment after segment, each starting where the one before ended."""

    def __init__(self, stream: av.VideoStream, fmt: FilmFormat) -> None:
        self.stream = stream
        self.fmt = fmt
        self.frames = 0
        self.last_decode = -(1 << 62)
        self.ticks_per_second = fmt.fps * TICKS_PER_FRAME

    def packets(self, segments: Iterable[Path]) -> Iterator[av.Packet]:
        """All packets of all segments in order, in the film's own time."""
        for segment in segments:
            with av.open(f"file:{segment}", format="mp4", options=PACKETS_ALONE) as container:
                self._check(container.streams.video[0], segment)
                yield from self._segment(container, segment)

    def _segment(self, container: av.container.InputContainer, segment: Path) -> Iterator[av.Packet]:
        shown: list[int] = []
        start = self.frames * TICKS_PER_FRAME
        # Asked of each of a film's packets, fractions take half a second.
        ticks = container.streams.video[0].time_base * self.ticks_per_second
        many, each = ticks.numerator, ticks.denominator
        time_base = Fraction(1, self.ticks_per_second)
        for packet in container.demux(video=0):
            if packet.size == 0:
                continue
            shown.append(packet.pts * many // each)
            decode = start + packet.dts * many // each
            packet.dts, packet.pts = decode, start + shown[-1]
            packet.duration, packet.time_base = TICKS_PER_FRAME, time_base
            if decode <= self.last_decode:
                raise Defect(f"Packets of {segment.name} overlap those before: make the segment again.")
            self.last_decode = decode
            packet.stream = self.stream
            yield packet
        if sorted(shown) != list(range(0, len(shown) * TICKS_PER_FRAME, TICKS_PER_FRAME)):
            raise Defect(f"{segment.name} has a gap between its frames: make the segment again.")
        self.frames += len(shown)

    def _check(self, video: av.VideoStream, segment: Path) -> None:
        if video.codec_context.extradata != self.stream.codec_context.extradata:
            raise Defect(f"{segment.name} was encoded in another format than the film's first segment.")


def add_copied_video(container: OutputContainer, first: Path) -> av.VideoStream:
    """A stream that takes packets copied from segments encoded like the first."""
    with av.open(f"file:{first}", format="mp4", options=PACKETS_ALONE) as source:
        stream = container.add_stream_from_template(source.streams.video[0])
        stream.time_base = source.streams.video[0].time_base
        return stream


def _add_sound(container: OutputContainer, sound: Path, stack: ExitStack) -> tuple[av.AudioStream, Iterator[av.Packet]]:
    """The film's sound stream and its packets in order: those of an .m4a as they are, those of a WAV coded now."""
    if sound.suffix != ".m4a":
        stream = add_sound(container, FILM_BIT_RATE)
        return stream, encode_sound(stream, _blocks(sound))
    source = stack.enter_context(av.open(f"file:{sound}", format="mp4"))
    stream = container.add_stream_from_template(source.streams.audio[0])
    stream.time_base = source.streams.audio[0].time_base
    return stream, _moved(source, stream)


def _moved(source: InputContainer, stream: av.AudioStream) -> Iterator[av.Packet]:
    for packet in source.demux(audio=0):
        if packet.size:
            packet.stream = stream
            yield packet


def _decode_time() -> Callable[[av.Packet], float]:
    """What tells when a packet is decoded, in seconds, close enough to put packets in order."""
    # To look a track's tick up is quicker than to ask each of its packets, and to compare fractions.
    ticks: dict[int, float] = {}

    def decode_time(packet: av.Packet) -> float:
        track = packet.stream_index
        if track not in ticks:
            ticks[track] = float(packet.time_base)
        return (packet.dts or 0) * ticks[track]

    return decode_time


def _blocks(sound: Path) -> Iterator:
    return map(stereo, wav_blocks(sound, SOUND_BLOCK))
