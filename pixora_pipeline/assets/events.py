"""What Dagster is told about a finished artifact: its versions as tags, and what people want to see as metadata."""

import base64
from collections.abc import Iterator, Mapping
from pathlib import Path

from dagster import (
    AssetCheckEvaluation,
    AssetCheckSeverity,
    AssetMaterialization,
    MetadataValue,
    MultiPartitionKey,
)

from pixora_pipeline.assets.recorded import asset_key, partition_key
from pixora_pipeline.assets.remarks import remark_on
from pixora_pipeline.assets.specs import version_tags
from pixora_pipeline.assets.thumbnails import PREVIEW
from pixora_pipeline.model.project import Project
from pixora_pipeline.planning.fingerprint import place_name
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.planning.records import Place, Record
from pixora_pipeline.store.artifacts import Stored

_VERBS = {".mp4": "play", ".wav": "listen"}


def materialization(
    recipe: Recipe,
    project: Project,
    place: Place,
    stored: Stored,
    reads: Mapping[Place, Record | None],
    link: str,
    why: str,
) -> AssetMaterialization:
    """The event for a version.

    `reads` are the records it was made from: Dagster's stale status follows from them. `link` opens its file,
    `why` is the cause it was made for.
    """
    sidecar = stored.sidecar
    return AssetMaterialization(
        asset_key=asset_key(recipe.name),
        partition=_event_partition(project.id, place),
        description=f"{recipe.name} of {place[1] or 'the project'}",
        metadata=_metadata(recipe, stored, link, project.take_of(place_name(place)), why),
        tags={
            **version_tags(sidecar, recipe.version),
            **_input_tags(recipe, reads),
        },
    )


def evaluations(recipe: Recipe, project: Project, place: Place, stored: Stored) -> Iterator[AssetCheckEvaluation]:
    """The event for each check the version went through."""
    for finding in stored.sidecar.findings:
        measures = {"measured": finding.measured, "limit": finding.limit}
        yield AssetCheckEvaluation(
            asset_key=asset_key(recipe.name),
            check_name=finding.name,
            passed=finding.passed,
            severity=AssetCheckSeverity.ERROR,
            description=finding.message,
            metadata={name: value for name, value in measures.items() if value is not None},
            partition=_event_partition(project.id, place),
        )


def _event_partition(project: str, place: Place) -> str:
    key = partition_key(project, place)
    return MultiPartitionKey({"project": project, "scene": place[1]}) if place[1] else key


def _input_tags(recipe: Recipe, reads: Mapping[Place, Record | None]) -> dict[str, str]:
    # Dagster compares partitions by what came after the highest event that was read. What other kinds of films and
    # scenes read is named as well, as not made: Dagster would take it for a new dependency.
    tags: dict[str, str] = {}
    absent = set(recipe.inputs) - {artifact for artifact, _ in reads}
    for (artifact, _), record in [*reads.items(), *(((name, None), None) for name in sorted(absent))]:
        name = asset_key(artifact).to_user_string()
        pointer = f"dagster/input_event_pointer/{name}"
        seen = int(tags[pointer]) if tags.get(pointer, "NULL") != "NULL" else 0
        tags[pointer] = str(max(seen, record.storage_id)) if record else "NULL"
        tags[f"dagster/input_data_version/{name}"] = record.data_version if record else "INITIAL"
    return tags


def _metadata(recipe: Recipe, stored: Stored, link: str, take: int, why: str) -> dict:
    sidecar, made_by = stored.sidecar, stored.sidecar.provenance
    seconds = sidecar.facts.get("seconds")
    entries = {
        "preview": _preview(stored, link),
        "why": why,
        "take": take if recipe.retakes else None,
        _VERBS.get(stored.path.suffix, "open"): MetadataValue.url(link),
        "published": MetadataValue.url(str(url)) if (url := sidecar.facts.get("url")) else None,
        "provider": made_by.provider,
        "model": made_by.model,
        "note": remark_on(made_by),
        "seed": made_by.seed,
        "duration (s)": round(float(seconds), 2) if isinstance(seconds, int | float) else None,
        "size (bytes)": sidecar.size,
        "cost (USD)": made_by.cost_usd if made_by.cost_usd is not None else "unknown",
        "account": made_by.account,
        "usage": MetadataValue.json(made_by.usage) if made_by.usage else None,
        "made in (s)": sidecar.seconds_to_make,
        "fingerprint": sidecar.fingerprint,
        "file": MetadataValue.path(str(stored.path)),
        "parameters": MetadataValue.json(made_by.parameters) if made_by.parameters else None,
    }
    return {name: value for name, value in entries.items() if value is not None}


def _preview(stored: Stored, link: str) -> MetadataValue:
    if stored.path.suffix == ".json":
        return MetadataValue.md(f"```json\n{stored.path.read_text('utf-8')[:4000]}\n```")
    thumbnail = stored.folder / PREVIEW
    picture = _inline(thumbnail) if thumbnail.is_file() else ""
    return MetadataValue.md(f"{picture}\n\n[{_VERBS.get(stored.path.suffix, 'open')}]({link})")


def _inline(picture: Path) -> str:
    data = base64.b64encode(picture.read_bytes()).decode()
    return f"![preview](data:image/webp;base64,{data})"
