"""What a scene shows, by a vision model that is given a few of its pictures."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import av
from pydantic import Field

from pixora_pipeline.footage.container import opened
from pixora_pipeline.model.footage import SceneDescription
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.protocols import TextModel

LONGER_SIDE = 512
_MOMENTS = (0.15, 0.5, 0.85)
_LONGEST_WORDS = 600


class SeenScene(Value):
    """What a model sees."""

    description: str = Field(min_length=3, max_length=600)


def write_pictures(video: Path, name: str, start: float, end: float, folder: Path) -> list[Path]:
    """Write a few pictures of a scene as JPEGs; those that can't be decoded are left out."""
    times = [start + (end - start) * share for share in _MOMENTS]
    written: list[Path] = []
    with opened(video, name) as container:
        stream = container.streams.video[0]
        began = float(stream.start_time * stream.time_base) if stream.start_time and stream.time_base else 0.0
        for number, time in enumerate(times):
            container.seek(int((time + began) * av.time_base))
            frames = (f for f in container.decode(stream) if f.time is not None and f.time - began >= time - 0.05)
            if frame := next(frames, None):
                written.append(folder / f"{number}.jpg")
                _small(frame).save(written[-1], "JPEG", quality=80)
    return written


def describe_scene(model: TextModel, scene: SceneDescription, pictures: Sequence[Path], part: str) -> SceneDescription:
    """The scene with what the model sees instead of our measures' words. Raises a `Fault`."""
    instructions = files(__package__).joinpath("seeing.md").read_text("utf-8")
    said = f"Said meanwhile: {scene.words[:_LONGEST_WORDS]}" if scene.words else "Nothing is said."
    seen = model.answer(instructions, said, SeenScene, part, pictures=pictures)
    return scene.model_copy(update={"look": " ".join(seen.description.split())})


def _small(frame: av.VideoFrame):
    scale = min(1.0, LONGER_SIDE / max(frame.width, frame.height))
    width, height = (max(2, round(side * scale / 2) * 2) for side in (frame.width, frame.height))
    picture = frame.reformat(width=width, height=height, format="rgb24").to_image()
    # As people would see it: phones film on their side and say so.
    return picture.rotate(frame.rotation, expand=True) if getattr(frame, "rotation", 0) else picture
