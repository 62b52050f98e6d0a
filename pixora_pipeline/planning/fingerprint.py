"""The name of a version before it is made: everything that may change the result, and nothing else."""

from collections.abc import Mapping

from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.project import Project
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.planning.records import Place


def place_name(place: Place) -> str:
    """How a place is called in sidecars, rows and fingerprints: `music`, or `voice_over@s03`."""
    artifact, slot = place
    return f"{artifact}@{slot}" if slot else artifact


def fingerprint(recipe: Recipe, project: Project, slot: str | None, inputs: Mapping[str, str]) -> str:
    """The fingerprint of an artifact made from inputs of these data versions, as the row asks for it."""
    named = {
        "artifact": recipe.name,
        "version": recipe.version,
        "row": recipe.row(project) if recipe.row else None,
        "inputs": dict(inputs),
    }
    take = project.take_of(place_name((recipe.name, slot))) if recipe.retakes else 1
    return hash_value(named | ({"take": take} if take > 1 else {}))
