"""Files that come into the library, and sources that leave it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dagster import DagsterInstance

from pixora_pipeline.assets.library import glances_file
from pixora_pipeline.assets.library_services import footage_models, named_in
from pixora_pipeline.assets.recorded import read_partition
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.model.compilation import ClipPlan
from pixora_pipeline.model.footage import VideoSource
from pixora_pipeline.partitions import new_source_id, sources
from pixora_pipeline.store.artifacts import Address

VIDEO_FILES = frozenset({".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".ts", ".mts", ".m2ts"})
_LONGEST_TAG = 40
_MOST_TAGS = 32


@dataclass(frozen=True)
class Refused:
    """A file that was not taken in, and the sentence that says why."""

    path: Path
    reason: str


def videos_in(path: Path) -> Iterator[Path]:
    """The video files that a path stands for: itself, or everything below it that looks like one."""
    if path.is_dir():
        yield from sorted(each for each in path.rglob("*") if _looks_like_video(each))
    elif path.exists():
        yield path
    else:
        raise NotFound(f"There is no file or folder {str(path)!r}.")


def add_video(
    studio: Studio,
    instance: DagsterInstance,
    path: Path,
    tags: tuple[str, ...] | None,
    collection: str | None,
    makers: Mapping[str, str] | None = None,
) -> VideoSource:
    """Take a video in, with the subtitle file beside it. Raises `UserError` for what is none.

    `makers` are services' models by what they do. For a new video the settings name those that are not given here, for
    one that is known they stay as they are.
    """
    from pixora_pipeline.footage.probing import probe_source
    from pixora_pipeline.footage.transcripts import sidecar_of

    usual, chosen = footage_models(studio.settings.footage_models), footage_models(makers or {})
    # A file may be called anything, line breaks included: what is told of it is one sentence.
    studio.workers.run(probe_source, path, " ".join(path.name.split()))
    beside = sidecar_of(path)
    source = studio.sources.register(
        new_source_id,
        name=_plain_name(path),
        path=str(path.resolve()),
        video=studio.videos.take_in(path),
        sidecar=studio.videos.take_in(beside) if beside else None,
        tags=tags,
        collection=collection,
        models=usual,
    )
    if makers:
        named = chosen.model_dump(include=named_in(makers))
        source = studio.sources.retag(source.id, models=source.models.model_copy(update=named))
    instance.add_dynamic_partitions(sources.name, [source.id])
    return source


def remove_sources(studio: Studio, instance: DagsterInstance, ids: Sequence[str]) -> list[VideoSource]:
    """Take sources out: their points, rows, partitions, files. What was made of them before stays recorded."""
    from pixora_pipeline.footage.library import open_index

    gone = [studio.sources.get(id) for id in ids]
    with open_index(studio.settings) as index:
        for source in gone:
            index.remove(source.id)
    for source in gone:
        _leave_out(studio, instance, source.id)
        studio.sources.remove(source.id)
        if instance.has_dynamic_partition(sources.name, source.id):
            instance.delete_dynamic_partition(sources.name, source.id)
    kept = {content for each in studio.sources.all() for content in (each.video, each.sidecar)}
    for content in {each for source in gone for each in (source.video, source.sidecar)} - kept - {None}:
        studio.videos.drop(str(content))
        glances_file(studio, str(content)).unlink(missing_ok=True)
    return gone


def _leave_out(studio: Studio, instance: DagsterInstance, id: str) -> None:
    """Tell every compilation that shows a source to do without it: its plan says so, and its next film is without."""
    for project in studio.projects.newest():
        record = read_partition(instance, "clip_plan", project.id) if project.kind == "compilation" else None
        stored = record and studio.store.peek_value(Address("clip_plan", project.id, record.fingerprint))
        if stored and id in ClipPlan.model_validate_json(stored.path.read_bytes()).sources:
            wish = project.preferences.footage
            without = wish.model_copy(update={"without": (*wish.without, id)})
            studio.projects.change(project, preferences=project.preferences.model_copy(update={"footage": without}))


def check_tags(text: str) -> tuple[str, ...]:
    """Tags from a list with commas: small letters, each once. Raises `UserError`."""
    tags = tuple(dict.fromkeys(" ".join(tag.lower().split()) for tag in text.split(",") if tag.strip()))
    if too_long := [tag for tag in tags if len(tag) > _LONGEST_TAG or not tag.isprintable()]:
        raise UserError(f"The tag {too_long[0][:60]!r} is no word of at most {_LONGEST_TAG} letters.")
    if len(tags) > _MOST_TAGS:
        raise UserError(f"{len(tags)} tags are too many; {_MOST_TAGS} at most.")
    return tags


def check_collection(name: str) -> str:
    """A collection's name. Raises `UserError`."""
    from pixora_pipeline.footage.index import SCENES, TRANSCRIPTS

    if not (name.isascii() and name.replace("_", "").replace("-", "").isalnum() and len(name) <= _LONGEST_TAG):
        raise UserError(f"{name!r} is no name of a collection: letters, digits, - and _, such as fitness.")
    if name in (SCENES, TRANSCRIPTS):
        raise UserError(f"The collection {name} is filled by itself. Choose another name.")
    return name


def _looks_like_video(path: Path) -> bool:
    return path.suffix.lower() in VIDEO_FILES and not path.name.startswith(".") and path.is_file()


def _plain_name(path: Path) -> str:
    """The file's name as words: what people call a video says what is in it."""
    letters = "".join(letter if letter.isprintable() else " " for letter in path.stem)
    return " ".join(letters.replace("_", " ").replace("-", " ").split())[:120] or "video"
