"""Rows become films with nobody clicking: each tick compares what is wanted with what is on record.

Level-triggered: it looks at projects that are not settled, whatever happened before, and requests the next wave of each
unless a run for it is under way. Projects that have not changed cost nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dagster import (
    AssetObservation,
    DagsterInstance,
    DagsterRun,
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

from pixora_pipeline.assets.next_run import PROJECT, QUIET, WHY, NextRun, next_run
from pixora_pipeline.assets.operations import COMMAND, REQUESTED_BY
from pixora_pipeline.assets.project_plan import current_plan
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import NotFound, PixoraError
from pixora_pipeline.launcher import DIED
from pixora_pipeline.model.project import Project
from pixora_pipeline.partitions import check_project_id, projects
from pixora_pipeline.planning.plan import Plan
from pixora_pipeline.sensors.cursor import Cursor
from pixora_pipeline.sensors.told import plan_observation, why_in_short

ATTEMPTS = 3
"""How often the same work is requested before it waits for a change."""

DEATHS = 10
"""How often when it was the run's process that died: the work may have no part in that."""

PER_TICK = 25
"""How many projects one tick looks at, so that a tick is short however many wait."""

WORK = "pixora/work"
"""The tag that names what a run is for: the same work is not requested for ever."""

REVISION = "pixora/revision"
"""The tag that names the project and the revision that a run was requested for."""

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


@dataclass(frozen=True)
class Decision:
    """What to do about one project: request a run, wait for the one under way, or leave it until it is changed."""

    why: str
    request: RunRequest | None = None
    settled: bool = False
    told: AssetObservation | None = None


def _tick(context: SensorEvaluationContext, studio: Studio) -> SensorResult:
    cursor = Cursor.read(context.cursor).after_changes(studio.projects)
    looked_at = list(cursor.unsettled[:PER_TICK])
    decisions = {id: _decide(context, studio, id) for id in looked_at}
    requests = [each.request for each in decisions.values() if each.request]
    settled = {id for id, each in decisions.items() if each.settled}
    return SensorResult(
        run_requests=requests,
        skip_reason=None if requests else _in_words(decisions),
        asset_events=[each.told for each in decisions.values() if each.told],
        cursor=cursor.settle(settled, looked_at).model_dump_json(),
    )


def _in_words(decisions: dict[str, Decision]) -> str:
    if not decisions:
        return "No project has changed."
    return "\n".join(f"{id}: {each.why}" for id, each in decisions.items())


def _decide(context: SensorEvaluationContext, studio: Studio, id: str) -> Decision:
    if _under_way(context.instance, id):
        return Decision("a run is under way.")
    try:
        check_project_id(id)
        if holder := studio.makers.holder(id):
            return Decision(f"it is being made by {holder}.")
        # Here and not in the result: a request for a partition is checked against those there are.
        context.instance.add_dynamic_partitions(projects.name, [id])
        project = studio.projects.get(id)
        plan = current_plan(context.instance, studio, project)[0]
    except NotFound:
        return Decision("it was deleted.", settled=True)
    except PixoraError as error:
        return _leave(context, f"{id} can't be made as it stands: {error}")
    following = next_run(project, plan)
    if following is None:
        return Decision("all that may be made is made.", settled=True)
    return _request(context, project, plan, following)


def _request(context: SensorEvaluationContext, project: Project, plan: Plan, following: NextRun) -> Decision:
    name = f"{project.id}-r{project.revision}"
    work = f"{name}-{following.job}-{following.content}"
    if _was_cancelled(context.instance, project.id, name):
        return _leave(context, f"{name} was cancelled; it waits until the project is changed.")
    before = context.instance.get_runs(RunsFilter(tags={WORK: work}), limit=100)
    failed = [run for run in before if run.status == DagsterRunStatus.FAILURE]
    died = [run for run in failed if DIED in run.tags]
    if len(failed) - len(died) >= ATTEMPTS:
        return _leave(context, f"{work} failed {ATTEMPTS} times; it waits until the project is changed.")
    if len(died) >= DEATHS:
        return _leave(context, f"The process of {work} died {DEATHS} times; it waits until the project is changed.")
    first = _first_run(context.instance, name)
    request = RunRequest(
        run_key=f"{work}-a{len(before) + 1}",
        job_name=following.job,
        partition_key=following.partition,
        run_config=QUIET,
        asset_selection=list(following.assets),
        tags={
            **following.tags,
            REQUESTED_BY: "reconciler",
            WORK: work,
            REVISION: name,
            WHY: first.tags[WHY] if first else why_in_short(plan),
        },
    )
    # What a later wave makes was in the plan of the first, and for the same cause.
    return Decision("requested.", request, told=None if first else plan_observation(project, plan))


def _leave(context: SensorEvaluationContext, why: str) -> Decision:
    context.log.error(why)
    return Decision(why, settled=True)


def _under_way(instance: DagsterInstance, project: str) -> bool:
    runs = instance.get_runs(RunsFilter(tags={PROJECT: project}, statuses=_UNDER_WAY), limit=10)
    # A command's run is under way as long as the command holds the project: killed, it leaves its run as it was.
    return any(run.tags.get(REQUESTED_BY) != COMMAND for run in runs)


def _first_run(instance: DagsterInstance, revision: str) -> DagsterRun | None:
    return next(iter(instance.get_runs(RunsFilter(tags={REVISION: revision}), limit=1, ascending=True)), None)


def _was_cancelled(instance: DagsterInstance, project: str, revision: str) -> bool:
    # Whoever ends a run by hand does not want it begun again a second later.
    last = instance.get_runs(RunsFilter(tags={PROJECT: project}), limit=1)
    return bool(last) and last[0].status == DagsterRunStatus.CANCELED and last[0].tags.get(REVISION) == revision
