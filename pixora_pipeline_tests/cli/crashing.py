"""`pixora` in a process of its own that kills itself at a named point, as the power does: nothing is tidied up.

    python -m pixora_pipeline_tests.cli.crashing POINT COUNT LOG make ...

POINT is `stored` (the COUNT-th artifact stands in the store and is on no record yet), `drafted` (the COUNT-th is
written and not yet at its place), `begun` (the COUNT-th is being made) or `never`. What is made is noted in LOG.
"""

import os
import signal
import sys
from itertools import count
from pathlib import Path

from pixora_pipeline.assets.progress import Progress, watching
from pixora_pipeline.cli import main
from pixora_pipeline.planning.fingerprint import place_name
from pixora_pipeline.store.artifacts import ArtifactStore


def crash(point: str, at: int, log: Path) -> None:
    """Note what is made, and die there."""
    counts = {name: count(1) for name in ("stored", "drafted", "begun")}
    commit = ArtifactStore.commit

    def reach(name: str) -> None:
        if name == point and next(counts[name]) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(progress: Progress) -> None:
        if progress.state == "made":
            with log.open("a") as file:
                file.write(place_name(progress.place) + "\n")
            reach("stored")
        elif progress.state == "begun":
            reach("begun")

    def commit_or_die(store: ArtifactStore, *rest):
        reach("drafted")
        return commit(store, *rest)

    ArtifactStore.commit = commit_or_die
    with watching(hear):
        main()


if __name__ == "__main__":
    point, at, log, *typed = sys.argv[1:]
    sys.argv = ["pixora", *typed]
    crash(point, int(at), Path(log))
