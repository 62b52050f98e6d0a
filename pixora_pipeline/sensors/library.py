"""Footage that lies in the watched folder is taken in, and every source that was changed is brought up to date."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dagster import (
    DefaultSensorStatus,
    RunRequest,
    RunsFilter,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    sensor,
)
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition
from dagster._core.storage.dagster_run import FINISHED_STATUSES

from pixora_pipeline.assets.intake import add_video, videos_in
from pixora_pipeline.assets.library import STEPS
from pixora_pipeline.assets.library_batches import MOST_SOURCES, batches
from pixora_pipeline.assets.library_run import is_current
from pixora_pipeline.assets.next_run import QUIET
from pixora_pipeline.assets.operations import REQUESTED_BY
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import NotFound, TryAgain, UserError
from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.value import Value
from pixora_pipeline.sensors.cursor import Cursor
from pixora_pipeline.sensors.watched import WatchedFiles

PER_TICK = 2 * MOST_SOURCES
ATTEMPTS = 3
TAKING_IN_SECONDS = 20.0
"""After that long the rest waits for the next tick: Dagster ends one that takes a minute."""


class LibraryCursor(Value):
    """The sources that are not settled, by these versions of the steps."""

    sources: Cursor = Cursor()
    versions: str = ""


def library_sensor(job: UnresolvedAssetJobDefinition) -> SensorDefinition:
    """The sensor that fills the library."""

    @sensor(
        job=job,
        minimum_interval_seconds=15,
        default_status=DefaultSensorStatus.RUNNING,
        required_resource_keys={"studio"},
        description="Takes in new footage from the watched folder and makes it findable.",
    )
    def footage_library(context: SensorEvaluationContext) -> SensorResult:
        return _tick(context, context.resources.studio, job.name)

    return footage_library


def _tick(context: SensorEvaluationContext, studio: Studio, job: str) -> SensorResult:
    cursor = LibraryCursor.model_validate_json(context.cursor) if context.cursor else LibraryCursor()
    _take_in(context, studio)
    versions = ",".join(f"{step.name}@{step.version}" for step in STEPS)
    changed = (cursor.sources if cursor.versions == versions else Cursor()).after_changes(studio.sources)
    looked_at = list(changed.unsettled[:PER_TICK])
    decisions = {id: _decide(context, studio, id) for id in looked_at}
    settled = {id for id, decision in decisions.items() if decision == "settled"}
    names = {id: each for id, each in decisions.items() if isinstance(each, Wanted)}
    cursor = LibraryCursor(sources=changed.settle(settled, looked_at), versions=versions)
    return SensorResult(run_requests=_requests(context, studio, names, job), cursor=cursor.model_dump_json())


@dataclass(frozen=True)
class Wanted:
    """A source to bring up to date: its revision, and how many times that was tried."""

    revision: str
    tried: int


def _decide(context: SensorEvaluationContext, studio: Studio, id: str) -> Wanted | Literal["wait", "settled"]:
    try:
        source = studio.sources.get(id)
    except NotFound:
        return "settled"
    if is_current(studio, context.instance, source):
        return "settled"
    revision = f"r{source.revision}"
    runs = context.instance.get_runs(RunsFilter(tags={tag_of(id): revision}), limit=ATTEMPTS)
    if any(run.status not in FINISHED_STATUSES for run in runs):
        return "wait"
    if len(runs) >= ATTEMPTS:
        context.log.error(f"{id}-{revision} failed {ATTEMPTS} times; it waits until the source is changed.")
        return "settled"
    return Wanted(revision, len(runs))


def tag_of(source: str) -> str:
    """The tag of runs that bring a source up to date; its value is the source's revision."""
    return f"pixora.source/{source}"


def _requests(
    context: SensorEvaluationContext, studio: Studio, wanted: Mapping[str, Wanted], job: str
) -> list[RunRequest]:
    requests = []
    # What failed before is tried by itself: it may be what fails the others' run.
    again = [[id] for id, each in wanted.items() if each.tried]
    for ids in ([id for id, each in wanted.items() if not each.tried], *again):
        for batch in batches(studio, context.instance, ids):
            revisions = {tag_of(id): wanted[id].revision for id in batch.ids}
            tried = hash_value([[id, wanted[id].revision, wanted[id].tried] for id in batch.ids])
            tags = {**batch.tags, **revisions, REQUESTED_BY: "footage_library"}
            requests.append(
                RunRequest(
                    run_key=f"library-{tried}", job_name=job, partition_key=batch.partition, tags=tags, run_config=QUIET
                )
            )
    return requests


def _take_in(context: SensorEvaluationContext, studio: Studio) -> None:
    """Take in what is new or changed in the folder, for as long as a tick may last."""
    folder = studio.settings.footage_folder
    if folder is None or not folder.is_dir():
        return
    watched, until = WatchedFiles(studio.settings.footage / "watched.json"), time.monotonic() + TAKING_IN_SECONDS
    there = list(videos_in(folder))
    for path in there:
        with suppress(FileNotFoundError):
            settled = watched.looks_settled(path) and not watched.is_done(path)
            if settled and time.monotonic() < until and _add(context, studio, path):
                watched.finish(path)
    watched.keep(there)


def _add(context: SensorEvaluationContext, studio: Studio, path: Path) -> bool:
    try:
        source = add_video(studio, context.instance, path, None, None)
        context.log.info(f"{path.name} is in the library as {source.id}.")
    except TryAgain as error:
        context.log.warning(f"{path.name} waits: {error}")
        return False
    except UserError as error:
        context.log.error(f"{path.name} was not taken in: {error}")
    return True
