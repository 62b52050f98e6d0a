"""Changing something, as people type it: plan, edit, take, history, revert, approve. Nothing is made by these."""

import os
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from pixora_pipeline.settings import settings
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.makers import open_makers
from pixora_pipeline.store.projects import ProjectTable
from pixora_pipeline_tests.cli.conftest import Desk
from pixora_pipeline_tests.cli.keyboard import Outcome

Typed = Callable[..., Outcome]


@pytest.fixture
def id(film_home: tuple[Path, str]) -> str:
    return film_home[1]


def rows() -> ProjectTable:
    return ProjectTable(open_database(settings().database))


def steps(outcome: Outcome) -> dict[tuple[str, str | None], tuple[str, bool]]:
    assert outcome.code == 0, outcome.err
    return {(each["artifact"], each["scene"]): (each["action"], each["certain"]) for each in outcome.json["steps"]}


def causes(outcome: Outcome) -> set[str]:
    return {each["cause"] for each in outcome.json["steps"]}


def test_the_plan_of_a_finished_film_is_empty(own_studio: Desk, id: str) -> None:
    outcome = own_studio.pixora("plan", id)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.told == f"{id} (revision 1) is current: nothing to make."
    told = own_studio.pixora("plan", id, "--json").json
    assert (told["steps"], told["usd"], told["unknown_prices"], told["approval"]) == ([], 0, 0, "not_needed")
    assert told["current"] > 20


def test_an_edited_narration_is_planned_to_the_film(own_studio: Desk, id: str) -> None:
    outcome = own_studio.pixora("edit", id, "--scene", "3", "--narration", "The storm was over.", "--json")
    assert steps(outcome) == {
        ("script_breakdown", None): ("derive", True),
        ("scene_brief/narration", "s03"): ("derive", True),
        ("voice_over", "s03"): ("make", True),
        ("scene_clip", "s03"): ("make", False),
        ("final_video", None): ("make", False),
    }
    assert causes(outcome) == {"narration of scene 3 was edited"}
    assert (outcome.json["revision"], outcome.json["project"]) == (2, id)
    assert own_studio.pixora("plan", id, "--json").json == outcome.json


def test_the_table_is_for_people(own_studio: Desk, id: str) -> None:
    outcome = own_studio.pixora("edit", id, "--scene", "3", "--narration", "The storm was over.")
    assert (outcome.code, outcome.out) == (0, "")
    told = outcome.told
    for words in (
        f"{id} (revision 2)",
        "narration of scene 3",
        "voice_over 3",
        "make $0.00",
        "maybe $0.00",
        "maybe: only if what it is made from turns out different.",
        f"To make it: pixora make {id}",
    ):
        assert words in told, words
    assert "scene_brief" not in told


def test_scenes_alike_share_a_row(own_studio: Desk, id: str) -> None:
    told = own_studio.pixora("edit", id, "--voice", "en-gb").told
    assert "voice_over 1-4 voice changed" in told


