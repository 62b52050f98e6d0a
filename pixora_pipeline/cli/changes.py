"""One command's changes to a project, applied together or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from pixora_pipeline.cli.models import chosen_models
from pixora_pipeline.cli.session import Session
from pixora_pipeline.cli.wishes import (
    check_budget,
    check_captions,
    check_fps,
    check_narrate,
    check_sound,
    check_style,
    check_voice,
)
from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.model.camera import CAMERA_CHOICES
from pixora_pipeline.model.overlay import Overlay, SceneEdit, apply_overlay
from pixora_pipeline.model.project import Preferences, Project
from pixora_pipeline.model.script import TRANSITIONS, Mood, ScriptBreakdown
from pixora_pipeline.planning import editing

MOODS: tuple[str, ...] = get_args(Mood)


@dataclass(frozen=True)
class Change:
    """What `pixora edit` was asked for; None is untouched."""

    scene: int | None
    fields: SceneEdit
    move: int | None
    remove: bool
    add: str | None
    order: str | None
    character: str | None
    look: str | None
    voice: str | None
    style: str | None
    music: str | None
    captions: str | None
    fps: int | None
    sound: Mapping[str, float | None]
    models: tuple[str, ...] = ()
    budget: str | None = None
    narrate: str | None = None


def apply(session: Session, project: Project, change: Change) -> Project:
    """Write the changed row. Raises `UserError` for what can't be had and `Conflict` when the row has moved on."""
    columns: dict[str, object] = {}
    preferences = _wishes(project, change)
    if preferences != project.preferences:
        columns["preferences"] = preferences
    if _is_about_script(change):
        overlay = _overlay(draft_of(session, project), project.overlay, change)
        if overlay != project.overlay:
            columns["overlay"] = overlay
    if not columns:
        raise UserError("Nothing would change. Name something to edit; see pixora edit --help.")
    return session.studio.projects.change(project, **columns)


def scene_fields(**given: object) -> SceneEdit:
    """The fields to change in a scene. Raises `UserError` for a transition or a camera move that there is not."""
    for name, choices in (("transition", TRANSITIONS), ("camera", CAMERA_CHOICES)):
        if given[name] is not None and given[name] not in choices:
            raise UserError(f"--{name} is {given[name]!r}; choose one of {', '.join(choices)}.")
    return SceneEdit.model_validate(given)


def draft_of(session: Session, project: Project) -> ScriptBreakdown:
    """The script as it was written. Raises `NotFound` while there is none."""
    records = session.records(project, "script_draft")
    stored = session.stored(project, ("script_draft", None), records)
    if stored is None:
        raise NotFound(f"{project.id} has no script yet. Run pixora make {project.id} first.")
    return ScriptBreakdown.model_validate_json(stored.path.read_bytes())


def _is_about_script(change: Change) -> bool:
    about = (change.scene, change.add, change.order, change.character, change.look, change.fields.title)
    return any(each is not None for each in about) or _needs_scene(change)


def _needs_scene(change: Change) -> bool:
    return change.remove or change.move is not None or change.fields != SceneEdit(title=change.fields.title)


def _wishes(project: Project, change: Change) -> Preferences:
    wishes: dict[str, object] = {}
    models = chosen_models(list(change.models), project.preferences.models)
    if change.models:
        wishes["models"] = models
    if change.voice is not None or models.speech != project.preferences.models.speech:
        wishes["voice"], wishes["language"] = check_voice(
            change.voice, project.text, project.preferences.language, models.speech
        )
    if change.style is not None:
        wishes["style"] = check_style(change.style)
    if change.captions is not None:
        wishes["captions"] = check_captions(change.captions, project.text)
    if change.fps is not None:
        wishes["fps"] = check_fps(change.fps)
    wishes["sound"] = check_sound(project.preferences.sound, change.sound)
    if change.music is not None:
        if change.music not in (*MOODS, "auto"):
            raise UserError(f"--music is {change.music!r}; choose auto or one of {', '.join(MOODS)}.")
        wishes["music"] = None if change.music == "auto" else change.music
    if change.narrate is not None:
        wishes["narrate"] = check_narrate(project.kind, change.narrate)
    if change.budget is not None:
        wishes["budget_usd"] = _budget(change.budget)
    return project.preferences.model_copy(update=wishes)


def _budget(text: str) -> float | None:
    try:
        return None if text == "none" else check_budget(float(text))
    except ValueError:
        raise UserError(f"--budget is {text!r}; give US dollars, or none.") from None


def _overlay(draft: ScriptBreakdown, overlay: Overlay, change: Change) -> Overlay:
    script = apply_overlay(draft, overlay)
    _check_one_at_a_time(change)
    if change.order is not None:
        return editing.reorder(overlay, script, [slot_of(part) for part in change.order.split(",")])
    if change.character is not None or change.look is not None:
        if not change.character or not change.look:
            raise UserError("--character and --look go together: who, and how they look.")
        return editing.dress(overlay, script, change.character, change.look)
    slot = slot_of(change.scene) if change.scene is not None else None
    if change.add is not None:
        return editing.add_scene(overlay, draft, script, change.add, slot)[0]
    if slot is None:
        if _needs_scene(change):
            raise UserError("Which scene? Give --scene with its number; pixora show lists them.")
        return editing.retitle(overlay, change.fields.title or "")
    if change.remove:
        return editing.remove_scene(overlay, script, slot)
    if change.move is not None:
        return editing.move_scene(overlay, script, slot, change.move)
    return editing.edit_scene(overlay, script, slot, change.fields)


def _check_one_at_a_time(change: Change) -> None:
    asked = {
        "--order": change.order is not None,
        "--look": change.look is not None or change.character is not None,
        "--add": change.add is not None,
        "--remove": change.remove,
        "--move": change.move is not None,
        "--narration, --picture, --title or --duration": change.fields != SceneEdit(),
    }
    named = [option for option, given in asked.items() if given]
    if len(named) > 1:
        raise UserError(f"One change of the script at a time, not {named[0]} with {named[1]}. Nothing was changed.")


def slot_of(number: int | str) -> str:
    """The slot of the scene with that number. Raises `UserError` for what is none."""
    try:
        return f"s{int(number):02}"
    except ValueError:
        raise UserError(f"{number!r} is not the number of a scene.") from None
