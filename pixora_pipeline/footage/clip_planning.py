"""From matches to a plan: each moment as a clip with exactly the words said in it, the clips grouped into scenes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.index import mentions_any
from pixora_pipeline.footage.ranking import FEWEST_SOURCES, LONGEST_CLIP, SHORTEST_CLIP, Selection, select
from pixora_pipeline.footage.scenes import words_within
from pixora_pipeline.model.compilation import (
    ClipPlan,
    ContentMatch,
    FootageMatches,
    Notice,
    PlannedClip,
    PlannedSegment,
    SearchQueries,
)
from pixora_pipeline.model.footage import Moment, SceneDescription, SceneDescriptions, SourceFacts, Transcript

TOLERANCE_SECONDS = 1.0
"""Words belong to a clip when they are said within it, give or take this."""
_BREATH_SECONDS = 0.7
"""Shown before and after the words, as far as the scene goes: a film's scene has that much before its voice."""
_MOST_CLIPS = 3
_LONGEST_SEGMENT = 26.0
_SPARES = 2
_MOST_SEGMENTS = 60
_SHORT_SHARE = 0.9


@dataclass(frozen=True)
class SourceText:
    """All that is known of a source when clips of it are planned."""

    video: str
    facts: SourceFacts
    transcript: Transcript
    scenes: SceneDescriptions


def plan_clips(queries: SearchQueries, matches: FootageMatches, sources: Mapping[str, SourceText]) -> ClipPlan:
    """The plan. Raises `UserError` when the library has nothing for it."""
    exclusions = [query.exclude for query in queries.queries]
    clips = {_name(match): clip for match in matches.matches if (clip := _clip(match, sources))}

    def allowed(match: ContentMatch) -> bool:
        clip = clips.get(_name(match))
        return clip is not None and not _says(clip, match, exclusions[match.query])

    def length(match: ContentMatch) -> float:
        return clips[_name(match)].seconds if _name(match) in clips else match.moment.seconds

    selection = select(queries.queries, matches.matches, allowed, length)
    if not selection.chosen:
        topics = ", ".join(dict.fromkeys(query.topic for query in queries.queries))
        raise UserError(f"The footage library has nothing for: {topics}. Add videos: `pixora footage add FOLDER`.")
    segments = _segments(queries, matches, selection, clips, allowed)[:_MOST_SEGMENTS]
    plan = ClipPlan(title=queries.title, seconds=_length(segments), segments=tuple(segments))
    return plan.model_copy(update={"notices": (*matches.notices, *_notices(queries, plan, selection, sources))})


def _name(match: ContentMatch) -> tuple[int, str]:
    return match.query, match.moment.id


def _says(clip: PlannedClip, match: ContentMatch, excluded: Sequence[str]) -> bool:
    return mentions_any(f"{clip.look} {clip.words}", excluded, match.moment.domains)


def _clip(match: ContentMatch, sources: Mapping[str, SourceText]) -> PlannedClip | None:
    """A moment as a clip: inside its video, with the words said in it within a second."""
    moment = match.moment
    source = sources.get(moment.source)
    if source is None:
        return None
    start, end = max(0.0, moment.start), min(moment.end, source.facts.seconds)
    if not SHORTEST_CLIP <= end - start <= LONGEST_CLIP:
        return None
    scene = _scene(moment, source.scenes)
    words = words_within(source.transcript.lines, start, end, TOLERANCE_SECONDS)
    if scene:
        start = max(min(start, scene.start), start - _BREATH_SECONDS)
        end = min(max(end, scene.end), end + _BREATH_SECONDS)
    return PlannedClip(
        source=moment.source,
        video=source.video,
        name=moment.title,
        start=round(start, 3),
        end=round(end, 3),
        look=scene.look if scene else "",
        motion=scene.motion if scene else 0.0,
        words=words,
        score=match.score,
        similarity=match.similarity,
    )


def _scene(moment: Moment, scenes: SceneDescriptions) -> SceneDescription | None:
    """The scene that a moment mostly lies in."""

    def common(scene: SceneDescription) -> float:
        return min(scene.end, moment.end) - max(scene.start, moment.start)

    best = max(scenes.scenes, key=common, default=None)
    return best if best and common(best) > 0 else None


def _segments(
    queries: SearchQueries,
    matches: FootageMatches,
    selection: Selection,
    clips: Mapping[tuple[int, str], PlannedClip],
    allowed: Callable[[ContentMatch], bool],
) -> list[PlannedSegment]:
    segments: list[PlannedSegment] = []
    for number, query in enumerate(queries.queries):
        chosen = [match for match in selection.chosen if match.query == number]
        spare = [m for m in matches.matches if m.query == number and not selection.used(m.moment) and allowed(m)]
        spares = tuple(clips[_name(match)] for match in spare[:_SPARES])
        for group in _grouped([clips[_name(match)] for match in chosen]):
            segments.append(PlannedSegment(query=number, topic=query.topic, clips=tuple(group), spares=spares))
    return segments


def _grouped(clips: Sequence[PlannedClip]) -> list[list[PlannedClip]]:
    """Clips for one query, up to three a scene and no scene longer than people listen to."""
    groups: list[list[PlannedClip]] = []
    for clip in clips:
        last = groups[-1] if groups else []
        if last and len(last) < _MOST_CLIPS and sum(c.seconds for c in last) + clip.seconds <= _LONGEST_SEGMENT:
            last.append(clip)
        else:
            groups.append([clip])
    return groups


def _length(segments: Sequence[PlannedSegment]) -> float:
    return round(sum(clip.seconds for segment in segments for clip in segment.clips), 2)


def _notices(
    queries: SearchQueries, plan: ClipPlan, selection: Selection, sources: Mapping[str, SourceText]
) -> list[Notice]:
    notices: list[Notice] = []
    if plan.seconds < _SHORT_SHARE * queries.seconds:
        message = f"The library has {plan.seconds:.0f} s that fit; the film is shorter than the {queries.seconds:.0f} s"
        notices.append(Notice(kind="too little footage", message=f"{message} asked for."))
    missing = [q for n, q in enumerate(queries.queries) if not any(s.query == n for s in plan.segments)]
    empty = dict.fromkeys(query.topic for query in missing if query.asked)
    if empty:
        notices.append(Notice(kind="nothing found", message=f"The library has nothing for: {', '.join(empty)}."))
    if selection.reused:
        topics = ", ".join(dict.fromkeys(queries.queries[match.query].topic for match in selection.reused))
        notices.append(Notice(kind="clip reused", message=f"For want of others, clips are shown again for: {topics}."))
    if len(plan.sources) < min(FEWEST_SOURCES, len(plan.segments)):
        few = "Only one video has" if len(plan.sources) == 1 else f"Only {len(plan.sources)} videos have"
        notices.append(Notice(kind="few sources", message=f"{few} what fits."))
    mute = sorted({c.name for s in plan.segments for c in s.clips if not c.words})
    if mute:
        names = ", ".join(mute[:5])
        notices.append(Notice(kind="no speech", message=f"Nobody speaks in clips of: {names}. What is seen is told."))
    return notices
