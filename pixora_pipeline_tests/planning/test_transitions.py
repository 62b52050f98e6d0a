"""Where nobody chose a transition, the script does."""

from typing import get_args

import pytest

from pixora_pipeline.model.script import TRANSITIONS, Mood, Scene, SceneRole, TransitionChoice
from pixora_pipeline.planning.transitions import transition_into


def scene(mood: Mood = "calm", role: SceneRole = "story", transition: TransitionChoice = "auto") -> Scene:
    return Scene(
        slot="s02", title="", description="", narration="", estimated_seconds=5, mood=mood, role=role,
        transition=transition,
    )  # fmt: skip


@pytest.mark.parametrize("mood", get_args(Mood))
def test_a_mood_that_goes_on_is_crossfaded_and_a_title_gives_way_to_black(mood: Mood) -> None:
    assert transition_into(scene(mood), scene(mood)) == "crossfade"
    assert transition_into(scene(mood, "title"), scene(mood)) == "fade_through_black"


def test_each_mood_begins_in_its_own_way() -> None:
    begun = {transition_into(scene("calm" if mood != "calm" else "sad"), scene(mood)) for mood in get_args(Mood)}
    assert begun == set(TRANSITIONS) - {"auto"}


@pytest.mark.parametrize("kind", TRANSITIONS[1:])
def test_what_somebody_chose_holds(kind: TransitionChoice) -> None:
    assert transition_into(scene("calm", "title"), scene("epic", transition=kind)) == kind
    assert transition_into(None, scene(transition=kind)) == kind
