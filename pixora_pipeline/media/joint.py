"""The frames between two scenes: a small segment of its own, drawn from the shots and never from encoded clips."""

import math
from pathlib import Path

import av
import cv2

from pixora_pipeline.errors import Defect
from pixora_pipeline.media.encoding import add_video, encode_video, mp4
from pixora_pipeline.media.picture import Plane, plane_views
from pixora_pipeline.media.shot import FrameSource, Shot
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.script import TransitionKind

BLACK = (16, 128, 128)


def make_joint(before: Shot | None, after: Shot | None, kind: TransitionKind, fmt: FilmFormat, to: Path) -> None:
    """Encode the `handle` frames that the end of `before` and the start of `after` share.

    None is the black before the film's first scene or after its last: there the film fades, whatever `kind` says.
    """
    if before is None and after is None:
        raise Defect("A joint needs a scene on one side at least.")
    leaving = before.open(fmt) if before else None
    coming = after.open(fmt) if after else None
    with mp4(to) as container:
        stream = add_video(container, fmt)
        encode_video(container, stream, (_joined(leaving, coming, kind, fmt, step) for step in range(fmt.handle)))


def weights(kind: TransitionKind, step: int, steps: int) -> tuple[float, float]:
    """How much of the leaving and of the coming scene is seen at `step` of `steps`; what is missing to 1 is black."""
    if kind == "cut":
        return (1.0, 0.0) if step < steps // 2 else (0.0, 1.0)
    along = (step + 1) / (steps + 1)
    if kind == "crossfade":
        return 1 - along, along
    return _smooth(1 - 2 * along), _smooth(2 * along - 1)


def _smooth(share: float) -> float:
    return math.sin(math.pi / 2 * min(max(share, 0.0), 1.0)) ** 2


def _joined(
    leaving: FrameSource | None, coming: FrameSource | None, kind: TransitionKind, fmt: FilmFormat, step: int
) -> av.VideoFrame:
    old = leaving.frame(leaving.frames - fmt.handle + step) if leaving else None
    new = coming.frame(step) if coming else None
    if old is not None and new is not None:
        return _mixed(old, new, weights(kind, step, fmt.handle))
    along = _smooth((step + 1) / (fmt.handle + 1))
    return _mixed(old, old, (1 - along, 0.0)) if old is not None else _mixed(new, new, (along, 0.0))


def _mixed(old: av.VideoFrame, new: av.VideoFrame, share: tuple[float, float]) -> av.VideoFrame:
    """Old and new in those shares over black, written into the memory of `old`."""
    for one, other, black in zip(plane_views(old), plane_views(new), BLACK, strict=True):
        _mix(one, other, share, black)
    return old


def _mix(one: Plane, other: Plane, share: tuple[float, float], black: int) -> None:
    cv2.addWeighted(one, share[0], other, share[1], black * (1 - sum(share)), dst=one)
