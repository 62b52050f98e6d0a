"""Which sources one run brings up to date: neighbours among the partitions, few enough to be done in minutes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from dagster import DagsterInstance

from pixora_pipeline.assets.next_run import RANGE_END, RANGE_START
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import NotFound
from pixora_pipeline.model.enumeration import first_of
from pixora_pipeline.partitions import sources

Item = TypeVar("Item")

MOST_SOURCES = 16
VIDEOS = "pixora/videos"
"""The tag of a run that says what the videos are called whose ids are its partitions."""

_NAMED = 3
MOST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True)
class Batch:
    """Sources of one run. `partition` is None where `tags` name a range of them."""

    ids: tuple[str, ...]
    partition: str | None
    tags: dict[str, str]


def batches(studio: Studio, instance: DagsterInstance, ids: Sequence[str]) -> Iterator[Batch]:
    """These sources in as few runs as is sensible. Their partitions are added where they are missing."""
    instance.add_dynamic_partitions(sources.name, list(ids))
    place = {id: at for at, id in enumerate(instance.get_dynamic_partitions(sources.name))}
    ordered = sorted(ids, key=place.__getitem__)
    for chosen in _filled(ordered, place.__getitem__, lambda id: _size(studio, id)):
        yield _batch(chosen, _called(studio, chosen))


def file_batches(files: Sequence[Path]) -> Iterator[list[Path]]:
    """Files on their way into the library, in the same portions: told as they come in, and not one by one."""
    place = {file: at for at, file in enumerate(files)}
    yield from _filled(files, place.__getitem__, lambda file: file.stat().st_size)


def _filled(items: Iterable[Item], place: Callable[[Item], int], size: Callable[[Item], int]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    filled = 0
    for item in items:
        more = size(item)
        if batch and (place(item) - place(batch[0]) >= MOST_SOURCES or filled + more > MOST_BYTES):
            yield batch
            batch, filled = [], 0
        batch.append(item)
        filled += more
    if batch:
        yield batch


def _batch(ids: Sequence[str], called: str) -> Batch:
    told = {VIDEOS: called} if called else {}
    if len(ids) == 1:
        return Batch(tuple(ids), ids[0], told)
    return Batch(tuple(ids), None, {RANGE_START: ids[0], RANGE_END: ids[-1], **told})


def _called(studio: Studio, ids: Sequence[str]) -> str:
    names = []
    for id in ids:
        with suppress(NotFound):
            names.append(studio.sources.get(id).name)
    return first_of(names, _NAMED)


def _size(studio: Studio, id: str) -> int:
    # By what is here: a file that has to be fetched from elsewhere first is not fetched for its size.
    try:
        return (studio.videos.root / studio.sources.get(id).video).stat().st_size
    except (NotFound, FileNotFoundError):
        return 0
