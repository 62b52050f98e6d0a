"""From matches to a plan: each moment as a clip with exactly the words said in it, the clips grouped into scenes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.beginnings import begun_at_keys
from pixora_pipeline.footage.index import mentions_any
from pixora_pipeline.footage.lengths import film_seconds, grouped
from pixora_pipeline.footage.narration import least_seconds
from pixora_pipeline.footage.ranking import BREATH, LONGEST_CLIP, SHORTEST_CLIP, Selection, select
from pixora_pipeline.footage.repetition import as_heard
from pixora_pipeline.footage.scenes import words_within
from pixora_pipeline.footage.shortcomings import damage_of, more_footage, notices_of
from pixora_pipeline.footage.source_text import Ends, SourceText
from pixora_pipeline.footage.stretching import Segment, Stretch, fitted
from pixora_pipeline.model.compilation import (
    ClipPlan,
    ContentMatch,
    FootageMatches,
    PlannedClip,
    PlannedSegment,
    SearchQueries,
    SearchQuery,
)
from pixora_pipeline.model.footage import Moment, SceneDescription, SceneDescriptions

TOLERANCE_SECONDS = 1.0
"""Words belong to a clip when they are said within it, give or take this."""
_BREATHS = (0.4, BREATH, 1.7)
"""Shown before and after the words at least, as planned and at most."""
_SPARES = 2
_MOST_SEGMENTS = 60


@dataclass(frozen=True)
class _Candidates:
    """Every match as a clip that can be stretched, the seconds that a scene of it alone needs, and what it says."""

    queries: Sequence[SearchQuery]
    stretches: Mapping[tuple[int, str], Stretch]
    needs: Mapping[tuple[int, str], float]
    heard: Mapping[tuple[int, str], str]

    def allowed(self, match: ContentMatch) -> bool:
        """Whether it can be shown and says nothing unwanted."""
        stretch = self.stretches.get(_name(match))
        return stretch is not None and not _says(stretch.clip, match, self.queries[match.query].exclude)

    def clip(self, match: ContentMatch) -> PlannedClip:
        """It as planned."""
        return self.stretches[_name(match)].clip

    def said(self, match: ContentMatch) -> str:
        """What is said in it."""
        return self.heard.get(_name(match), "")

    def seconds(self, match: ContentMatch) -> float:
        """How long it makes a film at most."""
        name = _name(match)
        return max(self.stretches[name].seconds(0), self.needs[name]) if name in self.needs else match.moment.seconds

    def scenes(self, chosen: Sequence[ContentMatch]) -> list[list[ContentMatch]]:
        """The matches as scenes, topic by topic: several queries may look for one."""
        topics = dict.fromkeys(query.topic for query in self.queries)
        of_each = (_told_on([m for m in chosen if self.queries[m.query].topic == topic]) for topic in topics)
        return [scene for each in of_each for scene in grouped(each, lambda match: self.clip(match).seconds)]

    def film(self, chosen: Sequence[ContentMatch]) -> float:
        """How long a film of them is."""
        return film_seconds([self.segment(scene).seconds(0) for scene in self.scenes(chosen)])

    def reach(self, chosen: Sequence[ContentMatch]) -> Ends:
        """How long a film of them is at its shortest and at its longest."""
        clips = [self.clip(match) for match in chosen]
        segments = [self.segment(scene, clips) for scene in self.scenes(chosen)]
        shortest, longest = (film_seconds([segment.seconds(step) for segment in segments]) for step in (-1, 1))
        return shortest, longest

    def segment(self, scene: Sequence[ContentMatch], others: Sequence[PlannedClip] = ()) -> Segment:
        """A scene as it can be stretched beside others. One of its clips has something short enough to be told."""
        speaking = [match for match in scene if self.clip(match).words] or scene
        stretches = tuple(self.stretches[_name(match)].beside(others) for match in scene)
        return Segment(stretches, min(self.needs[_name(match)] for match in speaking))


def plan_clips(
    queries: SearchQueries,
    matches: FootageMatches,
    sources: Mapping[str, SourceText],
    *,
    language: str,
    pace: float,
    project: str,
) -> ClipPlan:
    """The plan of a project's film, told in `language` by a voice that takes `pace` times as long as narrators do.

    Raises `UserError` when the library has nothing for it.
    """
    wanted = queries.queries
    candidates = _candidates(wanted, matches, sources, language, pace)
    selection = select(
        wanted,
        matches.matches,
        candidates.allowed,
        candidates.seconds,
        candidates.film,
        candidates.said,
        candidates.reach,
    )
    if not selection.chosen:
        topics = ", ".join(dict.fromkeys(query.serves for query in wanted if query.asked))
        raise UserError(f"The footage library has nothing for: {topics}. To go on, {more_footage(project)}.")
    clips = [candidates.clip(match) for match in selection.chosen]
    scenes = candidates.scenes(selection.chosen)[:_MOST_SEGMENTS]
    stretched = [candidates.segment(scene, clips) for scene in scenes]
    seconds, fitting = fitted(stretched, queries.seconds)
    fitting = begun_at_keys(stretched, fitting, sources)
    spares = {number: _spares(number, matches, selection, candidates) for number in range(len(wanted))}
    segments = tuple(
        PlannedSegment(query=n, topic=wanted[n].topic, clips=shown, spares=spares[n])
        for shown, n in zip(fitting, (scene[0].query for scene in scenes), strict=True)
    )
    plan = ClipPlan(title=queries.title, seconds=round(seconds, 2), segments=segments, pace=pace)
    more = any(spares[number] for number, query in enumerate(wanted) if query.asked)
    return plan.model_copy(
        update={
            "notices": (
                *matches.notices,
                *notices_of(queries, plan, matches, selection, more, project),
                *damage_of(matches, sources),
            )
        }
    )


def _candidates(
    queries: Sequence[SearchQuery],
    matches: FootageMatches,
    sources: Mapping[str, SourceText],
    language: str,
    pace: float,
) -> _Candidates:
    stretches = {_name(match): clip for match in matches.matches if (clip := _clip(match, queries, sources))}
    needs = {
        name: least_seconds([each.clip], queries[name[0]].topic, language, pace) for name, each in stretches.items()
    }
    heard = {name: as_heard(each.clip.words) for name, each in stretches.items()}
    return _Candidates(queries, stretches, needs, heard)


def _told_on(matches: Sequence[ContentMatch]) -> list[ContentMatch]:
    """Source by source as they come, and what is of one source in the order in which it was filmed."""
    sources = list(dict.fromkeys(match.moment.source for match in matches))
    return sorted(matches, key=lambda match: (sources.index(match.moment.source), match.moment.start))


def _name(match: ContentMatch) -> tuple[int, str]:
    return match.query, match.moment.id


def _says(clip: PlannedClip, match: ContentMatch, excluded: Sequence[str]) -> bool:
    return mentions_any(f"{clip.look} {clip.words}", excluded, match.moment.domains)


def _clip(match: ContentMatch, queries: Sequence[SearchQuery], sources: Mapping[str, SourceText]) -> Stretch | None:
    """A moment as a clip: inside its video, with the words said in it within a second."""
    moment = match.moment
    source = sources.get(moment.source)
    if source is None:
        return None
    start, end = max(0.0, moment.start), min(moment.end, source.facts.seconds)
    if end - start > LONGEST_CLIP:
        return None
    scene = _scene(moment, source.scenes)
    if scene and mentions_any(scene.words, queries[match.query].exclude, moment.domains):
        # What is said a sentence before is shown still.
        return None
    words = words_within(source.transcript.lines, start, end, TOLERANCE_SECONDS)
    if words:
        least, planned, most = (_with_breath((start, end), scene, by) for by in _BREATHS)
        planned = planned if _lasts(planned) else most
        least = least if _lasts(least) else planned
    else:
        # Where nobody speaks, any part will do.
        planned = _middle((start, end), max(SHORTEST_CLIP, queries[match.query].seconds))
        least, most = _middle(planned, SHORTEST_CLIP), (start, end)
    if source.damaged_within(most) or not _lasts(planned):
        return None
    clip = PlannedClip(
        source=moment.source,
        video=source.video,
        name=moment.title,
        start=round(planned[0], 3),
        end=round(planned[1], 3),
        look=scene.look if scene else "",
        motion=scene.motion if scene else 0.0,
        focus=source.focus(planned),
        words=words,
        score=match.score,
        similarity=match.similarity,
    )
    return Stretch(clip, least, most, (start, end) if words else None)


def _lasts(ends: Ends) -> bool:
    """Whether a stretch is long enough to be seen."""
    return ends[1] - ends[0] >= SHORTEST_CLIP


def _with_breath(ends: Ends, scene: SceneDescription | None, seconds: float) -> Ends:
    """With that much more at either end, as far as the scene goes."""
    start, end = ends
    if scene is None:
        return ends
    return max(min(start, scene.start), start - seconds), min(max(end, scene.end), end + seconds)


def _middle(ends: Ends, seconds: float) -> Ends:
    spare = max(0.0, ends[1] - ends[0] - seconds) / 2
    return ends[0] + spare, ends[1] - spare


def _scene(moment: Moment, scenes: SceneDescriptions) -> SceneDescription | None:
    """The scene that a moment mostly lies in."""

    def common(scene: SceneDescription) -> float:
        return min(scene.end, moment.end) - max(scene.start, moment.start)

    best = max(scenes.scenes, key=common, default=None)
    return best if best and common(best) > 0 else None


def _spares(
    query: int, matches: FootageMatches, selection: Selection, candidates: _Candidates
) -> tuple[PlannedClip, ...]:
    """Clips that could stand in for one of a query's."""
    others = (match for match in matches.matches if match.query == query and not selection.used(match.moment))
    return tuple(candidates.clip(match) for match in islice(filter(candidates.allowed, others), _SPARES))
