"""Edits: what people changed about a script, laid over the draft. The draft itself stays as it was written."""

from pydantic import Field

from pixora_pipeline.model.camera import CameraChoice
from pixora_pipeline.model.script import CharacterProfile, Mood, Scene, ScriptBreakdown, TransitionChoice
from pixora_pipeline.model.value import Value


class SceneEdit(Value):
    """The fields of one scene that were changed; None is as the draft has it.

    A caption or a lower third of no letters takes away the one there is.
    """

    title: str | None = None
    description: str | None = None
    narration: str | None = None
    caption: str | None = None
    mood: Mood | None = None
    transition: TransitionChoice | None = None
    camera: CameraChoice | None = None
    lower_third: str | None = None
    volume: float | None = None
    minimum_seconds: float | None = None


class Overlay(Value):
    """All edits of a script. `order` names the slots of the film where it is not the draft's own order."""

    title: str | None = None
    scenes: dict[str, SceneEdit] = Field(default_factory=dict)
    added: tuple[Scene, ...] = ()
    removed: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    looks: dict[str, str] = Field(default_factory=dict)


def apply_overlay(draft: ScriptBreakdown, overlay: Overlay) -> ScriptBreakdown:
    """The script as it is to be filmed. Edits of scenes that the draft does not have are without effect."""
    scenes = {scene.slot: _edited(scene, overlay) for scene in (*draft.scenes, *overlay.added)}
    kept = [slot for slot in scenes if slot not in overlay.removed]
    order = [slot for slot in overlay.order if slot in kept]
    # A scene that the order does not know of (the draft was rewritten) stands where the draft has it, at the end.
    order += [slot for slot in kept if slot not in order]
    return draft.model_copy(
        update={
            "title": overlay.title or draft.title,
            "scenes": tuple(scenes[slot] for slot in order),
            "characters": tuple(_dressed(person, overlay) for person in draft.characters),
        }
    )


def _edited(scene: Scene, overlay: Overlay) -> Scene:
    edit = overlay.scenes.get(scene.slot)
    changes = edit.model_dump(exclude_none=True) if edit else {}
    changes |= {name: None for name in ("caption", "lower_third") if changes.get(name) == ""}
    if overlay.title and scene.role == "title":
        changes = {"caption": overlay.title, **changes}
    return scene.model_copy(update=changes)


def _dressed(person: CharacterProfile, overlay: Overlay) -> CharacterProfile:
    return person.model_copy(update={"look": overlay.looks.get(person.name, person.look)})