@pytest.mark.parametrize(
    ("change", "made", "cause"),
    [
        (["--scene", "2", "--picture", "a castle"], {"scene_image@s02"}, "picture of scene 2 was edited"),
        (["--scene", "2", "--title", "Bread"], {"scene_image@s02"}, "title of scene 2 was edited"),
        (["--scene", "2", "--duration", "20"], {"scene_clip@s02"}, "duration of scene 2 was edited"),
        (["--order", "1,3,2,4"], {"final_video"}, "the scenes were reordered"),
        (["--scene", "2", "--move", "4"], {"final_video"}, "the scenes were reordered"),
        (["--scene", "3", "--remove"], {"final_video"}, "scene 3 was removed"),
        (["--add", "The end."], {"voice_over@s05", "scene_image@s05"}, "scene 5 was added"),
        (["--voice", "en-gb"], {f"voice_over@s0{n}" for n in (1, 2, 3, 4)}, "voice changed from en-us to en-gb"),
        (["--music", "epic"], {"music"}, "mood changed"),
        (["--title", "Her Boat"], {"scene_image@s01"}, "the title was edited"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_every_kind_of_edit_is_planned_exactly(
    own_studio: Desk, id: str, change: list[str], made: set[str], cause: str
) -> None:
    outcome = own_studio.pixora("edit", id, *change, "--json")
    certain = {name for name, (action, sure) in steps(outcome).items() if action == "make" and sure}
    assert {f"{artifact}@{slot}" if slot else artifact for artifact, slot in certain} == made
    assert any(cause in each for each in causes(outcome)), causes(outcome)


def test_another_look_of_a_character(own_studio: Desk, id: str) -> None:
    script = own_studio.pixora("show", id, "--json").json["script"]
    who = script["characters"][0]["name"]
    there = {scene["slot"] for scene in script["scenes"] if who in scene["characters"]}
    outcome = own_studio.pixora("edit", id, "--character", who, "--look", "a tall woman in a red coat", "--json")
    assert {slot for name, slot in steps(outcome) if name == "scene_image"} == there
    assert f"the look of {who} was edited" in causes(outcome)


def test_an_edit_undone_leaves_an_empty_plan(own_studio: Desk, id: str) -> None:
    before = own_studio.pixora("show", id, "--json").json["script"]["scenes"][2]["narration"]
    own_studio.pixora("edit", id, "--scene", "3", "--narration", "Something else.")
    back = own_studio.pixora("edit", id, "--scene", "3", "--narration", before)
    assert back.told == f"{id} (revision 3) is current: nothing to make."
    own_studio.pixora("edit", id, "--voice", "en-us")
    assert own_studio.pixora("revert", id, "1").told == f"{id} (revision 5) is current: nothing to make."


def test_another_take_and_back_to_the_first(own_studio: Desk, id: str) -> None:
    outcome = own_studio.pixora("take", id, "scene_image", "--scene", "2", "--json")
    assert steps(outcome)["scene_image", "s02"] == ("make", True)
    assert causes(outcome) == {"take 2 of scene_image of scene 2"}
    back = own_studio.pixora("take", id, "scene_image", "--scene", "2", "--use", "1")
    assert back.told == f"{id} (revision 3) is current: nothing to make."
    assert own_studio.pixora("take", id, "music", "--json").json["steps"][0]["artifact"] == "music"


def test_history_lists_revisions_and_takes(own_studio: Desk, id: str) -> None:
    own_studio.pixora("edit", id, "--scene", "3", "--narration", "The storm was over.")
    own_studio.pixora("take", id, "scene_image", "--scene", "2")
    own_studio.pixora("edit", id, "--voice", "en-us")
    told = own_studio.pixora("history", id)
    assert (told.code, told.out) == (0, "")
    for words in (
        "made",
        "scene 3: narration “The storm was over.”",
        "take 2 of scene_image of scene 2",
        "voice en-us",
        "4 ←",
    ):
        assert words in told.told, words
    assert "scene_image of scene 2: take 2 of 2" in told.told
    assert f"pixora revert {id} REVISION" in told.told
    listed = own_studio.pixora("history", id, "--json").json
    assert [each["revision"] for each in listed["revisions"]] == [1, 2, 3, 4]
    assert (listed["current"], listed["takes"]) == (4, {"scene_image@s02": {"used": 2, "asked": 2}})


def test_revert_returns_to_a_revision_and_counts_on(own_studio: Desk, id: str) -> None:
    own_studio.pixora("edit", id, "--scene", "3", "--narration", "The storm was over.")
    own_studio.pixora("take", id, "scene_image", "--scene", "2")
    own_studio.pixora("revert", id, "2")
    now = rows().get(id)
    assert (now.revision, now.overlay.scenes["s03"].narration) == (4, "The storm was over.")
    assert (now.takes["scene_image@s02"].used, now.takes["scene_image@s02"].asked) == (1, 2)
    assert own_studio.pixora("history", id, "--json").json["revisions"][-1]["change"].endswith("(as at revision 2)")
    # The next take is one that was never asked for.
    again = own_studio.pixora("take", id, "scene_image", "--scene", "2", "--json")
    assert "take 3 of scene_image of scene 2" in causes(again)


def test_a_lost_and_a_corrupt_file_are_named(own_studio: Desk, id: str) -> None:
    (clip,) = (own_studio.home / "artifacts" / "scene_clip" / id / "s02").glob("*/clip.mp4")
    clip.unlink()
    assert causes(own_studio.pixora("plan", id, "--json")) == {"file is missing"}
    assert "file is missing" in own_studio.pixora("plan", id).told
    assert "stale" in own_studio.pixora("show", id).told


def test_a_script_to_review_waits_until_it_is_approved_once(desk: Desk) -> None:
    made = desk.pixora("make", "Tell a story about a lighthouse", "--resolution", "240p", "--review", "--json")
    assert made.code == 0, made.err
    id = made.json["project"]
    assert made.json["approval"] == "waiting"
    assert {each["artifact"] for each in made.json["steps"]} >= {"voice_over", "final_video"}
    assert not (desk.home / "artifacts" / "voice_over").exists()
    assert not (desk.folder / "out" / "tell-a-story-about-a.mp4").exists()
    assert "The script waits for approval: pixora approve" in desk.pixora("plan", id).told
    assert desk.pixora("show", id, "--json").json["status"] == "script_review"
    assert (
        desk.pixora("edit", id, "--scene", "1", "--narration", "A lighthouse.", "--json").json["approval"] == "waiting"
    )
    assert desk.pixora("approve", id, "--json").json["approval"] == "approved"
    again = desk.pixora("approve", id)
    assert (again.code, again.out) == (4, "")
    assert again.told == f"✗ {id} was approved before. Nothing was changed."
    assert "approved" in desk.pixora("history", id).told


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        ("edit ID --scene 9 --narration x", 3, "The script has no scene 9; it has 1, 2, 3, 4."),
        ("edit ID --scene 0 --narration x", 3, "The script has no scene 0"),
        ("edit ID --scene -1 --narration x", 3, "The script has no scene -1"),
        ("edit ID --scene three --narration x", 2, "give a whole number"),
        ("edit ID --narration x", 2, "Which scene? Give --scene"),
        ("edit ID", 2, "Nothing would change."),
        ("edit ID --scene 2 --narration ''", 2, "A narration of 0 characters"),
        ("edit ID --scene 2 --duration nan", 2, "A scene of nan s"),
        ("edit ID --scene 2 --move 9", 2, "There is no position 9"),
        ("edit ID --scene 2 --remove --narration x", 2, "One change of the script at a time"),
        ("edit ID --order 1,2", 2, "name each scene once; the scenes are 1, 2, 3, 4"),
        ("edit ID --order 1,2,x,4", 2, "'x' is not the number of a scene"),
        ("edit ID --look tall", 2, "--character and --look go together"),
        ("edit ID --character Bob --look tall", 3, "Nobody called 'Bob' appears"),
        ("edit ID --voice nobody", 2, "There is no voice 'nobody'"),
        ("edit ID --style cubist", 2, "--style is 'cubist'"),
        ("edit ID --music loud", 2, "--music is 'loud'"),
        ("edit ID --revision 7 --title x", 4, "is at revision 1 (made), not 7. Nothing was changed."),
        ("edit p-zzzzzzzzzz --title x", 3, "There is no project 'p-zzzzzzzzzz'"),
        ("take ID painting", 3, "There are no takes of 'painting'. Choose one of: "),
        ("take ID scene_clip --scene 2", 3, "There are no takes of 'scene_clip'"),
        ("take ID scene_image", 2, "give --scene. The script has 1, 2, 3, 4."),
        ("take ID scene_image --scene 9", 3, "The script has no scene 9; it has 1, 2, 3, 4."),
        ("take ID music --scene 2", 2, "music belongs to the whole film"),
        ("take ID music --use 2", 3, "music has takes 1 to 1; there is no take 2."),
        ("take ID music --use 1", 2, "music is at take 1 already. Nothing was changed."),
        ("take ID music --use 0", 3, "there is no take 0"),
        ("revert ID 9", 3, "has revisions 1 to 1; there is no 9."),
        ("revert ID 1", 2, "as it was at revision 1 already. Nothing was changed."),
        ("approve ID", 2, "waits for no approval. Nothing was changed."),
        ("plan p-zzzzzzzzzz", 3, "There is no project"),
        ("history p-zzzzzzzzzz", 3, "There is no project"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_ends_in_a_sentence_and_changes_nothing(
    studio: Desk, id: str, typed: str, code: int, told: str
) -> None:
    before = rows().get(id)
    outcome = studio.pixora(*[id if word == "ID" else word for word in shlex.split(typed)], "--json")
    assert (outcome.code, outcome.out) == (code, "")
    assert told in outcome.told
    assert "Traceback" not in outcome.err
    assert rows().get(id) == before


def test_a_take_of_what_is_not_made_yet(desk: Desk) -> None:
    id = rows().add("p-aaaaaaaaaa", "Tell a story about a lighthouse").id
    outcome = desk.pixora("take", id, "music")
    assert (outcome.code, outcome.out) == (3, "")
    assert f"music is not made yet, so there is nothing to take anew. Run pixora make {id}." in outcome.told
    assert desk.pixora("edit", id, "--scene", "1", "--narration", "x").told.startswith(f"✗ {id} has no script yet.")
    assert rows().get(id).revision == 1


def test_a_revision_that_moved_on_is_shown_with_what_moved_it(own_studio: Desk, id: str) -> None:
    own_studio.pixora("edit", id, "--scene", "3", "--narration", "The storm was over.")
    outcome = own_studio.pixora("edit", id, "--revision", "1", "--scene", "2", "--narration", "Mine.")
    assert (outcome.code, outcome.out) == (4, "")
    assert (
        f"{id} is at revision 2 (scene 3: narration “The storm was over.”), not 1. Nothing was changed." in outcome.told
    )
    assert list(rows().get(id).overlay.scenes) == ["s03"]


def test_a_project_that_somebody_makes_is_left_alone(own_studio: Desk, id: str) -> None:
    own_studio.pixora("take", id, "music")
    makers = open_makers(open_database(settings().database), own_studio.home / "makers")
    before = sorted((own_studio.home / "artifacts").rglob("*"))
    with makers.hold(id, f"`pixora make`, process {os.getpid()} on this machine"):
        outcome = own_studio.pixora("make", id, "--json")
    assert (outcome.code, outcome.out) == (4, "")
    assert f"{id} is being made by `pixora make`, process {os.getpid()} on this machine." in outcome.told
    assert "Nothing was changed." in outcome.told
    assert sorted((own_studio.home / "artifacts").rglob("*")) == before
    assert not list((own_studio.folder / "out").glob("*.mp4"))
