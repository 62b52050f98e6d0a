"""Dagster's daemon as the studio runs it: `python -m pixora_pipeline.daemon run ...`, with the daemon's own options.

It looks at the sensor every second, where Dagster would every five: a film takes three runs, and each would wait. Two
daemons on one home would request everything twice, so the second refuses.
"""

import fcntl
import sys
from typing import IO

from dagster import DagsterInstance, RunsFilter
from dagster._core.launcher import WorkerStatus
from dagster._core.storage.dagster_run import IN_PROGRESS_RUN_STATUSES
from dagster._daemon import sensor as loop
from dagster._daemon.cli import create_dagster_daemon_cli

from pixora_pipeline.errors import Conflict
from pixora_pipeline.instance import open_instance
from pixora_pipeline.settings import Settings, settings

EVERY = 1
"""Seconds between two looks at the sensor."""


def main() -> None:
    """Run it until it is stopped."""
    loop.MIN_INTERVAL_LOOP_TIME = EVERY
    try:
        held = only_one(settings())
    except Conflict as error:
        sys.exit(str(error))
    with held:
        with open_instance(settings()) as instance:
            give_up_the_dead(instance)
        create_dagster_daemon_cli()(obj={})


def only_one(chosen: Settings) -> IO:
    """The lock that this home's daemon holds for as long as it lives. Raises `Conflict`."""
    lock = (chosen.dagster / "daemon.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise Conflict(f"A daemon is at work in {chosen.dagster} already; two would make everything twice.") from None
    return lock


def give_up_the_dead(instance: DagsterInstance) -> None:
    """Fail every run whose process went down with the daemon before us.

    Run monitoring finds those that had started, after a while; one that had not, it would give a minute to start.
    """
    launcher = instance.run_launcher
    if not launcher.supports_check_run_worker_health:
        return
    for run in instance.get_runs(RunsFilter(statuses=IN_PROGRESS_RUN_STATUSES)):
        health = launcher.check_run_worker_health(run)
        if health.status != WorkerStatus.RUNNING:
            instance.report_run_failed(run, health.msg)


if __name__ == "__main__":
    main()
