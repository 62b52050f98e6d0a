"""From a plan to the run that comes next: the first wave with anything to make."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from dagster import AssetKey

from pixora_pipeline.assets.graph import WAVES, WaveOf
from pixora_pipeline.assets.recorded import asset_key
from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.project import Project
from pixora_pipeline.partitions import SLOTS, scene_key
from pixora_pipeline.planning.plan import VALUES, Plan, Step
from pixora_pipeline.planning.recipe import Graph, Recipe
from pixora_pipeline.planning.records import Place

PROJECT = "pixora/project"
"""The tag that names a run's project."""

WHY = "pixora/why"
"""The tag that says why a run exists: what was changed, in words."""

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
"""The configuration of runs we request. Dagster's own log of a run is in its UI; a terminal would only be flooded."""

RANGE_START, RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"


@dataclass(frozen=True)
class NextRun:
    """A run to request. `partition` is None where `tags` name a range of scenes."""

    job: str
    assets: tuple[AssetKey, ...]
    partition: str | None
    tags: dict[str, str]
    content: str


def next_run(project: Project, plan: Plan, waves: Sequence[WaveOf] = WAVES) -> NextRun | None:
    """The run for the first wave that has anything in the plan, or None when all that may be made is current.

    Where that would only derive values, a later wave's run takes them along. A range may hold scenes that are current:
    the run finds that out and leaves them alone.
    """
    due = [found for wave in waves if (found := _due(project, plan, wave))]
    if not due:
        return None
    wave, steps = next((each for each in due if any(step.action not in VALUES for step in each[1])), due[-1])
    places = [step.place for step in steps]
    keys = tuple(asset_key(name) for name in dict.fromkeys(name for name, _ in places))
    slots = sorted({slot for _, slot in places if slot}, key=SLOTS.index)
    content = hash_value([list(place) for place in places])[:8]
    return NextRun(f"make_{wave.name}", keys, *_target(project.id, slots), content)


def _due(project: Project, plan: Plan, wave: WaveOf) -> tuple[WaveOf, list[Step]] | None:
    names = {recipe.name for recipe in wave.recipes if recipe.before_approval or project.approval != "waiting"}
    steps = [step for step in plan.steps if step.place[0] in names]
    return (wave, steps) if steps else None


def values_along(plan: Plan, graph: Graph, recipes: Sequence[Recipe]) -> list[Place]:
    """The values that a run of these recipes takes along: those before them that nothing has to be made for first."""
    before, stale, along = set(takewhile(lambda name: name != recipes[0].name, graph)), plan.places, []
    for step in plan.steps:
        name, slot = step.place
        if name in before and step.action in VALUES:
            needs = plan.layout.inputs(graph, graph[name], slot)
            along += [step.place] if all(need in along or need not in stale for need in needs) else []
    return along


def _target(project: str, slots: list[str]) -> tuple[str | None, dict[str, str]]:
    tags = {PROJECT: project}
    if not slots:
        return project, tags
    if len(slots) == 1:
        return scene_key(project, slots[0]), tags
    return None, tags | {RANGE_START: scene_key(project, slots[0]), RANGE_END: scene_key(project, slots[-1])}
