"""What a scene shows, by a vision model that is given a few of its pictures."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from pydantic import Field

from pixora_pipeline.footage.container import opened
from pixora_pipeline.footage.upright import picture_at, upright
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
        for number, time in enumerate(times):
            if frame := picture_at(container, time):
                written.append(folder / f"{number}.jpg")
                upright(frame, LONGER_SIDE, LONGER_SIDE).save(written[-1], "JPEG", quality=80)
    return written


def describe_scene(model: TextModel, scene: SceneDescription, pictures: Sequence[Path], part: str) -> SceneDescription:
    """The scene with what the model sees instead of our measures' words. Raises a `Fault`."""
    instructions = files(__package__).joinpath("seeing.md").read_text("utf-8")
    said = f"Said meanwhile: {scene.words[:_LONGEST_WORDS]}" if scene.words else "Nothing is said."
    seen = model.answer(instructions, said, SeenScene, part, pictures=pictures)
    return scene.model_copy(update={"look": " ".join(seen.description.split())})
