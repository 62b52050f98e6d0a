"""What making an artifact is expected to cost: its model's price, and what such work usually takes."""

from collections.abc import Callable, Collection

from pixora_pipeline.model.briefs import CharacterSheet, CueSheet, LookBrief, NarrationBrief
from pixora_pipeline.model.compilation import SearchQueries
from pixora_pipeline.model.footage import FootageModels
from pixora_pipeline.model.project import Models, Project
from pixora_pipeline.model.requests import Kind
from pixora_pipeline.planning.foresight import NotKnownYet
from pixora_pipeline.planning.plan import Pricing
from pixora_pipeline.planning.recipe import Recipe, Source
from pixora_pipeline.providers.catalogue import Offer, offer

Usage = dict[str, float]

_CHARACTERS_PER_TOKEN = 4
_INSTRUCTIONS = 600
_SPOKEN_PER_SECOND = 15
_LONGEST_PIECE = 30.0
MOTION_SECONDS = 5.0
"""How long a video is asked for. Longer ones cost in proportion; where it is shorter than its scene it is repeated."""

_MOST_QUERIES, _LONG_QUERY = 8, 160
_FIGURES_TOLD, _EXPLAINED = 2500.0, 700.0


def expected_price(project: Project, embeddings: Callable[[], Collection[str]]) -> Pricing:
    """The price of each recipe's work: nothing where we or an embedded provider do it, None where it is not known.

    `embeddings` are the models by which the footage library is placed: each is asked for what is searched for.
    """
    models = project.preferences.models

    def price(recipe: Recipe, source: Source) -> float | None:
        if recipe.name == "footage_matches":
            return _searching(embeddings(), source)
        if recipe.capability is None or (recipe.name == "script_draft" and project.kind == "explainer"):
            # An explainer's script is its explanation, cut by us.
            return 0.0
        chosen = _chosen(models, recipe.capability, project.kind)
        if chosen.embedded:
            return 0.0
        try:
            usd = chosen.expected(_UNITS[recipe.name](source)) if recipe.name in _UNITS else None
            return None if usd is None else usd * _pieces(recipe, source)
        except NotKnownYet:
            return None

    return price


def _searching(embeddings: Collection[str], source: Source) -> float | None:
    asked = [offer("embedding", name) for name in embeddings if name != FootageModels().embedding]
    prices = [each.expected(_questions(source)) for each in asked]
    return None if None in prices else float(sum(usd for usd in prices if usd is not None))


def _chosen(models: Models, capability: str, kind: Kind) -> Offer:
    if capability == "refinement":
        return offer("explanation", models.refinement or models.text)
    if capability == "text" and kind == "explainer":
        return offer("explanation", models.text)
    return offer(capability, getattr(models, capability))


def _explanation(source: Source) -> Usage:
    return {**_script(source), "output": _EXPLAINED}


def _refinement(_: Source) -> Usage:
    return {"input": _FIGURES_TOLD + _EXPLAINED, "output": 4 * _EXPLAINED}


def _animation(_: Source) -> Usage:
    # The script at its first turn; what has to be mended comes on top.
    return {"input": _FIGURES_TOLD + 1000.0, "output": 1500.0}


def _script(source: Source) -> Usage:
    text = len(source.project.text)
    written = (source.project.preferences.seconds or text / _SPOKEN_PER_SECOND) * _SPOKEN_PER_SECOND * 2
    return {"input": text / _CHARACTERS_PER_TOKEN + _INSTRUCTIONS, "output": max(written / _CHARACTERS_PER_TOKEN, 800)}


def _queries(source: Source) -> Usage:
    return {"input": len(source.project.text) / _CHARACTERS_PER_TOKEN + _INSTRUCTIONS, "output": 600}


def _questions(source: Source) -> Usage:
    try:
        queries = source.value("search_queries", SearchQueries).queries
    except NotKnownYet:
        return {"input": _MOST_QUERIES * _LONG_QUERY / _CHARACTERS_PER_TOKEN}
    return {"input": sum(len(query.text) for query in queries) / _CHARACTERS_PER_TOKEN}


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
    return {"seconds": MOTION_SECONDS}


_UNITS: dict[str, Callable[[Source], Usage]] = {
    "initial_explanation": _explanation,
    "refined_explanation": _refinement,
    "script_draft": _script,
    "search_queries": _queries,
    "manim_script": _animation,
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
