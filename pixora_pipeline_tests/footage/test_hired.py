"""A hosted text model plans and tells a compilation; what it says that is not in the clips never gets into the film."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pixora_pipeline.assets.compilation import NARRATOR, PLANNER
from pixora_pipeline.assets.remarks import remark_on
from pixora_pipeline.footage.asking import ask_for_queries
from pixora_pipeline.footage.narration import check_grounding
from pixora_pipeline.footage.telling import have_told
from pixora_pipeline.model.compilation import ClipPlan, CompilationBrief, PlannedClip, PlannedSegment
from pixora_pipeline.model.project import Models, Preferences
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.providers.catalogue import engage
from pixora_pipeline.providers.order import Order
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.answers import clips_asked_for, told
from pixora_pipeline_tests.footage.conftest import PLACER
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.providers.servers.street import Street

QUERIES = {
    "title": "Quiet Mornings",
    "queries": [
        {"topic": topic, "text": f"{topic}, slowly and on a mat", "priority": 5 + n, "exclude": ["burpees"]}
        for n, topic in enumerate(("neck rolls", "cat cow", "hip circles", "dead bug", "plank"))
    ],
}


def brief(requirements: str) -> CompilationBrief:
    return CompilationBrief(
        requirements=requirements, context="morning", seconds=None, collection=None, tags=("mat",), without=(),
        model="openai/gpt-6-luna",
    )  # fmt: skip


def clip(words: str, look: str = "A bright picture in green, gentle movement.", seconds: float = 8.0) -> PlannedClip:
    return PlannedClip(
        source="v-aaaaaaaaaa", video="0", name="Mat", start=0, end=seconds, look=look, words=words, motion=0.05,
        score=0.9, similarity=0.8,
    )  # fmt: skip


PLAN = ClipPlan(
    title="Morning",
    seconds=24,
    segments=(
        PlannedSegment(query=0, topic="neck", clips=(clip("Drop your chin to your chest and roll slowly."),)),
        PlannedSegment(query=1, topic="core", clips=(clip("Hold a plank on your forearms. Keep your hips level."),)),
        PlannedSegment(query=2, topic="view", clips=(clip("", "A tall waterfall between green rocks."),)),
    ),
)
GOOD = ("Drop your chin and roll slowly.", "Now hold a plank. Keep your hips level.", "See a waterfall between rocks.")


@pytest.mark.parametrize("model", ["openai/gpt-6-luna", "anthropic/claude-sonnet-5"])
def test_a_request_becomes_queries_by_a_model_and_what_is_not_wanted_stays_unwanted(
    street: Street, order: Order, model: str
) -> None:
    street.openai.say(json.dumps(QUERIES))
    street.anthropic.says.append((json.dumps(QUERIES), "end_turn"))
    found = ask_for_queries(engage("text", model, order), brief("two minutes of mobility without jumping"))
    assert [query.topic for query in found.queries] == ["neck rolls", "cat cow", "hip circles", "dead bug", "plank"]
    assert sum(query.seconds for query in found.queries) == pytest.approx(120, abs=0.5)
    assert all(query.exclude == ("jumping", "burpees") and query.tags == ("mat",) for query in found.queries)
    assert found.title == "Quiet Mornings" and order.cost_usd


def test_a_title_and_topics_of_a_model_are_words_and_no_longer_than_titles_are(street: Street, order: Order) -> None:
    blank = {**QUERIES["queries"][0], "topic": "  "}
    street.openai.say(json.dumps({"title": " ", "queries": [blank, *QUERIES["queries"][1:]]}))
    street.openai.say(json.dumps({**QUERIES, "title": "Quiet mornings " * 30}))
    found = ask_for_queries(engage("text", "openai/gpt-6-luna", order), brief("mobility and core"))
    complaint = street.openai.paid[1].json["messages"][-1]["content"]
    assert "title: " in complaint and "queries.0.topic: " in complaint
    assert found.title == "Quiet mornings Quiet mornings Quiet mornings Quiet mornings"


def test_too_few_queries_are_sent_back_once(street: Street, order: Order) -> None:
    street.openai.say(json.dumps({**QUERIES, "queries": QUERIES["queries"][:3]}))
    street.openai.say(json.dumps(QUERIES))
    ask_for_queries(engage("text", "openai/gpt-6-luna", order), brief("mobility and core"))
    assert "at least 5 items" in street.openai.paid[1].json["messages"][-1]["content"]


def test_a_script_of_the_clips_own_words_is_taken(street: Street, order: Order) -> None:
    street.openai.say(told(*GOOD))
    script, notices = have_told(engage("text", "openai/gpt-6-luna", order), PLAN, "en")
    assert [scene.narration for scene in script.scenes] == list(GOOD)
    assert [scene.clips[0].end for scene in script.scenes] == [8, 8, 8]
    assert notices == () and check_grounding(script, PLAN).passed
    assert len(street.openai.paid) == 1


def test_words_that_are_in_no_clip_are_sent_back_once(street: Street, order: Order) -> None:
    street.openai.say(told("Do ten burpees with a kettlebell.", *GOOD[1:]))
    street.openai.say(told(*GOOD))
    script, notices = have_told(engage("text", "openai/gpt-6-luna", order), PLAN, "en")
    complaint = street.openai.paid[1].json["messages"][-1]["content"]
    assert "Scene 1" in complaint and "burpees" in complaint and "Scene 2" not in complaint
    assert script.scenes[0].narration == GOOD[0] and notices == ()


def test_a_narration_with_no_room_is_sent_back(street: Street, order: Order) -> None:
    street.openai.say(told(" ".join([GOOD[0]] * 6), *GOOD[1:]))
    street.openai.say(told(*GOOD))
    have_told(engage("text", "openai/gpt-6-luna", order), PLAN, "en")
    assert "more words than there is time for" in street.openai.paid[1].json["messages"][-1]["content"]


def test_what_there_is_no_time_for_even_then_loses_its_last_sentences_and_says_so(street: Street, order: Order) -> None:
    wordy = ("Drop your chin.", "Roll slowly.", "Drop your chin to your chest.", "Roll your chest.", "Drop slowly.")
    for _ in range(2):
        street.openai.say(told(" ".join(wordy), *GOOD[1:]))
    script, notices = have_told(engage("text", "openai/gpt-6-luna", order), PLAN, "en")
    assert script.scenes[0].narration == " ".join(wordy[:3])
    assert [(notice.kind, notice.message) for notice in notices] == [
        ("shortened", "Scene 1 has no time for 2 of the model's sentences.")
    ]


def test_a_sentence_of_another_scene_is_sent_back_and_left_out_even_then(street: Street, order: Order) -> None:
    same = tuple(clip("Drop your chin to your chest. Roll slowly.") for _ in range(3))
    plan = PLAN.model_copy(update={"segments": tuple(PlannedSegment(query=0, topic="n", clips=(c,)) for c in same)})
    for _ in range(2):
        street.openai.say(told("Drop your chin.", "Roll slowly. Drop your chin!", "Drop your chin."))
    script, notices = have_told(engage("text", "openai/gpt-6-luna", order), plan, "en")
    assert (
        "says again what another scene says: Drop your chin!" in street.openai.paid[1].json["messages"][-1]["content"]
    )
    assert [scene.narration for scene in script.scenes] == [
        "Drop your chin.", "Roll slowly.", "Drop your chin to your chest."
    ]  # fmt: skip
    assert [notice.message for notice in notices] == [
        "Scene 3 is told in the clips' own words: the model said what another scene says."
    ]


@pytest.mark.parametrize("stubborn", [("Do ten burpees.", *GOOD[1:]), GOOD[1:]])
def test_what_is_wrong_twice_is_told_in_the_clips_own_words_and_says_so(
    street: Street, order: Order, stubborn: tuple[str, ...]
) -> None:
    scenes: dict[str, Any] = json.loads(told(*stubborn))
    if len(stubborn) < 3:
        scenes["scenes"] = [{**scene, "number": scene["number"] + 1} for scene in scenes["scenes"]]
    street.openai.say(json.dumps(scenes))
    street.openai.say(json.dumps(scenes))
    script, notices = have_told(engage("text", "openai/gpt-6-luna", order), PLAN, "en")
    assert script.scenes[0].narration == "Drop your chin to your chest and roll slowly."
    assert script.scenes[1].narration == GOOD[1]
    assert [notice.kind for notice in notices] == ["own words"] and "Scene 1" in notices[0].message
    assert check_grounding(script, PLAN).passed


def thinks(asked: dict[str, Any]) -> str:
    """Plans what the takes have, and tells each scene by what is said first in its first clip; one it makes up."""
    if asked["response_format"]["json_schema"]["name"] == "DraftQueries":
        return json.dumps(QUERIES)
    told_of = [each for each, *_ in clips_asked_for(asked["messages"][1]["content"])]
    said = [re.search(r"Said: (.+?[.!?])", text) or re.search(r"Shown: (.+)", text) for text in told_of]
    narrations = [found.group(1) if found else "Nothing." for found in said]
    narrations[-1] = "Ten burpees on the moon."
    return told(*narrations)


def test_a_compilation_is_planned_found_and_told_by_services_and_says_what_they_cost(
    hired: Bench, street: Street, takes: list[Path]
) -> None:
    street.openai.thinks = thinks
    fill(hired, takes[:4], makers={"embedding": PLACER})
    wishes = Preferences(resolution="240p", models=Models(text="openai/gpt-6-luna"))
    project = hired.studio.projects.add(
        new_project_id(), "one minute of mobility, no jumping", kind="compilation", preferences=wishes
    )
    project = hired.studio.projects.change(project, approval="waiting")
    (queries,) = [step for step in hired.plan(project).steps if step.place[0] == "search_queries"]
    assert queries.usd
    (matches,) = [step for step in hired.plan(project).steps if step.place[0] == "footage_matches"]
    assert matches.usd and matches.usd < 0.0001, "eight short questions"
    hired.make(project)
    for artifact, model in (("search_queries", "gpt-6-luna"), ("footage_matches", "text-embedding-3-small"),
                            ("script_draft", "gpt-6-luna")):  # fmt: skip
        made_by = hired.stored(project, artifact).sidecar.provenance
        assert (made_by.provider, made_by.model, made_by.account) == ("openai", model, "openai-1")
        assert made_by.usage and made_by.cost_usd is not None
    plan = ClipPlan.model_validate_json(hired.stored(project, "clip_plan").path.read_bytes())
    clips = [clip for segment in plan.segments for clip in segment.clips]
    assert clips and "sweaty intervals" not in {clip.name for clip in clips}
    assert len({(clip.source, clip.start) for clip in clips}) == len(clips), "one for another query, and none again"
    (finding,) = hired.stored(project, "script_breakdown").sidecar.findings
    assert finding.passed
    notices = hired.stored(project, "script_draft").sidecar.facts["notices"]
    assert {notice["kind"] for notice in notices} == {"own words"}
    assert len([notice for notice in notices if "burpees" in notice["message"]]) == 1
    told_of = hired.stored(project, "script_draft").sidecar.provenance.usage
    assert told_of["output"] == 1000.0, "one answer and one repair"
    spent = hired.studio.spending.by_place(project.id)
    assert set(spent) == {"search_queries", "footage_matches", "script_draft"}


def test_another_model_plans_and_tells_where_the_chosen_one_refuses_and_both_say_so(
    hired: Bench, street: Street, takes: list[Path]
) -> None:
    fill(hired, takes[:4])
    models = Models(text="openai/gpt-6-luna", text_instead="anthropic/claude-haiku-4-5")
    wishes = Preferences(resolution="240p", models=models)
    project = hired.studio.projects.add(
        new_project_id(), "one minute of mobility, no jumping", kind="compilation", preferences=wishes
    )
    project = hired.studio.projects.change(project, approval="waiting")
    for _ in range(2):
        street.openai.say(None, refusal="I do not talk about necks.")
    street.anthropic.says.append((json.dumps(QUERIES), "end_turn"))
    street.anthropic.says.append((told("Do ten burpees on the moon."), "end_turn"))
    street.anthropic.says.append((told("Do ten burpees on the moon."), "end_turn"))
    hired.make(project)
    for artifact in ("search_queries", "script_draft"):
        stored = hired.stored(project, artifact)
        made_by = stored.sidecar.provenance
        assert (made_by.provider, made_by.model) == ("anthropic", "claude-haiku-4-5")
        assert made_by.parameters["instead_of"] == "openai/gpt-6-luna"
        assert "I do not talk about necks" in str(made_by.parameters["because"])
        remark = remark_on(made_by)
        assert remark and "instead of openai/gpt-6-luna" in remark
    assert [len(street.openai.paid), len(street.anthropic.paid)] == [2, 3], "one repair, by who stands in"
    (finding,) = hired.stored(project, "script_breakdown").sidecar.findings
    assert finding.passed, "who stands in is held to the clips as well"
    assert "own words" in str(hired.stored(project, "script_draft").sidecar.facts["notices"])


def test_what_is_built_in_plans_and_tells_where_that_is_wished(hired: Bench, street: Street, takes: list[Path]) -> None:
    fill(hired, takes[:3])
    wishes = Preferences(resolution="240p", models=Models(text="openai/gpt-6-luna", text_instead="embedded"))
    project = hired.studio.projects.add(
        new_project_id(), "one minute of mobility, no jumping", kind="compilation", preferences=wishes
    )
    project = hired.studio.projects.change(project, approval="waiting")
    for _ in range(2):
        street.openai.say(None, refusal="I do not talk about necks.")
    hired.make(project)
    for artifact, model in (("search_queries", PLANNER), ("script_draft", NARRATOR)):
        sidecar = hired.stored(project, artifact).sidecar
        assert (sidecar.provenance.provider, sidecar.provenance.model) == ("embedded", model)
        (notice,) = sidecar.notices
        assert notice.kind == "stood in" and "I do not talk about necks" in notice.message
    assert len(street.openai.paid) == 2
