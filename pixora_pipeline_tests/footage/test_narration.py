"""What is told over clips in which nobody speaks."""

import pytest

from pixora_pipeline.footage.narration import narrations, strange_words
from pixora_pipeline.model.compilation import PlannedClip, PlannedSegment

LOOK = "A bright picture in green, gentle movement."


def mute(*names: str) -> PlannedSegment:
    clips = tuple(
        PlannedClip(source="v-a", video="0", name=name, start=0, end=5, look=LOOK, words="", motion=0, score=1,
                    similarity=1)
        for name in names
    )  # fmt: skip
    return PlannedSegment(query=0, topic="view", clips=clips)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["waterfall in Norway"], "Waterfall in Norway."),
        (["bikes", "bikes", "old harbour"], "Bikes and old harbour."),
        (["IMG 2034"], LOOK),
        (["20261121 101500"], LOOK),
        (["IMG 2034", "red kite"], "Red kite."),
    ],
)
def test_clips_without_words_are_told_by_what_they_are_called(names: list[str], told: str) -> None:
    segment = mute(*names)
    assert narrations([segment], "en") == [told]
    assert strange_words(told, segment.clips) == []
