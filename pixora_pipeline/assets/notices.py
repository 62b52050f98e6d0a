"""What a film had to do without, as its artifacts tell it: for its record, its JSON and whoever asks."""

from collections.abc import Callable, Iterable

from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.planning.records import Place
from pixora_pipeline.store.artifacts import Stored

OF_FILM = (
    "initial_explanation",
    "refined_explanation",
    "search_queries",
    "clip_plan",
    "script_draft",
    "character_images",
    "music",
    "final_video",
)
OF_SCENES = ("scene_image", "scene_motion", "manim_render", "scene_footage", "voice_over", "scene_clip")
"""The artifacts that tell what could not be had."""


def notices_on(find: Callable[[Place], Stored | None], slots: Iterable[str]) -> tuple[Notice, ...]:
    """Every notice of a film, in the order of the work. `find` gives the version of a place on record."""
    places: list[Place] = [(artifact, None) for artifact in OF_FILM]
    places += [(artifact, slot) for slot in slots for artifact in OF_SCENES]
    found = [notice for place in places if (stored := find(place)) for notice in notices_of_one(place, stored)]
    return tuple(dict.fromkeys(found))


def notices_of_one(place: Place, stored: Stored) -> list[Notice]:
    """What one artifact tells; of a scene's clip, also that its footage was shown again."""
    return [*stored.sidecar.notices, *looped(place[1], stored)]


def looped(slot: str | None, stored: Stored) -> list[Notice]:
    """That a scene is longer than its clips, where its clip says so."""
    loops = stored.sidecar.facts.get("loops")
    if not loops or slot is None:
        return []
    often = "once" if loops == 1 else f"{loops} times"
    message = f"Scene {scene_number(slot)} is longer than its clips: they begin again {often}."
    return [Notice(kind="looped", message=message)]
