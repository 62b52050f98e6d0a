"""How an artifact comes about, declared once: the graph that the planner, the assets and the UI all read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from pydantic import JsonValue

from pixora_pipeline.model.project import Project
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.records import Records

Scope = Literal["project", "scene"]
AnyValue = TypeVar("AnyValue", bound=Value)
Facts = dict[str, JsonValue]


class Source(Protocol):
    """What a value is derived from: the row, the scene, and the artifacts it reads."""

    project: Project
    slot: str | None

    def value(self, artifact: str, type: type[AnyValue]) -> AnyValue:
        """An artifact that is a value."""

    def known(self, artifact: str) -> Facts:
        """The facts about an artifact that is a file."""


@dataclass(frozen=True)
class Recipe:
    """One artifact of the graph.

    `description` is for the people who ask for films. `version` changes whenever the same inputs would give another
    result. `inputs` names the artifacts it reads: of the same scene, of the project, or, for a project's artifact that
    names a scene's, of every scene in the timeline.

    A value has `derive`, a pure function that the planner calls too; `row` is what that reads of the project's row.
    Anything else has `make`, which is the asset's own business (see `assets.work`); the planner never calls it, and
    where `retakes` is set people can ask for another take of it. `capability` is what a provider of it must have.
    `foresee` tells which facts about it will stay as they are recorded when it is made anew. What is not made
    `before_approval` waits until the script is approved, where that is asked for.

    `only` names what has such an artifact, where not everything has: for a scene's, how the scene is pictured; for a
    project's, its kind or another of its traits. What is `outward` changes something outside the store: an earlier
    version is not taken from there, since that would leave the outside as a later one made it. `note` writes down
    elsewhere what version is on record now, given the studio, the project, the version and the records it was made
    from; it is called before the record is, so that it is never behind.

    `looks_into` names artifacts of others that it searches, such as all sources' index: lineage for people to see. What
    it finds there is frozen in it, so a change there makes it stale only where the row changes too.
    """

    name: str
    scope: Scope
    group: str
    description: str
    version: str
    inputs: tuple[str, ...] = ()
    row: Callable[[Project], JsonValue] | None = None
    derive: Callable[[Source], Value] | None = None
    make: Callable[[Any], Any] | None = None
    retakes: bool = False
    capability: Literal["text", "refinement", "animation", "image", "speech", "music", "motion"] | None = None
    before_approval: bool = False
    foresee: Callable[[Source, Facts], Facts] | None = None
    only: tuple[str, ...] = ()
    outward: bool = False
    note: Callable[[Any, Project, Any, Records], None] | None = None
    kinds: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    verify: Callable[[Any, Any], Any] | None = None
    looks_into: tuple[str, ...] = ()

    def applies(self, to: str) -> bool:
        """Whether a scene pictured like that, or a project of that kind, has this artifact."""
        return not self.only or to in self.only


Graph = Mapping[str, Recipe]
"""Recipes by name, each after everything it reads."""


def graph_of(*recipes: Recipe) -> Graph:
    """The graph of these recipes; one that reads what does not stand before it is refused."""
    graph: dict[str, Recipe] = {}
    for recipe in recipes:
        if missing := [name for name in recipe.inputs if name not in graph]:
            raise ValueError(f"{recipe.name} reads {missing}, which must stand before it")
        graph[recipe.name] = recipe
    return graph
