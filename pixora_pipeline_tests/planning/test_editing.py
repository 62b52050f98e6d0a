"""Edits become an overlay; what can't be had is refused in a sentence, and the overlay that was is as it was."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.model.overlay import Overlay, SceneEdit, apply_overlay
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.planning import editing
from pixora_pipeline.planning.editing import LIMITS, MOST_SCENES
from pixora_pipeline_tests.planning.test_causes import SCRIPT, scene

NONE = Overlay()


def edited(overlay: Overlay) -> ScriptBreakdown:
    return apply_overlay(SCRIPT, overlay)


def slots(overlay: Overlay) -> str:
    return " ".join(each.slot for each in edited(overlay).scenes)


def test_a_scene_keeps_what_was_not_edited() -> None:
    first = editing.edit_scene(NONE, SCRIPT, "s02", SceneEdit(narration="A storm."))
    both = editing.edit_scene(first, SCRIPT, "s02", SceneEdit(description="Black sea."))
    told = edited(both).scene("s02")
    assert (told.narration, told.description, told.title) == ("A storm.", "Black sea.", "T")
    assert edited(both).scene("s01") == SCRIPT.scene("s01")


def test_a_title_a_look() -> None:
    assert edited(editing.retitle(NONE, "Six")).title == "Six"
    assert edited(editing.dress(NONE, SCRIPT, "Nell", "tall")).characters[0].look == "tall"


@pytest.mark.parametrize(
    ("position", "order"), [(1, "s03 s01 s02 s04"), (3, "s01 s02 s03 s04"), (4, "s01 s02 s04 s03")]
)
def test_a_scene_moves(position: int, order: str) -> None:
    assert slots(editing.move_scene(NONE, SCRIPT, "s03", position)) == order


def test_a_scene_is_removed_and_its_slot_is_not_used_again() -> None:
    without = editing.remove_scene(NONE, SCRIPT, "s04")
    assert slots(without) == "s01 s02 s03"
    overlay, slot = editing.add_scene(without, SCRIPT, edited(without), "It rained all day. Then it stopped.", "s01")
    assert (slot, slots(overlay)) == ("s05", "s01 s05 s02 s03")
    assert edited(overlay).scene("s05").title == "It rained all day"
    assert slots(editing.remove_scene(overlay, edited(overlay), "s05")) == "s01 s02 s03"


def test_a_scene_is_added_at_the_end_unless_somebody_says_where() -> None:
    assert slots(editing.add_scene(NONE, SCRIPT, SCRIPT, "The end.", None)[0]) == "s01 s02 s03 s04 s05"


def test_an_added_scene_is_edited_like_any_other() -> None:
    overlay, slot = editing.add_scene(NONE, SCRIPT, SCRIPT, "The end.", None)
    again = editing.edit_scene(overlay, edited(overlay), slot, SceneEdit(narration="Not yet."))
    assert edited(again).scene(slot).narration == "Not yet."


FULL = SCRIPT.model_copy(update={"scenes": tuple(scene(number) for number in range(1, MOST_SCENES + 1))})
LONE = SCRIPT.model_copy(update={"scenes": SCRIPT.scenes[:1]})


@pytest.mark.parametrize(
    ("wrong", "error", "sentence"),
    [
        (lambda: editing.edit_scene(NONE, SCRIPT, "s09", SceneEdit(title="x")), NotFound, "it has 1, 2, 3, 4"),
        (lambda: editing.edit_scene(NONE, SCRIPT, "s01", SceneEdit(narration=" ")), UserError, "narration of 0 char"),
        (lambda: editing.edit_scene(NONE, SCRIPT, "s01", SceneEdit(narration="x" * 2001)), UserError, "1 to 2000"),
        (lambda: editing.edit_scene(NONE, SCRIPT, "s01", SceneEdit(minimum_seconds=0)), UserError, "scene of 0 s"),
        (lambda: editing.edit_scene(NONE, SCRIPT, "s01", SceneEdit(minimum_seconds=float("nan"))), UserError, "nan s"),
        (lambda: editing.edit_scene(NONE, SCRIPT, "s01", SceneEdit(minimum_seconds=1e9)), UserError, "up to 120 s"),
        (lambda: editing.retitle(NONE, "x" * (LIMITS["title"] + 1)), UserError, "title of 301 characters"),
        (lambda: editing.dress(NONE, SCRIPT, "Bob", "tall"), NotFound, "'Bob' appears. The script has: Nell"),
        (lambda: editing.dress(NONE, SCRIPT, "Nell", ""), UserError, "look of 0 characters"),
        (lambda: editing.move_scene(NONE, SCRIPT, "s09", 1), NotFound, "no scene 9"),
        (lambda: editing.move_scene(NONE, SCRIPT, "s01", 0), UserError, "no position 0"),
        (lambda: editing.move_scene(NONE, SCRIPT, "s01", 5), UserError, "scenes at 1 to 4"),
        (lambda: editing.reorder(NONE, SCRIPT, ["s01", "s02"]), UserError, "the scenes are 1, 2, 3, 4"),
        (lambda: editing.reorder(NONE, SCRIPT, ["s01"] * 4), UserError, "each scene once"),
        (lambda: editing.remove_scene(NONE, SCRIPT, "s09"), NotFound, "no scene 9"),
        (lambda: editing.remove_scene(NONE, LONE, "s01"), UserError, "Scene 1 is the only one"),
        (lambda: editing.add_scene(NONE, SCRIPT, SCRIPT, "", None), UserError, "narration of 0 characters"),
        (lambda: editing.add_scene(NONE, SCRIPT, SCRIPT, "x", "s09"), NotFound, "no scene 9"),
        (lambda: editing.add_scene(NONE, FULL, FULL, "x", None), UserError, "60 scenes, which is the most"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_refused_in_a_sentence(
    wrong: Callable[[], object], error: type[UserError], sentence: str
) -> None:
    with pytest.raises(error, match=re.escape(sentence)) as caught:
        wrong()
    assert type(caught.value) is error
    assert str(caught.value).endswith(".")


@given(order=st.permutations(["s01", "s02", "s03", "s04"]))
def test_any_order_can_be_had_and_undone(order: list[str]) -> None:
    overlay = editing.reorder(NONE, SCRIPT, order)
    assert slots(overlay).split() == order
    assert edited(editing.reorder(overlay, edited(overlay), ["s01", "s02", "s03", "s04"])) == SCRIPT


def test_an_edit_back_to_the_draft_is_the_draft() -> None:
    there = editing.edit_scene(NONE, SCRIPT, "s02", SceneEdit(narration="A storm."))
    back = editing.edit_scene(there, edited(there), "s02", SceneEdit(narration="N"))
    assert edited(back) == SCRIPT
