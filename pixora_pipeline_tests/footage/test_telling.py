"""A text model tells a compilation clip by clip: nothing is heard over a clip but what that clip shows or says."""

import json
import re
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from pixora_pipeline.assets import brief as briefs
from pixora_pipeline.footage.beats import beats_of
from pixora_pipeline.footage.lengths import crowded
from pixora_pipeline.footage.narration import check_grounding
from pixora_pipeline.footage.telling import have_told
from pixora_pipeline.model.briefs import Beat
from pixora_pipeline.model.compilation import ClipPlan, Notice, PlannedClip, PlannedSegment
from pixora_pipeline.model.project import Models, Preferences
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.providers.catalogue import engage
from pixora_pipeline.providers.order import Order
from pixora_pipeline.runner import RunFailed
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.answers import clips_asked_for, tell, told
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.material import Take, film
from pixora_pipeline_tests.footage.test_clips_in_step import LEAD, SAID
from pixora_pipeline_tests.footage.test_hired import QUERIES
from pixora_pipeline_tests.providers.servers.street import Street

MODEL = "openai/gpt-6-luna"


def clip(words: str, seconds: float = 6.0, name: str = "mat") -> PlannedClip:
    return PlannedClip(
        source="v-aaaaaaaaaa", video="0", name=name, start=0, end=seconds, look="A green mat.", words=words,
        motion=0.05, score=0.9, similarity=0.8,
    )  # fmt: skip


NECK, PLANK, DOG = "Drop your chin and roll your neck.", "Hold a plank. Level your hips.", "Reach long. Breathe."
PLAN = ClipPlan(
    title="Morning",
    seconds=26,
    segments=(
        PlannedSegment(query=0, topic="warm up", clips=(clip(NECK), clip(PLANK), clip(""))),
        PlannedSegment(query=1, topic="bird dog", clips=(clip(DOG, 8.0),)),
    ),
)
GOOD = told(("Roll your neck.", "Now hold a plank.", "A green mat."), "Reach long.", title="Roll and hold")


def asked(street: Street, order: Order, *answers: str) -> tuple[ScriptBreakdown, tuple[Notice, ...]]:
    for each in answers:
        street.openai.say(each)
    return have_told(engage("text", MODEL, order), PLAN, "en")


def complaint(street: Street) -> str:
    return street.openai.paid[1].json["messages"][-1]["content"]


def test_it_is_asked_clip_by_clip_with_the_words_that_each_has_time_for(street: Street, order: Order) -> None:
    asked(street, order, GOOD)
    (first, second) = clips_asked_for(street.openai.paid[0].json["messages"][1]["content"])
    assert first[0] == f"Clip 1: at most 11 words\nShown: A green mat.\nSaid: {NECK}"
    assert first[2] == "Clip 3: at most 11 words\nShown: A green mat."
    assert len(first) == 3 and second == [f"Clip 1: at most 14 words\nShown: A green mat.\nSaid: {DOG}"]


def test_as_many_words_as_are_asked_for_fit() -> None:
    sentence = "Drop your chin, and roll your neck to the left and right."
    assert len(sentence.split()) == 12
    assert crowded([[sentence], [], []], PLAN.segments[0].clips, "en") is None
    assert crowded([[sentence, sentence], [], []], PLAN.segments[0].clips, "en") == 0


def test_a_voice_goes_on_where_the_model_did(street: Street, order: Order) -> None:
    script, notices = asked(street, order, GOOD)
    scene = script.scenes[0]
    assert scene.narration == "Roll your neck. Now hold a plank. A green mat."
    assert [each.told for each in scene.clips] == ["Roll your neck.", "Now hold a plank.", "A green mat."]
    assert beats_of(scene, "en") == (Beat(word=3, at=6.0), Beat(word=7, at=12.0))
    assert scene.title == "Roll and hold" and script.scenes[1].title == "Mat", "nobody rolls there"
    assert notices == () and check_grounding(script, PLAN).passed


