"""A picture of a source as people see it: at its second of the film, and with its top up."""

from itertools import chain

import av
from av.container import InputContainer

from pixora_pipeline.footage.faults import decodable

_EARLY_SECONDS = 0.05
"""How much before its time a picture may be taken for the one of that time."""
STEPS_BACK = (0.0, 10.0, 1e9)
"""A file without an index is entered by guess, perhaps behind the key frame that its pictures are built on."""


def picture_at(container: InputContainer, time: float) -> av.VideoFrame | None:
    """The picture at `time` seconds of the film, whatever its clock begins with; None where there is none."""
    stream = container.streams.video[0]
    began, earliest, latest = start_of(stream), time - _EARLY_SECONDS, time + _EARLY_SECONDS
    for step in STEPS_BACK:
        container.seek(int((max(0.0, time - step) + began) * av.time_base))
        shown = (frame for frame in decodable(container, stream) if frame.time is not None)
        entered = next(shown, None)
        if entered is not None and (entered.time - began <= latest or time <= step):
            return next((frame for frame in chain((entered,), shown) if frame.time - began >= earliest), None)
    return None


def start_of(stream: av.VideoStream) -> float:
    """What a stream's clock begins with, in seconds."""
    return float(stream.start_time * stream.time_base) if stream.start_time and stream.time_base else 0.0


def upright(frame: av.VideoFrame, width: int, height: int):
    """The picture in at most that many pixels, as a PIL image. Phones film on their side and say so."""
    turned = round(getattr(frame, "rotation", 0) or 0) % 180 != 0
    across, down = (height, width) if turned else (width, height)
    scale = min(1.0, across / frame.width, down / frame.height)
    sides = (max(2, round(side * scale / 2) * 2) for side in (frame.width, frame.height))
    picture = frame.reformat(*sides, format="rgb24").to_image()
    return picture.rotate(frame.rotation, expand=True) if getattr(frame, "rotation", 0) else picture
