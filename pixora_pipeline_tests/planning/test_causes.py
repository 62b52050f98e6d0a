"""Why an artifact is stale, in words that name what somebody changed."""

import json
from typing import Any

import pytest

from pixora_pipeline.model.briefs import LookBrief, NarrationBrief, PictureBrief
from pixora_pipeline.model.project import Preferences, Takes
from pixora_pipeline.model.script import CharacterProfile, Scene, ScriptBreakdown
from pixora_pipeline.planning.causes import Cause, called, cause_of
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.planning.records import Place, Record
from pixora_pipeline_tests.planning.test_plan import narrate
from pixora_pipeline_tests.planning.toy import Room, toy_graph

RECORD = Record("f", "d", "1")
NARRATION = NarrationBrief(text="It ended.", voice="en-gb", language="en", model="embedded/espeak@1")
PICTURE = PictureBrief(
    title="The end", description="a boat", mood="calm", role="story", caption=None, references=(), style="ink",
    aspect="16:9", resolution="240p", palette_seed=1, image_model="embedded/artist@1",
)  # fmt: skip
LOOK = LookBrief(
    style="ink", aspect="16:9", resolution="240p", palette_seed=1, character_consistency=True,
    image_model="embedded/artist@1", motion_model="embedded/camera@1",
)  # fmt: skip
NELL = CharacterProfile(name="Nell", look="a girl in a coat")


def scene(number: int, **fields: Any) -> Scene:
    told = {"title": "T", "description": "D", "narration": "N", "estimated_seconds": 3.0, "mood": "calm", **fields}
    return Scene(slot=f"s{number:02}", **told)


SCRIPT = ScriptBreakdown(title="Four", language="en", scenes=tuple(map(scene, (1, 2, 3, 4))), characters=(NELL,))


def why(
    place: Place = ("script_breakdown", None),
    old: Any = None,
    new: Any = None,
    *,
    recipe: Recipe | None = None,
    record: Record | None = RECORD,
    upstream: list[Cause] | None = None,
    missing: bool = False,
    corrupt: bool = False,
    room: Room | None = None,
) -> str:
    recipe = recipe or Recipe(name=place[0], scope="project", group="", description="", version="1")
    texts = [each and json.dumps(each.model_dump(mode="json")) for each in (old, new)]
    return str(cause_of(recipe, place, room and room.project, record, upstream or [], *texts, missing, corrupt))


def script_with(*scenes: Scene, **fields: Any) -> ScriptBreakdown:
    return SCRIPT.model_copy(update={**({"scenes": scenes} if scenes else {}), **fields})


def edited(number: int, **fields: Any) -> ScriptBreakdown:
    scenes = (each.model_copy(update=fields) if each.slot == f"s{number:02}" else each for each in SCRIPT.scenes)
    return script_with(*scenes)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (edited(3, narration="A storm."), "narration of scene 3 was edited"),
        (edited(3, description="A storm."), "picture of scene 3 was edited"),
        (edited(3, title="A storm."), "title of scene 3 was edited"),
        (edited(3, minimum_seconds=9.0), "duration of scene 3 was edited"),
        (edited(3, narration="A", description="B"), "picture of scene 3 was edited, and 1 more"),
        (script_with(*SCRIPT.scenes, scene(5)), "scene 5 was added"),
        (script_with(*SCRIPT.scenes[:3]), "scene 4 was removed"),
        (script_with(*reversed(SCRIPT.scenes)), "the scenes were reordered"),
        (script_with(title="Five"), "the title was edited"),
        (
            script_with(characters=(NELL.model_copy(update={"look": "a girl in a hat"}),)),
            "the look of Nell was edited",
        ),
        (script_with(language="de"), "the script changed"),
    ],
)
def test_a_script_is_told_by_what_was_edited(new: ScriptBreakdown, words: str) -> None:
    assert why(old=SCRIPT, new=new) == words


@pytest.mark.parametrize(
    ("old", "change", "words"),
    [
        (NARRATION, {"text": "It never ended."}, "narration of scene 3 was edited"),
        (NARRATION, {"voice": "en-us"}, "voice changed from en-gb to en-us"),
        (NARRATION, {"model": "embedded/espeak@2"}, "espeak@1 became espeak@2"),
        (NARRATION, {"model": "openai/tts-1"}, "espeak@1 became tts-1"),
        (NARRATION, {"voice": "de", "language": "de"}, "voice changed from en-gb to de, and 1 more"),
        (PICTURE, {"description": "a storm"}, "picture of scene 3 was edited"),
        (PICTURE, {"style": "poster"}, "style changed from ink to poster"),
        (PICTURE, {"image_model": "embedded/artist@2"}, "artist@1 became artist@2"),
        (PICTURE, {"palette_seed": 2}, "palette seed changed"),
        (LOOK, {"resolution": "1080p"}, "resolution changed from 240p to 1080p"),
        (LOOK, {"character_consistency": False}, "character consistency changed"),
    ],
)
def test_a_value_is_told_by_its_field(old, change: dict[str, Any], words: str) -> None:
    assert why(("scene_brief/x", "s03"), old, old.model_copy(update=change)) == words


def test_what_was_never_made() -> None:
    assert why(record=None, missing=True, upstream=[Cause("x")]) == "never made"


def test_a_newer_recipe_or_template() -> None:
    script = Recipe(name="script", scope="project", group="", description="", version="4")
    assert why(recipe=script, record=Record("f", "d", "3"), missing=True) == "script@3 became @4"


def test_a_lost_and_a_corrupt_file() -> None:
    assert why(missing=True) == "file is missing"
    assert why(missing=True, corrupt=True) == "content is corrupt"


def test_what_would_be_made_anew_anyhow_is_not_blamed_on_a_lost_file() -> None:
    assert why(missing=True, upstream=[Cause("voice changed")]) == "voice changed"


def test_several_causes_are_counted_once_each() -> None:
    assert why(upstream=[Cause("a"), Cause("b"), Cause("a"), Cause("c")]) == "a, and 2 more"


def test_an_artifact_is_called_as_people_call_it() -> None:
    assert called(("scene_image", "s03")) == "scene_image of scene 3"
    assert called(("music", None)) == "music"


def test_a_cause_is_carried_to_everything_it_reaches(room: Room) -> None:
    room.change(preferences=Preferences(voice="en-us"))
    assert set(room.causes().values()) == {"voice changed from en-gb to en-us"}
    assert ("film", None) in room.causes()


def test_another_take_is_named_where_it_was_asked_for_and_after_it(room: Room) -> None:
    room.change(takes={"voice@s02": Takes(used=2, asked=2)})
    assert room.causes() == dict.fromkeys(
        [("voice", "s02"), ("clip", "s02"), ("film", None)], "take 2 of voice of scene 2"
    )


def test_another_version_of_a_recipe_is_named(room: Room) -> None:
    room.graph = toy_graph(clip="2")
    assert set(room.causes().values()) == {"clip@1 became @2"}
    assert len(room.causes()) == 4


def test_a_lost_version_is_named_until_it_is_back(room: Room) -> None:
    room.lose(("clip", "s03"))
    room.lose(("clip", "s01"), corrupt=True)
    causes = room.causes()
    assert (causes["clip", "s01"], causes["clip", "s03"]) == ("content is corrupt", "file is missing")
    assert causes["film", None] == "content is corrupt, and 1 more"
    room.make()
    assert room.causes() == {}


def test_an_edit_of_what_was_lost_is_called_an_edit(room: Room) -> None:
    room.lose(("voice", "s03"))
    narrate(room, "s03", "It never ended.")
    assert room.causes()["voice", "s03"] == "narration of scene 3 was edited"
