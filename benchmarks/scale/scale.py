"""How a tick, a plan and an asset page cost among 1 000 and among 10 000 finished projects of 10 scenes.

    .venv/bin/python benchmarks/scale/scale.py [--sizes 1000,10000] [--times 9]

One project of 10 scenes is made for real. The others are copies of its rows, written by SQL: its row, its runs with
their tags, its partition, and every materialisation in Dagster's event log with its tags (without inline previews).
Then one project is edited, and each thing is done again and again; the figure is the median.
"""

import argparse
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from dagster import DagsterInstance, build_sensor_context
from dagster._core.definitions.partitions.context import partition_loading_context
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import ModuleTarget
from dagster_graphql.cli import execute_query

from pixora_pipeline.assets.project_plan import current_plan
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.definitions import build_defs
from pixora_pipeline.instance import open_instance
from pixora_pipeline.model.overlay import Overlay, SceneEdit
from pixora_pipeline.model.project import Preferences, Project
from pixora_pipeline.partitions import new_project_id, projects
from pixora_pipeline.runner import make_current
from pixora_pipeline.sensors.cursor import Cursor
from pixora_pipeline.settings import Settings

TEXT = Path(__file__).with_name("ten_scenes.md")
OVERVIEW = """
{ assetNodeOrError(assetKey: {path: ["scene_image"]}) { ... on AssetNode {
    partitionStats { numMaterialized numPartitions numFailed }
    partitionKeysByDimension { name partitionKeys }
    assetMaterializations(limit: 1) { timestamp }
    assetPartitionStatuses { ... on MultiPartitionStatuses { ranges { primaryDimStartKey primaryDimEndKey } } }
} } }
"""
"""What the UI asks to show an asset with its partitions."""

PARTITION = """
{ assetNodeOrError(assetKey: {path: ["scene_image"]}) { ... on AssetNode {
    staleStatus(partition: "KEY")
    latestMaterializationByPartition(partitions: ["KEY"]) { timestamp metadataEntries { label } }
} } }
"""
"""What the UI asks to show one partition of it."""

PREVIEW = re.compile(r"data:image/webp;base64,[A-Za-z0-9+/=]*")


