"""The records of a project, read from Dagster's event log: the one place that knows our tags on its events."""

from dagster import AssetKey, AssetRecordsFilter, DagsterEventType, DagsterInstance, EventLogRecord

from pixora_pipeline.partitions import SLOTS, scene_key
from pixora_pipeline.planning.recipe import Graph, Recipe
from pixora_pipeline.planning.records import Place, Record, Records
from pixora_pipeline.store.artifacts import Address

DATA_VERSION = "dagster/data_version"
FINGERPRINT = "pixora/fingerprint"
CODE_VERSION = "dagster/code_version"


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
    by_place: dict[Place, Record] = {}
    for recipe in graph.values():
        by_place |= read_recipe(instance, recipe, project)
    return Records(by_place)


def read_recipe(instance: DagsterInstance, recipe: Recipe, project: str) -> dict[Place, Record]:
    """The latest records of one artifact."""
    slots = SLOTS if recipe.scope == "scene" else (None,)
    places = {partition_key(project, (recipe.name, slot)): (recipe.name, slot) for slot in slots}
    return {places[key]: record for key, record in _latest(instance, recipe.name, list(places)).items()}


def read_place(instance: DagsterInstance, project: str, place: Place) -> Record | None:
    """The latest record of one place."""
    key = partition_key(project, place)
    return _latest(instance, place[0], [key]).get(key)


def _latest(instance: DagsterInstance, artifact: str, partitions: list[str]) -> dict[str, Record]:
    key, kind = asset_key(artifact), DagsterEventType.ASSET_MATERIALIZATION
    ids = instance.event_log_storage.get_latest_storage_id_by_partition(key, kind, partitions=set(partitions))
    if not ids:
        return {}
    events = instance.fetch_materializations(AssetRecordsFilter(key, storage_ids=list(ids.values())), limit=len(ids))
    return {str(each.partition_key): record for each in events.records if (record := _record(each))}


def _record(event: EventLogRecord) -> Record | None:
    tags = event.asset_materialization.tags or {} if event.asset_materialization else {}
    if FINGERPRINT not in tags or DATA_VERSION not in tags:
        return None
    return Record(tags[FINGERPRINT], tags[DATA_VERSION], tags.get(CODE_VERSION, ""), event.storage_id)
