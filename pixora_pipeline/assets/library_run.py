"""Sources brought up to date by one run: taken apart side by side, put into the index together, recorded in Dagster.

Opening the index and beginning a run take longer than a short video: a thousand of them come in by few runs.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from dagster import (
    AssetExecutionContext,
    AssetMaterialization,
    AssetsDefinition,
    BackfillPolicy,
    DagsterInstance,
    RetryPolicy,
    multi_asset,
)

from pixora_pipeline import partitions
from pixora_pipeline.assets.library import STEPS
from pixora_pipeline.assets.library_events import events_of
from pixora_pipeline.assets.library_making import LAST, TakenApart, put_into_index, take_apart
from pixora_pipeline.assets.library_values import address_of
from pixora_pipeline.assets.operations import REQUESTED_BY
from pixora_pipeline.assets.reasons import failure
from pixora_pipeline.assets.recorded import read_partition
from pixora_pipeline.assets.retrying import may_pass, retried
from pixora_pipeline.assets.specs import asset_spec
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import NotFound
from pixora_pipeline.model.footage import VideoSource
from pixora_pipeline.store.artifacts import Stored

GROUP = "footage"
RETRIES = RetryPolicy(max_retries=1, delay=2)


def library_assets() -> AssetsDefinition:
    """The assets of the library, made by one operation for any number of sources."""

    @multi_asset(
        name="library",
        description="Source videos, taken apart so that their moments can be found.",
        specs=[
            asset_spec(s.name, s.description, s.version, s.inputs, GROUP, s.kinds, partitions.sources) for s in STEPS
        ],
        partitions_def=partitions.sources,
        backfill_policy=BackfillPolicy.single_run(),
        required_resource_keys={"studio"},
        pool="library",
    )
    def make(context: AssetExecutionContext) -> Iterator[AssetMaterialization]:
        yield from retried(context, RETRIES, _take_in(context))

    return make


def _take_in(context: AssetExecutionContext) -> Iterator[AssetMaterialization]:
    studio: Studio = context.resources.studio
    failed: dict[str, Exception] = {}
    wanted = _known(studio, context.partition_keys, failed)
    if REQUESTED_BY in context.run.tags:
        # A range of sources may hold some that are current.
        wanted = [source for source in wanted if not is_current(studio, context.instance, source)]
    for taken in _bring_up(studio, wanted, failed):
        yield from events_of(studio, taken)
    if failed:
        errors = list(failed.values())
        sentences = {id: str(error) for id, error in failed.items()}
        again = any(map(may_pass, errors))
        raise failure("\n".join(sentences.values()), errors, again, sentences)


def is_current(studio: Studio, instance: DagsterInstance, source: VideoSource) -> bool:
    """Whether what is on record of a source is what its row asks for."""
    values: dict[str, Stored] = {}
    for step in STEPS:
        stored = studio.store.peek_value(address_of(source, step, values))
        if stored is None:
            return False
        values[step.name] = stored
    record = read_partition(instance, LAST, source.id)
    return record is not None and record.fingerprint == values[LAST].sidecar.fingerprint


def _known(studio: Studio, ids: Sequence[str], failed: dict[str, Exception]) -> list[VideoSource]:
    known: list[VideoSource] = []
    for id in ids:
        try:
            known.append(studio.sources.get(id))
        except NotFound as error:
            failed[id] = error
    return known


def _bring_up(studio: Studio, sources: Sequence[VideoSource], failed: dict[str, Exception]) -> list[TakenApart]:
    """The sources that were taken apart and are in the index; why the others are not is written to `failed`."""
    taken: list[TakenApart] = []
    threads = ThreadPoolExecutor(studio.workers.count, thread_name_prefix="library")
    try:
        making = {source.id: threads.submit(take_apart, studio, source) for source in sources}
        for id, each in making.items():
            try:
                taken.append(each.result())
            except Exception as error:
                failed[id] = error
    finally:
        # Who is interrupted waits for what is under way, and not for all that was still to come.
        threads.shutdown(cancel_futures=True)
    if taken:
        put_into_index(studio, taken)
    return taken
