"""Which places a film has: its scenes in order, how each is pictured, and the artifacts that follow from that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pixora_pipeline.model.briefs import Timeline
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import Pictured
from pixora_pipeline.planning.recipe import Graph, Recipe
from pixora_pipeline.planning.records import Place


@dataclass(frozen=True)
class Layout:
    """The kind of the project, and its scenes by slot in the film's order; none where the script is not known.

    `traits` is what there is to a project beside its kind.
    """

    kind: str
    scenes: Mapping[str, Pictured] = field(default_factory=dict)
    traits: tuple[str, ...] = ()

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots of all scenes, in order."""
        return tuple(self.scenes)

    def has(self, recipe: Recipe, slot: str | None) -> bool:
        """Whether there is such an artifact at that slot (None: of the project)."""
        if slot is None:
            return recipe.scope == "project" and any(map(recipe.applies, (self.kind, *self.traits)))
        return recipe.scope == "scene" and slot in self.scenes and recipe.applies(self.scenes[slot])

    def places(self, recipe: Recipe) -> Iterator[Place]:
        """Everywhere that there is such an artifact."""
        for slot in self.slots if recipe.scope == "scene" else (None,):
            if self.has(recipe, slot):
                yield recipe.name, slot

    def inputs(self, graph: Graph, recipe: Recipe, slot: str | None) -> list[Place]:
        """The places that a recipe reads when it makes its artifact for that slot; of inputs, those there are."""
        places: list[Place] = []
        for name in recipe.inputs:
            own_scene = graph[name].scope == recipe.scope == "scene"
            places += [(name, slot)] if own_scene and self.has(graph[name], slot) else []
            places += [] if own_scene else self.places(graph[name])
        return places


def layout_of(project: Project, timeline: Timeline | None) -> Layout:
    """The layout of a project with that timeline, if there is one yet."""
    scenes = {scene.slot: scene.pictured for scene in timeline.scenes} if timeline else {}
    return Layout(project.kind, scenes, project.traits)
