"""What is not wanted is not shown either: a clip is left out for what is said a moment before, while it is seen."""

import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.clip_planning import plan_clips
from pixora_pipeline.footage.moments import moments_of
from pixora_pipeline.footage.source_text import SourceText
from pixora_pipeline.model.compilation import ClipPlan, ContentMatch, FootageMatches, SearchQueries, SearchQuery
from pixora_pipeline.model.footage import Line, SceneDescription, SceneDescriptions, SourceFacts, Transcript
from pixora_pipeline_tests.footage.test_index import source

LINES = (
    Line(start=1, end=5.5, text="Twenty star jumps as fast as you can."),
    Line(start=6, end=11, text="Land softly and keep your belly tight all the time."),
    Line(start=16, end=21, text="Draw your navel in and hold your belly tight."),
)
FACTS = SourceFacts(
    container="mp4", codec="h264", seconds=30, width=192, height=108, fps=30, rotation=0, size=1, has_sound=True,
    subtitle_streams=0,
)  # fmt: skip


def scene(start: float, end: float) -> SceneDescription:
    words = " ".join(line.text for line in LINES if start <= line.start and line.end <= end)
    look = "A bright picture in green, gentle movement."
    return SceneDescription(start=start, end=end, look=look, words=words, brightness=0.5, motion=0.1, colours=())


def planned(*unwanted: str) -> ClipPlan:
    scenes, said = SceneDescriptions(scenes=(scene(0, 15), scene(15, 30))), Transcript(origin="sidecar", lines=LINES)
    known = source("v-aaaaaaaaaa", "Class")
    found = [each for each in moments_of(known, said, scenes) if "belly" in each.text and each.kind == "transcript"]
    matches = [ContentMatch(query=0, moment=each, similarity=0.5, score=0.5) for each in found]
    query = SearchQuery(topic="core", text="core", priority=5, seconds=30, exclude=unwanted)
    queries = SearchQueries(title="Core", seconds=30, queries=(query,))
    text = SourceText("0" * 32, FACTS, said, scenes)
    return plan_clips(
        queries,
        FootageMatches(matches=tuple(matches), sources=1),
        {known.id: text},
        language="en",
        pace=1.0,
        project="p-1",
    )


def words(plan: ClipPlan) -> list[str]:
    return [clip.words for segment in plan.segments for clip in segment.clips]


def test_a_clip_of_a_scene_that_says_what_is_unwanted_is_left_out() -> None:
    assert words(planned()) == [LINES[1].text, LINES[2].text]
    assert words(planned("jumping")) == [LINES[2].text]
    with pytest.raises(UserError, match="nothing for: core"):
        planned("jumping", "navel")
