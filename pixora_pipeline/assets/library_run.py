"""A source brought up to date: each value from the store or made, recorded in Dagster, its moments put into the index.

Whatever has the wanted fingerprint is not made again, so adding a file twice or tagging it anew costs next to nothing.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace

from dagster import (
    AssetExecutionContext,
    AssetMaterialization,
    AssetsDefinition,
    DagsterInstance,
    MetadataValue,
    RetryPolicy,
    multi_asset,
)

from pixora_pipeline import partitions
from pixora_pipeline.assets.library import STEPS, LibraryStep, LibraryWork
from pixora_pipeline.assets.library_services import BUILT_IN, VECTORS
from pixora_pipeline.assets.library_values import address_of, versions_of
from pixora_pipeline.assets.reasons import failure
from pixora_pipeline.assets.recorded import asset_key, read_partition
from pixora_pipeline.assets.remarks import remark_on
from pixora_pipeline.assets.specs import asset_spec, version_tags
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.assets.work import provenance_of
from pixora_pipeline.errors import PixoraError, TryAgain
from pixora_pipeline.model.footage import FootageIndex, VideoSource
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.foresight import value_text
from pixora_pipeline.planning.plan import VALUE
from pixora_pipeline.providers.catalogue import offer
from pixora_pipeline.providers.standing_in import in_turn
from pixora_pipeline.store.artifacts import Address, Stored, describe_files
from pixora_pipeline.store.sidecar import Provenance, Sidecar

GROUP = "footage"
LAST = STEPS[-1].name


def library_assets() -> AssetsDefinition:
    """The assets of the library, made by one operation a source."""

    @multi_asset(
        name="library",
        description="A source video, taken apart so that its moments can be found.",
        specs=[
            asset_spec(s.name, s.description, s.version, s.inputs, GROUP, s.kinds, partitions.sources) for s in STEPS
        ],
        partitions_def=partitions.sources,
        retry_policy=RetryPolicy(max_retries=1, delay=2),
        required_resource_keys={"studio"},
        pool="library",
    )
    def make(context: AssetExecutionContext) -> Iterator[AssetMaterialization]:
        studio: Studio = context.resources.studio
        try:
            yield from bring_up(studio, studio.sources.get(context.partition_key))
        except PixoraError as error:
            raise failure(str(error), [error], isinstance(error, TryAgain)) from error

    return make


def is_current(studio: Studio, instance: DagsterInstance, source: VideoSource) -> bool:
    """Whether what is on record of a source is what its row asks for."""
    values: dict[str, Stored] = {}
    for step in STEPS:
        stored = studio.store.peek(address_of(source, step, values))
        if stored is None:
            return False
        values[step.name] = stored
    record = read_partition(instance, LAST, source.id)
    return record is not None and record.fingerprint == values[LAST].sidecar.fingerprint


def bring_up(studio: Studio, source: VideoSource) -> Iterator[AssetMaterialization]:
    """Make what is missing, and have the index hold exactly this source's moments."""
    stored: dict[str, Stored] = {}
    values: dict[str, Value] = {}
    for step in STEPS:
        address = address_of(source, step, stored)
        found = studio.store.find(address) or _make(studio, source, values, step, address, stored)
        stored[step.name] = found
        values[step.name] = step.value.model_validate_json(found.path.read_bytes())
        if step.name == LAST:
            _put_into_index(studio, source, values[LAST], found)
        yield _event(source, step, found, values[step.name], stored)


def put_back(studio: Studio, source: VideoSource) -> int:
    """Put what was made of a source into the index again; how many moments that is."""
    stored: dict[str, Stored] = {}
    for step in STEPS:
        found = studio.store.find(address_of(source, step, stored))
        if found is None:
            return 0
        stored[step.name] = found
    index = FootageIndex.model_validate_json(stored[LAST].path.read_bytes())
    _put_into_index(studio, source, index, stored[LAST])
    return len(index.moments)


def _put_into_index(studio: Studio, source: VideoSource, index: Value, found: Stored) -> None:
    from pixora_pipeline.footage.library import open_index

    assert isinstance(index, FootageIndex)
    if (found.folder / VECTORS).is_file():
        import numpy as np

        from pixora_pipeline.footage.meanings import HostedMeaning

        vectors = np.load(found.folder / VECTORS, allow_pickle=False)
        with open_index(studio.settings) as opened:
            meaning = HostedMeaning(offer("embedding", index.embedding))
            opened.by(meaning).replace(source.id, index.moments, vectors)
    else:
        with open_index(studio.settings) as opened:
            opened.replace(source.id, index.moments)


def _make(
    studio: Studio,
    source: VideoSource,
    values: Mapping[str, Value],
    step: LibraryStep,
    address: Address,
    stored: dict[str, Stored],
) -> Stored:
    began = time.monotonic()
    with studio.store.writing() as draft:
        key = step.key(source, address.fingerprint)
        work, value = _made_by_turns(step, LibraryWork(source, studio, values, draft, key, step.maker(source)))
        (draft / VALUE).write_text(value_text(value), encoding="utf-8")
        sidecar = Sidecar(
            artifact=step.name,
            partition=source.id,
            fingerprint=address.fingerprint,
            inputs=versions_of(step, stored),
            files=describe_files(draft, [VALUE, *work.files]),
            provenance=_provenance(step, work),
            seconds_to_make=round(time.monotonic() - began, 3),
        )
        kept = studio.store.commit(draft, address, sidecar)
    for order in work.orders:
        order.let_go()
    return kept


def _made_by_turns(step: LibraryStep, work: LibraryWork) -> tuple[LibraryWork, Value]:
    """The value, and the work with whoever made it in the end."""

    def make(maker: str) -> tuple[LibraryWork, Value]:
        work.told.clear()
        by = replace(work, maker=None if maker == BUILT_IN else maker)
        return by, step.make(by)

    (by, value), stood_in = in_turn(work.maker or BUILT_IN, step.others(work.source), make)
    if stood_in:
        work.told.update(instead_of=stood_in.instead_of, because=stood_in.because)
    return by, value


def _provenance(step: LibraryStep, work: LibraryWork) -> Provenance:
    if not work.orders:
        return Provenance(provider="embedded", model=f"{step.name}@{step.version}")
    if work.maker:
        made_by = provenance_of(step.capability, work.maker, *work.orders, **work.told)
    else:
        made_by = Provenance(provider="embedded", model=f"{step.name}@{step.version}", parameters=work.told)
    # By the journal, which knows the requests of earlier, interrupted tries as well.
    return made_by.model_copy(update={"cost_usd": work.studio.spending.of_work(work.key).total})


def _event(
    source: VideoSource, step: LibraryStep, found: Stored, value: Value, stored: dict[str, Stored]
) -> AssetMaterialization:
    text = found.path.read_text("utf-8")
    versions = versions_of(step, stored)
    return AssetMaterialization(
        asset_key=asset_key(step.name),
        partition=source.id,
        description=f"{step.name} of {source.name}",
        metadata={
            "video": source.name,
            "note": remark_on(found.sidecar.provenance) or step.note(value),
            "preview": MetadataValue.md(f"```json\n{text[:4000]}\n```"),
            "file": MetadataValue.path(str(found.path)),
            "made by": f"{found.sidecar.provenance.provider}/{found.sidecar.provenance.model}",
            **({"cost (USD)": found.sidecar.provenance.cost_usd} if found.sidecar.provenance.cost_usd else {}),
            "made in (s)": found.sidecar.seconds_to_make,
        },
        tags={
            **version_tags(found.sidecar, step.version),
            **{f"dagster/input_data_version/{name}": version for name, version in versions.items()},
        },
    )
