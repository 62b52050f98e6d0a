"""Why an artifact is stale, in words that name what somebody changed."""

import json
from dataclasses import dataclass
from typing import Any

from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.planning.fingerprint import place_name
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.planning.records import Place, Record

# The fields of values, in people's words. A field that is not named here is called by its own name.
_WORDS = {
    "description": "picture",
    "minimum_seconds": "duration",
    "lower_third": "lower third",
    "kind": "camera",
    "text": "narration",
    "image_model": "artist",
    "motion_model": "camera",
    "references": "a character",
    "mood": "mood",
    "cues": "music cues",
    "scenes": "the order of the scenes",
    "characters": "the characters",
    "clips": "how a model tells its clips",
}
_MODELS = ("model", "image_model", "motion_model")
_LONGEST = 40

UPSTREAM = "what it is made from has changed"
"""All that can be said of an artifact when what it reads has been made anew already."""

OUTSIDE = "the film, or the place it goes to, has changed"
"""The same of what is put somewhere outside."""


@dataclass(frozen=True)
class Cause:
    """A cause, and how many others there are beside it."""

    words: str
    others: int = 0

    def __str__(self) -> str:
        return self.words + (f", and {self.others} more" if self.others else "")


def cause_of(
    recipe: Recipe,
    place: Place,
    project: Project,
    record: Record | None,
    upstream: list[Cause],
    old: str | None,
    new: str | None,
    missing: bool,
    corrupt: bool,
) -> Cause:
    """The nearest cause there are words for: another recipe, another value, what is read, lost content, or a take."""
    if record is None:
        return Cause("never made")
    if record.version != recipe.version:
        return Cause(f"{recipe.name}@{record.version} became @{recipe.version}")
    if old and new and old != new:
        return _of_values(place, json.loads(old), json.loads(new))
    if upstream:
        words = list(dict.fromkeys(each.words for each in upstream))
        return Cause(words[0], len(words) - 1)
    if missing:
        return Cause("content is corrupt" if corrupt else "file is missing")
    if recipe.retakes:
        return Cause(f"take {project.take_of(place_name(place))} of {called(place)}")
    return Cause(OUTSIDE if recipe.outward else UPSTREAM)


def called(place: Place) -> str:
    """An artifact as people call it: `scene_image of scene 3`."""
    artifact, slot = place
    return f"{artifact} of scene {scene_number(slot)}" if slot else artifact


def word_for(field: str) -> str:
    """A field of a value in people's words."""
    return _WORDS.get(field, field.replace("_", " "))


def _of_values(place: Place, old: dict[str, Any], new: dict[str, Any]) -> Cause:
    if "scenes" in old and "scenes" in new and place[0] == "script_breakdown":
        return _of_scripts(old, new)
    if words := _of_places(old, new):
        return Cause(words[0], len(words) - 1)
    fields = [name for name in new if old.get(name) != new[name]]
    words = [_of_field(place[1], name, old.get(name), new[name]) for name in fields]
    return Cause(words[0], len(words) - 1) if words else Cause("its value changed")


def _of_field(slot: str | None, name: str, old: Any, new: Any) -> str:
    if name in _MODELS and old and new:
        return f"{str(old).partition('/')[2] or old} became {str(new).partition('/')[2] or new}"
    if name == "without":
        return "a video it shows was removed from the library"
    word = word_for(name)
    if slot and name in ("text", "description", "title", "minimum_seconds", "mood", "caption", "lower_third"):
        return f"{word} of scene {scene_number(slot)} was edited"
    if isinstance(old, str) and isinstance(new, str) and max(len(old), len(new)) <= _LONGEST:
        return f"{word} changed from {old} to {new}"
    return f"{word} changed"


def _of_scripts(old: dict[str, Any], new: dict[str, Any]) -> Cause:
    before, after = ({scene["slot"]: scene for scene in script["scenes"]} for script in (old, new))
    words = ["the title was edited"] if old["title"] != new["title"] else []
    words += [f"scene {scene_number(slot)} was added" for slot in after if slot not in before]
    words += [f"scene {scene_number(slot)} was removed" for slot in before if slot not in after]
    for slot, scene in after.items():
        if slot in before:
            words += _of_scene(slot, before[slot], scene)
    words += _of_looks(old, new)
    if not words and list(before) != list(after):
        words.append("the scenes were reordered")
    return Cause(words[0], len(words) - 1) if words else Cause("the script changed")


def _of_places(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What changed about the scenes of a timeline that has the same ones in the same order."""
    before, after = (value.get("scenes") or () for value in (old, new))
    if not after or [scene["slot"] for scene in before] != [scene["slot"] for scene in after]:
        return []
    return [word for one, other in zip(before, after, strict=True) for word in _of_scene(other["slot"], one, other)]


def _of_scene(slot: str, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    fields = [name for name in new if old.get(name) != new[name]]
    return [f"{word_for(name)} of scene {scene_number(slot)} was edited" for name in fields]


def _of_looks(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    looks = {person["name"]: person["look"] for person in old["characters"]}
    changed = [person["name"] for person in new["characters"] if looks.get(person["name"]) != person["look"]]
    return [f"the look of {name} was edited" for name in changed]
