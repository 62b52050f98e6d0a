"""What is done every night with nobody asking: published films that nobody shows are taken away."""

from dagster import (
    DefaultScheduleStatus,
    Failure,
    JobDefinition,
    OpExecutionContext,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    in_process_executor,
    job,
    op,
    schedule,
)

from pixora_pipeline.assets.film_record import catch_up
from pixora_pipeline.assets.next_run import QUIET
from pixora_pipeline.assets.retention import clean_up

NIGHTLY = "17 3 * * *"


@op(required_resource_keys={"studio"}, description="Takes away published films that no project shows any more.")
def clean_up_published(context: OpExecutionContext) -> None:
    """The clean-up as a step."""
    studio = context.resources.studio
    recorded = catch_up(studio, context.instance, thoroughly=True)
    done = clean_up(studio, context.instance)
    for put in done.removed:
        context.log.info(f"{put.video_id} at {put.destination} was shown no more and is gone.")
    context.add_output_metadata(
        {"removed": len(done.removed), "kept": done.kept, "uploads dropped": done.unfinished, "recorded": recorded}
    )
    if done.errors:
        raise Failure("\n".join(str(error) for error in done.errors), allow_retries=False)


def clean_up_job() -> JobDefinition:
    """The job."""

    @job(
        name="clean_up",
        executor_def=in_process_executor,
        description="Housekeeping of published films.",
    )
    def made() -> None:
        clean_up_published()

    return made


def clean_up_schedule(target: JobDefinition) -> ScheduleDefinition:
    """The schedule; a night on which nothing is published anywhere passes without a run."""

    @schedule(
        name="nightly_clean_up",
        job=target,
        cron_schedule=NIGHTLY,
        default_status=DefaultScheduleStatus.RUNNING,
        required_resource_keys={"studio"},
        description="Takes away published films that no project shows any more, by the retention days.",
    )
    def nightly(context: ScheduleEvaluationContext) -> RunRequest | SkipReason:
        if context.resources.studio.publications.all():
            return RunRequest(run_config=QUIET)
        return SkipReason("Nothing was published.")

    return nightly
