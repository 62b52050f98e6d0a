"""initial_explanation and refined_explanation: what an explainer explains, before it is cut into scenes."""

from collections.abc import Callable

from pixora_pipeline.animation.installed import check_installed
from pixora_pipeline.assets.brief import EXPLAINERS
from pixora_pipeline.assets.makers import orders_for
from pixora_pipeline.assets.stand_ins import made_in_turn
from pixora_pipeline.assets.work import Made, Work, provenance_of
from pixora_pipeline.model.briefs import RefinementBrief, StoryBrief
from pixora_pipeline.model.content import seed_from
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.providers.catalogue import engage
from pixora_pipeline.providers.protocols import Explainer

EXPLANATION = "explanation.md"


def explain(work: Work) -> Made:
    """Have the question or the text explained, where it can be animated as well."""
    check_installed()
    story = work.value("project_brief/story", StoryBrief)
    request = request_of(work, story)
    return _have(work, "text", story.model, lambda explainer: explainer.explain(request))


def refine(work: Work) -> Made:
    """Have the explanation made clearer, and every part given its figure."""
    story = work.value("project_brief/story", StoryBrief)
    explanation = work.input("initial_explanation").path.read_text("utf-8")
    model = work.value("project_brief/refinement", RefinementBrief).model
    request = request_of(work, story)
    return _have(work, "refinement", model, lambda explainer: explainer.refine(request, explanation))


def request_of(work: Work, story: StoryBrief) -> ScriptRequest:
    """What the writer is asked for."""
    wish = story.model_dump(exclude={"model"})
    return ScriptRequest(**wish, seed=seed_from("script", wish, work.take))


def _have(work: Work, what: str, model: str, ask: Callable[[Explainer], str]) -> Made:
    def by(each: str) -> Made:
        orders = orders_for(work, "explanation", each)
        text = ask(engage("explanation", each, *orders))
        work.file(EXPLANATION).write_text(text, encoding="utf-8")
        facts = {"words": len(text.split())}
        return Made([EXPLANATION], facts=facts, provenance=provenance_of("explanation", each, *orders))

    return made_in_turn(work, what, model, by)


RECIPES = (
    Recipe(
        name="initial_explanation",
        scope="project",
        group="script",
        description="The first explanation of what you asked, in prose.",
        version="1",
        make=explain,
        retakes=True,
        capability="text",
        before_approval=True,
        only=EXPLAINERS,
        inputs=("project_brief/story",),
        kinds=("text", "markdown"),
    ),
    Recipe(
        name="refined_explanation",
        scope="project",
        group="script",
        description="The same explanation, clearer, each part with the figure that shows it.",
        version="1",
        make=refine,
        retakes=True,
        capability="refinement",
        before_approval=True,
        only=EXPLAINERS,
        inputs=("project_brief/story", "project_brief/refinement", "initial_explanation"),
        kinds=("text", "markdown"),
    ),
)