def main() -> None:
    """Measure at each size, the smaller ones first, and print the ratio of the last to the first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--times", type=int, default=9)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        studio = Studio(settings)
        instance = open_instance(settings)
        project = studio.projects.add(
            new_project_id(), TEXT.read_text("utf-8"), preferences=Preferences(resolution="240p")
        )
        make_current(studio, instance, project)
        print(f"{len(current_plan(instance, studio, project)[0].slots)} scenes a project", flush=True)
        graph = ModuleTarget("pixora_pipeline.definitions", None, None, "pixora")
        figures = []
        with WorkspaceProcessContext(instance, graph) as context:
            for size in map(int, asked.sizes.split(",")):
                fill(settings, project, size)
                figures.append(measure(studio, instance, context, project, asked.times))
                tell(size, figures[-1])
        for name in figures[0]:
            print(f"{name:45} ratio {figures[-1][name] / figures[0][name]:.2f}")
        studio.close()


def tell(size: int, figures: dict[str, float]) -> None:
    """Print what was measured."""
    for name, seconds in figures.items():
        print(f"{size:6} projects   {name:45} {seconds * 1000:8.1f} ms", flush=True)


def measure(
    studio: Studio, instance: DagsterInstance, context: WorkspaceProcessContext, project: Project, times: int
) -> dict[str, float]:
    """Seconds of processor time, the median of so many."""
    change(studio, project)
    definitions = build_defs(studio=studio)
    sensor = definitions.resolve_sensor_def("project_reconciler")
    newest = [number for number, _ in studio.projects.changed_since(0, limit=10_000_000)]
    settled = Cursor(seen=tuple(newest[:-1][-200:])).model_dump_json()
    nothing = Cursor(seen=tuple(newest[-200:])).model_dump_json()

    def tick(cursor: str) -> int:
        resources = {"studio": studio}
        tick_context = build_sensor_context(
            instance=instance, cursor=cursor, definitions=definitions, sensor_name=sensor.name, resources=resources
        )
        with tick_context, partition_loading_context(dynamic_partitions_store=instance):
            return len(sensor.evaluate_tick(tick_context).run_requests or [])

    def ask(query: str) -> None:
        answer = execute_query(context, query.replace("KEY", f"{project.id}|s03"))
        assert "errors" not in answer, answer

    assert (tick(settled), tick(nothing)) == (1, 0)
    now = studio.projects.get(project.id)
    return {
        "a tick with one changed project": timed(lambda: tick(settled), times),
        "a tick with none": timed(lambda: tick(nothing), times),
        "a plan": timed(lambda: current_plan(instance, studio, now), times),
        "UI: a scene asset with all its partitions": timed(lambda: ask(OVERVIEW), times),
        "UI: one scene's partition": timed(lambda: ask(PARTITION), times),
    }


def timed(action: Callable[[], object], times: int) -> float:
    """The median of the processor seconds it takes, so that a busy machine does not show."""
    action()
    spent = []
    for _ in range(times):
        began = time.process_time()
        action()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def change(studio: Studio, project: Project) -> None:
    """Edit one narration: the last change there is."""
    now = studio.projects.get(project.id)
    said = f"He lit lantern number {now.revision}."
    studio.projects.change(now, overlay=Overlay(scenes={"s03": SceneEdit(narration=said)}))


def fill(settings: Settings, project: Project, size: int) -> None:
    """Copy the project until there are that many."""
    log = settings.dagster / "history" / "runs" / "index.db"
    with closing(sqlite3.connect(log)) as events:
        there = events.execute("SELECT count(*) FROM dynamic_partitions").fetchone()[0]
    new = [new_project_id() for _ in range(size - there)]
    with closing(sqlite3.connect(settings.home / "pixora.db")) as rows, rows:
        rows.executemany("INSERT INTO projects (id, text) VALUES (?, ?)", [(id, "A text.") for id in new])
    with closing(sqlite3.connect(log)) as events, events:
        copy_events(events, project.id, new)
    with closing(sqlite3.connect(settings.dagster / "history" / "runs.db")) as runs, runs:
        copy_runs(runs, project.id, new)


def copy_events(events: sqlite3.Connection, old: str, new: list[str]) -> None:
    """Every materialisation of the project once for each id, with its tags."""
    name = projects.name
    events.executemany(
        "INSERT INTO dynamic_partitions (partitions_def_name, partition) VALUES (?, ?)", [(name, id) for id in new]
    )
    columns = "run_id, event, dagster_event_type, timestamp, step_key, asset_key, partition"
    kept = "dagster_event_type = 'ASSET_MATERIALIZATION' AND (partition = ? OR partition LIKE ?)"
    rows = events.execute(f"SELECT id, {columns} FROM event_logs WHERE {kept}", (old, f"{old}|%")).fetchall()
    tags = events.execute("SELECT event_id, asset_key, key, value, event_timestamp FROM asset_event_tags").fetchall()
    slim = [
        (row[0], *(PREVIEW.sub("data:,", each) if isinstance(each, str) else each for each in row[1:])) for row in rows
    ]
    last = events.execute("SELECT max(id) FROM event_logs").fetchone()[0]
    number = {row[0]: n for n, row in enumerate(slim)}
    for nth, id in enumerate(new):
        first = last + 1 + nth * len(slim)
        copies = [(first + n, *(copied(each, old, id) for each in row[1:])) for n, row in enumerate(slim)]
        events.executemany(f"INSERT INTO event_logs (id, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", copies)
        events.executemany(
            "INSERT INTO asset_event_tags (event_id, asset_key, key, value, event_timestamp) VALUES (?, ?, ?, ?, ?)",
            [
                (first + number[tag[0]], *(copied(each, old, id) for each in tag[1:]))
                for tag in tags
                if tag[0] in number
            ],
        )


def copy_runs(runs: sqlite3.Connection, old: str, new: list[str]) -> None:
    """Every run of the project once for each id, with its tags."""
    names = [row[1] for row in runs.execute("PRAGMA table_info(runs)") if row[1] != "id"]
    rows = runs.execute(f"SELECT {', '.join(names)} FROM runs").fetchall()
    rows = [row for row in rows if old in str(row)][:3]
    place = names.index("run_id")
    ids = [row[place] for row in rows]
    marks = ", ".join("?" for _ in ids)
    tags = runs.execute(f"SELECT run_id, key, value FROM run_tags WHERE run_id IN ({marks})", ids).fetchall()
    for id in new:
        fresh = {each: f"{each[:-10]}{id[2:]}" for each in ids}
        for row in rows:
            copy = [copied(each, old, id, row[place], fresh[row[place]]) for each in row]
            runs.execute(f"INSERT INTO runs ({', '.join(names)}) VALUES ({', '.join('?' for _ in names)})", copy)
        runs.executemany(
            "INSERT INTO run_tags (run_id, key, value) VALUES (?, ?, ?)",
            [(fresh[tag[0]], tag[1], copied(tag[2], old, id)) for tag in tags],
        )


def copied(value: object, *pairs: str) -> object:
    """The value with each odd text replaced by the even one after it."""
    if isinstance(value, str):
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            value = value.replace(old, new)
    return value


if __name__ == "__main__":
    main()
