"""What a film would cost with hosted models: only for the work that its scenes are of."""

import pytest

from pixora_pipeline.model.script import Scene, ScriptBreakdown
from pixora_pipeline.planning.prices import hosted_estimate


def script(pictured: str) -> ScriptBreakdown:
    scene = Scene(
        slot="s01", title="A", description="a hill", narration="Once there was a hill.", mood="calm", role="story",
        estimated_seconds=4.0, pictured=pictured,
    )  # fmt: skip
    return ScriptBreakdown(title="A", language="en", scenes=(scene,), characters=(), music=())


@pytest.mark.parametrize(
    ("pictured", "works"),
    [
        ("drawn", {"script", "pictures", "voice", "music", "motion"}),
        ("animated", {"script", "voice", "music"}),
        ("filmed", {"script", "voice", "music"}),
    ],
)
def test_pictures_and_their_motion_are_of_drawn_scenes_alone(pictured: str, works: set[str]) -> None:
    assert {line.what for line in hosted_estimate(script(pictured), "Once.").lines} == works
