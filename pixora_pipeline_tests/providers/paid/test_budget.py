"""A project spends what its budget allows and no more, however many processes spend at once; sums say what is known."""

from pathlib import Path

import pytest

from pixora_pipeline.model.cost import Cost, work_key
from pixora_pipeline.model.project import Preferences
from pixora_pipeline.providers.calls import Answer
from pixora_pipeline.providers.faults import AnswerLost, BadOutput, OverBudget, Unsettled
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.projects import ProjectTable
from pixora_pipeline.store.spending import Spending, by_scene
from pixora_pipeline.store.usage import usage
from pixora_pipeline_tests.providers.paid.caller import (
    SERVICE,
    USD,
    Office,
    ask,
    call_of,
    in_process,
    run_job,
)
from pixora_pipeline_tests.providers.paid.conftest import KEY
from pixora_pipeline_tests.providers.paid.judge import Judge

pytestmark = pytest.mark.slow

PROJECT = "p-aaaaaaaaaa"


def spending(office: Office) -> Spending:
    return Spending(open_database(office.database))


def with_budget(office: Office, budget: float | None) -> Office:
    projects = ProjectTable(open_database(office.database))
    projects.add(PROJECT, "Tell a story about a lighthouse.", preferences=Preferences(budget_usd=budget))
    return office


def spend(office: Office, texts: list[str]) -> None:
    for text in texts:
        try:
            ask(office, text, project=PROJECT)
        except OverBudget:
            continue


def test_the_request_that_would_exceed_the_budget_is_not_sent(office: Office, judge: Judge) -> None:
    with_budget(office, 0.6)
    for text in ("a", "b"):
        ask(office, text, project=PROJECT)
    with pytest.raises(OverBudget) as told:
        ask(office, "c", project=PROJECT)
    assert str(told.value) == (
        "voice_over@s01 is expected to cost $0.25, and $0.50 of the budget of $0.60 is spent or under way. "
        f"Nothing more was sent. To go on: pixora edit {PROJECT} --budget 1.20"
    )
    assert judge.paid == {"a": 1, "b": 1}
    assert ask(office, "a", project=PROJECT).body["text"] == "A"  # what is paid is paid


def test_eight_processes_keep_to_one_budget(shared: Office, judge: Judge) -> None:
    judge.seconds = 0.05
    shared.add("main", KEY)
    with_budget(shared, 7 * USD)
    processes = [in_process(spend, shared, [f"{n}-{each}" for each in range(3)]) for n in range(8)]
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 8
    assert sum(judge.paid.values()) == 7
    assert spending(shared).of_project(PROJECT) == Cost(usd=7 * USD, requests=7)


def test_what_is_under_way_counts(office: Office, judge: Judge) -> None:
    with_budget(office, 1.5 * USD)
    process = in_process(run_job, office.dying("noted"), "a", "find", "1", PROJECT)
    process.join(30)
    assert spending(office).of_project(PROJECT) == Cost(reserved=USD, requests=1)
    with pytest.raises(OverBudget):
        ask(office, "b", project=PROJECT)


def test_a_price_that_nobody_knows_is_refused_under_a_budget_and_only_there(office: Office, judge: Judge) -> None:
    ask(office, "free of limits", project=None, usd=None)
    with_budget(office, 10.0)
    with pytest.raises(OverBudget, match=r"What m-1 costs is not known, .* --budget none"):
        ask(office, "a", project=PROJECT, usd=None)
    ask(office, "b", project=PROJECT, usd=0.0)


def test_an_unknown_cost_is_unknown_and_never_nothing(office: Office) -> None:
    office.calls().once(call_of("a", project=PROJECT), lambda _: Answer(body="x", usd=USD))
    office.calls().once(call_of("b", project=PROJECT, usd=None), lambda _: Answer(body="x", usd=None))
    cost = spending(office).of_project(PROJECT)
    assert (cost, cost.total) == (Cost(usd=USD, unknown=1, requests=2), None)


def test_output_that_cannot_be_used_costs_all_the_same(office: Office) -> None:
    def half(_):
        raise BadOutput(SERVICE, "half a picture", usd=USD)

    with pytest.raises(BadOutput):
        office.calls().once(call_of("a", project=PROJECT), half)
    office.calls().once(call_of("a", project=PROJECT), lambda _: Answer(body="x", usd=USD))
    assert spending(office).of_project(PROJECT) == Cost(usd=2 * USD, requests=2)


def test_costs_are_summed_by_artifact_and_scene(office: Office) -> None:
    calls = office.calls()
    for place, part in (("music", "1"), ("scene_image@s02", "1"), ("scene_image@s02", "2"), ("voice_over@s02", "1")):
        call = call_of(part).model_copy(
            update={"project": PROJECT, "part": part, "key": work_key(PROJECT, place, "0" * 32)}
        )
        calls.once(call, lambda _: Answer(body="x", usd=1.0))
    gentler = call.model_copy(update={"key": f"{call.key}/gentler"})
    calls.once(gentler, lambda _: Answer(body="x", usd=1.0))
    places = spending(office).by_place(PROJECT)
    assert {place: cost.usd for place, cost in places.items()} == {
        "music": 1.0, "scene_image@s02": 2.0, "voice_over@s02": 2.0,
    }  # fmt: skip
    assert {scene: cost.usd for scene, cost in by_scene(places).items()} == {None: 1.0, "s02": 4.0}
    assert spending(office).of_work(call.key).usd == 2.0


def test_a_person_may_send_a_lost_request_again_and_it_stays_counted(office: Office, judge: Judge) -> None:
    judge.script.extend([{"cut": True}] * 3)
    for fault in (AnswerLost, Unsettled):
        with pytest.raises(fault):
            ask(office, "hello", project=PROJECT)
    (parked,) = office.journal().parked()
    office.journal().send_again(parked.call)
    assert ask(office, "hello", project=PROJECT).body == {"text": "HELLO", "number": 4}
    assert spending(office).of_project(PROJECT) == Cost(usd=4 * USD, requests=4, lost=3)
    assert office.journal().parked() == []


def test_a_person_may_say_which_job_was_begun(office: Office, judge: Judge) -> None:
    in_process(run_job, office.dying("sent"), "hello", "neither").join(30)
    with pytest.raises(Unsettled):
        run_job(office, "hello", "neither")
    office.journal().adopt(office.journal().parked()[0].call, "job-1")
    assert run_job(office, "hello", "neither").body["id"] == "job-1"
    assert judge.paid == {"hello": 1}


def test_usage_says_how_each_account_fares(office: Office, judge: Judge, tmp_path: Path) -> None:
    judge.script.append({"before": 429, "headers": {"Retry-After": "0.01"}})
    ask(office, "a")
    (told,) = usage(open_database(office.database), SERVICE)
    assert (told.account.alias, told.under_way) == ("main", 0)
    assert told.day.model_dump() == {"requests": 2, "answered": 1, "limited": 1, "failed": 0}
    assert told.cost == Cost(usd=USD, requests=1)
    assert told.seconds >= 0
