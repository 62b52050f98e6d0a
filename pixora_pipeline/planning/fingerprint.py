"""The name of a version before it is made: everything that may change the result, and nothing else."""

from collections.abc import Mapping

from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.project import Project
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.planning.records import Place


def input_name(place: Place) -> str:
    """How an input is called in sidecars and fingerprints: `music`, or `voice_over@s03`."""
    artifact, slot = place
    return f"{artifact}@{slot}" if slot else artifact


def fingerprint(recipe: Recipe, project: Project, inputs: Mapping[str, str]) -> str:
    """The fingerprint of an artifact made from inputs of these data versions."""
    return hash_value(
        {
            "artifact": recipe.name,
            "version": recipe.version,
            "row": recipe.row(project) if recipe.row else None,
            "inputs": dict(inputs),
        }
    )