def test_clips_are_told_in_their_own_order_whatever_the_models(street: Street, order: Order) -> None:
    answer: dict[str, Any] = json.loads(GOOD)
    answer["scenes"][0]["clips"].reverse()
    script, _ = asked(street, order, json.dumps(answer))
    assert script.scenes[0].narration.startswith("Roll your neck. Now hold")
    assert len(street.openai.paid) == 1


def test_a_clip_may_be_shown_without_words(street: Street, order: Order) -> None:
    script, notices = asked(street, order, told(("", "Hold a plank.", ""), "Reach long."))
    assert script.scenes[0].narration == "Hold a plank." and notices == ()
    assert beats_of(script.scenes[0], "en") == (Beat(word=0, at=6.0),), "the voice waits for it"
    assert len(street.openai.paid) == 1


def test_words_of_the_clip_beside_it_are_sent_back_and_never_told(street: Street, order: Order) -> None:
    ahead = told(("Hold a plank.", "Level your hips.", ""), "Reach long.")
    script, notices = asked(street, order, ahead, ahead)
    assert "Scene 1 uses words for clip 1 that are not in that clip's own texts: plank." in complaint(street)
    assert script.scenes[0].narration.startswith(NECK) and not any(each.told for each in script.scenes[0].clips)
    assert [notice.message for notice in notices] == [
        "Scene 1 is told in the clips' own words: the model said plank, which the clip on screen does not have."
    ]
    assert script.scenes[1].narration == "Reach long."


def test_what_a_model_leaves_open_is_ended_and_no_marks_are_read_aloud(street: Street, order: Order) -> None:
    script, _ = asked(street, order, told(("roll **your** neck", "now hold\n\n# a plank", ""), "Reach long!"))
    assert script.scenes[0].narration == "Roll your neck. Now hold a plank."
    assert beats_of(script.scenes[0], "en") == (Beat(word=3, at=6.0),)


def test_scenes_that_are_told_otherwise_for_one_cause_are_named_together(street: Street, order: Order) -> None:
    german = told(("Senken Sie das Kinn.", "", ""), "Bewegen Sie den Arm.")
    script, (notice,) = asked(street, order, german, german)
    assert notice.message == (
        "Scenes 1 and 2 are told in the clips' own words: the model said senken, sie, das, kinn, which the clip on "
        "screen does not have."
    )
    assert check_grounding(script, PLAN).passed


def test_a_model_that_gives_no_answer_is_paid_for_two_and_no_more(hired: Bench, street: Street) -> None:
    street.openai.thinks = lambda asked: "I'd rather not {"
    project = hired.studio.projects.add(
        new_project_id(), "30 seconds of mobility", kind="compilation",
        preferences=Preferences(resolution="240p", models=Models(text=MODEL)),
    )  # fmt: skip
    with pytest.raises(RunFailed, match="gpt-6-luna twice gave no valid answer"):
        hired.make(project)
    assert len(street.openai.paid) == 2


@pytest.mark.parametrize(
    ("clips", "complains", "because"),
    [
        (("", "", "", "Roll."), "Scene 1 has no clip 4.", "the model told of a clip 4, which it does not have"),
        (("", " ", ""), "Scene 1 says nothing.", "the model said nothing"),
    ],
)
def test_clips_that_are_not_there_and_scenes_of_no_words_are_sent_back(
    street: Street, order: Order, clips: tuple[str, ...], complains: str, because: str
) -> None:
    for repaired in (GOOD, told(clips, "Reach long.")):
        street.openai.forget()
        script, notices = asked(
            street, Order(order.calls, order.key + repaired, order.folder), told(clips, "Reach long."), repaired
        )
        assert complains in complaint(street)
    assert [notice.message for notice in notices] == [f"Scene 1 is told in the clips' own words: {because}."]
    assert NECK in script.scenes[0].narration


def test_what_would_be_heard_over_the_next_clip_is_sent_back_and_left_out_even_then(
    street: Street, order: Order
) -> None:
    wordy = ("Roll your neck.", "Drop your chin.", "Roll your chin and your neck.", "Roll, roll and drop your neck.")
    answer = told((" ".join(wordy), "", "A green mat."), "Reach long.")
    script, notices = asked(street, order, answer, answer)
    assert "Scene 1 has more words than there is time for over clip 1." in complaint(street)
    assert script.scenes[0].clips[0].told == " ".join(wordy[:3])
    assert [notice.message for notice in notices] == ["Scene 1 has no time for 1 of the model's sentences."]


