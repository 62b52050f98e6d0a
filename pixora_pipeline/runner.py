"""Bringing a project up to date in this process: the same plan and the same runs as the sensor's, one after another."""

from dagster import DagsterInstance, ExecuteInProcessResult, JobDefinition

from pixora_pipeline.assets.graph import WAVES
from pixora_pipeline.assets.next_run import NextRun, next_run
from pixora_pipeline.assets.operations import REQUESTED_BY
from pixora_pipeline.assets.project_plan import current_plan
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.definitions import build_defs
from pixora_pipeline.errors import Defect, PixoraError, TryAgain
from pixora_pipeline.model.project import Project
from pixora_pipeline.partitions import projects

# Dagster's own log of a run is in its UI; here it would only hide ours.
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


class RunFailed(PixoraError):
    """A run ended without making what it was for. The message is what the steps said."""


def make_current(studio: Studio, instance: DagsterInstance, project: Project) -> int:
    """Make everything stale, wave by wave, and return how many runs that took.

    Raises `RunFailed` with the steps' own sentences; whatever was finished before is kept.
    """
    instance.add_dynamic_partitions(projects.name, [project.id])
    definitions, before, runs = build_defs(studio=studio), None, 0
    while following := next_run(project, current_plan(instance, studio, project)[0]):
        if following == before:
            raise Defect(f"{following.job} left its work undone: {following.assets}.")
        error = _run(definitions.resolve_job_def(following.job), instance, following)
        # What was found corrupt is in the next plan; any other failure leaves the plan as it was, or shorter.
        if error and not _is_new(following, next_run(project, current_plan(instance, studio, project)[0])):
            raise error
        before, runs = following, runs + 1
    return runs


def _is_new(before: NextRun, after: NextRun | None) -> bool:
    jobs = [f"make_{wave.name}" for wave in WAVES]
    return after is not None and jobs.index(after.job) < jobs.index(before.job)


def _run(job: JobDefinition, instance: DagsterInstance, following: NextRun) -> PixoraError | None:
    result = job.execute_in_process(
        instance=instance,
        run_config=_QUIET,
        partition_key=following.partition,
        asset_selection=list(following.assets),
        tags={**following.tags, REQUESTED_BY: "cli"},
        raise_on_error=False,
    )
    return None if result.success else _reason(result)


def _reason(result: ExecuteInProcessResult) -> PixoraError:
    for event in result.all_events:
        if not event.is_step_failure:
            continue
        data = event.step_failure_data
        if data.user_failure_data and data.user_failure_data.description:
            return RunFailed(data.user_failure_data.description)
        if data.error:
            cause = data.error.cause or data.error
            return RunFailed(f"{event.step_key} failed: {cause.message.strip()}")
    return TryAgain(f"Run {result.run_id} ended without success. `pixora up` shows its log.")
