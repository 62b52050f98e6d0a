"""The frames between two scenes, kept in the store by what they are drawn from: a reordered film draws few anew."""

from pathlib import Path

from pixora_pipeline.assets.work import Work
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.results import CameraMove
from pixora_pipeline.model.script import TransitionKind
from pixora_pipeline.store.artifacts import Address, describe_files
from pixora_pipeline.store.sidecar import Sidecar

JOINT = "joint.mp4"
VERSION = "1"


def keep_joint(work: Work, before: str | None, after: str | None, kind: TransitionKind, fmt: FilmFormat) -> Path:
    """The joint from one scene to another (None is the black at either end of the film), drawn if it is not stored."""
    from pixora_pipeline.media.joint import make_joint

    inputs = {**_versions(work, "before", before), **_versions(work, "after", after)}
    shape = [fmt.width, fmt.height, fmt.fps, fmt.handle]
    name = hash_value({"version": VERSION, "kind": kind, "format": shape, "inputs": inputs})
    address = Address("joint", work.project.id, name)
    if stored := work.store.find(address):
        return stored.path
    with work.store.writing() as draft:
        work.workers.run(make_joint, _end(work, before), _end(work, after), kind, fmt, draft / JOINT)
        sidecar = Sidecar(
            artifact="joint",
            partition=work.project.id,
            fingerprint=name,
            inputs=inputs,
            files=describe_files(draft, [JOINT]),
        )
        return work.store.commit(draft, address, sidecar).path


def _versions(work: Work, side: str, slot: str | None) -> dict[str, str]:
    if slot is None:
        return {}
    sources = {name: work.input(name, slot).sidecar.data_version for name in ("scene_image", "scene_motion")}
    return {f"{side} {name}": version for name, version in sources.items()} | {
        f"{side} frames": str(_frames(work, slot))
    }


def _frames(work: Work, slot: str) -> int:
    return int(work.input("scene_clip", slot).sidecar.facts["scene_frames"])


def _end(work: Work, slot: str | None):
    from pixora_pipeline.media.joint import SceneEnd

    if slot is None:
        return None
    move = work.value("scene_motion", CameraMove, slot)
    return SceneEnd(work.input("scene_image", slot).path, move, _frames(work, slot))
