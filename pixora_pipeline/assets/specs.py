"""What every asset of ours states to Dagster, whether it belongs to a project or to the library."""

from collections.abc import Iterable

from dagster import AllPartitionMapping, AssetDep, AssetSpec, PartitionsDefinition

from pixora_pipeline.assets.recorded import CODE_VERSION, DATA_VERSION, FINGERPRINT, asset_key
from pixora_pipeline.store.sidecar import Sidecar

OWNER = "team:studio"


def asset_spec(
    name: str,
    description: str,
    version: str,
    inputs: Iterable[str],
    group: str,
    kinds: Iterable[str],
    partitions: PartitionsDefinition,
    looks_into: Iterable[str] = (),
) -> AssetSpec:
    """The asset of that name, made from those it reads, and from all partitions of those it looks into."""
    searched = (AssetDep(asset_key(each), partition_mapping=AllPartitionMapping()) for each in looks_into)
    return AssetSpec(
        key=asset_key(name),
        deps=[*map(asset_key, inputs), *searched],
        description=description,
        group_name=group,
        kinds=set(kinds),
        owners=[OWNER],
        code_version=version,
        partitions_def=partitions,
        skippable=True,
    )


def version_tags(sidecar: Sidecar, code_version: str) -> dict[str, str]:
    """The tags by which an event names the version that it is about."""
    return {
        DATA_VERSION: sidecar.data_version,
        "dagster/data_version_is_user_provided": "true",
        CODE_VERSION: code_version,
        FINGERPRINT: sidecar.fingerprint,
    }
