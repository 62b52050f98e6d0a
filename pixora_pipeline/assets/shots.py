"""The shot of a scene: the one place that knows which artifacts picture a scene that is drawn, animated or filmed.

A new way to picture scenes adds itself here: the artifacts that its shots are made of, and how.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import JsonValue

from pixora_pipeline.assets.moving import VIDEO
from pixora_pipeline.assets.work import Work
from pixora_pipeline.model.briefs import ClipBrief, Timeline
from pixora_pipeline.model.compilation import CutFootage
from pixora_pipeline.model.results import Animation, CameraMove, Picture, Speech
from pixora_pipeline.model.script import Pictured

HANDLES = "handles.mp4"
"""The file of a clip that holds the frames on either side of it."""


@dataclass(frozen=True)
class Picturing:
    """The artifacts that a scene's shot is made of, and how: from the work, the slot and the scene's frames."""

    artifacts: tuple[str, ...]
    shoot: Callable[[Work, str, int], Any]


def shoot_drawn(work: Work, slot: str, frames: int) -> Any:
    """The scene's still under its camera, or the video that a service made of the still, repeated where it is short."""
    from pixora_pipeline.media.reel import Cut, Reel
    from pixora_pipeline.media.shot import StillShot

    motion = work.input("scene_motion", slot)
    if motion.path.suffix == VIDEO:
        return Reel((Cut(motion.path, 0.0, float(motion.sidecar.facts["seconds"])),), frames)
    image, near = work.input("scene_image", slot), work.facts("scene_image", Picture, slot).near
    return StillShot(image.path, work.value("scene_motion", CameraMove, slot), frames, near)


def shoot_animated(work: Work, slot: str, frames: int) -> Any:
    """The recorded animation, its steps begun on the words that they go with."""
    from pixora_pipeline.media.animation import AnimationShot

    recorded, speech = work.facts("manim_render", Animation, slot), work.facts("voice_over", Speech, slot)
    return AnimationShot(work.input("manim_render", slot).path, recorded, speech.words, frames)


def shoot_filmed(work: Work, slot: str, frames: int) -> Any:
    """The scene's clips, one after the other, and again from the first where they are shorter than the scene."""
    from pixora_pipeline.media.reel import Cut, Reel

    footage = work.input("scene_footage", slot)
    cuts = [CutFootage.model_validate(cut) for cut in footage.sidecar.facts["cuts"]]
    return Reel(
        tuple(Cut(footage.folder / cut.file, cut.start, cut.end, cut.focus) for cut in cuts),
        frames,
        footage.sidecar.facts["fit"],
    )


PICTURINGS: dict[Pictured, Picturing] = {
    "drawn": Picturing(("scene_image", "scene_motion"), shoot_drawn),
    "animated": Picturing(("manim_render", "voice_over"), shoot_animated),
    "filmed": Picturing(("scene_footage",), shoot_filmed),
}

INPUTS = tuple(dict.fromkeys(name for picturing in PICTURINGS.values() for name in picturing.artifacts))
"""What an artifact that shows scenes reads; of each scene, those that it has."""


def clip_shot(work: Work, frames: int) -> Any:
    """The shot of the work's own scene, of that many frames."""
    return PICTURINGS[work.value("scene_brief/clip", ClipBrief).pictured].shoot(work, str(work.slot), frames)


def scene_shot(work: Work, slot: str, frames: int) -> Any:
    """The shot of a scene of the film, of that many frames."""
    return _picturing(work, slot).shoot(work, slot, frames)


def shot_with_handles(work: Work, slot: str, frames: int) -> Any:
    """The same for who needs no more of it than its handles: those that its clip has put by, where it has."""
    from pixora_pipeline.media.handles import HandlesShot

    clip = work.inputs.get(("scene_clip", slot))
    if clip and any(file.name == HANDLES for file in clip.sidecar.files):
        return HandlesShot(clip.folder / HANDLES, frames)
    return scene_shot(work, slot, frames)


def shot_version(work: Work, slot: str, frames: int) -> JsonValue:
    """What names that shot's content."""
    made_of = [work.input(name, slot).sidecar.data_version for name in _picturing(work, slot).artifacts]
    return [*made_of, frames]


def scene_length(work: Work, slot: str) -> int:
    """A scene's frames, handles included."""
    return int(work.input("scene_clip", slot).sidecar.facts["scene_frames"])


def _picturing(work: Work, slot: str) -> Picturing:
    timeline = work.value("script_breakdown/timeline", Timeline)
    return PICTURINGS[next(scene.pictured for scene in timeline.scenes if scene.slot == slot)]
