"""Rows become films with nobody clicking: each tick compares what is wanted with what is on record.

Level-triggered: it looks at projects that are not settled, whatever happened before, and requests the next wave of each
unless a run for it is under way. Projects that have not changed cost nothing.
"""

import json
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

from pixora_pipeline.assets.next_run import PROJECT, NextRun, next_run
from pixora_pipeline.assets.operations import REQUESTED_BY
from pixora_pipeline.assets.project_plan import current_plan
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.project import Project
from pixora_pipeline.partitions import projects

ATTEMPTS = 3
"""How often the same work is requested before it waits for a change of the row."""

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
        minimum_interval_seconds=5,
        default_status=DefaultSensorStatus.RUNNING,
        required_resource_keys={"studio"},
        description="Makes the film of every new or changed project row, a wave at a time.",
    )
    def project_reconciler(context: SensorEvaluationContext) -> SensorResult:
        return _tick(context, context.resources.studio)

    return project_reconciler


def _tick(context: SensorEvaluationContext, studio: Studio) -> SensorResult:
    settled: dict[str, int] = json.loads(context.cursor) if context.cursor else {}
    rows = [project for project in studio.projects.list() if settled.get(project.id) != project.revision]
    known = set(context.instance.get_dynamic_partitions(projects.name))
    requests: list[RunRequest] = []
    for project in rows:
        if project.id not in known:
            continue
        if request := _request(context, studio, project, settled):
            requests.append(request)
    new = [project.id for project in rows if project.id not in known]
    return SensorResult(
        run_requests=requests,
        dynamic_partitions_requests=[projects.build_add_request(new)] if new else [],
        cursor=json.dumps(settled),
    )


def _request(
    context: SensorEvaluationContext, studio: Studio, project: Project, settled: dict[str, int]
) -> RunRequest | None:
    if _under_way(context.instance, project.id):
        return None
    try:
        plan, _ = current_plan(context.instance, studio, project)
    except PixoraError as error:
        context.log.warning(f"{project.id} waits: {error}")
        return None
    following = next_run(project.id, plan)
    if following is None:
        settled[project.id] = project.revision
        return None
    name = f"{project.id}-r{project.revision}-{following.job}-{following.content}"
    attempt = _failures(context.instance, name) + 1
    if attempt > ATTEMPTS:
        context.log.error(f"{project.id}: {following.job} failed {ATTEMPTS} times; it waits for a change of the row.")
        settled[project.id] = project.revision
        return None
    return _run_request(following, name, attempt)


def _run_request(following: NextRun, name: str, attempt: int) -> RunRequest:
    return RunRequest(
        run_key=f"{name}-a{attempt}",
        job_name=following.job,
        partition_key=following.partition,
        asset_selection=list(following.assets),
        tags={**following.tags, REQUESTED_BY: "reconciler", "pixora/work": name},
    )


def _under_way(instance: DagsterInstance, project: str) -> bool:
    return bool(instance.get_runs(RunsFilter(tags={PROJECT: project}, statuses=_UNDER_WAY), limit=1))


def _failures(instance: DagsterInstance, name: str) -> int:
    gone = [DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED]
    return len(instance.get_runs(RunsFilter(tags={"pixora/work": name}, statuses=gone), limit=ATTEMPTS))
