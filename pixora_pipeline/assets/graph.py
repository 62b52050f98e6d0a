"""The graph of a film: every recipe, after everything it reads, and the waves they are made in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dagster import PartitionsDefinition

from pixora_pipeline import partitions
from pixora_pipeline.assets import (
    brief,
    characters,
    clip,
    compilation,
    explanation,
    film,
    footage,
    manim,
    music,
    picture,
    preview,
    publishing,
    scene_brief,
    script,
    voice,
)
from pixora_pipeline.planning.recipe import Graph, Recipe, graph_of

GRAPH: Graph = graph_of(
    *brief.RECIPES,
    *explanation.RECIPES,
    *compilation.RECIPES,
    *script.RECIPES,
    *characters.RECIPES,
    *music.RECIPES,
    *scene_brief.RECIPES,
    *voice.RECIPES,
    *picture.RECIPES,
    *manim.RECIPES,
    *footage.RECIPES,
    *clip.RECIPES,
    *film.RECIPES,
    *publishing.RECIPES,
)


@dataclass(frozen=True)
class WaveOf:
    """Recipes that are made in one run."""

    name: str
    description: str
    recipes: tuple[Recipe, ...]
    partitions: PartitionsDefinition


WAVES: tuple[WaveOf, ...] = (
    WaveOf(
        "script",
        "Everything that belongs to the whole film: brief, script, characters, music.",
        (
            *brief.RECIPES,
            *explanation.RECIPES,
            *compilation.RECIPES,
            *script.RECIPES,
            *characters.RECIPES,
            *music.RECIPES,
        ),
        partitions.projects,
    ),
    WaveOf(
        "scenes",
        "Everything that belongs to a scene, all scenes side by side.",
        (
            *scene_brief.RECIPES,
            *voice.RECIPES,
            *picture.RECIPES,
            *manim.RECIPES,
            *footage.RECIPES,
            *clip.RECIPES,
        ),
        partitions.scenes,
    ),
    WaveOf(
        "film",
        "The finished film, and the same where it is published.",
        (*film.RECIPES, *publishing.RECIPES),
        partitions.projects,
    ),
)

PREVIEW = WaveOf("preview", "The whole film, small.", preview.RECIPES, partitions.projects)

PREVIEW_WAVES: tuple[WaveOf, ...] = (
    WAVES[0],
    replace(WAVES[1], recipes=tuple(recipe for recipe in WAVES[1].recipes if recipe not in clip.RECIPES)),
    PREVIEW,
)
"""What leads to a preview: all of the film but its clips and itself."""


def graph_in(waves: Sequence[WaveOf]) -> Graph:
    """The graph of all recipes of these waves."""
    return graph_of(*(recipe for wave in waves for recipe in wave.recipes))
