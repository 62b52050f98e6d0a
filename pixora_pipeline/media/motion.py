"""Where the camera looks at each frame: the eased way between a move's two rectangles. Geometry only, no pixels."""

import math
from dataclasses import dataclass

from pixora_pipeline.model.results import CameraMove, Rectangle

SECONDS_PER_LEG = 14.0
"""A longer scene goes there and back again: the same way spread over a minute would look like a frozen picture."""

END_SPEED = 0.5
"""Speed at both ends as a share of the mean: soft, yet still moving where one scene fades into the next."""

TURN_SHARPNESS = 0.96
"""How near the turning points of a long way come to corners: below 1, so that the camera turns round softly."""


@dataclass(frozen=True)
class Window:
    """A part of a picture in its own pixels; (left, top) is the corner, not the centre of the first pixel."""

    left: float
    top: float
    width: float
    height: float


def progress(frame: int, frames: int, fps: int) -> float:
    """How far along its way, from 0 to 1, the camera is at `frame` of `frames`."""
    if frames < 2:
        return 0.0
    u = frame / (frames - 1)
    legs = max(1, round(frames / fps / SECONDS_PER_LEG))
    if legs == 1:
        smooth = u * u * (3 - 2 * u)
        return END_SPEED * u + (1 - END_SPEED) * smooth
    swing = math.asin(TURN_SHARPNESS * math.cos(math.pi * legs * u)) / math.asin(TURN_SHARPNESS)
    return (1 - swing) / 2


def window_at(move: CameraMove, along: float, size: tuple[int, int], aspect: float) -> Window:
    """What the camera sees when it is `along` its way over a picture of `size` (width, height) pixels.

    Both ends are first brought to the film's aspect and inside the picture; what lies between two such
    rectangles is inside as well.
    """
    start, end = _fitted(move.start, size, aspect), _fitted(move.end, size, aspect)
    return Window(
        left=start.left + (end.left - start.left) * along,
        top=start.top + (end.top - start.top) * along,
        width=start.width + (end.width - start.width) * along,
        height=start.height + (end.height - start.height) * along,
    )


def smallest_width(move: CameraMove, size: tuple[int, int], aspect: float) -> float:
    """The narrowest view of the move, in pixels of the picture: it decides how sharp the picture has to be."""
    return min(_fitted(move.start, size, aspect).width, _fitted(move.end, size, aspect).width)


def _fitted(view: Rectangle, size: tuple[int, int], aspect: float) -> Window:
    """The largest window of that aspect within the view, about the same centre, moved inside the picture."""
    width, height = view.width * size[0], view.height * size[1]
    centre_x, centre_y = view.x * size[0] + width / 2, view.y * size[1] + height / 2
    width, height = min(width, height * aspect, size[0]), min(height, width / aspect, size[1])
    left = min(max(centre_x - width / 2, 0.0), size[0] - width)
    top = min(max(centre_y - height / 2, 0.0), size[1] - height)
    return Window(left=left, top=top, width=width, height=height)
