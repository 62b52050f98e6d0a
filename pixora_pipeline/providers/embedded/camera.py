"""The embedded camera: chooses how to travel over a still from where its focus is. No pixels are read."""

import random
from collections.abc import Sequence

from pixora_pipeline.model.camera import CameraChoice, CameraKind
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

FAMILIES = 3
"""Nearer, across, away: scenes whose turns follow each other move in different ways."""


class EmbeddedCamera:
    """Pushes in on what is in the middle, pans or tilts to what is not, and sometimes simply drifts."""

    version = "camera@2"

    def move(
        self, picture: Picture, aspect: float, seed: int, kind: CameraChoice = "auto", turn: int | None = None
    ) -> CameraMove:
        """A way that stays inside the picture, keeps captions in view and never enlarges beyond the overscan."""
        frame = _covering(picture, aspect)
        focus_x = (picture.focus[0] - frame.x) / frame.width
        focus_y = (picture.focus[1] - frame.y) / frame.height
        chosen = random.Random(seed).choice(_kinds(focus_x, focus_y, turn)) if kind == "auto" else kind
        start, end = _way(chosen, focus_x, focus_y)
        return CameraMove(kind=chosen, start=_within(frame, start), end=_within(frame, end))


def _kinds(x: float, y: float, turn: int | None) -> Sequence[CameraKind]:
    """The moves that suit a focus there; the likelier ones more than once."""
    nearer: list[CameraKind] = ["push_in", "push_in"]
    across: list[CameraKind] = ["drift"]
    away: list[CameraKind] = ["pull_out", "pull_out"]
    if abs(x - 0.5) > ASIDE:
        across += ["pan_right", "pan_right"] if x > 0.5 else ["pan_left", "pan_left"]
    if abs(y - 0.5) > ASIDE:
        across += ["tilt_down"] if y > 0.5 else ["tilt_up"]
        (nearer if y > 0.5 else away).append("dive" if y > 0.5 else "rise")
    families = (nearer, across, away)
    return [*nearer, *across, *away] if turn is None else families[turn % FAMILIES]


def _way(kind: CameraKind, x: float, y: float) -> tuple[Rectangle, Rectangle]:
    """First and last view, as fractions of the film-shaped frame."""
    wide, close, level = Rectangle(x=0.0, y=0.0, width=1.0, height=1.0), _view(CLOSE, x, y), _view(TRAVEL, x, y)
    far = 1 - TRAVEL
    ways: dict[CameraKind, tuple[Rectangle, Rectangle]] = {
        "push_in": (wide, close),
        "pull_out": (close, wide),
        "pan_right": (_at(level, x=0.0), _at(level, x=far)),
        "pan_left": (_at(level, x=far), _at(level, x=0.0)),
        "tilt_down": (_at(level, y=0.0), _at(level, y=far)),
        "tilt_up": (_at(level, y=far), _at(level, y=0.0)),
        "rise": (_view(CLOSE, x, 1.0), _at(_view(0.97, x, 0.0), y=0.0)),
        "dive": (_at(_view(0.97, x, 0.0), y=0.0), _view(CLOSE, x, 1.0)),
        "drift": (_view(0.97, 1 - x, 1 - y), _view(CLOSE + 0.01, x, y)),
        "still": (_view(0.96, x, y), _view(0.96, x, y)),
    }
    return ways[kind]


def _at(view: Rectangle, **place: float) -> Rectangle:
    return view.model_copy(update=place)


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
