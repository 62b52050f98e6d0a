"""The frames between two scenes: a small segment of its own, drawn from the shots and never from encoded clips."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import av

from pixora_pipeline.errors import Defect
from pixora_pipeline.media.encoding import FOOTAGE_PRESET, PRESET, add_video, encode_video, mp4
from pixora_pipeline.media.handles import HandlesShot
from pixora_pipeline.media.picture import plane_views
from pixora_pipeline.media.shot import FrameSource, Shot
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.media.transitions import blend, mix, smooth
from pixora_pipeline.model.script import TransitionKind


def make_joint(before: Shot | None, after: Shot | None, kind: TransitionKind, fmt: FilmFormat, to: Path) -> None:
    """Encode the `handle` frames that the end of `before` and the start of `after` share.

    None is the black before the film's first scene or after its last: there the film fades, whatever `kind` says.
    """
    make_joints([before, after], [kind], fmt, [to])


def make_joints(
    shots: Sequence[Shot | None], kinds: Sequence[TransitionKind], fmt: FilmFormat, to: Sequence[Path]
) -> None:
    """Encode the joints between shots that follow each other, each opened once; there is one shot more than joints."""
    leaving = shots[0].open(fmt) if shots[0] else None
    for (before, after), kind, path in zip(pairwise(shots), kinds, to, strict=True):
        if before is None and after is None:
            raise Defect("A joint needs a scene on one side at least.")
        coming = after.open(fmt) if after else None
        with mp4(path) as container:
            frames = (_joined(leaving, coming, kind, fmt, step) for step in range(fmt.handle))
            encode_video(container, add_video(container, fmt, _preset(before, after)), frames)
        leaving = coming


def _preset(*ends: Shot | None) -> str:
    return FOOTAGE_PRESET if all(isinstance(end, HandlesShot) for end in ends if end) else PRESET


def _joined(
    leaving: FrameSource | None, coming: FrameSource | None, kind: TransitionKind, fmt: FilmFormat, step: int
) -> av.VideoFrame:
    old = leaving.frame(leaving.frames - fmt.handle + step) if leaving else None
    new = coming.frame(step) if coming else None
    if old is not None and new is not None:
        blend(kind, plane_views(old), plane_views(new), step, fmt.handle)
        return old
    along = smooth((step + 1) / (fmt.handle + 1))
    frame, seen = (old, 1 - along) if old is not None else (new, along)
    planes = plane_views(frame)
    mix(planes, planes, (seen, 0.0))
    return frame
