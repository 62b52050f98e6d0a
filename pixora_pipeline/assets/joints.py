"""The frames between two scenes, kept by what they are drawn from: a reordered film draws few anew."""

from pathlib import Path

from pydantic import JsonValue

from pixora_pipeline.assets.animation import camera_of
from pixora_pipeline.assets.parts import keep_part
from pixora_pipeline.assets.work import Work
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.script import TransitionKind

VERSION = "1"


def keep_joint(work: Work, before: str | None, after: str | None, kind: TransitionKind, fmt: FilmFormat) -> Path:
    """The joint from one scene to another; None is the black at either end of the film."""
    from pixora_pipeline.media.joint import make_joint

    shape = [fmt.width, fmt.height, fmt.fps, fmt.handle]
    made_from = [VERSION, kind, shape, _drawn_from(work, before), _drawn_from(work, after)]

    def make(to: Path) -> None:
        work.workers.run(make_joint, _end(work, before), _end(work, after), kind, fmt, to)

    return keep_part(work, "joint", made_from, "joint.mp4", make)


def _drawn_from(work: Work, slot: str | None) -> JsonValue:
    if slot is None:
        return None
    sources = [work.input(name, slot).sidecar.data_version for name in ("scene_image", "scene_motion")]
    return [*sources, _frames(work, slot)]


def _frames(work: Work, slot: str) -> int:
    return int(work.input("scene_clip", slot).sidecar.facts["scene_frames"])


def _end(work: Work, slot: str | None):
    from pixora_pipeline.media.joint import SceneEnd

    if slot is None:
        return None
    move = camera_of(work, slot)
    return SceneEnd(work.input("scene_image", slot).path, move, _frames(work, slot))
