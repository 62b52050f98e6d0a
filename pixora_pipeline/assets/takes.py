"""Another take of what a provider made: a number in the row, so that the take before is a number away."""

from collections.abc import Sequence

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.model.project import Project, Takes
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.planning.causes import called
from pixora_pipeline.planning.fingerprint import place_name
from pixora_pipeline.planning.layout import Layout
from pixora_pipeline.planning.recipe import Graph
from pixora_pipeline.planning.records import Place


def ask_for_takes(studio: Studio, project: Project, graph: Graph, places: Sequence[Place]) -> Project:
    """A new take of each of these places that can have one; the project as it is then."""
    names = [place_name(place) for place in places if graph[place[0]].retakes]
    if not names:
        return project
    asked = {name: project.takes.get(name, Takes()).asked + 1 for name in names}
    takes = {**project.takes, **{name: Takes(used=count, asked=count) for name, count in asked.items()}}
    return studio.projects.change(project, takes=takes)


def use_take(studio: Studio, project: Project, place: Place, take: int) -> Project:
    """Go to a take that was asked for before. Raises `NotFound` when there was none of that number."""
    name = place_name(place)
    known = project.takes.get(name, Takes())
    if not 1 <= take <= known.asked:
        raise NotFound(f"{called(place)} has takes 1 to {known.asked}; there is no take {take}.")
    if take == known.used:
        raise UserError(f"{called(place)} is at take {take} already. Nothing was changed.")
    takes = {**project.takes, name: Takes(used=take, asked=known.asked)}
    return studio.projects.change(project, takes=takes)


def check_place(graph: Graph, artifact: str, slot: str | None, layout: Layout) -> Place:
    """The place that somebody names, if there can be takes of it. Raises `UserError` or `NotFound`."""
    recipe = graph.get(artifact)
    if recipe is None or not recipe.retakes:
        choices = ", ".join(name for name, each in graph.items() if each.retakes)
        raise NotFound(f"There are no takes of {artifact!r}. Choose one of: {choices}.")
    if recipe.scope == "project" and slot:
        raise UserError(f"{artifact} belongs to the whole film: leave out --scene.")
    slots = layout.slots
    if recipe.scope == "scene" and slot not in slots:
        there = ", ".join(str(scene_number(each)) for each in sorted(slots)) or "none yet"
        if slot:
            raise NotFound(f"The script has no scene {scene_number(slot)}; it has {there}.")
        raise UserError(f"{artifact} is made for each scene: give --scene. The script has {there}.")
    if not layout.has(recipe, slot):
        what = f"Scene {scene_number(slot)} is {layout.scenes[slot]}" if slot else f"This film is a {layout.kind}"
        raise UserError(f"{what}: it has no {artifact}.")
    return artifact, slot
