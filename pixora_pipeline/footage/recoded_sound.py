"""A source's sound written as plain samples, where Matroska does not hold its coding as it is."""

from fractions import Fraction

import av
from av.audio.resampler import AudioResampler
from av.container import OutputContainer

COPIED = frozenset({"aac", "mp3", "mp2", "ac3", "opus", "vorbis", "flac", "alac", "pcm_s16le", "pcm_s24le"})
"""The codings that are copied out of any container. What is not among them is kept too, in more bytes."""


class RecodedSound:
    """A track of 16-bit samples in `target`, at the source's rate and with its channels."""

    def __init__(self, source: av.AudioStream, target: OutputContainer) -> None:
        self._rate, layout = source.codec_context.sample_rate, source.codec_context.layout.name
        self._stream = target.add_stream("pcm_s16le", rate=self._rate, layout=layout)
        self._resampler = AudioResampler("s16", layout, self._rate)

    def write(self, packet: av.Packet, first: Fraction, target: OutputContainer) -> None:
        """Write what a packet holds, its times counted from `first`, in seconds of the source."""
        for frame in packet.decode():
            if frame.pts is None:
                continue
            at = round((frame.pts * frame.time_base - first) * self._rate)
            frame.pts = None
            for piece in self._resampler.resample(frame):
                piece.pts, piece.time_base = at, Fraction(1, self._rate)
                at += piece.samples
                target.mux(self._stream.encode(piece))
