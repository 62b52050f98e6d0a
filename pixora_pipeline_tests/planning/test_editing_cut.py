"""Edits of a scene's cut: what they leave in the overlay and in the script, and what is refused."""

import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.overlay import Overlay, SceneEdit, apply_overlay
from pixora_pipeline.model.script import Scene, ScriptBreakdown
from pixora_pipeline.planning.editing import edit_scene

DRAFT = ScriptBreakdown(
    title="A film",
    language="en",
    scenes=(
        Scene(slot="s01", title="One", description="", narration="One.", estimated_seconds=4, mood="calm"),
        Scene(
            slot="s02", title="Two", description="", narration="Two.", estimated_seconds=4, mood="calm", caption="Two!"
        ),
    ),
)


def edited(*changes: SceneEdit) -> Scene:
    overlay = Overlay()
    for change in changes:
        overlay = edit_scene(overlay, DRAFT, "s02", change)
    scene = apply_overlay(DRAFT, overlay).scene("s02")
    assert scene is not None
    return scene


def test_what_was_chosen_is_in_the_script_and_can_be_left_to_the_script_again() -> None:
    chosen = SceneEdit(transition="push", camera="rise", volume=0.5, lower_third="Anna | keeper")
    scene = edited(chosen)
    assert (scene.transition, scene.camera, scene.volume, scene.lower_third) == ("push", "rise", 0.5, "Anna | keeper")
    again = edited(chosen, SceneEdit(transition="auto", camera="auto"))
    assert (again.transition, again.camera, again.volume) == ("auto", "auto", 0.5)


def test_words_are_taken_off_the_picture_by_words_of_no_letters() -> None:
    assert edited().caption == "Two!"
    assert edited(SceneEdit(caption="")).caption is None
    assert edited(SceneEdit(lower_third="Anna"), SceneEdit(lower_third="")).lower_third is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (SceneEdit(volume=-0.1), "A volume of -0.1 can't be had"),
        (SceneEdit(volume=4.1), "A volume of 4.1 can't be had"),
        (SceneEdit(volume=float("nan")), "A volume of nan can't be had"),
        (SceneEdit(lower_third="x" * 121), "A lower third of 121 characters"),
        (SceneEdit(caption=" "), "A caption of 0 characters"),
    ],
)
def test_what_cannot_be_had_is_refused(change: SceneEdit, told: str) -> None:
    with pytest.raises(UserError, match=told):
        edited(change)
