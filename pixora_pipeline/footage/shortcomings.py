"""What a plan of clips had to do without, in words: too little, nothing, only shown again, damaged. Pure."""

from collections.abc import Mapping, Sequence

from pixora_pipeline.footage.ranking import FEWEST_SOURCES, Selection
from pixora_pipeline.footage.source_text import SourceText
from pixora_pipeline.model.compilation import ClipPlan, FootageMatches, Notice, SearchQueries

_SHORT_SHARE = 0.95


def notices_of(
    queries: SearchQueries, plan: ClipPlan, matches: FootageMatches, selection: Selection, more: bool, project: str
) -> list[Notice]:
    """What the plan of a project lacks. There may be `more` that fits, and is too long for what is left of the film."""
    notices: list[Notice] = []
    wanted = queries.queries
    if plan.seconds < _SHORT_SHARE * queries.seconds:
        had = f"Whole clips make {plan.seconds:.0f} s" if more else f"The library has {plan.seconds:.0f} s that fit"
        remedy = "With another, it would be too long." if more else _remedy(matches.others, project)
        message = f"{had}, and {queries.seconds:.0f} s were asked for. {remedy}"
        notices.append(Notice(kind="too little footage", message=message))
    shown = {wanted[segment.query].serves for segment in plan.segments}
    missing = dict.fromkeys(query.serves for query in wanted if query.asked and query.serves not in shown)
    crowded = {wanted[number].serves for number in selection.crowded_out}
    late = [topic for topic in missing if topic in crowded]
    left = {wanted[match.query].serves for match in matches.matches if not selection.used(match.moment)}
    if named := ", ".join(topic for topic in late if topic in left):
        notices.append(Notice(kind="too short", message=f"{queries.seconds:.0f} s are too short to show: {named}."))
    if named := ", ".join(topic for topic in late if topic not in left):
        message = f"What the library has for {named} is shown in other scenes."
        notices.append(Notice(kind="nothing found", message=message))
    if empty := [topic for topic in missing if topic not in crowded]:
        notices.append(Notice(kind="nothing found", message=f"The library has nothing for: {', '.join(empty)}."))
    if selection.reused:
        topics = ", ".join(dict.fromkeys(wanted[match.query].serves for match in selection.reused))
        notices.append(Notice(kind="clip reused", message=f"For want of others, clips are shown again for: {topics}."))
    if len(plan.sources) < min(FEWEST_SOURCES, len(plan.segments)):
        few = "Only one video has" if len(plan.sources) == 1 else f"Only {len(plan.sources)} videos have"
        notices.append(Notice(kind="few sources", message=f"{few} what fits."))
    mute = sorted({c.name for s in plan.segments for c in s.clips if not c.words})
    if mute:
        names = ", ".join(mute[:5])
        notices.append(Notice(kind="no speech", message=f"Nobody speaks in clips of: {names}. What is seen is told."))
    return notices


def _remedy(others: Sequence[str], project: str) -> str:
    if not others:
        return f"For a longer film, {more_footage(project)}."
    *some, last = others
    named = " and ".join(filter(None, [", ".join(some), last]))
    return f"It shows {named} too: ask for that as well, or {more_footage(project)}."


def more_footage(project: str) -> str:
    """How a project comes to more: what its library had was written down when it was searched."""
    return f"add videos (`pixora footage add FOLDER`) and search again (`pixora take {project} footage_matches`)"


def damage_of(matches: FootageMatches, sources: Mapping[str, SourceText]) -> list[Notice]:
    """What had to be left out because it is damaged."""
    names: dict[str, str] = {}
    for moment in (match.moment for match in matches.matches):
        source = sources.get(moment.source)
        if source and source.shots and source.damaged_within((moment.start, moment.end)):
            names[moment.title] = source.shots.damage
    told = "; ".join(f"“{name}” at {where}" for name, where in list(names.items())[:3])
    return [Notice(kind="damaged", message=f"Left out because it is damaged: {told}.")] if names else []
