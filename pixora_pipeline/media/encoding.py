"""The one way video and sound are encoded, so that every segment of every film can be joined by copying packets."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.codec.context import Flags
from av.container import OutputContainer
from av.video.frame import PictureType
from numpy.typing import NDArray

from pixora_pipeline.errors import TryAgain
from pixora_pipeline.media.timing import SAMPLE_RATE, TICKS_PER_FRAME, FilmFormat

VIDEO_ENCODER = "libx264"
PRESET, FOOTAGE_PRESET = "veryfast", "superfast"
"""Both write the same parameter sets, so their segments join. Footage has been through a coder already: the quick one
keeps what is left of it as well, in 0.37 of the time."""

QUALITY = {PRESET: "19", FOOTAGE_PRESET: "20"}
"""Constant rate factors. By the second, camera footage is half a decibel truer than it would be by the first."""

_QUICKER = ":b-adapt=0:bframes=5:aq-mode=0:partitions=i8x8:merange=4:subme=0"
EXTRA = {PRESET: ":rc-lookahead=5", FOOTAGE_PRESET: _QUICKER}
"""Looking five frames ahead rather than ten takes a fifth of the memory away, and at a factor of one less neither bytes
nor quality. The quick preset spends a fifth of its time on where a B-frame pays, and a third of the rest on giving even
stretches more bits, on blocks of four pixels, and on motion by much or by parts of a pixel. Camera footage, which has
grain, loses a quarter of a decibel without; only drawn pictures that move by parts of a pixel lose two."""

SEEK_SECONDS = 2
"""A keyframe at least this often, so that players jump quickly."""

BT709 = 1
LIMITED_RANGE = 1
FILM_BIT_RATE = 192_000
PREVIEW_BIT_RATE = {1: 96_000, 2: 128_000}
"""Of a clip's own sound, by its channels."""

AAC_FRAME = 1024
LAYOUTS = {1: "mono", 2: "stereo"}
CPU_AVX512_SKX = 256
"""OpenCV's number for the instruction set; its Python binding gives it no name."""


@contextmanager
def mp4(to: Path) -> Iterator[OutputContainer]:
    """A new MP4 at exactly that path, its index in front, with nothing in it that differs from run to run."""
    # Lengths told in thousandths of a second, as usual, end before a sound whose last packet holds less than one.
    options = {"movflags": "+faststart", "fflags": "+bitexact", "movie_timescale": str(SAMPLE_RATE)}
    try:
        with av.open(f"file:{to}", "w", format="mp4", options=options) as container:
            yield container
    except OSError as error:
        raise TryAgain(f"The film file {to.name} could not be written: {error}. Check the free disk space.") from error


def add_video(container: OutputContainer, fmt: FilmFormat, preset: str = PRESET) -> av.VideoStream:
    """An H.264 stream of that format: closed groups of pictures, parameter sets equal in all segments."""
    stream = container.add_stream(VIDEO_ENCODER, rate=fmt.fps)
    stream.width, stream.height, stream.pix_fmt = fmt.width, fmt.height, "yuv420p"
    stream.time_base = Fraction(1, fmt.fps * TICKS_PER_FRAME)
    context = stream.codec_context
    context.time_base = stream.time_base
    context.framerate = Fraction(fmt.fps)
    context.thread_count = 1
    context.color_primaries = context.color_trc = context.colorspace = BT709
    context.color_range = LIMITED_RANGE
    context.flags |= Flags.bitexact | Flags.closed_gop
    group = SEEK_SECONDS * fmt.fps
    x264 = f"scenecut=0:stitchable=1:keyint={group}:min-keyint={group}:open-gop=0{_repeatable()}"
    options = {"profile": "high", "crf": QUALITY[preset], "level": _level(fmt)}
    context.options = {**options, "preset": preset, "x264-params": x264 + EXTRA[preset]}
    return stream


def encode_video(container: OutputContainer, stream: av.VideoStream, frames: Iterable[av.VideoFrame]) -> None:
    """Encode the frames in order, one tick after the other from 0; the first is an IDR."""
    for index, frame in enumerate(frames):
        frame.pts, frame.time_base = index * TICKS_PER_FRAME, stream.time_base
        frame.pict_type = PictureType.I if index == 0 else PictureType.NONE
        frame.color_range, frame.colorspace = LIMITED_RANGE, BT709
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def add_sound(container: OutputContainer, bit_rate: int, channels: int = 2) -> av.AudioStream:
    """An AAC stream, 48 kHz, stereo or mono."""
    # At our bit rates the quick coder is also truer: 41 dB of signal to noise, against 33, in a third of the time.
    # So is leaving the two channels as they are: looking for what they share takes half of the rest, and gains nothing.
    # And so is doing without shaped and without made-up noise: a fifth less, and a decibel truer.
    options = {"aac_coder": "fast", "aac_ms": "0", "aac_is": "0", "aac_tns": "0", "aac_pns": "0"}
    stream = container.add_stream("aac", rate=SAMPLE_RATE, layout=LAYOUTS[channels], options=options)
    stream.bit_rate = bit_rate
    stream.codec_context.flags |= Flags.bitexact
    stream.time_base = Fraction(1, SAMPLE_RATE)
    return stream


def encode_sound(stream: av.AudioStream, blocks: Iterable[NDArray[np.float32]]) -> Iterator[av.Packet]:
    """The packets of the blocks (each samples x channels, -1..1) played one after the other from 0."""
    layout = stream.layout.name
    for index, block in enumerate(_regrouped(blocks)):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.T), format="fltp", layout=layout)
        frame.sample_rate, frame.time_base = SAMPLE_RATE, Fraction(1, SAMPLE_RATE)
        frame.pts = index * AAC_FRAME
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _regrouped(blocks: Iterable[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """The same samples in blocks of one AAC frame; only the last may be shorter."""
    left = np.zeros((0, 0), np.float32)
    for block in blocks:
        left = np.concatenate([left, block]) if len(left) else block
        whole = len(left) - len(left) % AAC_FRAME
        for start in range(0, whole, AAC_FRAME):
            yield left[start : start + AAC_FRAME]
        left = left[whole:]
    if len(left):
        yield left


def _repeatable() -> str:
    # x264's AVX-512 code for rate control reads memory nobody wrote: the same frames give other bytes from run to run.
    # Its AVX2 code does not, and is as fast.
    return ":asm=avx2" if cv2.checkHardwareSupport(CPU_AVX512_SKX) else ""


def _level(fmt: FilmFormat) -> str:
    """4.1 wherever it suffices: every phone and browser plays it."""
    blocks = -(-fmt.width // 16) * -(-fmt.height // 16)
    if blocks <= 8192 and blocks * fmt.fps <= 245_760:
        return "4.1"
    return "5.1" if blocks <= 36_864 and blocks * fmt.fps <= 983_040 else "5.2"
