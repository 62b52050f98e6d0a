"""Processes that open Dagster's instance in the same instant."""

import multiprocessing
import subprocess
import sys
from multiprocessing.synchronize import Barrier
from pathlib import Path

from pixora_pipeline.instance import open_instance
from pixora_pipeline.settings import CHECKOUT, Settings

OPENERS = {str(number) for number in range(6)}


def open_at_once(settings: Settings) -> None:
    """Have six processes open it and each add a partition of its own name. Fails with what any of them said."""
    command = [sys.executable, "-m", __name__, str(settings.home), settings.database_url or ""]
    done = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT)
    assert done.returncode == 0, done.stderr


def _main(home: str, url: str) -> int:
    # What each of them needs is imported before they part: none is later than the others.
    from pixora_pipeline import event_log  # noqa: F401

    settings = Settings(home=Path(home), database_url=url or None)
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(len(OPENERS))
    processes = [context.Process(target=_open, args=(settings, ready, name)) for name in sorted(OPENERS)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return sum(process.exitcode != 0 for process in processes)


def _open(settings: Settings, ready: Barrier, name: str) -> None:
    ready.wait()
    with open_instance(settings) as instance:
        instance.add_dynamic_partitions("openers", [name])


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
