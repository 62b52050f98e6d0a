"""The latest materialisation of each partition of many assets, asked at once.

Dagster's own question is for one asset, in two statements: for a whole film that was most of what a plan costs.
"""

from collections.abc import Collection

from dagster import AssetKey, DagsterEventType, DagsterInstance


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
