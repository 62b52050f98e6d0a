"""Who stands in where the chosen maker fails for good, and how an artifact says so."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from pixora_pipeline.assets.work import NOTICES, Made, Work
from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.project import BUILT_IN, INSTEAD, NOBODY, Models
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.providers.faults import BadOutput, Refused
from pixora_pipeline.providers.standing_in import Other, StandIn, in_turn

Result = TypeVar("Result")

_UNNAMED = {"image": (Refused,), "motion": (Refused,), "animation": (Refused, BadOutput)}
"""After which faults what is built in steps in unasked, so that one scene does not keep a whole film from its end."""

_TRIES = {"image": 2, "speech": 2, "music": 2, "motion": 2}
"""How often something unusable is asked for before another is; text models are sent theirs back as it is."""

_NAMES = {
    "scene_image": "the picture",
    "scene_motion": "the motion",
    "voice_over": "the voice",
    "script_draft": "the script",
    "initial_explanation": "the first explanation",
    "refined_explanation": "the refined explanation",
    "search_queries": "what is looked for",
}


def stand_ins(models: Models, what: str) -> tuple[Other, ...]:
    """Who may stand in for the model chosen for that."""
    named = getattr(models, f"{what}{INSTEAD}")
    if what == "refinement" and models.refinement is None:
        named = named or models.text_instead
    others = () if named in (None, NOBODY) else (Other(named),)
    return others if named == NOBODY or what not in _UNNAMED else (*others, Other(BUILT_IN, _UNNAMED[what]))


def have_in_turn(work: Work, what: str, model: str, make: Callable[[str], Result]) -> tuple[Result, StandIn | None]:
    """What `make` makes of the model, else of one that stands in for it; then it is said which."""
    others = stand_ins(work.project.preferences.models, what)
    return in_turn(model, others, make, tries=_TRIES.get(what, 1))


def made_in_turn(work: Work, what: str, model: str, make: Callable[[str], Made]) -> Made:
    """The same for an artifact, which tells who stood in."""
    made, stood_in = have_in_turn(work, what, model, make)
    return telling_who(work, made, stood_in)


def telling_who(work: Work, made: Made, stood_in: StandIn | None) -> Made:
    """The artifact with a notice of who stood in, if somebody did."""
    if stood_in is None:
        return made
    told = {"instead_of": stood_in.instead_of, "because": stood_in.because}
    provenance = made.provenance.model_copy(update={"parameters": {**made.provenance.parameters, **told}})
    notices = [*(made.facts.get(NOTICES) or ()), notice_of(work, stood_in).model_dump(mode="json")]
    return replace(made, facts={**made.facts, NOTICES: notices}, provenance=provenance)


def notice_of(work: Work, stood_in: StandIn, what: str | None = None) -> Notice:
    """What people are told of it."""
    what = what or _NAMES.get(work.recipe.name, f"the {work.recipe.name.replace('_', ' ')}")
    place = f"Scene {scene_number(work.slot)}: {what}" if work.slot else what[0].upper() + what[1:]
    by = "what is built in" if stood_in.id == BUILT_IN else stood_in.id
    told = f"{place} is by {by} instead of {stood_in.instead_of}. {stood_in.because} {stood_in.remedy}"
    return Notice(kind="stood in", message=told.rstrip())
