"""A film of twelve scenes when every paid call takes two seconds: how far it is from its critical path.

    .venv/bin/python -m benchmarks.providers.latency [--scenes 12] [--seconds 2]

The same film is made twice: with calls that take no time, which is the work of this machine, and with calls that take
theirs. Calls that wait for one another are the script; the portraits; a scene's picture; its motion, begun and looked
at. The critical path is the first film's time and those calls', one after another.
"""

import argparse
import tempfile
import time
from pathlib import Path

from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.runner import make_current
from pixora_pipeline_tests.providers.servers.films import WISHES, open_company
from pixora_pipeline_tests.providers.servers.journaled import open_account_with_all
from pixora_pipeline_tests.providers.servers.street import open_street

IN_SERIES = 4
"""The script, the portrait, the picture, the motion."""


def main() -> None:
    """Make both films and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=2.0)
    wanted = parser.parse_args()
    _made(1, 0.0)  # what is loaded once a machine is not measured
    work, whole = _made(wanted.scenes, 0.0), _made(wanted.scenes, wanted.seconds)
    critical = work + IN_SERIES * wanted.seconds
    print(f"{wanted.scenes} scenes, calls of {wanted.seconds:g} s")
    print(f"the work of this machine      {work:6.1f} s")
    print(f"with calls in series          {critical:6.1f} s: the critical path")
    print(f"the film                      {whole:6.1f} s, {whole / critical:.2f} of it")


def _made(scenes: int, seconds: float) -> float:
    with (
        tempfile.TemporaryDirectory(prefix="pixora-latency-") as folder,
        open_street() as street,
        open_company(Path(folder)) as (studio, instance),
    ):
        open_account_with_all(studio, street)
        for service in street.services:
            service.takes = seconds
        text = f"The story of film-1 in {scenes} scenes."
        project, began = studio.projects.add(new_project_id(), text, preferences=WISHES), time.monotonic()
        make_current(studio, instance, project)
        return time.monotonic() - began


if __name__ == "__main__":
    main()
