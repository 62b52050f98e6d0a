"""What services do for the library: listening to a source, looking at its scenes, placing its moments by meaning."""

import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.footage import (
    FootageModels,
    Line,
    Moment,
    SceneDescription,
    SceneDescriptions,
    SourceFacts,
    Transcript,
    VideoSource,
)
from pixora_pipeline.model.project import BUILT_IN, INSTEAD
from pixora_pipeline.providers.catalogue import Capability, usable
from pixora_pipeline.providers.faults import Refused
from pixora_pipeline.providers.protocols import TextModel, Transcriber

CHOSEN = tuple(name for name in FootageModels.model_fields if not name.endswith(INSTEAD))
VECTORS = "vectors.npy"
_AT_ONCE = 4


def footage_models(wishes: Mapping[str, str], before: FootageModels | None = None) -> FootageModels:
    """The makers named by capability, the others as before. Raises `UserError`."""
    chosen = (before or FootageModels()).model_dump()
    for capability, name in wishes.items():
        if capability not in CHOSEN or not name:
            raise UserError(
                f"--model is {f'{capability}={name}'!r}; say what and who, such as vision=openai/gpt-6-luna. "
                f"What is one of {', '.join(CHOSEN)}."
            )
        first, comma, other = name.partition(",")
        instead = f"{capability}{INSTEAD}"
        if comma and (instead not in chosen or not other or "," in other):
            raise UserError(f"--model is {f'{capability}={name}'!r}; only what listens or looks has one stand-in.")
        chosen[capability] = _id_of(capability, first)
        if instead in chosen:
            chosen[instead] = _id_of(capability, other) if comma else None
    return FootageModels(**chosen)


def named_in(makers: Mapping[str, str]) -> set[str]:
    """The fields of `FootageModels` that these wishes say something about."""
    return {*makers, *(f"{name}{INSTEAD}" for name in makers)} & FootageModels.model_fields.keys()


def _id_of(capability: Capability, name: str) -> str:
    return BUILT_IN if name == BUILT_IN else usable(capability, name).id


def listen(
    studio: Studio, source: VideoSource, video: Path, facts: SourceFacts, listener: Transcriber, silent: Transcript
) -> Transcript:
    """What is heard in a source, part by part; `silent` where nobody speaks."""
    from pixora_pipeline.footage.listening import lines_of

    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder:
        for sound, start in _sounds(studio, source, video, facts, Path(folder)):
            heard = listener.transcribe(sound)
            lines += lines_of(heard.text, heard.words, start)
    kept = tuple(line for line in lines if line.text and line.start < min(line.end, facts.seconds))
    if not kept:
        return silent.model_copy(update={"note": "Nobody speaks in it: it is found by its pictures and its name."})
    return Transcript(origin="transcription", lines=kept)


def _sounds(
    studio: Studio, source: VideoSource, video: Path, facts: SourceFacts, folder: Path
) -> Iterator[tuple[Path, float]]:
    from pixora_pipeline.footage.listening import write_sound

    start, number = 0.0, 0
    while start < facts.seconds - 0.1:
        to = folder / f"part-{number}.wav"
        part = studio.workers.run(write_sound, video, source.name, start, facts.seconds, to)
        if part.heard:
            yield to, start
        to.unlink()
        start, number = part.end, number + 1


def look(
    studio: Studio, source: VideoSource, video: Path, measured: SceneDescriptions, viewer: TextModel
) -> tuple[SceneDescriptions, list[str]]:
    """Every scene as the model sees it; one that it refuses stays as measured, and its number and reason are told."""
    refused: list[str] = []

    def see(numbered: tuple[int, SceneDescription]) -> SceneDescription:
        from pixora_pipeline.footage.seeing import describe_scene, write_pictures

        number, scene = numbered
        with tempfile.TemporaryDirectory() as folder:
            span = (scene.start, scene.end)
            pictures = studio.workers.run(write_pictures, video, source.name, *span, Path(folder))
            try:
                return describe_scene(viewer, scene, pictures, f"scene {number}") if pictures else scene
            except Refused as refusal:
                refused.append(f"scene {number}: {refusal.detail}")
                return scene

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="look") as threads:
        scenes = tuple(threads.map(see, enumerate(measured.scenes, 1)))
    return SceneDescriptions(scenes=scenes), sorted(refused)


def keep_vectors(moments: tuple[Moment, ...], model: str, embedder, folder: Path) -> str:
    """Write the moments' vectors beside the value; the file's name."""
    import numpy as np

    from pixora_pipeline.footage.meanings import HostedMeaning
    from pixora_pipeline.providers.catalogue import offer

    np.save(folder / VECTORS, HostedMeaning(offer("embedding", model), embedder).of_moments(moments))
    return VECTORS
