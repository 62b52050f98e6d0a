"""The footage library: what is made of each source video, in order. All of it is small values; the video stays put."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import JsonValue

from pixora_pipeline.assets.library_services import keep_vectors, listen, look
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.model.cost import work_key
from pixora_pipeline.model.footage import (
    FootageIndex,
    SceneDescriptions,
    ShotFocuses,
    ShotList,
    SourceFacts,
    Transcript,
    VideoSource,
)
from pixora_pipeline.model.project import BUILT_IN, INSTEAD
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.recipe import AnyValue
from pixora_pipeline.providers.catalogue import engage
from pixora_pipeline.providers.order import Order
from pixora_pipeline.providers.standing_in import Other

_GLANCES = "glances-1"
"""The folder they are kept in; another where they are of another kind, and all are looked for again."""
Maker = Literal["transcription", "vision", "embedding"]


@dataclass(frozen=True)
class LibraryWork:
    """One value to make: of which source, from which values, in which folder.

    `key` names the version to be, for services; `maker` is who of them makes it. What is written beside the value is in
    `files`, what is to be told of how it was made in `told`.
    """

    source: VideoSource
    studio: Studio
    values: Mapping[str, Value]
    folder: Path
    key: str
    maker: str | None = None
    files: list[str] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    told: dict[str, JsonValue] = field(default_factory=dict)

    @property
    def video(self) -> Path:
        """The source's file."""
        return self.studio.videos.path(self.source.video)

    @property
    def glances(self) -> Path:
        """Where it is kept what was seen in that file when it was decoded."""
        return glances_file(self.studio, self.source.video)

    def value(self, name: str, type: type[AnyValue]) -> AnyValue:
        """A value that was made before."""
        found = self.values[name]
        assert isinstance(found, type)
        return found

    def hired(self, capability: Maker) -> Any:
        """Who makes it, at work; None where it is built in."""
        if self.maker is None:
            return None
        received = self.studio.settings.home / "received" / self.key
        self.orders.append(Order(self.studio.paid_calls, self.key, received))
        return engage(capability, self.maker, self.orders[-1])


def glances_file(studio: Studio, video: str) -> Path:
    """Where it is kept what was seen in the file of that content."""
    return studio.settings.footage / _GLANCES / f"{video}.npz"


@dataclass(frozen=True)
class LibraryStep:
    """What is made of a source: from which values, from what of its row, and how. `note` says in a line how it came.

    `capability` is what a service must be able to do to make it.
    """

    name: str
    description: str
    version: str
    value: type[Value]
    make: Callable[[LibraryWork], Value]
    note: Callable[[Value], str]
    row: Callable[[VideoSource], JsonValue]
    inputs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("json",)
    capability: Maker | None = None

    def maker(self, source: VideoSource) -> str | None:
        """The service's model that makes it of that source; None where it is built in."""
        chosen = getattr(source.models, self.capability) if self.capability else BUILT_IN
        return None if chosen == BUILT_IN else chosen

    def others(self, source: VideoSource) -> tuple[Other, ...]:
        """Who stands in for that model."""
        named = getattr(source.models, f"{self.capability}{INSTEAD}", None)
        return (Other(named),) if named else ()

    def key(self, source: VideoSource, fingerprint: str) -> str:
        """The name of a version, as the journal of paid calls has it."""
        return work_key(source.id, self.name, fingerprint)


def probe(work: LibraryWork) -> SourceFacts:
    """Find out what the video is; in a worker, so that a file that kills its reader kills nothing else."""
    from pixora_pipeline.footage.probing import probe_source

    return work.studio.workers.run(probe_source, work.video, work.source.name)


def cut_into_shots(work: LibraryWork) -> ShotList:
    """Look through the video, and find the cuts."""
    from pixora_pipeline.footage.looking import find_shots

    facts = work.value("source_video", SourceFacts)
    return work.studio.workers.run(find_shots, work.video, facts, work.glances, work.source.name)


def find_focus(work: LibraryWork) -> ShotFocuses:
    """Find where the action is in each shot."""
    from pixora_pipeline.footage.looking import find_focuses

    facts, shots = work.value("source_video", SourceFacts), work.value("shots", ShotList).shots
    return work.studio.workers.run(find_focuses, work.video, facts, shots, work.glances)


def transcribe(work: LibraryWork) -> Transcript:
    """Read what is said; where nobody wrote it down, have somebody listen."""
    from pixora_pipeline.footage.transcripts import read_transcript

    sidecar = work.studio.videos.path(work.source.sidecar) if work.source.sidecar else None
    facts = work.value("source_video", SourceFacts)
    read = work.studio.workers.run(read_transcript, work.video, sidecar, facts)
    if read.lines or not facts.has_sound or not (listener := work.hired("transcription")):
        return read
    return listen(work.studio, work.source, work.video, facts, listener, read)


def describe(work: LibraryWork) -> SceneDescriptions:
    """Measure what is seen, and have somebody look who can say it."""
    from pixora_pipeline.footage.looking import describe_scenes

    shots, transcript = work.value("shots", ShotList).shots, work.value("transcript", Transcript)
    facts = work.value("source_video", SourceFacts)
    measured = work.studio.workers.run(describe_scenes, work.video, facts, shots, transcript, work.glances)
    if not (viewer := work.hired("vision")):
        return measured
    seen, refused = look(work.studio, work.source, work.video, measured, viewer)
    work.told.update({"refused": refused} if refused else {})
    return seen


def list_moments(work: LibraryWork) -> FootageIndex:
    """List the points; they are put into the index when this is recorded."""
    from pixora_pipeline.footage.embedding import EMBEDDING
    from pixora_pipeline.footage.moments import moments_of

    transcript, scenes = work.value("transcript", Transcript), work.value("scene_descriptions", SceneDescriptions)
    moments = moments_of(work.source, transcript, scenes)
    if embedder := work.hired("embedding"):
        work.files.append(keep_vectors(moments, work.maker or "", embedder, work.folder))
    return FootageIndex(embedding=work.maker or EMBEDDING, moments=moments)


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
        version="2",
        value=ShotList,
        make=cut_into_shots,
        note=lambda value: f"{len(value.shots)} shots" + (f", damaged: {value.damage}" if value.damaged else ""),
        row=lambda source: source.video,
        inputs=("source_video",),
    ),
    LibraryStep(
        name="shot_focus",
        description="Where the action is in each shot: what a crop of another shape keeps in view.",
        version="1",
        value=ShotFocuses,
        make=find_focus,
        note=lambda value: f"{len(value.found)} stretches with their action beside the middle",
        row=lambda source: source.video,
        inputs=("shots",),
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
        capability="transcription",
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
        capability="vision",
    ),
    LibraryStep(
        name="footage_index",
        description="The moments of the video by which it is found, in Qdrant.",
        version="3",
        value=FootageIndex,
        make=list_moments,
        note=lambda value: f"{len(value.moments)} moments, {value.embedding}",
        row=lambda source: [source.id, source.name, list(source.tags), source.collection],
        inputs=("transcript", "scene_descriptions"),
        kinds=("json", "qdrant"),
        capability="embedding",
    ),
)
