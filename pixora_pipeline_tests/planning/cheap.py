"""The graph of a film with makers that cost nothing: the real recipes, values and foresight, and tiny files for media.

Every file is a function of what it was made from. Pictures and motions have few different outcomes, so that a re-made
artifact often turns out as it was.
"""

import json
from collections.abc import Callable
from dataclasses import replace

from pixora_pipeline.assets import characters
from pixora_pipeline.assets.graph import WAVES, WaveOf
from pixora_pipeline.assets.work import Made, Work
from pixora_pipeline.model.briefs import StoryBrief
from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.script import CharacterProfile, MusicPrompt, Scene, ScriptBreakdown
from pixora_pipeline.planning.fingerprint import place_name
from pixora_pipeline.planning.recipe import Recipe

FILE = "made.txt"
SCENES = ("s01", "s02", "s03", "s04")


def write_script(work: Work) -> Made:
    """Four scenes and two people; another take tells it otherwise."""
    story = work.value("project_brief/story", StoryBrief)
    words = f"{story.text} ({work.take})"
    people = tuple(CharacterProfile(name=name, look=f"{name} in a coat") for name in ("Nell", "Tobias"))
    scenes = tuple(
        Scene(
            slot=slot,
            title=f"Part {slot}",
            description=f"{words}: {slot}",
            narration=f"{words} as told in {slot}",
            estimated_seconds=3.0,
            mood="calm",
            characters=(people[number % 2].name,) if number < 3 else (),
        )
        for number, slot in enumerate(SCENES)
    )
    music = (MusicPrompt(scenes=SCENES, mood="calm", prompt="a harp"),)
    script = ScriptBreakdown(title=story.title or "Four", language="en", scenes=scenes, characters=people, music=music)
    return work.keep(script)


def draw_people(work: Work) -> Made:
    """A portrait each, named as the real ones are."""
    asked = characters.foresee(work, {})["pictures"]
    pictures = {name: hash_value(["drawn", each]) for name, each in asked.items()}
    return _made(work, pictures, facts={"pictures": pictures, "asked": asked})


def from_everything(work: Work) -> Made:
    """A file that depends on all it reads, in order, and on the take."""
    return _made(work, [work.recipe.name, _read(work), work.take])


def one_of_three(work: Work) -> Made:
    """A file that depends on all it reads, with three outcomes."""
    return _made(work, int(hash_value([work.recipe.name, _read(work), work.take]), 16) % 3)


CHEAP: dict[str, Callable[[Work], Made]] = {
    "script_draft": write_script,
    "character_images": draw_people,
    "music": one_of_three,
    "voice_over": from_everything,
    "scene_image": one_of_three,
    "scene_motion": one_of_three,
    "scene_clip": from_everything,
    "final_video": from_everything,
}


def cheap_waves() -> tuple[WaveOf, ...]:
    """The waves of a film, made for nothing."""
    return tuple(replace(wave, recipes=tuple(_cheap(recipe) for recipe in wave.recipes)) for wave in WAVES)


def _cheap(recipe: Recipe) -> Recipe:
    if recipe.derive:
        return recipe
    # What a story has no use for stands in the graph all the same.
    return replace(recipe, make=CHEAP.get(recipe.name, from_everything), verify=None, note=None, checks=())


def _read(work: Work) -> list[list[str]]:
    return sorted([place_name(place), stored.sidecar.data_version] for place, stored in work.inputs.items())


def _made(work: Work, content: object, facts: dict | None = None) -> Made:
    work.file(FILE).write_text(json.dumps(content))
    return Made([FILE], facts=facts or {})
