"""Rows become films with nobody clicking: each tick compares what is wanted with what is on record.

Level-triggered: it looks at projects that are not settled, whatever happened before, and requests the next wave of each
unless a run for it is under way. Projects that have not changed cost nothing.
"""

from collections.abc import Sequence

from dagster import (
    DagsterInstance,
    DagsterRunStatus,
    DefaultSensorStatus,
    RunRequest,
    RunsFilter,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    sensor,
)
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from pixora_pipeline.assets.next_run import PROJECT, QUIET, NextRun, next_run
from pixora_pipeline.assets.operations import COMMAND, REQUESTED_BY
from pixora_pipeline.assets.project_plan import current_plan
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import NotFound, PixoraError
from pixora_pipeline.partitions import check_project_id, projects
from pixora_pipeline.sensors.cursor import Cursor

ATTEMPTS = 3
"""How often the same work is requested before it waits for a change."""

PER_TICK = 25
"""How many projects one tick looks at, so that a tick is short however many wait."""

WORK = "pixora/work"
"""The tag that names what a run is for: the same work is not requested for ever."""

_UNDER_WAY = [
    DagsterRunStatus.QUEUED,
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
]


def reconciler(jobs: Sequence[UnresolvedAssetJobDefinition]) -> SensorDefinition:
    """The sensor that requests runs of these jobs."""

    @sensor(
        jobs=jobs,
        minimum_interval_seconds=1,
        default_status=DefaultSensorStatus.RUNNING,
        required_resource_keys={"studio"},
        description="Makes the film of every new or changed project row, a wave at a time.",
    )
    def project_reconciler(context: SensorEvaluationContext) -> SensorResult:
        return _tick(context, context.resources.studio)

    return project_reconciler


def _tick(context: SensorEvaluationContext, studio: Studio) -> SensorResult:
    cursor = Cursor.read(context.cursor).after_changes(studio.projects)
    looked_at = list(cursor.unsettled[:PER_TICK])
    decisions = {id: _decide(context, studio, id) for id in looked_at}
    return SensorResult(
        run_requests=[each for each in decisions.values() if isinstance(each, RunRequest)],
        cursor=cursor.settle({id for id, each in decisions.items() if each == "settled"}, looked_at).model_dump_json(),
    )


def _decide(context: SensorEvaluationContext, studio: Studio, id: str) -> RunRequest | str:
    """The run to request, or `settled`, or `wait`."""
    if _under_way(context.instance, id):
        return "wait"
    try:
        check_project_id(id)
        if studio.makers.holder(id):
            return "wait"
        # Here and not in the result: a request for a partition is checked against those there are.
        context.instance.add_dynamic_partitions(projects.name, [id])
        project = studio.projects.get(id)
        following = next_run(project, current_plan(context.instance, studio, project)[0])
    except NotFound:
        return "settled"
    except PixoraError as error:
        context.log.error(f"{id} can't be made as it stands: {error}")
        return "settled"
    return _request(context, f"{id}-r{project.revision}", following) if following else "settled"


def _request(context: SensorEvaluationContext, name: str, following: NextRun) -> RunRequest | str:
    work = f"{name}-{following.job}-{following.content}"
    before = context.instance.get_runs(RunsFilter(tags={WORK: work}), limit=100)
    failed = [run for run in before if run.status in (DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED)]
    if len(failed) >= ATTEMPTS:
        context.log.error(f"{work} failed {ATTEMPTS} times; it waits until the project is changed.")
        return "settled"
    return RunRequest(
        run_key=f"{work}-a{len(before) + 1}",
        job_name=following.job,
        partition_key=following.partition,
        run_config=QUIET,
        asset_selection=list(following.assets),
        tags={**following.tags, REQUESTED_BY: "reconciler", WORK: work},
    )


def _under_way(instance: DagsterInstance, project: str) -> bool:
    runs = instance.get_runs(RunsFilter(tags={PROJECT: project}, statuses=_UNDER_WAY), limit=10)
    # A command's run is under way as long as the command holds the project: killed, it leaves its run as it was.
    return any(run.tags.get(REQUESTED_BY) != COMMAND for run in runs)
