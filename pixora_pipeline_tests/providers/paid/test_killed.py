"""Killed at any point, the same call made again is not paid for again, and what may have been paid is counted."""

import threading
import time
from dataclasses import replace

import pytest

from pixora_pipeline.model.cost import Cost
from pixora_pipeline.providers.faults import AnswerLost, Unsettled
from pixora_pipeline.providers.paid import POINTS
from pixora_pipeline.store.claims import Entry
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.spending import Spending
from pixora_pipeline_tests.providers.paid.caller import USD, Office, ask, call_of, in_process, run_job
from pixora_pipeline_tests.providers.paid.conftest import KEY
from pixora_pipeline_tests.providers.paid.judge import Judge

pytestmark = pytest.mark.slow

AT_ONCE = tuple(point for point in POINTS if point not in ("noted", "looking", "looked"))


def cost(office: Office, text: str) -> Cost:
    return Spending(open_database(office.database)).of_work(call_of(text).key)


def killed(office: Office, point: str, function, *arguments) -> None:
    process = in_process(function, office.dying(point), *arguments)
    process.join(30)
    assert process.exitcode == 9, f"{point} was never passed"


@pytest.mark.parametrize("way", ["find", "repeatable"])
@pytest.mark.parametrize("point", POINTS)
def test_a_job_is_paid_once_wherever_its_process_is_killed(office: Office, judge: Judge, point: str, way: str) -> None:
    killed(office, point, run_job, "hello", way)
    job = run_job(office, "hello", way)
    assert (job.state, job.body["text"]) == ("succeeded", "hello")
    assert judge.paid == {"hello": 1}
    assert cost(office, "hello") == Cost(usd=USD, requests=1)
    assert run_job(office, "hello", way) == job
    assert judge.paid == {"hello": 1}


def test_a_job_is_paid_once_when_every_process_is_killed_a_point_later(office: Office, judge: Judge) -> None:
    for point in ("claimed", "leased", "intended", "sent", "looking", "looked", "kept"):
        killed(office, point, run_job, "hello", "find")
    assert run_job(office, "hello").state == "succeeded"
    assert judge.paid == {"hello": 1}


@pytest.mark.parametrize("point", AT_ONCE)
def test_a_request_is_repeated_once_at_most_and_both_are_counted(office: Office, judge: Judge, point: str) -> None:
    killed(office, point, ask, "hello")
    answer = ask(office, "hello")
    in_doubt = point in ("intended", "sent")
    assert answer.body["text"] == "HELLO"
    assert judge.paid["hello"] == (2 if point == "sent" else 1)
    assert cost(office, "hello") == Cost(usd=USD * (1 + in_doubt), requests=1 + in_doubt, lost=int(in_doubt))
    assert ask(office, "hello") == answer


def test_a_request_killed_three_times_waits_for_a_person(office: Office, judge: Judge) -> None:
    for _ in range(3):
        killed(office, "sent", ask, "hello")
    for _ in range(2):
        with pytest.raises(Unsettled, match=r"judge was asked 3 times .* voice_over@s01, .*: pixora calls again 1"):
            ask(office, "hello")
    assert judge.paid == {"hello": 3}


def test_a_run_repeats_a_lost_answer_once_and_a_later_run_once_more(office: Office, judge: Judge) -> None:
    judge.script.extend([{"cut": True}] * 2)
    with pytest.raises(AnswerLost):
        ask(office, "hello")
    assert judge.paid == {"hello": 2}
    assert ask(office, "hello").body["text"] == "HELLO"
    assert judge.paid == {"hello": 3}
    assert cost(office, "hello") == Cost(usd=3 * USD, requests=3, lost=2)


def test_three_lost_answers_wait_for_a_person(office: Office, judge: Judge) -> None:
    judge.script.extend([{"cut": True}] * 9)
    for fault in (AnswerLost, Unsettled, Unsettled):
        with pytest.raises(fault):
            ask(office, "hello")
    assert judge.paid == {"hello": 3}


def test_a_job_that_nobody_can_look_for_waits_for_a_person(office: Office, judge: Judge) -> None:
    killed(office, "sent", run_job, "hello", "neither")
    for _ in range(2):
        with pytest.raises(Unsettled, match="pixora calls again 1"):
            run_job(office, "hello", "neither")
    assert judge.paid == {"hello": 1}


