"""How runs are started: each a process of its own, forked from one that has everything loaded, and looked after.

Dagster's own launcher starts a fresh Python for each run, which costs seconds, and can't tell that a run's process is
gone. Here the process is on record by its number, its start and the machine's boot, so that a dead one is found by run
monitoring and never taken for another.
"""

import json
import multiprocessing
import os
import signal
from collections.abc import Mapping
from functools import cache
from typing import Any

from dagster import DagsterInstance, DagsterRun
from dagster._core.instance.ref import InstanceRef
from dagster._core.launcher import CheckRunHealthResult, LaunchRunContext, RunLauncher, WorkerStatus
from dagster._serdes import ConfigurableClass, ConfigurableClassData

from pixora_pipeline.store.holders import began, boot

PROCESS = "pixora/process"
"""The tag that names a run's process."""

DIED = "pixora/died"
"""The tag of runs whose process ended before them: what they were for is not to blame."""

_PRELOAD = ["dagster._cli.api", "dagster._daemon.cli", "dagster._daemon.sensor", "pixora_pipeline.definitions"]


class ForkingRunLauncher(RunLauncher, ConfigurableClass):
    """Starts runs on this machine. What launches and what asks after a run may be different processes."""

    def __init__(self, inst_data: ConfigurableClassData | None = None) -> None:
        self._inst_data = inst_data
        super().__init__()

    @property
    def inst_data(self) -> ConfigurableClassData | None:
        """Dagster's own record of how we are configured."""
        return self._inst_data

    @classmethod
    def config_type(cls) -> dict:
        """Nothing can be set."""
        return {}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData, config_value: Mapping[str, Any]
    ) -> "ForkingRunLauncher":
        """As `dagster.yaml` names us."""
        return cls(inst_data)

    def launch_run(self, context: LaunchRunContext) -> None:
        """Fork a process for the run."""
        run = context.dagster_run
        _server().Process(target=_work, args=(run.run_id, self._instance.get_ref()), name=run.run_id).start()

    def terminate(self, run_id: str) -> bool:
        """Interrupt the run. False when it had ended."""
        run = self._instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            return False
        self._instance.report_run_canceling(run)
        pid = _alive(run)
        if pid is None:
            self._instance.report_run_canceled(run, "Its process was gone.")
            return False
        os.kill(pid, signal.SIGINT)
        return True

    @property
    def supports_check_run_worker_health(self) -> bool:
        """We can tell."""
        return True

    def check_run_worker_health(self, run: DagsterRun) -> CheckRunHealthResult:
        """Whether the run's process is there. One that is gone is noted on the run."""
        if _alive(run) is not None:
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        self._instance.add_run_tags(run.run_id, {DIED: "true"})
        return CheckRunHealthResult(WorkerStatus.FAILED, "Its process was killed, or the machine went down.")


@cache
def _server() -> multiprocessing.context.BaseContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    return context


def _work(run_id: str, ref: InstanceRef) -> None:
    from dagster._cli.api import _execute_run_command_body
    from dagster._utils.interrupts import capture_interrupts

    from pixora_pipeline.assets.workers import get_ready

    get_ready()
    with capture_interrupts(), DagsterInstance.from_ref(ref) as instance:
        # By itself, so that it is never without: what launched it may be killed the moment after.
        instance.add_run_tags(run_id, {PROCESS: json.dumps(_identity(os.getpid()))})
        run = instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            return
        _execute_run_command_body(run_id, instance, lambda _: None, set_exit_code_on_failure=False)


def _alive(run: DagsterRun) -> int | None:
    known = json.loads(run.tags.get(PROCESS, "{}"))
    return known["pid"] if known and known == _identity(known["pid"]) else None


def _identity(pid: int | None) -> dict[str, int | str] | None:
    """A process by its number and when it began; None when there is none, or it has ended."""
    since = began(pid) if pid else ""
    return {"pid": pid, "began": since, "boot": boot()} if since else None
