"""How long a film takes beside the work itself: through `pixora up` and through `pixora make`, fresh and after an edit.

    .venv/bin/python benchmarks/orchestration/overhead.py [--rounds 3] [--no-daemon]

The work is the time in which at least one provider or encoder was busy: every stored version says how long it took to
make and its sidecar's date when it was done. The film's one pass over its whole sound and its checks are such work, and
so is what a maker imports when it is first called. What happens while something is being made costs nobody time, and
counts for nothing. Everything else is overhead: starting Python, imports, planning, polling, queueing, hashing what is
read, reporting, ending. Waiting for worker processes to start is no work either, and is measured apart and added: for a
command, what is left of it when Dagster is imported. Each fresh film of a command has a fresh home, whose databases are
made within its time.
"""

import argparse
import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dagster import AssetRecordsFilter, DagsterEventType, DagsterInstance, RunsFilter

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.next_run import PROJECT
from pixora_pipeline.assets.project_plan import current_plan
from pixora_pipeline.assets.recorded import asset_key
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.instance import open_instance
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.settings import Settings

TEXT = Path(__file__).with_name("eight_scenes.md")
PIXORA = [sys.executable, "-m", "pixora_pipeline.cli"]
LONGEST = 600.0
POOL = """
import os, time
from pixora_pipeline.assets.workers import Workers, get_ready
{before}
workers, began = Workers(), time.monotonic()
workers.run(os.getpid)
print(time.monotonic() - began)
workers.close()
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-daemon", action="store_true", help="measure commands alone")
    asked = parser.parse_args()
    cold, warm = pool_start(""), pool_start("get_ready(); import pixora_pipeline.runner")
    print(
        f"waiting for workers: {cold:.1f} s in a run, {warm:.1f} s in a command; counted as overhead below", flush=True
    )
    for name, values in measure(asked.rounds, cold, warm, not asked.no_daemon).items():
        spread = ", ".join(f"{each:.1f}" for each in values)
        print(f"{name:55} median {statistics.median(values):5.1f} s   ({spread})", flush=True)


def measure(rounds: int, cold: float, warm: float, with_daemon: bool) -> dict[str, list[float]]:
    """Every figure, once a round."""
    found: dict[str, list[float]] = {}

    def note(name: str, value: float) -> None:
        found.setdefault(name, []).append(value)
        print(f"  {name}: {value:.1f}", flush=True)

    if with_daemon:
        with tempfile.TemporaryDirectory() as folder, daemon(Path(folder)) as (home, boot):
            note("pixora up: until the studio is open", boot)
            for _ in range(rounds):
                through_the_daemon(home, cold, note)
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            through_make(Path(folder), warm, note)
    return found


def through_the_daemon(home: Path, pool: float, note: Callable[[str, float], None]) -> None:
    """A row by SQL, its film, and its film after an edit. Each run that makes anything starts workers of its own."""
    began, id = time.time(), new_project_id()
    with sqlite3.connect(home / "pixora.db", timeout=30) as rows:
        rows.execute(
            "INSERT INTO projects (id, text, preferences) VALUES (?, ?, ?)",
            (id, TEXT.read_text("utf-8"), '{"resolution": "240p"}'),
        )
    first, done = follow(home, id, began)
    note("daemon: from the row to the first running step", first - began)
    note("daemon: overhead of a fresh film", overhead(home, id, began, done, 3 * pool))
    began = time.time()
    edit(home, id)
    _, done = follow(home, id, began)
    note("daemon: overhead after editing one scene", overhead(home, id, began, done, 2 * pool))


def through_make(home: Path, pool: float, note: Callable[[str, float], None]) -> None:
    """The same by commands, each a process of its own."""
    began = time.time()
    report = json.loads(pixora(home, "make", str(TEXT), "--resolution", "240p", "--json", "-o", str(home / "a.mp4")))
    note("make: overhead of a fresh film", overhead(home, report["project"], began, time.time(), pool))
    edit(home, report["project"])
    began = time.time()
    pixora(home, "make", report["project"], "--json", "-o", str(home / "b.mp4"))
    note("make: overhead after editing one scene", overhead(home, report["project"], began, time.time(), pool))


@contextmanager
def daemon(folder: Path) -> Iterator[tuple[Path, float]]:
    """`pixora up` in a home of its own, and how long it took to open."""
    port, began = free_port(), time.monotonic()
    log = (folder / "up.log").open("w")
    process = subprocess.Popen([*PIXORA, "up", "--port", str(port)], env=env(folder), stdout=log, stderr=log)
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if process.poll() is not None:
                sys.exit(f"pixora up ended: {(folder / 'up.log').read_text()}")
            time.sleep(0.1)
        yield folder, time.monotonic() - began
    finally:
        process.terminate()
        process.wait()


def follow(home: Path, id: str, began: float) -> tuple[float, float]:
    """Wait for a film younger than that; when the first step began and when the film was noted."""
    studio = Studio(Settings(home=home))
    with open_instance(studio.settings) as instance:
        while time.time() < began + LONGEST:
            time.sleep(0.5)
            done = film_noted(instance, id)
            if done > began:
                assert not current_plan(instance, studio, studio.projects.get(id))[0].steps
                return first_step(instance, id, began), done
    sys.exit(f"{id} was not made in {LONGEST:.0f} s: {(home / 'up.log').read_text()[-3000:]}")


def film_noted(instance: DagsterInstance, id: str) -> float:
    """When the latest film of that project was noted, 0 when there is none."""
    films = AssetRecordsFilter(asset_key("final_video"), asset_partitions=[id])
    found = instance.fetch_materializations(films, limit=1).records
    return found[0].timestamp if found else 0.0


def first_step(instance: DagsterInstance, id: str, after: float) -> float:
    """When the first step of the project began, after that time."""
    runs = instance.get_runs(RunsFilter(tags={PROJECT: id}))
    steps = [each for run in runs for each in instance.all_logs(run.run_id, of_type=DagsterEventType.STEP_START)]
    return min(each.timestamp for each in steps if each.timestamp > after)


def overhead(home: Path, id: str, began: float, done: float, pool: float) -> float:
    """The seconds between in which nothing was being made, and those that worker processes took to start."""
    spans = []
    for sidecar in (home / "artifacts").glob(f"*/{id}/**/sidecar.json"):
        made = json.loads(sidecar.read_text("utf-8"))
        recipe, end = GRAPH.get(made["artifact"]), sidecar.stat().st_mtime
        if recipe and recipe.make and end > began:
            spans.append((end - made["seconds_to_make"], end))
    return done - began - covered(spans) + pool


def covered(spans: list[tuple[float, float]]) -> float:
    """The length of the union of these spans."""
    total, until = 0.0, 0.0
    for begin, end in sorted(spans):
        total += max(0.0, end - max(begin, until))
        until = max(until, end)
    return total


def edit(home: Path, id: str) -> None:
    """Give scene 3 another narration."""
    pixora(home, "edit", id, "--scene", "3", "--narration", "He lit a lantern, and the forest lit another.")


def pixora(home: Path, *arguments: str) -> str:
    """Run a command and return what it printed."""
    done = subprocess.run([*PIXORA, *arguments], env=env(home), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"pixora {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def pool_start(before: str) -> float:
    """How long it takes until a fresh pool of workers answers, in a process that did something else before."""
    script = POOL.format(before=before)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(done.stdout)


def env(home: Path) -> dict[str, str]:
    """An environment with that home and nothing else of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PIXORA_")} | {
        "PIXORA_HOME": str(home)
    }


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
