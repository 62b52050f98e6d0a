"""Edits as people ask for them, turned into the overlay they amount to. Pure; nothing is stored here."""

from collections.abc import Sequence

from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.model.overlay import Overlay, SceneEdit
from pixora_pipeline.model.script import Scene, ScriptBreakdown, scene_number

LIMITS = {"narration": 2000, "description": 2000, "title": 300, "look": 500, "caption": 200, "lower third": 120}
"""The most characters of what people write."""

LONGEST_SCENE = 120.0
LOUDEST = 4.0
MOST_SCENES = 60


def edit_scene(overlay: Overlay, script: ScriptBreakdown, slot: str, changes: SceneEdit) -> Overlay:
    """Change fields of one scene. Raises `NotFound` or `UserError`."""
    find_scene(script, slot)
    _check_lengths(changes)
    if changes.minimum_seconds is not None and not 0 < changes.minimum_seconds <= LONGEST_SCENE:
        raise UserError(f"A scene of {changes.minimum_seconds:g} s can't be had; give up to {LONGEST_SCENE:g} s.")
    if changes.volume is not None and not 0 <= changes.volume <= LOUDEST:
        raise UserError(f"A volume of {changes.volume:g} can't be had; give 0 (silent) to {LOUDEST:g}, 1 is as spoken.")
    before = overlay.scenes.get(slot, SceneEdit())
    after = before.model_copy(update=changes.model_dump(exclude_none=True))
    return overlay.model_copy(update={"scenes": {**overlay.scenes, slot: after}})


def retitle(overlay: Overlay, title: str) -> Overlay:
    """Give the film another title."""
    _check_length("title", title)
    return overlay.model_copy(update={"title": title})


def dress(overlay: Overlay, script: ScriptBreakdown, name: str, look: str) -> Overlay:
    """Describe a character anew. Raises `NotFound`."""
    names = [person.name for person in script.characters]
    if name not in names:
        raise NotFound(f"Nobody called {name!r} appears. The script has: {', '.join(names) or 'nobody'}.")
    _check_length("look", look)
    return overlay.model_copy(update={"looks": {**overlay.looks, name: look}})


def move_scene(overlay: Overlay, script: ScriptBreakdown, slot: str, position: int) -> Overlay:
    """Move a scene to a position of the film, 1 being the first."""
    find_scene(script, slot)
    slots = [scene.slot for scene in script.scenes if scene.slot != slot]
    if not 1 <= position <= len(slots) + 1:
        raise UserError(f"There is no position {position}; the film has scenes at 1 to {len(slots) + 1}.")
    return reorder(overlay, script, [*slots[: position - 1], slot, *slots[position - 1 :]])


def reorder(overlay: Overlay, script: ScriptBreakdown, slots: Sequence[str]) -> Overlay:
    """Put the scenes in this order. Raises `UserError` unless each is named once."""
    there = [scene.slot for scene in script.scenes]
    if sorted(slots) != sorted(there):
        wanted = ", ".join(str(scene_number(slot)) for slot in there)
        raise UserError(f"The new order has to name each scene once; the scenes are {wanted}.")
    return overlay.model_copy(update={"order": tuple(slots)})


def remove_scene(overlay: Overlay, script: ScriptBreakdown, slot: str) -> Overlay:
    """Cut a scene out of the film. Raises `UserError` for the last one."""
    find_scene(script, slot)
    if len(script.scenes) == 1:
        raise UserError(f"Scene {scene_number(slot)} is the only one; a film needs a scene.")
    return overlay.model_copy(
        update={
            "removed": (*overlay.removed, slot),
            "order": tuple(each for each in overlay.order if each != slot),
        }
    )


def add_scene(
    overlay: Overlay, draft: ScriptBreakdown, script: ScriptBreakdown, narration: str, after: str | None
) -> tuple[Overlay, str]:
    """Add a scene behind another (None: at the end), and the slot it got."""
    _check_length("narration", narration)
    taken = {scene.slot for scene in (*draft.scenes, *overlay.added)}
    slot = next((name for name in (f"s{n:02}" for n in range(1, MOST_SCENES + 1)) if name not in taken), None)
    if slot is None:
        raise UserError(f"The film has had {MOST_SCENES} scenes, which is the most. Edit one of them instead.")
    neighbour = find_scene(script, after) if after else script.scenes[-1]
    words = narration.split()
    scene = Scene(
        slot=slot,
        title=" ".join(words[:4]).strip(".,;:!?"),
        description=narration,
        narration=narration,
        estimated_seconds=round(max(2.0, len(words) / 2.6), 1),
        mood=neighbour.mood,
    )
    order = [each.slot for each in script.scenes]
    order.insert(order.index(neighbour.slot) + 1, slot)
    return overlay.model_copy(update={"added": (*overlay.added, scene), "order": tuple(order)}), slot


def find_scene(script: ScriptBreakdown, slot: str) -> Scene:
    """The scene in that slot. Raises `NotFound` with those there are."""
    scene = script.scene(slot)
    if scene is None:
        there = ", ".join(str(scene_number(each.slot)) for each in script.scenes)
        raise NotFound(f"The script has no scene {scene_number(slot)}; it has {there}.")
    return scene


def _check_lengths(changes: SceneEdit) -> None:
    for field in ("narration", "description", "title"):
        if (text := getattr(changes, field)) is not None:
            _check_length(field, text)
    for field in ("caption", "lower third"):
        if text := getattr(changes, field.replace(" ", "_")):
            _check_length(field, text)


def _check_length(field: str, text: str) -> None:
    if not 0 < len(text.strip()) <= LIMITS[field]:
        raise UserError(f"A {field} of {len(text.strip())} characters can't be had; give 1 to {LIMITS[field]}.")
