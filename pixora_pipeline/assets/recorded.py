"""The records of a project, read from Dagster's event log: the one place that knows our tags on its events."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from dagster import AssetKey, DagsterInstance

from pixora_pipeline.assets.latest_events import latest_events, tags_of
from pixora_pipeline.partitions import SLOTS, scene_key
from pixora_pipeline.planning.recipe import Graph
from pixora_pipeline.planning.records import Place, Record, Records
from pixora_pipeline.store.artifacts import Address

DATA_VERSION = "dagster/data_version"
FINGERPRINT = "pixora/fingerprint"
PUBLISHED: Place = ("published_video", None)
CODE_VERSION = "dagster/code_version"

# An event never changes, and its previews make it long to read: what was read once is kept while its log is open.
_known: WeakKeyDictionary[DagsterInstance, dict[int, Record]] = WeakKeyDictionary()


def asset_key(artifact: str) -> AssetKey:
    """The asset of an artifact: `scene_brief/picture` is shown below `scene_brief`."""
    return AssetKey(artifact.split("/"))


def partition_key(project: str, place: Place) -> str:
    """The partition of a place."""
    return scene_key(project, place[1]) if place[1] else project


def address_of(project: str, place: Place, fingerprint: str) -> Address:
    """Where the store keeps a version of a place."""
    return Address(place[0], partition_key(project, place), fingerprint)


def read_records(instance: DagsterInstance, graph: Graph, project: str) -> Records:
    """The latest version of everything the project ever had."""
    places: dict[int, Place] = {}
    for scope, slots in (("project", (None,)), ("scene", SLOTS)):
        artifacts = [recipe.name for recipe in graph.values() if recipe.scope == scope]
        places |= _latest(instance, project, artifacts, slots)
    return Records(_read(instance, places))


def with_numbers(instance: DagsterInstance, project: str, records: Records, reported: Iterable[Place]) -> Records:
    """These records with the numbers of the events by which these places were just reported."""
    fresh = {place: each for place in reported if (each := records.get(place)) and not each.storage_id}
    if not fresh:
        return records
    names, slots = dict.fromkeys(name for name, _ in fresh), dict.fromkeys(slot for _, slot in fresh)
    numbers = _latest(instance, project, list(names), slots)
    return Records(
        records.by_place
        | {place: replace(fresh[place], storage_id=number) for number, place in numbers.items() if place in fresh}
    )


def read_partition(instance: DagsterInstance, artifact: str, partition: str) -> Record | None:
    """The latest record of one partition of any asset."""
    found = latest_events(instance, [asset_key(artifact)], [partition])
    return next(iter(_read(instance, dict.fromkeys(found.values(), (artifact, None))).values()), None)


def _latest(
    instance: DagsterInstance, project: str, artifacts: Sequence[str], slots: Iterable[str | None]
) -> dict[int, Place]:
    """The numbers of the latest events of these artifacts, of the scenes named or of the whole project for None."""
    assets = {asset_key(name): name for name in artifacts}
    partitions = {partition_key(project, ("", slot)): slot for slot in slots}
    found = latest_events(instance, assets, partitions)
    return {number: (assets[asset], partitions[partition]) for (asset, partition), number in found.items()}


def _read(instance: DagsterInstance, places: dict[int, Place]) -> dict[Place, Record]:
    known = _known.setdefault(instance, {})
    # All artifacts' events at once: a question each would be most of what a plan costs.
    if unknown := [number for number in places if number not in known]:
        found = tags_of(instance, unknown).items()
        known |= {number: record for number, tags in found if (record := _record(number, tags))}
    return {place: known[number] for number, place in places.items() if number in known}


def _record(number: int, tags: Mapping[str, str]) -> Record | None:
    if FINGERPRINT not in tags or DATA_VERSION not in tags:
        return None
    return Record(tags[FINGERPRINT], tags[DATA_VERSION], tags.get(CODE_VERSION, ""), number)
