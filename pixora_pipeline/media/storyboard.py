"""Thumbnails over a film's length, as players show them above their bar: a sheet, and a WebVTT that points into it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import pysubs2
from PIL import Image

from pixora_pipeline.errors import UserError

LONGER_SIDE = 160
COLUMNS = 10
MOST = 100
NEAREST_SECONDS = 2.0
"""Between two of them, at least: a film has a keyframe as often as that."""

FIRST_SECONDS = 0.3
"""A film comes up from black: the first of them is of the picture behind that."""

QUALITY = 80


@dataclass(frozen=True)
class Thumbnail:
    """What is seen for the `seconds` from `start` on."""

    start: float
    seconds: float
    picture: Image.Image


def write_storyboard(film: Path, sheet: Path, cues: Path) -> int:
    """Write the sheet (JPEG) and its cues; how many thumbnails there are. Only keyframes are decoded."""
    thumbnails = _thumbnails(film)
    if not thumbnails:
        raise UserError(f"{film.name} has no picture that can be read. Make it again.")
    width, height = thumbnails[0].picture.size
    rows = -(-len(thumbnails) // COLUMNS)
    whole = Image.new("RGB", (width * min(COLUMNS, len(thumbnails)), height * rows))
    document = pysubs2.SSAFile()
    for number, each in enumerate(thumbnails):
        left, top = number % COLUMNS * width, number // COLUMNS * height
        whole.paste(each.picture, (left, top))
        event = pysubs2.SSAEvent(start=round(each.start * 1000), end=round((each.start + each.seconds) * 1000))
        event.text = f"{sheet.name}#xywh={left},{top},{width},{height}"
        document.append(event)
    whole.save(sheet, "JPEG", quality=QUALITY)
    document.save(str(cues), encoding="utf-8", format_="vtt")
    return len(thumbnails)


def _thumbnails(film: Path) -> list[Thumbnail]:
    try:
        with av.open(f"file:{film}", format="mp4") as container:
            video = container.streams.video[0]
            seconds = float(video.duration * video.time_base)
            apart = max(NEAREST_SECONDS, seconds / MOST)
            frames = list(_frames(container, apart))
    except (av.error.FFmpegError, OSError, IndexError) as error:
        raise UserError(f"{film.name} has no picture that can be read: {error}. Make it again.") from error
    starts = [0.0, *(time for time, _ in frames[1:]), seconds]
    return [
        Thumbnail(starts[number], starts[number + 1] - starts[number], picture)
        for number, (_, picture) in enumerate(frames)
    ]


def _frames(container: av.container.InputContainer, apart: float) -> Iterator[tuple[float, Image.Image]]:
    """Every first keyframe of a stretch that long, and its time; none of the film's very beginning."""
    video, wanted = container.streams.video[0], FIRST_SECONDS
    for packet in container.demux(video):
        if packet.size and (not packet.is_keyframe or float(packet.pts * packet.time_base) < wanted - 1e-6):
            continue
        if packet.size:
            wanted = float(packet.pts * packet.time_base) + apart
        for frame in packet.decode():
            yield frame.time, _small(frame)


def _small(frame: av.VideoFrame) -> Image.Image:
    scale = LONGER_SIDE / max(frame.width, frame.height)
    width, height = (max(2, 2 * round(side * scale / 2)) for side in (frame.width, frame.height))
    return frame.reformat(width, height, "rgb24", src_colorspace="ITU709", interpolation="AREA").to_image()
