"""Bringing plain frames into the film's shape without filters: cropped and resized plane by plane, a third of the cost.

Plain is what nearly all footage is: upright square pixels of 8 bits. All else goes through `fitting`.
"""

from dataclasses import dataclass

import av
import cv2

from pixora_pipeline.media.picture import plane_views
from pixora_pipeline.media.recolouring import Recolouring
from pixora_pipeline.media.resampling import Plane, resized_by_lines
from pixora_pipeline.media.timing import FilmFormat

BLACK = (16, 128, 128)


@dataclass(frozen=True)
class Place:
    """The part of the source that is seen, and the part of the film's frame that it fills: even numbers, in pixels."""

    left: int
    top: int
    width: int
    height: int
    across: int
    down: int


def resized(
    frame: av.VideoFrame, place: Place, fmt: FilmFormat, recolouring: Recolouring | None = None
) -> av.VideoFrame:
    """That part of a yuv420p frame in a new frame of the film's size, black around it where it does not fill it."""
    out = av.VideoFrame(fmt.width, fmt.height, "yuv420p")
    x, y = (fmt.width - place.across) // 4 * 2, (fmt.height - place.down) // 4 * 2
    all_filled = []
    for number, (to, plane) in enumerate(zip(plane_views(out), plane_views(frame), strict=True)):
        half = 2 if number else 1
        if (place.across, place.down) != (fmt.width, fmt.height):
            to[:] = BLACK[number]
        seen = plane[
            place.top // half : (place.top + place.height) // half,
            place.left // half : (place.left + place.width) // half,
        ]
        filled = to[y // half : (y + place.down) // half, x // half : (x + place.across) // half]
        _resize(seen, filled, place, is_colour=number > 0)
        all_filled.append(filled)
    if recolouring is not None:
        recolouring.apply(*all_filled)
    return out


def _resize(seen: Plane, to: Plane, place: Place, is_colour: bool) -> None:
    size = to.shape[::-1]
    if place.across < place.width:
        cv2.resize(seen, size, dst=to, interpolation=cv2.INTER_AREA)
    elif is_colour:
        # Colours have few edges: what a curve draws truer in them than a line, for twice the time, is 62 dB down.
        resized_by_lines(seen, size, to)
    else:
        cv2.resize(seen, size, dst=to, interpolation=cv2.INTER_CUBIC)
