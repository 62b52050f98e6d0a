"""One frame of a transition: what is seen of the leaving and of the coming picture, on planes of YUV 4:2:0.

Each function writes into the planes of the leaving frame. `along` runs from just over 0 to just under 1.
"""

import math
from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.media.picture import Plane, Planes
from pixora_pipeline.model.script import TransitionKind

BLACK = (16, 128, 128)
SOFT_EDGE = 0.06
"""Width of a wipe's or a circle's edge, as a share of the frame's longer side."""

LEFT_BEHIND = 0.3
"""A picture that another slides over gives way by this share of its width."""

SHADE = 0.45
"""How much darker it gets meanwhile."""

NEARER, FARTHER = 1.7, 0.75
"""In a zoom the old picture grows to that size and the new one from this, mirrored where it does not fill the frame."""


def blend(kind: TransitionKind, old: Planes, new: Planes, step: int, steps: int) -> None:
    """Write frame `step` of `steps` into the planes of `old`; those of `new` may be used up."""
    along = (step + 1) / (steps + 1)
    if kind in _MOVED:
        _MOVED[kind](old, new, _eased(along))
    else:
        mix(old, new, weights(kind, step, steps))


def weights(kind: TransitionKind, step: int, steps: int) -> tuple[float, float]:
    """How much of the leaving and of the coming scene is seen at `step` of `steps`; what is missing to 1 is black.

    For a cut, a crossfade and a fade through black: in the others it is a matter of place.
    """
    if kind == "cut":
        return (1.0, 0.0) if step < steps // 2 else (0.0, 1.0)
    along = (step + 1) / (steps + 1)
    if kind == "crossfade":
        return 1 - along, along
    return smooth(1 - 2 * along), smooth(2 * along - 1)


def smooth(share: float) -> float:
    """From 0 to 1 without a corner at either end."""
    return math.sin(math.pi / 2 * min(max(share, 0.0), 1.0)) ** 2


def mix(old: Planes, new: Planes, share: tuple[float, float]) -> None:
    """Old and new in those shares over black."""
    for one, other, black in zip(old, new, BLACK, strict=True):
        cv2.addWeighted(one, share[0], other, share[1], black * (1 - sum(share)), dst=one)


def _eased(along: float) -> float:
    return along * along * (3 - 2 * along)


def _wipe(old: Planes, new: Planes, along: float) -> None:
    """The new picture is uncovered from the left, behind a soft edge."""
    for one, other in zip(old, new, strict=True):
        width = one.shape[1]
        soft = SOFT_EDGE * width
        edge = -soft + along * (width + 2 * soft)
        row = np.clip((edge - np.arange(width, dtype=np.float32)) / soft + 0.5, 0, 1)
        _masked(one, other, np.broadcast_to(row, one.shape))


def _circle(old: Planes, new: Planes, along: float) -> None:
    """The new picture opens from the middle."""
    for one, other in zip(old, new, strict=True):
        height, width = one.shape
        soft = SOFT_EDGE * max(width, height)
        reach = -soft + along * (math.hypot(width, height) / 2 + 2 * soft)
        x = np.arange(width, dtype=np.float32) - (width - 1) / 2
        y = np.arange(height, dtype=np.float32) - (height - 1) / 2
        _masked(one, other, np.clip((reach - np.hypot(x[None], y[:, None])) / soft + 0.5, 0, 1))


def _slide(old: Planes, new: Planes, along: float) -> None:
    """The new picture comes in from the right over the old one, which gives way and darkens."""
    for one, other, black in zip(old, new, BLACK, strict=True):
        shift, aside = _pixels(one, old, along), _pixels(one, old, along * LEFT_BEHIND)
        width = one.shape[1]
        seen = one[:, aside : width - shift + aside].copy()
        shade = 1 - SHADE * along
        cv2.addWeighted(seen, shade, seen, 0.0, black * (1 - shade), dst=seen)
        one[:, : width - shift] = seen
        one[:, width - shift :] = other[:, :shift]


def _push(old: Planes, new: Planes, along: float) -> None:
    """The new picture pushes the old one out to the left."""
    for one, other in zip(old, new, strict=True):
        shift, width = _pixels(one, old, along), one.shape[1]
        one[:, : width - shift] = one[:, shift:].copy()
        one[:, width - shift :] = other[:, :shift]


def _zoom(old: Planes, new: Planes, along: float) -> None:
    """Through the old picture into the new one, which comes up from behind it."""
    seen = smooth((along - 0.2) / 0.6)
    for one, other in zip(old, new, strict=True):
        nearer = _enlarged(one, NEARER**along)
        farther = _enlarged(other, FARTHER ** (1 - along))
        cv2.addWeighted(nearer, 1 - seen, farther, seen, 0.0, dst=one)


_MOVED: dict[TransitionKind, Callable[[Planes, Planes, float], None]] = {
    "wipe": _wipe,
    "circle": _circle,
    "slide": _slide,
    "push": _push,
    "zoom": _zoom,
}


def _masked(one: Plane, other: Plane, coming: NDArray[np.float32]) -> None:
    share = np.ascontiguousarray(coming, np.float32)
    one[:] = cv2.blendLinear(np.ascontiguousarray(one), np.ascontiguousarray(other), 1 - share, share)


def _pixels(plane: Plane, planes: Sequence[Plane], share: float) -> int:
    """That share of the plane's width, even in luma so that the colours come along exactly."""
    pairs = round(share * planes[0].shape[1] / 2)
    return 2 * pairs if plane.shape == planes[0].shape else pairs


def _enlarged(plane: Plane, times: float) -> Plane:
    height, width = plane.shape
    left, top = (width - 1) / 2 * (1 - 1 / times), (height - 1) / 2 * (1 - 1 / times)
    matrix = np.array([[1 / times, 0, left], [0, 1 / times, top]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(plane, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REFLECT_101)
