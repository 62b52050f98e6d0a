"""From a request to a plan of clips, and to a script that says only what they show: clip first, words after."""

from collections.abc import Sequence
from dataclasses import replace

from pixora_pipeline.assets.library_outdated import outdated_notice, outdated_told
from pixora_pipeline.assets.library_texts import CUT_BY, text_of
from pixora_pipeline.assets.library_values import values_of
from pixora_pipeline.assets.stand_ins import made_in_turn
from pixora_pipeline.assets.voice_pace import known_pace
from pixora_pipeline.assets.work import Made, Work, noticed, provenance_of
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.briefs import StoryBrief
from pixora_pipeline.model.compilation import (
    ClipPlan,
    CompilationBrief,
    FootageMatches,
    SearchQueries,
)
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.project import BUILT_IN, Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.providers.catalogue import engage, offer
from pixora_pipeline.providers.order import Order
from pixora_pipeline.store.sidecar import Provenance

KIND = "compilation"
PLANNER, SEARCH, NARRATOR = "planner@4", "lexicon@3", "narrator@4"


def brief_of(project: Project) -> CompilationBrief:
    """What a compilation is to be made of."""
    wish, writer = project.preferences.footage, offer("text", project.preferences.models.text)
    return CompilationBrief(
        requirements=project.text,
        context=wish.context,
        seconds=project.preferences.seconds,
        collection=wish.collection,
        tags=wish.tags,
        without=wish.without,
        fit=wish.fit,
        title=project.title,
        model=writer.id if not writer.embedded else f"embedded/{PLANNER}",
    )


def make_queries(work: Work) -> Made:
    """Turn the request into what to look for."""
    brief = work.value("project_brief/footage", CompilationBrief)
    return made_in_turn(work, "text", brief.model, lambda model: _queries_by(work, brief, model))


def _queries_by(work: Work, brief: CompilationBrief, model: str) -> Made:
    # The planner is in no catalogue: nobody chooses it but as what is built in.
    if model.partition("/")[0] == BUILT_IN:
        from pixora_pipeline.footage.queries import plan_queries

        return work.keep(plan_queries(brief), _made_by(PLANNER))
    from pixora_pipeline.footage.asking import ask_for_queries

    order = work.order()
    queries = ask_for_queries(engage("text", model, order), brief)
    return work.keep(queries, provenance_of("text", model, order))


def find_matches(work: Work) -> Made:
    """Look for it in the library as it is now."""
    from pixora_pipeline.assets.matching import look_up

    brief, wanted = work.value("project_brief/footage", CompilationBrief), work.value("search_queries", SearchQueries)
    matches, orders = look_up(work, brief, wanted)
    return work.keep(matches, _found_by(orders))


def plan_film(work: Work) -> Made:
    """Choose the clips, with the words that are said in them."""
    from pixora_pipeline.footage.clip_planning import plan_clips

    queries, matches = work.value("search_queries", SearchQueries), work.value("footage_matches", FootageMatches)
    matched = {match.moment.source for match in matches.matches}
    fitting = [source for source in work.studio.sources.all() if source.id in matched]
    known = [(source, values_of(work.studio, source, CUT_BY)) for source in fitting]
    outdated = sum(len(values) < len(CUT_BY) for _, values in known)
    sources = {source.id: text for source, values in known if (text := text_of(work.studio, source, values))}
    language = work.value("project_brief/story", StoryBrief).language
    try:
        pace = known_pace(work.studio, work.project)
        plan = plan_clips(queries, matches, sources, language=language, pace=pace, project=work.project.id)
    except UserError as error:
        if not outdated:
            raise
        raise UserError(f"{outdated_told(outdated, len(known))} Then make it again.") from error
    if outdated:
        notice = outdated_notice(outdated, len(known), work.project)
        plan = plan.model_copy(update={"notices": (*plan.notices, notice)})
    notices = [notice.message for notice in plan.notices]
    made = work.keep(plan, _made_by(PLANNER, notices=notices, **({"pace": plan.pace} if plan.pace != 1.0 else {})))
    return replace(made, facts=noticed(plan.notices))


def write_from_clips(work: Work) -> Made:
    """Write the script from the chosen clips' texts and nothing else."""
    story, plan = work.value("project_brief/story", StoryBrief), work.value("clip_plan", ClipPlan)
    return made_in_turn(work, "text", story.model, lambda model: _script_by(work, story, plan, model))


def _script_by(work: Work, story: StoryBrief, plan: ClipPlan, model: str) -> Made:
    if offer("text", model).embedded:
        from pixora_pipeline.footage.narration import write_script

        script, notices, made_by = write_script(plan, story.language), (), _made_by(NARRATOR)
    else:
        from pixora_pipeline.footage.telling import have_told

        order = work.order()
        script, notices = have_told(engage("text", model, order), plan, story.language)
        made_by = provenance_of("text", model, order, notices=[notice.message for notice in notices])
    made = work.keep(script.model_copy(update={"title": story.title or script.title}), made_by)
    return replace(made, facts=noticed(notices))


def verify_grounding(work: Work, made: Made) -> tuple[Finding, ...]:
    """Hold a compilation's script, edits and all, to what its clips show and say."""
    if work.project.kind != KIND:
        return ()
    from pixora_pipeline.footage.narration import check_grounding
    from pixora_pipeline.planning.plan import VALUE

    script = ScriptBreakdown.model_validate_json(work.file(VALUE).read_bytes())
    return (check_grounding(script, work.value("clip_plan", ClipPlan)),)


def _found_by(orders: Sequence[Order]) -> Provenance:
    paid = [receipt for order in orders for receipt in order.receipts]
    if not paid:
        return _made_by(SEARCH)
    return provenance_of("embedding", f"{paid[0].service}/{paid[0].model}", *orders)


def _made_by(model: str, **parameters) -> Provenance:
    return Provenance(provider="embedded", model=model, parameters=parameters)


RECIPES = (
    Recipe(
        name="project_brief/footage",
        scope="project",
        group="brief",
        description="What the compilation is to be cut from, and what for.",
        version="1",
        row=lambda project: brief_of(project).model_dump(mode="json"),
        derive=lambda source: brief_of(source.project),
        only=(KIND,),
        before_approval=True,
        kinds=("json",),
    ),
    Recipe(
        name="search_queries",
        scope="project",
        group="script",
        description="What to look for in the footage library.",
        version="3",
        make=make_queries,
        only=(KIND,),
        retakes=True,
        capability="text",
        before_approval=True,
        inputs=("project_brief/footage",),
        kinds=("json",),
    ),
    Recipe(
        name="footage_matches",
        scope="project",
        group="script",
        description="What the footage library has for it. Another take searches it as it is then.",
        version="4",
        make=find_matches,
        only=(KIND,),
        retakes=True,
        before_approval=True,
        inputs=("project_brief/footage", "search_queries"),
        looks_into=("footage_index",),
        kinds=("json", "qdrant"),
    ),
    Recipe(
        name="clip_plan",
        scope="project",
        group="script",
        description="The clips of the film in order, with the words said in them, before a word is written.",
        version="7",
        make=plan_film,
        only=(KIND,),
        retakes=True,
        before_approval=True,
        inputs=("project_brief/story", "search_queries", "footage_matches"),
        looks_into=("shot_focus",),
        kinds=("json",),
    ),
)
