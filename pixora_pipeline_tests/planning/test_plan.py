"""A plan names everything stale, each step after what it reads, and nothing else; it says what is certain."""

from pixora_pipeline.model.overlay import Overlay, SceneEdit
from pixora_pipeline.model.project import Preferences, Takes
from pixora_pipeline.planning.plan import TIMELINE, Plan
from pixora_pipeline.planning.records import Place, Records
from pixora_pipeline_tests.planning.toy import NARRATIONS, Room


def narrate(room: Room, slot: str, text: str) -> None:
    room.change(overlay=Overlay(scenes={slot: SceneEdit(narration=text)}))


def steps(plan: Plan) -> dict[Place, tuple[str, bool]]:
    return {step.place: (step.action, step.certain) for step in plan.work}


def test_of_a_new_project_everything_known_is_stale(empty: Room) -> None:
    plan = empty.plan()
    assert [step.place[0] for step in plan.steps] == ["wish", "draft", "tale", TIMELINE[0], "film"]
    assert {str(step.cause) for step in plan.steps} == {"never made"}
    assert (plan.slots, plan.current) == ((), 0)


def test_of_a_finished_project_nothing_is_stale(room: Room) -> None:
    plan = room.plan()
    assert (plan.steps, plan.slots, plan.current) == ((), ("s01", "s02", "s03"), 14)


def test_an_edit_is_followed_to_the_film_and_nowhere_else(room: Room) -> None:
    narrate(room, "s02", "It went wrong.")
    assert steps(room.plan()) == {
        ("tale", None): ("derive", True),
        ("line", "s02"): ("derive", True),
        ("voice", "s02"): ("make", True),
        ("clip", "s02"): ("make", False),
        ("film", None): ("make", False),
    }
    assert room.plan().current == 14 - len(room.plan().steps)


def test_every_step_stands_after_what_it_reads(empty: Room) -> None:
    empty.make()
    empty.change(preferences=Preferences(voice="en-us"), takes={"draft": Takes(used=2, asked=2)})
    names = [step.place[0] for step in empty.plan().steps]
    assert names == sorted(names, key=list(empty.graph).index)
    assert names[-1] == "film"


def test_values_are_foreseen_and_stay_notes_where_they_are_as_they_were(room: Room) -> None:
    room.change(overlay=Overlay(order=("s02", "s01", "s03")))
    actions = {step.place: step.action for step in room.plan().steps}
    assert actions == {("tale", None): "note", TIMELINE: "derive", ("film", None): "make"}
    assert ("tale", None) not in {step.place for step in room.plan().work}


def test_the_film_of_known_clips_is_certain(room: Room) -> None:
    room.change(overlay=Overlay(order=("s02", "s01", "s03")))
    assert steps(room.plan())[("film", None)] == ("make", True)
    assert room.plan().slots == ("s02", "s01", "s03")


def test_what_turns_out_unchanged_stops_the_wave(room: Room) -> None:
    narrate(room, "s02", "IT WENT ON.")
    assert steps(room.plan())[("clip", "s02")] == ("make", False)
    room._make(("tale", None))
    room._make(("line", "s02"))
    room._make(("voice", "s02"))
    assert steps(room.plan()) == {}


def test_an_edit_undone_leaves_nothing_to_do(room: Room) -> None:
    narrate(room, "s02", "It went wrong.")
    room.make()
    narrate(room, "s02", NARRATIONS["s02"])
    assert {action for action, _ in steps(room.plan()).values()} == {"derive", "reuse"}
    assert all(certain for _, certain in steps(room.plan()).values())


def test_while_the_script_has_to_be_written_nothing_after_it_is_certain(room: Room) -> None:
    room.change(takes={"draft": Takes(used=2, asked=2)})
    planned = steps(room.plan())
    assert planned.pop(("draft", None)) == ("make", True)
    assert {certain for _, certain in planned.values()} == {False}
    assert ("clip", "s03") in planned
    assert ("wish", None) not in planned


def test_a_lost_file_is_made_again_and_what_reads_it_may_stay(room: Room) -> None:
    room.lose(("voice", "s01"))
    assert steps(room.plan()) == {
        ("voice", "s01"): ("make", True),
        ("clip", "s01"): ("make", False),
        ("film", None): ("make", False),
    }
    before = room.records
    room._make(("voice", "s01"))
    assert room.plan().steps == ()
    assert room.records == before


def test_a_lost_value_is_derived_again_and_touches_nothing(room: Room) -> None:
    room.lose(("line", "s01"))
    assert steps(room.plan()) == {("line", "s01"): ("derive", True)}


def test_a_scene_that_went_leaves_no_step(room: Room) -> None:
    room.change(overlay=Overlay(order=("s01", "s03")))
    assert {place for place, _ in steps(room.plan()).items()} == {TIMELINE, ("film", None)}


def test_a_price_is_asked_for_what_is_made_alone(room: Room) -> None:
    narrate(room, "s02", "It went wrong.")
    prices = {"speech": 0.25, None: 0.0}
    plan = room.plan(lambda recipe, _: prices.get(recipe.capability))
    assert {step.place[0]: step.usd for step in plan.work} == {
        "tale": 0.0,
        "line": 0.0,
        "voice": 0.25,
        "clip": 0.0,
        "film": 0.0,
    }
    room.change(takes={"draft": Takes(used=2, asked=2)})
    assert {step.usd for step in room.plan(lambda recipe, _: prices.get(recipe.capability)).steps} == {None, 0.0, 0.25}


def test_planning_reads_and_changes_nothing(room: Room) -> None:
    narrate(room, "s02", "It went wrong.")
    before = (room.records, dict(room.kept), room.project)
    assert room.plan() == room.plan()
    assert (room.records, room.kept, room.project) == before


def test_a_shelf_without_records_is_a_store_to_reuse(room: Room) -> None:
    room.records = Records()
    actions = {step.place[0]: step.action for step in room.plan().steps}
    assert actions["draft"] == actions["voice"] == actions["film"] == "reuse"
