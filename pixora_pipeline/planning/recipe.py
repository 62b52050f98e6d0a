"""How an artifact comes about, declared once: the graph that the planner, the assets and the UI all read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import JsonValue

from pixora_pipeline.model.project import Project

Scope = Literal["project", "scene"]


@dataclass(frozen=True)
class Recipe:
    """One artifact of the graph.

    `description` is for the people who ask for films. `version` changes whenever the same inputs would give another
    result. `inputs` names the artifacts it reads: of the same scene, of the project, or, for a project's artifact that
    names a scene's, of every scene in the timeline. `row` is what it reads of the project's row, nothing else of it.
    `make` is the asset's own business (see `assets.work`); the planner never calls it.
    """

    name: str
    scope: Scope
    group: str
    description: str
    version: str
    make: Callable[[Any], Any]
    inputs: tuple[str, ...] = ()
    row: Callable[[Project], JsonValue] | None = None
    kinds: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    verify: Callable[[Any], Any] | None = None


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
