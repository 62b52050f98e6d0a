"""Captions stand where nothing is that people want to see."""

from datetime import UTC, datetime

import pytest

from pixora_pipeline.assets.scene_brief import brief_clip
from pixora_pipeline.model.briefs import ClipBrief, CutBrief, LookBrief
from pixora_pipeline.model.project import Preferences, Project
from pixora_pipeline.model.script import CharacterProfile, Scene, ScriptBreakdown
from pixora_pipeline.planning.foresight import Foreseen, Outlook, value_text

OURS, HIRED = "embedded/artist@3", "openai/gpt-image-2.5-flare"
NELL = CharacterProfile(name="Nell", look="a girl in a yellow coat")
SCENE = Scene(
    slot="s02",
    title="Nell",
    description="Nell on a hill",
    narration="So it was.",
    estimated_seconds=4,
    mood="calm",
    role="story",
)
LOOK = LookBrief(
    style="auto",
    aspect="16:9",
    resolution="240p",
    palette_seed=1,
    character_consistency=True,
    image_model=OURS,
    motion_model="embedded/camera@2",
)
ROW = Project(
    id="p-test",
    owner="local",
    kind="story",
    title=None,
    text="Nell on a hill",
    preferences=Preferences(),
    revision=1,
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
)


def brief_of(captions: str = "classic", aspect: str = "16:9", image_model: str = OURS, **scene) -> ClipBrief:
    shown = SCENE.model_copy(update=scene)
    values = {
        "script_breakdown": ScriptBreakdown(title="Nell", language="en", scenes=(shown,), characters=(NELL,), music=()),
        "project_brief/look": LOOK.model_copy(update={"aspect": aspect, "image_model": image_model}),
        "project_brief/cut": CutBrief(fps=30, captions=captions),
    }
    found = {(name, None): Foreseen("1", value_text(value)) for name, value in values.items()}
    return brief_clip(Outlook(ROW, "s02", found))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"characters": ("Nell",)}, True),
        ({}, False),
        ({"caption": "Home"}, True),
        ({"characters": ("Nell",), "aspect": "9:16"}, True),
        ({"characters": ("Nell",), "captions": "pop"}, True),
        ({"characters": ("Nell",), "captions": "none"}, False),
        ({"characters": ("Nell",), "image_model": HIRED}, False),
    ],
    ids=[
        "people at the foot",
        "nobody",
        "words",
        "people in an upright film",
        "large captions",
        "no captions",
        "unknown picture",
    ],
)
def test_captions_stand_at_the_head_where_they_would_cover_somebody(where: dict, expected: bool) -> None:
    assert brief_of(**where).at_head is expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"pictured": "filmed"}, True),
        ({"pictured": "filmed", "captions": "none", "lower_third": "Nell"}, True),
        ({"pictured": "filmed", "captions": "none"}, False),
        ({"pictured": "drawn", "lower_third": "Nell"}, False),
    ],
    ids=["captions", "a lower third", "no words", "no footage"],
)
def test_only_words_over_footage_keep_off_what_moves_in_it(where: dict, expected: bool) -> None:
    brief = brief_of(**where)
    assert brief.off_action is expected
    assert ("off_action" in value_text(brief)) is expected, "other clips are what they were"
