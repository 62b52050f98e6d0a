"""Bringing a project up to date in this process: the same plan and the same runs as the sensor's, one after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dagster import DagsterInstance, ExecuteInProcessResult, JobDefinition
from dagster._core.execution.plan.objects import ErrorSource

from pixora_pipeline.assets.graph import WAVES, WaveOf, graph_in
from pixora_pipeline.assets.library_batches import batches
from pixora_pipeline.assets.next_run import QUIET, WHY, NextRun, next_run
from pixora_pipeline.assets.operations import COMMAND, REQUESTED_BY
from pixora_pipeline.assets.project_plan import current_plan
from pixora_pipeline.assets.reasons import reason_of
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.definitions import build_defs
from pixora_pipeline.errors import Defect, PixoraError, TryAgain
from pixora_pipeline.model.project import Project
from pixora_pipeline.partitions import projects
from pixora_pipeline.planning.records import Place
from pixora_pipeline.sensors.told import why_in_short
from pixora_pipeline.store.makers import this_process


class RunFailed(PixoraError):
    """A run ended without making what it was for. The message and the code are what the first step said."""

    def __init__(self, message: str, exit_code: int | None = None) -> None:
        super().__init__(message)
        self.exit_code = exit_code or Defect.exit_code


def make_current(studio: Studio, instance: DagsterInstance, project: Project, waves: Sequence[WaveOf] = WAVES) -> int:
    """Make everything stale, wave by wave, and return how many runs that took. Edits made meanwhile are followed.

    Raises `Conflict` when another process makes the project, `RunFailed` with the steps' own sentences; whatever was
    finished before is kept.
    """
    with studio.makers.hold(project.id, this_process("`pixora make`")):
        instance.add_dynamic_partitions(projects.name, [project.id])
        return _make_all(studio, instance, project.id, waves)


@dataclass(frozen=True)
class _Round:
    """The run that comes next, for which revision, and everything that is stale then and why."""

    revision: int
    run: NextRun
    stale: frozenset[Place]
    why: str


def _make_all(studio: Studio, instance: DagsterInstance, id: str, waves: Sequence[WaveOf]) -> int:
    definitions, before, first, runs = build_defs(studio=studio, waves=waves), None, None, 0
    while following := _next_round(studio, instance, id, waves):
        if following == before:
            raise Defect(f"{following.run.job} left its work undone: {following.run.assets}.")
        # What a later wave makes was in the plan of the first, which has words for it.
        first = first if first and first.revision == following.revision else following
        error = _run(definitions.resolve_job_def(following.run.job), instance, following.run, first.why)
        before, runs = following, runs + 1
        if error and not _found_more(following, _next_round(studio, instance, id, waves)):
            raise error
    return runs


def make_findable(studio: Studio, instance: DagsterInstance, *ids: str) -> dict[str, PixoraError]:
    """Bring sources of the footage library up to date; why some of several are not. Raises `RunFailed` for one."""
    failed: dict[str, PixoraError] = {}
    for batch in batches(studio, instance, ids):
        result = _library_job(studio).execute_in_process(
            instance=instance,
            run_config=QUIET,
            partition_key=batch.partition,
            tags={**batch.tags, REQUESTED_BY: COMMAND},
            raise_on_error=False,
        )
        _pass_on_interrupt(result)
        if not result.success:
            failed |= _failed_of(result, batch.ids)
    if len(ids) == 1 and failed:
        raise failed[ids[0]]
    return failed


def _failed_of(result: ExecuteInProcessResult, ids: Sequence[str]) -> dict[str, PixoraError]:
    said = reason_of(result.all_events)
    if said and said.places:
        return {id: RunFailed(str(words), said.exit_code) for id, words in said.places.items() if id in ids}
    return dict.fromkeys(ids, _reason(result))


@lru_cache(1)
def _library_job(studio: Studio) -> JobDefinition:
    # Assembled once for all the videos of a folder.
    return build_defs(studio=studio).resolve_job_def("make_library")


def _next_round(studio: Studio, instance: DagsterInstance, id: str, waves: Sequence[WaveOf]) -> _Round | None:
    project = studio.projects.get(id)
    plan, records = current_plan(instance, studio, project, graph_in(waves))
    run = next_run(project, plan, waves)
    studio.requested = (project, plan, records) if run else None
    return _Round(project.revision, run, plan.places, why_in_short(plan)) if run else None


def _found_more(before: _Round, after: _Round | None) -> bool:
    # What was found lost or corrupt on reading is to be made again, and then the rest can go on.
    return after is not None and not after.stale <= before.stale


def _run(job: JobDefinition, instance: DagsterInstance, following: NextRun, why: str) -> PixoraError | None:
    result = job.execute_in_process(
        instance=instance,
        run_config=QUIET,
        partition_key=following.partition,
        asset_selection=list(following.assets),
        tags={**following.tags, REQUESTED_BY: COMMAND, WHY: why},
        raise_on_error=False,
    )
    _pass_on_interrupt(result)
    return None if result.success else _reason(result)


def _pass_on_interrupt(result: ExecuteInProcessResult) -> None:
    # Dagster takes Ctrl-C for a failure of the step; whoever pressed it means the end of everything.
    failed = (event.step_failure_data for event in result.all_events if event.is_step_failure)
    if any(data.error_source is ErrorSource.INTERRUPT for data in failed):
        raise KeyboardInterrupt


def _reason(result: ExecuteInProcessResult) -> PixoraError:
    if said := reason_of(result.all_events):
        return RunFailed(said.words, said.exit_code)
    return TryAgain(f"Run {result.run_id} ended without success. `pixora up` shows its log.")
