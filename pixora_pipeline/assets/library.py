"""The footage library: what is made of each source video, in order. All of it is small values; the video stays put."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.model.footage import (
    FootageIndex,
    SceneDescriptions,
    ShotList,
    SourceFacts,
    Transcript,
    VideoSource,
)
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.recipe import AnyValue


@dataclass(frozen=True)
class LibraryWork:
    """One value to make: of which source, from which values."""

    source: VideoSource
    studio: Studio
    values: Mapping[str, Value]

    @property
    def video(self) -> Path:
        """The source's file."""
        return self.studio.videos.path(self.source.video)

    def value(self, name: str, type: type[AnyValue]) -> AnyValue:
        """A value that was made before."""
        found = self.values[name]
        assert isinstance(found, type)
        return found


@dataclass(frozen=True)
class LibraryStep:
    """What is made of a source: from which values, from what of its row, and how. `note` says in a line how it came."""

    name: str
    description: str
    version: str
    value: type[Value]
    make: Callable[[LibraryWork], Value]
    note: Callable[[Value], str]
    row: Callable[[VideoSource], JsonValue]
    inputs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("json",)


def probe(work: LibraryWork) -> SourceFacts:
    """Find out what the video is; in a worker, so that a file that kills its reader kills nothing else."""
    from pixora_pipeline.footage.probing import probe_source

    return work.studio.workers.run(probe_source, work.video, work.source.name)


def cut_into_shots(work: LibraryWork) -> ShotList:
    """Find the cuts."""
    from pixora_pipeline.footage.shots import find_shots

    return work.studio.workers.run(find_shots, work.video, work.value("source_video", SourceFacts))


def transcribe(work: LibraryWork) -> Transcript:
    """Read what is said."""
    from pixora_pipeline.footage.transcripts import read_transcript

    sidecar = work.studio.videos.path(work.source.sidecar) if work.source.sidecar else None
    return work.studio.workers.run(read_transcript, work.video, sidecar, work.value("source_video", SourceFacts))


def describe(work: LibraryWork) -> SceneDescriptions:
    """Measure what is seen."""
    from pixora_pipeline.footage.scenes import describe_scenes

    shots, transcript = work.value("shots", ShotList).shots, work.value("transcript", Transcript)
    return work.studio.workers.run(describe_scenes, work.video, shots, transcript)


def list_moments(work: LibraryWork) -> FootageIndex:
    """List the points; they are put into the index when this is recorded."""
    from pixora_pipeline.footage.embedding import EMBEDDING
    from pixora_pipeline.footage.moments import moments_of

    transcript, scenes = work.value("transcript", Transcript), work.value("scene_descriptions", SceneDescriptions)
    return FootageIndex(embedding=EMBEDDING, moments=moments_of(work.source, transcript, scenes))


STEPS: tuple[LibraryStep, ...] = (
    LibraryStep(
        name="source_video",
        description="A video of the footage library: what it is, stored once.",
        version="1",
        value=SourceFacts,
        make=probe,
        note=lambda facts: f"{facts.seconds:.1f} s, {facts.width} x {facts.height}, {facts.codec}",
        row=lambda source: source.video,
        kinds=("video",),
    ),
    LibraryStep(
        name="shots",
        description="Where the video is cut.",
        version="1",
        value=ShotList,
        make=cut_into_shots,
        note=lambda value: f"{len(value.shots)} shots",
        row=lambda source: source.video,
        inputs=("source_video",),
    ),
    LibraryStep(
        name="transcript",
        description="What is said in the video, with times.",
        version="1",
        value=Transcript,
        make=transcribe,
        note=lambda value: value.note or f"{len(value.lines)} lines from its {value.origin}",
        row=lambda source: [source.video, source.sidecar],
        inputs=("source_video",),
    ),
    LibraryStep(
        name="scene_descriptions",
        description="What each scene of the video shows.",
        version="1",
        value=SceneDescriptions,
        make=describe,
        note=lambda value: f"{len(value.scenes)} scenes",
        row=lambda source: source.video,
        inputs=("shots", "transcript"),
    ),
    LibraryStep(
        name="footage_index",
        description="The moments of the video by which it is found, in Qdrant.",
        version="1",
        value=FootageIndex,
        make=list_moments,
        note=lambda value: f"{len(value.moments)} moments, {value.embedding}",
        row=lambda source: [source.id, source.name, list(source.tags), source.collection],
        inputs=("transcript", "scene_descriptions"),
        kinds=("json", "qdrant"),
    ),
)
