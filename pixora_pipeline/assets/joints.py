"""The frames between two scenes, kept by what they are drawn from: a reordered film draws few anew."""

from pathlib import Path
from typing import Any

from pydantic import JsonValue

from pixora_pipeline.assets.parts import keep_part
from pixora_pipeline.assets.shots import shot_version, shot_with_handles
from pixora_pipeline.assets.work import Work
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.script import TransitionKind

VERSION = "2"

End = tuple[str, int] | None
"""A scene at a joint, by its slot and its frames; None is the black at either end of the film."""


def keep_joint(work: Work, before: End, after: End, kind: TransitionKind, fmt: FilmFormat) -> Path:
    """The joint from one scene to another."""
    from pixora_pipeline.media.joint import make_joint

    shape = [fmt.width, fmt.height, fmt.fps, fmt.handle]
    made_from = [VERSION, kind, shape, _version(work, before), _version(work, after)]

    def make(to: Path) -> None:
        work.workers.run(make_joint, _shot(work, before), _shot(work, after), kind, fmt, to)

    return keep_part(work, "joint", made_from, "joint.mp4", make).path


def _version(work: Work, end: End) -> JsonValue:
    return shot_version(work, *end) if end else None


def _shot(work: Work, end: End) -> Any:
    return shot_with_handles(work, *end) if end else None
