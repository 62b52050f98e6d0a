"""What is to be made for one project, and why: the same answer for the CLI, the sensor and the UI."""

from collections.abc import Callable
from dataclasses import dataclass, field

from pixora_pipeline.model.project import Project
from pixora_pipeline.planning.fingerprint import fingerprint, input_name
from pixora_pipeline.planning.recipe import Graph, Recipe
from pixora_pipeline.planning.records import Place, Records, input_places

IsStored = Callable[[Place, str], bool]
"""Whether the version of a place with that fingerprint is in the store."""


@dataclass(frozen=True)
class Step:
    """One artifact to make. `certain` is False where an input that is re-made may turn out unchanged."""

    place: Place
    cause: str
    certain: bool


@dataclass(frozen=True)
class Plan:
    """Everything stale, each step after what it reads. Empty when the film is current."""

    steps: tuple[Step, ...] = ()
    places: frozenset[Place] = field(default=frozenset())


def make_plan(graph: Graph, project: Project, records: Records, is_stored: IsStored) -> Plan:
    """Compare what is wanted with what is on record.

    Scenes are those of the recorded timeline; before there is one, their artifacts are not in the plan yet.
    """
    steps: dict[Place, Step] = {}
    for recipe in graph.values():
        for slot in records.slots if recipe.scope == "scene" else (None,):
            if step := _step(graph, recipe, slot, project, records, is_stored, steps):
                steps[step.place] = step
    return Plan(tuple(steps.values()), frozenset(steps))


def _step(
    graph: Graph,
    recipe: Recipe,
    slot: str | None,
    project: Project,
    records: Records,
    is_stored: IsStored,
    steps: dict[Place, Step],
) -> Step | None:
    place = (recipe.name, slot)
    needs = input_places(graph, recipe, slot, records.slots)
    record = records.get(place)
    if record is None:
        return Step(place, "never made", certain=True)
    if upstream := [need for need in needs if need in steps]:
        return Step(place, f"{input_name(upstream[0])} is made anew", certain=False)
    wanted = fingerprint(recipe, project, {input_name(need): records.by_place[need].data_version for need in needs})
    if wanted != record.fingerprint:
        return Step(place, "what it is made from has changed", certain=True)
    if not is_stored(place, record.fingerprint):
        return Step(place, "file is missing", certain=True)
    return None
