"""The latest materialisation of each partition of many assets, asked at once, and the tags of many by their numbers.

Dagster's own question is for one asset, in two statements, and brings whole events with their previews: for a whole
film that was most of what a plan costs.
"""

import json
from collections.abc import Collection, Mapping

from dagster import AssetKey, DagsterEventType, DagsterInstance, EventLogEntry, deserialize_value


def latest_events(
    instance: DagsterInstance, assets: Collection[AssetKey], partitions: Collection[str]
) -> dict[tuple[AssetKey, str], int]:
    """The number of the latest event of each asset in each of these partitions, where there is one.

    What was wiped in the UI counts as never made.
    """
    from dagster._core.storage.event_log.schema import SqlEventLogStorageTable
    from sqlalchemy import func, select

    storage, keys, event = instance.event_log_storage, list(assets), SqlEventLogStorageTable.c
    named = {key.to_string(): key for key in keys}
    latest = (
        select(event.asset_key, event.partition, func.max(event.id))
        .where(event.asset_key.in_(named), event.partition.in_(partitions))
        .where(event.dagster_event_type == DagsterEventType.ASSET_MATERIALIZATION.value)
        .group_by(event.asset_key, event.partition)
    )
    latest = storage._add_assets_wipe_filter_to_query(latest, storage._get_assets_details(keys), keys)
    with storage.index_connection() as connection:
        return {(named[asset], partition): number for asset, partition, number in connection.execute(latest)}


def tags_of(instance: DagsterInstance, numbers: Collection[int]) -> dict[int, Mapping[str, str]]:
    """The tags of these materialisations."""
    from dagster._core.storage.event_log.schema import SqlEventLogStorageTable
    from sqlalchemy import select

    event = SqlEventLogStorageTable.c
    with instance.event_log_storage.index_connection() as connection:
        stored = connection.execute(select(event.id, event.event).where(event.id.in_(numbers)))
        return {number: _tags(text) for number, text in stored}


def _tags(stored: str) -> Mapping[str, str]:
    try:
        return json.loads(stored)["dagster_event"]["event_specific_data"]["materialization"]["tags"] or {}
    except (KeyError, TypeError):  # as another version of Dagster stores it
        event = deserialize_value(stored, EventLogEntry)
        return event.asset_materialization.tags or {} if event.asset_materialization else {}
