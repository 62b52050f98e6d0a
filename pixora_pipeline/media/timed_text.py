"""Soft subtitles inside an MP4 (3GPP timed text, `mov_text`): the words as they are, with no markup at all."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import av
from av.container import OutputContainer
from av.subtitles.stream import SubtitleStream

from pixora_pipeline.media.subtitles import Cue
from pixora_pipeline.media.timing import FilmFormat

MILLISECONDS = Fraction(1, 1000)
LETTER_HEIGHT = 18
"""Letters are 1/18 of the film's short side high."""

ASS_HEADER = """[Script Info]
ScriptType: v4.00+
PlayResX: {width}
PlayResY: {height}

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Sans,{size},&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def add_subtitles(container: OutputContainer, language: str, fmt: FilmFormat) -> SubtitleStream:
    """A subtitle track of that language (ISO 639-2), which players offer and switch on by their viewer's choice."""
    stream = container.add_stream("mov_text")
    size = min(fmt.width, fmt.height) // LETTER_HEIGHT
    header = ASS_HEADER.format(width=fmt.width, height=fmt.height, size=size)
    stream.codec_context.subtitle_header = header.encode()
    stream.codec_context.time_base = MILLISECONDS
    stream.time_base = MILLISECONDS
    stream.metadata["language"] = language
    return stream


def subtitle_packets(stream: SubtitleStream, cues: Sequence[Cue]) -> Iterator[av.Packet]:
    """One packet a cue: the length of its text in two bytes, and the text."""
    for cue in cues:
        text = cue.text.encode()
        packet = av.Packet(len(text).to_bytes(2, "big") + text)
        packet.time_base = MILLISECONDS
        packet.pts = packet.dts = round(cue.start * 1000)
        packet.duration = round(cue.end * 1000) - packet.pts
        packet.stream = stream
        yield packet
