"""Footage that lies in the watched folder is taken in, and every source that was changed is brought up to date."""

from collections.abc import Mapping
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
from pydantic import Field

from pixora_pipeline.assets.intake import add_video, videos_in
from pixora_pipeline.assets.library import STEPS
from pixora_pipeline.assets.library_run import is_current
from pixora_pipeline.assets.next_run import QUIET
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import NotFound, TryAgain, UserError
from pixora_pipeline.model.value import Value
from pixora_pipeline.partitions import sources
from pixora_pipeline.sensors.cursor import Cursor

PER_TICK = 10
ATTEMPTS = 3
SOURCE = "pixora/source"


class FileState(Value):
    """A file as it was seen, and whether it was taken in or refused since."""

    size: int
    changed: int
    done: bool = False


class LibraryCursor(Value):
    """The files that were looked at, and the sources that are not settled, by these versions of the steps."""

    files: dict[str, FileState] = Field(default_factory=dict)
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
    files = _take_in(context, studio, cursor.files)
    versions = ",".join(f"{step.name}@{step.version}" for step in STEPS)
    changed = (cursor.sources if cursor.versions == versions else Cursor()).after_changes(studio.sources)
    looked_at = list(changed.unsettled[:PER_TICK])
    decisions = {id: _decide(context, studio, id, job) for id in looked_at}
    settled = {id for id, decision in decisions.items() if decision == "settled"}
    cursor = LibraryCursor(files=files, sources=changed.settle(settled, looked_at), versions=versions)
    requests = [each for each in decisions.values() if isinstance(each, RunRequest)]
    return SensorResult(run_requests=requests, cursor=cursor.model_dump_json())


def _decide(
    context: SensorEvaluationContext, studio: Studio, id: str, job: str
) -> RunRequest | Literal["wait", "settled"]:
    try:
        source = studio.sources.get(id)
    except NotFound:
        return "settled"
    if is_current(studio, context.instance, source):
        return "settled"
    name = f"{id}-r{source.revision}"
    runs = context.instance.get_runs(RunsFilter(tags={SOURCE: name}), limit=ATTEMPTS)
    if any(run.status not in FINISHED_STATUSES for run in runs):
        return "wait"
    if len(runs) >= ATTEMPTS:
        context.log.error(f"{name} failed {ATTEMPTS} times; it waits until the source is changed.")
        return "settled"
    context.instance.add_dynamic_partitions(sources.name, [id])
    return RunRequest(
        run_key=f"{name}-a{len(runs) + 1}", job_name=job, partition_key=id, tags={SOURCE: name}, run_config=QUIET
    )


def _take_in(context: SensorEvaluationContext, studio: Studio, seen: Mapping[str, FileState]) -> dict[str, FileState]:
    """Take in what is new or changed; the files that are there now.

    A file is taken in when it is the same on two ticks: before, somebody may still be writing it.
    """
    folder = studio.settings.footage_folder
    if folder is None or not folder.is_dir():
        return {}
    now: dict[str, FileState] = {}
    taken = 0
    for path in videos_in(folder):
        known, state = seen.get(str(path)), _state(path)
        if known is not None and known.model_copy(update={"done": False}) == state:
            state = known
            if not known.done and taken < PER_TICK:
                taken += 1
                state = known.model_copy(update={"done": _add(context, studio, path)})
        now[str(path)] = state
    return now


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


def _state(path: Path) -> FileState:
    stat = path.stat()
    return FileState(size=stat.st_size, changed=stat.st_mtime_ns)
