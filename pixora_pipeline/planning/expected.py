"""What making an artifact is expected to cost: its model's price, and what such work usually takes."""

from collections.abc import Callable

from pixora_pipeline.model.briefs import CharacterSheet, CueSheet, LookBrief, NarrationBrief
from pixora_pipeline.model.project import Project
from pixora_pipeline.planning.foresight import NotKnownYet
from pixora_pipeline.planning.plan import Pricing
from pixora_pipeline.planning.recipe import Recipe, Source
from pixora_pipeline.providers.catalogue import offer

Usage = dict[str, float]

_CHARACTERS_PER_TOKEN = 4
_INSTRUCTIONS = 600
_SPOKEN_PER_SECOND = 15
_LONGEST_PIECE = 30.0
_MOTION_SECONDS = 5.0


def expected_price(project: Project) -> Pricing:
    """The price of each recipe's work: nothing where we or an embedded provider do it, None where it is not known."""
    models = project.preferences.models

    def price(recipe: Recipe, source: Source) -> float | None:
        if recipe.capability is None:
            return 0.0
        chosen = offer(recipe.capability, getattr(models, recipe.capability))
        if chosen.embedded:
            return 0.0
        try:
            usd = chosen.expected(_UNITS[recipe.name](source)) if recipe.name in _UNITS else None
            return None if usd is None else usd * _pieces(recipe, source)
        except NotKnownYet:
            return None

    return price


def _script(source: Source) -> Usage:
    text = len(source.project.text)
    written = (source.project.preferences.seconds or text / _SPOKEN_PER_SECOND) * _SPOKEN_PER_SECOND * 2
    return {"input": text / _CHARACTERS_PER_TOKEN + _INSTRUCTIONS, "output": max(written / _CHARACTERS_PER_TOKEN, 800)}


def _queries(source: Source) -> Usage:
    return {"input": len(source.project.text) / _CHARACTERS_PER_TOKEN + _INSTRUCTIONS, "output": 600}


def _voice(source: Source) -> Usage:
    characters = float(len(source.value("scene_brief/narration", NarrationBrief).text))
    seconds = characters / _SPOKEN_PER_SECOND
    return {"characters": characters, "seconds": seconds, "gpu_seconds": seconds}


def _music(source: Source) -> Usage:
    cues = source.value("script_breakdown/cues", CueSheet).cues
    longest: dict[str, float] = {}
    for cue in cues:
        longest[cue.mood] = max(longest.get(cue.mood, 0.0), min(cue.seconds, _LONGEST_PIECE))
    seconds = sum(longest.values())
    return {"seconds": seconds, "gpu_seconds": seconds}


def _picture(_: Source) -> Usage:
    return {"images": 1.0}


def _motion(_: Source) -> Usage:
    return {"seconds": _MOTION_SECONDS}


_UNITS: dict[str, Callable[[Source], Usage]] = {
    "script_draft": _script,
    "search_queries": _queries,
    "character_images": _picture,
    "voice_over": _voice,
    "music": _music,
    "scene_image": _picture,
    "scene_motion": _motion,
}


def _pieces(recipe: Recipe, source: Source) -> int:
    if recipe.name != "character_images":
        return 1
    look = source.value("project_brief/look", LookBrief)
    people = source.value("script_breakdown/characters", CharacterSheet).characters
    return len(people) if look.character_consistency else 0
