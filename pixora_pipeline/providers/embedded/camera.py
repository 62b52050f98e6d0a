"""The embedded camera: chooses how to travel over a still from where its focus is. No pixels are read."""

import random

from pixora_pipeline.model.results import CameraMove, Picture, Rectangle

OVERSCAN = 1.125
"""Pictures are this much larger than the film: a view narrower by more would have to be enlarged."""

CLOSE = 1 / OVERSCAN
TRAVEL = 0.92
"""The size of the view while it pans or tilts: what is left over is the way it can go."""

SAFE_START, SAFE_END = 0.1, 0.9
"""Captions stand within these; every view contains them."""

ASIDE = 0.08
"""A focus farther than this from the middle draws the camera sideways."""


class EmbeddedCamera:
    """Pushes in on what is in the middle, pans or tilts to what is not, and sometimes simply drifts."""

    version = "camera@1"

    def move(self, picture: Picture, aspect: float, seed: int) -> CameraMove:
        """A way that stays inside the picture, keeps captions in view and never enlarges beyond the overscan."""
        frame = _covering(picture, aspect)
        focus_x = (picture.focus[0] - frame.x) / frame.width
        focus_y = (picture.focus[1] - frame.y) / frame.height
        kind = random.Random(seed).choice(_kinds(focus_x, focus_y))
        start, end = _way(kind, focus_x, focus_y)
        return CameraMove(kind=kind, start=_within(frame, start), end=_within(frame, end))


def _kinds(x: float, y: float) -> tuple[str, ...]:
    """The moves that suit a focus there; the likelier ones more than once."""
    sideways = ("pan_right", "pan_right") if x > 0.5 + ASIDE else ("pan_left", "pan_left") if x < 0.5 - ASIDE else ()
    upright = ("tilt_down",) if y > 0.5 + ASIDE else ("tilt_up",) if y < 0.5 - ASIDE else ()
    return ("push_in", "push_in", "pull_out", "pull_out", "drift", *sideways, *upright)


def _way(kind: str, x: float, y: float) -> tuple[Rectangle, Rectangle]:
    """First and last view, as fractions of the film-shaped frame."""
    wide, close = Rectangle(x=0.0, y=0.0, width=1.0, height=1.0), _view(CLOSE, x, y)
    far = 1 - TRAVEL
    level = _view(TRAVEL, x, y)
    across = {"pan_right": (0.0, far), "pan_left": (far, 0.0)}
    along = {"tilt_down": (0.0, far), "tilt_up": (far, 0.0)}
    if kind in across:
        return tuple(level.model_copy(update={"x": side}) for side in across[kind])
    if kind in along:
        return tuple(level.model_copy(update={"y": side}) for side in along[kind])
    if kind == "drift":
        return _view(0.96, 1 - x, 1 - y), _view(CLOSE + 0.02, x, y)
    return (wide, close) if kind == "push_in" else (close, wide)


def _view(size: float, x: float, y: float) -> Rectangle:
    """A view of that size as near to the focus as captions and the picture's edges allow."""
    return Rectangle(x=_edge(size, x), y=_edge(size, y), width=size, height=size)


def _edge(size: float, focus: float) -> float:
    nearest, farthest = max(0.0, SAFE_END - size), min(SAFE_START, 1 - size)
    return min(max(focus - size / 2, nearest), farthest)


def _covering(picture: Picture, aspect: float) -> Rectangle:
    """The largest part of the picture in the film's shape, about the focus, as fractions of the picture."""
    shape = picture.width / picture.height
    width, height = min(1.0, aspect / shape), min(1.0, shape / aspect)
    x = min(max(picture.focus[0] - width / 2, 0.0), 1 - width)
    y = min(max(picture.focus[1] - height / 2, 0.0), 1 - height)
    return Rectangle(x=x, y=y, width=width, height=height)


def _within(frame: Rectangle, view: Rectangle) -> Rectangle:
    """The view as fractions of the whole picture."""
    return Rectangle(
        x=frame.x + view.x * frame.width,
        y=frame.y + view.y * frame.height,
        width=view.width * frame.width,
        height=view.height * frame.height,
    )