def test_an_edit_is_held_to_the_scene_and_what_stays_to_its_clip(street: Street, order: Order) -> None:
    script, _ = asked(street, order, GOOD)

    def passes(narration: str) -> bool:
        scene = script.scenes[0].model_copy(update={"narration": narration})
        return check_grounding(script.model_copy(update={"scenes": (scene, *script.scenes[1:])}), PLAN).passed

    assert passes("Hold your neck. Now hold a plank.")
    assert not passes("Hold your neck on the moon. Now hold a plank.")


def test_a_script_that_was_stored_before_is_told_by_what_is_said(street: Street, order: Order) -> None:
    script, _ = asked(street, order, GOOD)
    stored = json.loads(script.model_dump_json())
    for each in stored["scenes"][0]["clips"]:
        each.pop("told")
    stored["scenes"][0]["narration"] = f"{NECK} {PLANK}"
    old = ScriptBreakdown.model_validate(stored)
    assert beats_of(old.scenes[0], "en") == (Beat(word=7, at=6.0),)
    assert check_grounding(old, PLAN).passed


def test_no_sentence_of_a_model_is_heard_before_its_clip_is_seen(tmp_path: Path, hired: Bench, street: Street) -> None:
    def shorten(about: str) -> str:
        count, *_ = re.findall(r"Hold the plank for (\w+) breaths", about)
        return f"Now hold for {count} breaths."

    def thinks(asked: dict[str, Any]) -> str:
        if asked["response_format"]["json_schema"]["name"] == "DraftQueries":
            return json.dumps(QUERIES)
        return tell(asked["messages"][1]["content"], shorten)

    street.openai.thinks = thinks
    fill(hired, [film(Take("plank", SAID, first_picture=1), tmp_path)])
    models = Models(text=MODEL, speech="openai/tts-1")
    wishes = Preferences(resolution="240p", voice="nova", models=models)
    project = hired.studio.projects.add(
        new_project_id(), "50 seconds of planks", kind="compilation", preferences=wishes
    )
    hired.make(project)
    assert hired.stored(project, "script_draft").sidecar.facts == {}, "the film is told as the model did"
    script = ScriptBreakdown.model_validate_json(hired.stored(project, "script_breakdown").path.read_bytes())
    assert any(len(scene.clips) > 1 for scene in script.scenes)
    for scene in script.scenes:
        words = hired.stored(project, "voice_over", scene.slot).sidecar.facts["words"]
        ends = [0.0, *accumulate(each.end - each.start for each in scene.clips)]
        at = 0
        for number, each in enumerate(scene.clips):
            begins = words[at]["start"] + LEAD
            assert ends[number] - 0.05 <= begins < ends[number + 1] - 1, each.told
            at += len(each.told.split())


def test_a_film_that_was_told_scene_by_scene_is_told_anew_and_says_why(
    hired: Bench, street: Street, takes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(hired, takes[:2])
    street.openai.thinks = lambda asked: (
        json.dumps(QUERIES)
        if asked["response_format"]["json_schema"]["name"] == "DraftQueries"
        else tell(asked["messages"][1]["content"], lambda about: about.rpartition("Said: ")[2])
    )
    wishes = Preferences(resolution="240p", models=Models(text=MODEL))
    project = hired.studio.projects.add(
        new_project_id(), "30 seconds of mobility", kind="compilation", preferences=wishes
    )
    project = hired.studio.projects.change(project, approval="waiting")
    monkeypatch.setattr(briefs, "TELLING", "")
    hired.make(project)
    assert "script_draft" not in {step.place[0] for step in hired.plan(project).steps}
    monkeypatch.undo()
    causes = {step.place[0]: str(step.cause) for step in hired.plan(project).steps}
    assert causes["script_draft"] == "how a model tells its clips changed"
    assert "search_queries" not in causes, "what was looked for stays as it is"
    hired.make(project)
    assert "script_draft" not in {step.place[0] for step in hired.plan(project).steps}