@pytest.mark.parametrize("way", ["find", "repeatable"])
def test_a_job_whose_answer_is_cut_off_is_found_again(office: Office, judge: Judge, way: str) -> None:
    judge.script.append({"cut": True})
    assert run_job(office, "hello", way).state == "succeeded"
    assert judge.paid == {"hello": 1}


@pytest.mark.parametrize("way", ["find", "repeatable"])
def test_a_job_begun_by_a_service_that_says_it_failed_is_found(office: Office, judge: Judge, way: str) -> None:
    judge.script.append({"after": 500})
    assert run_job(office, "hello", way).state == "succeeded"
    assert judge.paid == {"hello": 1}


def test_a_job_begun_after_its_sender_was_killed_is_found(office: Office, judge: Judge) -> None:
    judge.seconds, patient = 1.0, replace(office, settled_after=3.0)
    process = in_process(run_job, patient, "hello", "find")
    while not judge.asked:
        time.sleep(0.01)
    process.kill()
    process.join(30)
    assert judge.paid == {}  # the service is still at it
    assert run_job(patient, "hello").state == "succeeded"
    assert judge.paid == {"hello": 1}


def test_a_job_that_another_call_is_beginning_is_left_to_it(office: Office, judge: Judge) -> None:
    office = replace(office, settled_after=2.0)
    killed(office, "intended", run_job, "hello")
    named = call_of("hello", part="2").model_dump(include={"key", "part", "service", "model", "capability"})
    journal, other = office.journal(), Entry(identity="other", project_id="p", **named)
    begun = journal.begin(journal.claim(other).call, "main", USD)
    theirs = judge.begin({"text": "hello"})
    threading.Timer(0.5, journal.note_job, (begun, theirs)).start()
    assert run_job(office, "hello").body["id"] != theirs
    assert judge.paid == {"hello": 2}


def test_a_request_killed_while_it_is_answered_is_repeated_once(office: Office, judge: Judge) -> None:
    judge.seconds = 0.5
    process = in_process(ask, office, "hello")
    while not judge.asked:
        time.sleep(0.01)
    process.kill()
    process.join(30)
    assert ask(office, "hello").body["text"] == "HELLO"
    assert judge.paid == {"hello": 2}
    assert cost(office, "hello") == Cost(usd=2 * USD, requests=2, lost=1)


def test_a_job_that_failed_is_not_begun_again_as_the_same_part(office: Office, judge: Judge) -> None:
    judge.hopeless = {"hello"}
    for _ in range(2):
        assert run_job(office, "hello").state == "failed"
    assert judge.paid == {"hello": 1}
    assert run_job(office, "hello", part="2").state == "failed"
    assert judge.paid == {"hello": 2}


def test_so_it_is_on_either_kind_of_database(shared: Office, judge: Judge) -> None:
    shared.add("main", KEY)
    for point in POINTS:
        killed(shared, point, run_job, point, "find")
        assert run_job(shared, point).state == "succeeded"
    for point in AT_ONCE:
        killed(shared, point, ask, f"say {point}")
        assert ask(shared, f"say {point}").body["text"] == f"SAY {point}".upper()
    assert {text: count for text, count in judge.paid.items() if count > 1} == {"say sent": 2}
    assert len(judge.paid) == len(POINTS) + len(AT_ONCE)


def test_two_calls_that_ask_alike_have_a_job_each(office: Office, judge: Judge) -> None:
    first, second = run_job(office, "hello"), run_job(office, "hello", part="2")
    killed(office, "sent", run_job, "hello", "find", "3")
    third = run_job(office, "hello", part="3")
    assert [job.body["id"] for job in (first, second, third)] == ["job-1", "job-2", "job-3"]
    assert len(judge.jobs) == 3


def test_what_a_killed_process_held_is_free_at_once_on_the_same_machine(office: Office) -> None:
    office.add("main", KEY, at_once=1)
    killed(office, "intended", ask, "hello")
    assert replace(office, patience=5).lease == 30
    assert ask(replace(office, patience=5), "hello").body["text"] == "HELLO"
