"""Recipes as Dagster assets: one operation a wave, so that a run is coarse and its scenes are made side by side.

Each version is reported by an event of its own, with its own data version and the records it was made from. (The event
that Dagster would write by itself gives all partitions of a range the same data version.)
"""

from collections.abc import Iterator, Sequence

from dagster import (
    AssetCheckSpec,
    AssetExecutionContext,
    AssetsDefinition,
    AssetSpec,
    BackfillPolicy,
    Backoff,
    Failure,
    Jitter,
    PartitionsDefinition,
    RetryPolicy,
    multi_asset,
)

from pixora_pipeline.assets import events
from pixora_pipeline.assets.next_run import PROJECT, WHY, values_along
from pixora_pipeline.assets.project_plan import plan_of_run
from pixora_pipeline.assets.reasons import failure, told_once
from pixora_pipeline.assets.recorded import asset_key, with_numbers
from pixora_pipeline.assets.retrying import may_pass, retried
from pixora_pipeline.assets.specs import asset_spec
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.assets.takes import ask_for_takes
from pixora_pipeline.assets.wave import Outcome, Wave
from pixora_pipeline.errors import Conflict
from pixora_pipeline.model.project import PUBLISHED
from pixora_pipeline.partitions import split_key
from pixora_pipeline.planning.causes import UPSTREAM, called
from pixora_pipeline.planning.fingerprint import place_name
from pixora_pipeline.planning.layout import Layout
from pixora_pipeline.planning.plan import Plan
from pixora_pipeline.planning.recipe import Graph, Recipe
from pixora_pipeline.planning.records import Place, Record

REQUESTED_BY = "pixora/requested_by"
"""The tag of runs that we request. A run without it was started by hand: what was clicked is always made anew."""

RETRIES = RetryPolicy(max_retries=2, delay=2, backoff=Backoff.EXPONENTIAL, jitter=Jitter.PLUS_MINUS)

COMMAND = "cli"
"""Who requests the runs of a command."""


def wave_assets(
    name: str, description: str, graph: Graph, recipes: Sequence[Recipe], partitions: PartitionsDefinition
) -> AssetsDefinition:
    """The assets of these recipes, made by one operation."""

    @multi_asset(
        name=name,
        description=description,
        specs=[_spec(recipe, partitions) for recipe in recipes],
        check_specs=[_check(recipe, check) for recipe in recipes for check in recipe.checks],
        can_subset=True,
        partitions_def=partitions,
        backfill_policy=BackfillPolicy.single_run(),
        required_resource_keys={"studio"},
        pool=name,
    )
    def make(context: AssetExecutionContext) -> Iterator:
        chosen = [recipe for recipe in recipes if asset_key(recipe.name) in context.selected_asset_keys]
        yield from retried(context, RETRIES, _alone(context, context.resources.studio, graph, chosen))

    return make


def _spec(recipe: Recipe, partitions: PartitionsDefinition) -> AssetSpec:
    told = (recipe.name, recipe.description, recipe.version, recipe.inputs, recipe.group, recipe.kinds)
    return asset_spec(*told, partitions, recipe.looks_into)


def _check(recipe: Recipe, name: str) -> AssetCheckSpec:
    return AssetCheckSpec(name, asset=asset_key(recipe.name))


def _alone(context: AssetExecutionContext, studio: Studio, graph: Graph, recipes: list[Recipe]) -> Iterator:
    from pixora_pipeline.store.makers import this_process  # it brings SQLAlchemy

    project_id, slots = _asked_for(context)
    try:
        with studio.makers.hold(project_id, this_process(f"run {context.run.run_id[:8]}")):
            yield from _run(context, studio, graph, recipes, project_id, slots)
    except Conflict as error:
        if _is_by_hand(context):
            raise Failure(str(error), allow_retries=False) from None
        # The sensor asks again when the project is free.
        context.log.info(str(error))


def _is_by_hand(context: AssetExecutionContext) -> bool:
    return REQUESTED_BY not in context.run.tags


