"""Small pictures of finished things, for lists and timelines: a film's poster, thumbnails, waveforms."""

import io
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.wav import read_wav

WAVE_SIZE = (1200, 160)
WAVE_COLOUR = (86, 141, 229, 255)
WEBP_QUALITY = 82
POSTER_QUALITY = 92


def poster(video: Path, at: float, to: Path) -> None:
    """Write the frame shown at `at` seconds (or the last there is) as a picture in the format `to` is named for."""
    try:
        with av.open(f"file:{video}", format="mp4") as container:
            stream = container.streams.video[0]
            container.seek(max(0, int(at / stream.time_base)), stream=stream)
            shown = None
            for frame in container.decode(stream):
                if shown is not None and frame.time > at + 1e-6:
                    break
                shown = frame
    except (av.error.FFmpegError, OSError, IndexError) as error:
        raise UserError(f"{video.name} has no picture that can be read: {error}. Make it again.") from error
    if shown is None:
        raise UserError(f"{video.name} has no picture at {at:g} s.")
    shown.reformat(format="rgb24", src_colorspace="ITU709").to_image().save(to, quality=POSTER_QUALITY)


def thumbnail(picture: Path, width: int) -> bytes:
    """The picture as a WebP of that width, or of its own if it is narrower."""
    try:
        with Image.open(picture) as image:
            small = image.convert("RGB")
    except OSError as error:
        raise UserError(f"{picture.name} is not a picture that can be read: {error}.") from error
    if width < small.width:
        height = max(1, round(small.height * width / small.width))
        small = small.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=WEBP_QUALITY, method=4)
    return out.getvalue()


def waveform(wav: Path, to: Path) -> None:
    """Draw the sound's level over time as a PNG of 1200 x 160 on a transparent ground."""
    lows, highs = _extremes(read_wav(wav).astype(np.float32).mean(axis=1) / 32768, WAVE_SIZE[0])
    loudest = max(float(np.abs(lows).max()), float(highs.max()), 1e-4)
    rows = np.linspace(1, -1, WAVE_SIZE[1])[:, None] * loudest * 1.05
    # The two middle rows remain as a line where it is silent.
    line = loudest * 1.1 / WAVE_SIZE[1]
    inside = (rows <= np.maximum(highs, line)) & (rows >= np.minimum(lows, -line))
    pixels = np.zeros((*inside.shape, 4), np.uint8)
    pixels[inside] = WAVE_COLOUR
    Image.fromarray(pixels).save(to, "PNG")


def _extremes(samples: NDArray[np.float32], columns: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The lowest and the highest sample of each column."""
    if not len(samples):
        return np.zeros(columns, np.float32), np.zeros(columns, np.float32)
    edges = np.minimum(np.arange(columns) * len(samples) // columns, len(samples) - 1)
    return np.minimum.reduceat(samples, edges), np.maximum.reduceat(samples, edges)
