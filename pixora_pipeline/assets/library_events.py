"""What the UI tells of a source: partitions are called by ids, and people know a video by its name and its picture."""

import base64
from collections.abc import Iterator

from dagster import AssetMaterialization, MetadataValue

from pixora_pipeline.assets.library import STEPS, LibraryStep
from pixora_pipeline.assets.library_making import TakenApart
from pixora_pipeline.assets.library_values import versions_of
from pixora_pipeline.assets.recorded import asset_key
from pixora_pipeline.assets.remarks import remark_on
from pixora_pipeline.assets.specs import version_tags
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.footage import SourceFacts

_SIDE = 200
"""Pixels: the picture is in every event of a source, so it is a few kilobytes."""


def events_of(studio: Studio, taken: TakenApart) -> Iterator[AssetMaterialization]:
    """The event of each step of a source."""
    picture = _picture(studio, taken)
    yield from (_event(taken, step, picture) for step in STEPS)


def _event(taken: TakenApart, step: LibraryStep, picture: str) -> AssetMaterialization:
    source, found, value = taken.source, taken.stored[step.name], taken.values[step.name]
    text, made_by = found.path.read_text("utf-8"), found.sidecar.provenance
    entries = {
        "video": source.name,
        "preview": MetadataValue.md(f"{picture}\n\n```json\n{text[:4000]}\n```"),
        "note": remark_on(made_by) or step.note(value),
        "path": MetadataValue.path(source.path),
        "collection": source.collection,
        "tags": ", ".join(source.tags) or None,
        "file": MetadataValue.path(str(found.path)),
        "made by": f"{made_by.provider}/{made_by.model}",
        "cost (USD)": made_by.cost_usd or None,
        "made in (s)": found.sidecar.seconds_to_make,
    }
    return AssetMaterialization(
        asset_key=asset_key(step.name),
        partition=source.id,
        description=f"{step.name} of “{source.name}”",
        metadata={name: entry for name, entry in entries.items() if entry is not None},
        tags={
            **version_tags(found.sidecar, step.version),
            **{
                f"dagster/input_data_version/{name}": version
                for name, version in versions_of(step, taken.stored).items()
            },
        },
    )


def _picture(studio: Studio, taken: TakenApart) -> str:
    """A picture from a third of the video on, as Markdown; none where it can't be had."""
    from pixora_pipeline.footage.thumbnails import keep_thumbnail

    source, facts = taken.source, taken.values[STEPS[0].name]
    assert isinstance(facts, SourceFacts)
    try:
        video, folder = studio.videos.path(source.video), studio.settings.footage / "thumbnails"
        picture = studio.workers.run(keep_thumbnail, video, source.video, facts.seconds / 3, folder, _SIDE)
    except (PixoraError, OSError):
        return ""
    return f"![preview](data:image/webp;base64,{base64.b64encode(picture.read_bytes()).decode()})"
