"""initial_explanation and refined_explanation: what an explainer explains, before it is cut into scenes."""

from pixora_pipeline.animation.installed import check_installed
from pixora_pipeline.assets.work import Made, Work, provenance_of
from pixora_pipeline.model.briefs import StoryBrief
from pixora_pipeline.model.content import seed_from
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.providers.catalogue import engage

EXPLANATION = "explanation.md"
EXPLAINERS = ("explainer",)


def explain(work: Work) -> Made:
    """Have the question or the text explained, where it can be animated as well."""
    check_installed()
    story = work.value("project_brief/story", StoryBrief)
    return _keep(work, story, engage("explanation", story.model).explain(request_of(work, story)))


def refine(work: Work) -> Made:
    """Have the explanation made clearer, and every part given its figure."""
    story = work.value("project_brief/story", StoryBrief)
    explanation = work.input("initial_explanation").path.read_text("utf-8")
    return _keep(work, story, engage("explanation", story.model).refine(request_of(work, story), explanation))


def request_of(work: Work, story: StoryBrief) -> ScriptRequest:
    """What the writer is asked for."""
    wish = story.model_dump(exclude={"model"})
    return ScriptRequest(**wish, seed=seed_from("script", wish, work.take))


def _keep(work: Work, story: StoryBrief, text: str) -> Made:
    work.file(EXPLANATION).write_text(text, encoding="utf-8")
    return Made([EXPLANATION], facts={"words": len(text.split())}, provenance=provenance_of("explanation", story.model))


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
        capability="text",
        before_approval=True,
        only=EXPLAINERS,
        inputs=("project_brief/story", "initial_explanation"),
        kinds=("text", "markdown"),
    ),
)