def _run(
    context: AssetExecutionContext,
    studio: Studio,
    graph: Graph,
    recipes: list[Recipe],
    project_id: str,
    slots: list[str],
) -> Iterator:
    # A run from the UI does not say whose it is: with the tag, the sensor leaves the project to it.
    if PROJECT not in context.run.tags:
        context.instance.add_run_tags(context.run.run_id, {PROJECT: project_id})
    project, by_hand = studio.projects.get(project_id), _is_by_hand(context)
    plan, records = plan_of_run(context.instance, studio, project, graph)
    places, stale = _places(recipes, slots, plan.layout), plan.places
    if by_hand and not places:
        raise Failure(_there_is_none(recipes, plan.layout), allow_retries=False)
    if by_hand:
        project = ask_for_takes(studio, project, graph, [place for place in places if place not in stale])
    else:
        places = values_along(plan, graph, recipes) + [place for place in places if place in stale]
    wave = Wave(graph, studio, project, records, places, plan.layout, forced=by_hand)
    why = _causes(context, plan, places)
    failed: list[Outcome] = []
    reported: list[Place] = []
    for outcome in wave.run():
        if outcome.error:
            context.log.error(f"{place_name(outcome.place)}: {outcome.error}")
            failed.append(outcome)
        elif outcome.stored:
            yield from _report(context, studio, wave, outcome, why[outcome.place], reported)
            reported.append(outcome.place)
    if by_hand:
        studio.projects.touch(project.id)
    if failed:
        raise _failure(failed)


def _causes(context: AssetExecutionContext, plan: Plan, places: list[Place]) -> dict[Place, str]:
    """Why each place is made; told in the run's log too, with its price."""
    steps = {step.place: step for step in plan.steps}
    why = {place: str(steps[place].cause) if place in steps else "asked for by hand" for place in places}
    why = {place: context.run.tags.get(WHY, each) if each == UPSTREAM else each for place, each in why.items()}
    for place in places:
        if place not in steps or steps[place].action == "make":
            usd = steps[place].usd if place in steps else None
            context.log.info(f"{called(place)}: {why[place]}" + (f", expected to cost ${usd:.2f}" if usd else ""))
    return why


def _asked_for(context: AssetExecutionContext) -> tuple[str, list[str]]:
    keys = [split_key(str(key)) for key in context.partition_keys]
    projects = {project for project, _ in keys}
    if len(projects) != 1:
        raise Failure(f"A run is for one project, and this one names {len(projects)}. Launch one run a project.")
    return projects.pop(), [slot for _, slot in keys if slot]


def _places(recipes: list[Recipe], slots: list[str], layout: Layout) -> list[Place]:
    if slots and not any(slot in layout.scenes for slot in slots):
        has = f"it has {', '.join(layout.slots)}" if layout.slots else "it is not written yet"
        raise Failure(f"The script has no scene {', '.join(slots)}: {has}.", allow_retries=False)
    return [place for recipe in recipes for place in layout.places(recipe) if place[1] is None or place[1] in slots]


def _there_is_none(recipes: list[Recipe], layout: Layout) -> str:
    names = ", ".join(recipe.name for recipe in recipes)
    if all(PUBLISHED in recipe.only for recipe in recipes):
        return f"{names}: nothing is published until PIXORA_PUBLISH_URL says where."
    return f"This film is a {layout.kind}: it has no {names}."


def _report(
    context: AssetExecutionContext, studio: Studio, wave: Wave, outcome: Outcome, why: str, reported: list[Place]
) -> Iterator:
    recipe, place = wave.graph[outcome.place[0]], outcome.place
    path = outcome.stored.path.relative_to(studio.store.root)
    reads = _reads(context, wave, place, reported)
    if recipe.note:
        recipe.note(studio, wave.project, outcome.stored, wave.records)
    # A link within the studio: it plays wherever that listens, now or later.
    yield events.materialization(recipe, wave.project, place, outcome.stored, reads, f"/media/{path}", why)
    yield from events.evaluations(recipe, wave.project, place, outcome.stored)


def _reads(
    context: AssetExecutionContext, wave: Wave, place: Place, reported: list[Place]
) -> dict[Place, Record | None]:
    """The records that a place was made from. What this run itself has reported has its number by now."""
    needs = wave.needs(place)
    if any((record := wave.records.get(need)) and not record.storage_id for need in needs):
        wave.records = with_numbers(context.instance, wave.project.id, wave.records, reported)
    return {need: wave.records.get(need) for need in needs}


def _failure(failed: list[Outcome]) -> Failure:
    # Our own exceptions are sentences for people; the causes stay in the run's log.
    places = {place_name(each.place): str(each.error) for each in failed}
    sentences = told_once(places)
    again = any(may_pass(each.error) for each in failed)
    return failure("\n".join(sentences), [each.error for each in failed], again, places)
