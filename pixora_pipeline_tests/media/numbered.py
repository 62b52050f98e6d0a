"""Source videos whose every frame carries its number in its picture, and reading the numbers back."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

BITS = 10
BLACK, WHITE = 30, 220


def bands(number: int, width: int, height: int) -> NDArray[np.uint8]:
    """Luma with one horizontal band a bit, the lowest on top: any crop at the sides leaves it legible."""
    bits = np.array([WHITE if number >> bit & 1 else BLACK for bit in range(BITS)], np.uint8)
    return np.repeat(bits[np.arange(height) * BITS // height][:, None], width, axis=1)


def read_number(luma: NDArray[np.uint8]) -> int:
    """The number of a picture whose bands fill it from top to bottom."""
    middles = (np.arange(BITS) + 0.5) * len(luma) / BITS
    column = luma[:, luma.shape[1] // 4 : luma.shape[1] * 3 // 4].mean(axis=1)
    return sum(1 << bit for bit, row in enumerate(middles) if column[int(row)] > (BLACK + WHITE) / 2)


def luma_of(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """The frame's brightness, height x width."""
    return frame.to_ndarray(format="gray8") if frame.format.name != "yuv420p" else _plane(frame)


def numbers(video: Path) -> list[int]:
    """The number in each frame, in the order shown."""
    with av.open(str(video)) as container:
        return [read_number(luma_of(frame)) for frame in container.decode(video=0)]


@dataclass(frozen=True)
class Source:
    """What a source video is like; `times` in frames of `rate`, every frame by default."""

    rate: Fraction = Fraction(30)
    width: int = 320
    height: int = 180
    frames: int = 120
    times: tuple[int, ...] | None = None
    rotation: int = 0
    keyint: int = 250
    pixel_format: str = "yuv420p"
    sample_rate: int = 48_000
    layout: str | None = "stereo"


def make_source(to: Path, source: Source, sound: NDArray[np.floating] | None = None) -> Path:
    """Encode it; `sound` (mono, full scale 1) goes to all channels."""
    with av.open(str(to), "w") as container:
        video = container.add_stream("libx264", rate=source.rate, options={"preset": "veryfast", "crf": "18"})
        video.width, video.height, video.pix_fmt = source.width, source.height, source.pixel_format
        video.codec_context.time_base = 1 / source.rate
        video.codec_context.gop_size = source.keyint
        video.codec_context.options = {
            "preset": "veryfast",
            "crf": "18",
            "bf": "3",
            "sc_threshold": "0",
        }
        if source.rotation:
            video.set_display_rotation(source.rotation)
        audio = container.add_stream("aac", rate=source.sample_rate, layout=source.layout) if source.layout else None
        if audio is not None:
            container.mux(_sound_packets(audio, source, sound))
        for at in source.times or range(source.frames):
            frame = av.VideoFrame.from_ndarray(bands(at, source.width, source.height), format="gray8")
            frame = frame.reformat(format=source.pixel_format)
            frame.pts, frame.time_base = at, 1 / source.rate
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
    return to


def _sound_packets(stream: av.AudioStream, source: Source, sound: NDArray[np.floating] | None) -> list[av.Packet]:
    length = round(source.frames / source.rate * source.sample_rate)
    mono = np.zeros(length) if sound is None else sound[:length]
    channels = stream.codec_context.layout.nb_channels
    packets: list[av.Packet] = []
    for start in range(0, len(mono), 1024):
        block = np.repeat(mono[None, start : start + 1024], channels, axis=0).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout=source.layout)
        frame.sample_rate, frame.pts = source.sample_rate, start
        frame.time_base = Fraction(1, source.sample_rate)
        packets += stream.encode(frame)
    return packets + stream.encode(None)


def _plane(frame: av.VideoFrame) -> NDArray[np.uint8]:
    plane = frame.planes[0]
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: frame.height, : frame.width]
