"""A project's revisions, told by what changed from one to the next."""

from collections.abc import Sequence
from itertools import pairwise
from textwrap import shorten

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.model.project import Models, Preferences, Project, Takes
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.causes import called, word_for
from pixora_pipeline.store.tables import RevisionRow

_LONGEST = 48
"""Characters of a text that are quoted where it changed."""

_KEPT = ("title", "preferences", "overlay", "takes")


class Revision(Value):
    """One revision: its number, when it came about (UTC), and what it changed."""

    revision: int
    when: str
    change: str


class History(Value):
    """All revisions, oldest first, and the takes that were asked for."""

    current: int
    revisions: tuple[Revision, ...]
    takes: dict[str, Takes]


def history_of(studio: Studio, project: Project) -> History:
    """Look them up."""
    rows = studio.projects.revisions(project.id)
    first = [_told(row, "made") for row in rows[:1]]
    later = [_told(after, _difference(before, after) + _seen(rows, after)) for before, after in pairwise(rows)]
    return History(current=project.revision, revisions=tuple(first + later), takes=project.takes)


def revert_to(studio: Studio, project: Project, revision: int) -> Project:
    """A new revision that is as an earlier one was. Takes stay countable: none is asked for twice."""
    rows = {row.revision: row for row in studio.projects.revisions(project.id)}
    if revision not in rows:
        raise NotFound(f"{project.id} has revisions 1 to {project.revision}; there is no {revision}.")
    row = rows[revision]
    asked = {name: Takes(used=_used(row, name), asked=takes.asked) for name, takes in project.takes.items()}
    # A budget is no part of the film: it stays as it is.
    preferences = Preferences.model_validate(row.preferences)
    preferences = preferences.model_copy(update={"budget_usd": project.preferences.budget_usd})
    columns = {"title": row.title, "preferences": preferences, "overlay": row.overlay, "takes": asked}
    changed = studio.projects.change(project, **columns)
    if changed.revision == project.revision:
        raise UserError(f"{project.id} is as it was at revision {revision} already. Nothing was changed.")
    return changed


def _used(row: RevisionRow, name: str) -> int:
    return Takes.model_validate(row.takes.get(name, {})).used


def _told(row: RevisionRow, change: str) -> Revision:
    return Revision(revision=row.revision, when=row.created_at.strftime("%Y-%m-%d %H:%M:%S"), change=change)


def _difference(before: RevisionRow, after: RevisionRow) -> str:
    words = [text for name in _KEPT for text in _changed(name, _kept(before, name), _kept(after, name))]
    if before.approval != after.approval:
        words.append(after.approval)
    return "; ".join(words) or "the text"


def _seen(rows: Sequence[RevisionRow], now: RevisionRow) -> str:
    """Which earlier revision asked for the same film, where one did that is not the one just before."""
    earlier = [row.revision for row in rows if row.revision < now.revision - 1 and _asked(row) == _asked(now)]
    return f" (as at revision {earlier[-1]})" if earlier else ""


def _asked(row: RevisionRow) -> tuple:
    wishes, used = _kept(row, "preferences"), {name: _used(row, name) for name in row.takes}
    if isinstance(wishes, dict):
        wishes = {name: wish for name, wish in wishes.items() if name != "budget_usd"}
    return row.title, wishes, row.overlay, {name: take for name, take in used.items() if take != 1}


def _kept(row: RevisionRow, name: str) -> object:
    """A column; preferences with all models, as a row need not name those that are built in."""
    value = getattr(row, name)
    if name != "preferences" or not isinstance(value, dict):
        return value
    return {**value, "models": {**Models().model_dump(mode="json"), **value.get("models", {})}}


def _changed(name: str, old: object, new: object) -> list[str]:
    if old == new:
        return []
    if not isinstance(old, dict) or not isinstance(new, dict):
        return [f"{name} {new}"]
    return [each for key in _differing(old, new) for each in _TELLING[name](key, old.get(key), new.get(key))]


def _wished(key: str, old: object, new: object) -> list[str]:
    word = key.replace("_", " ")
    if isinstance(old, dict) or isinstance(new, dict):
        was, wish = (each if isinstance(each, dict) else {} for each in (old, new))
        return [f"{word}: {each}" for name in _differing(was, wish) for each in _wished(name, None, wish.get(name))]
    return [f"{word} {'as it was at first' if new is None else new}"]


def _edited(key: str, old: object, new: object) -> list[str]:
    scenes, were = (each if isinstance(each, dict) else {} for each in (new, old))
    if key == "scenes":
        return [_of_scene(slot, were.get(slot) or {}, scenes.get(slot) or {}) for slot in _differing(were, scenes)]
    if key == "looks":
        return [f"the look of {name}" for name in _differing(were, scenes)]
    return [{"added": "a scene added", "removed": "a scene cut out", "order": "the order of the scenes"}.get(key, key)]


def _of_scene(slot: str, old: dict, new: dict) -> str:
    fields = [f"{word_for(field)} {_shortly(new.get(field))}" for field in _differing(old, new)]
    return f"scene {scene_number(slot)}: {', '.join(fields)}"


def _shortly(value: object) -> str:
    if value is None:
        return "as drafted"
    is_text = isinstance(value, str) and " " in value
    return f"“{shorten(value, _LONGEST, placeholder=' ...')}”" if is_text else str(value)


def _took(key: str, _old: object, new: object) -> list[str]:
    artifact, _, slot = key.partition("@")
    return [f"take {Takes.model_validate(new or {}).used} of {called((artifact, slot or None))}"]


def _differing(old: dict, new: dict) -> list:
    return [key for key in {**old, **new} if old.get(key) != new.get(key)]


_TELLING = {"preferences": _wished, "overlay": _edited, "takes": _took}
