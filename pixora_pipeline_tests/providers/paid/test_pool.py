"""Accounts shared by eight processes: none over its limit, no call paid twice, and what fails is passed over."""

import time
from dataclasses import replace

import pytest

from pixora_pipeline.providers.faults import (
    KeyDead,
    NoAccount,
    OutOfQuota,
    RateLimited,
    Refused,
    ServerFault,
    Unreachable,
)
from pixora_pipeline_tests.providers.paid.caller import SERVICE, Office, ask, ask_for_all, in_process
from pixora_pipeline_tests.providers.paid.conftest import KEY
from pixora_pipeline_tests.providers.paid.judge import Judge

pytestmark = pytest.mark.slow

PROCESSES = 8


def together(office: Office, lists: list[list[str]], pause: float = 0.0) -> None:
    processes = [in_process(ask_for_all, office, texts, pause) for texts in lists]
    for process in processes:
        process.join(90)
    assert [process.exitcode for process in processes] == [0] * len(lists)


def texts(each: int) -> list[list[str]]:
    return [[f"{process}-{number}" for number in range(each)] for process in range(PROCESSES)]


def test_eight_processes_keep_every_account_under_its_limit(shared: Office, judge: Judge) -> None:
    judge.per_window = {"key-a": 12, "key-b": 20}
    for alias, limit in judge.per_window.items():
        shared.add(alias, alias, per_minute=limit)
    together(shared, texts(8))
    assert sum(judge.paid.values()) == len(judge.paid) == 64
    assert judge.refusals == {}
    assert min(judge.asked.values()) >= 12


def test_a_revoked_key_costs_two_calls_at_most(shared: Office, judge: Judge) -> None:
    judge.revoked = {"key-bad"}
    for alias in ("key-bad", "key-a", "key-b"):
        shared.add(alias, alias)
    together(shared, texts(5))
    assert sum(judge.paid.values()) == 40
    assert 1 <= judge.refusals["key-bad"] <= 2
    dead = shared.accounts().find(SERVICE, "key-bad")
    assert (dead.state, dead.reason) == ("dead", '{"error": "no, [key]"}')


def test_a_key_revoked_while_it_works_is_passed_over(office: Office, judge: Judge) -> None:
    judge.seconds = 0.05
    for alias in ("key-a", "key-b", "key-c"):
        office.add(alias, alias)
    processes = [in_process(ask_for_all, office, each, 0.02) for each in texts(6)]
    while sum(judge.paid.values()) < 16:
        time.sleep(0.01)
    judge.revoked = {"key-a"}
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    assert sum(judge.paid.values()) == 48
    # Whoever had taken it before the first refusal was noted; four accounts share eight processes.
    assert judge.refusals["key-a"] <= 2


def test_eight_processes_with_the_same_call_pay_for_it_once(shared: Office, judge: Judge) -> None:
    judge.seconds = 0.3
    shared.add("main", KEY)
    together(shared, [["hello"]] * PROCESSES)
    assert judge.paid == {"hello": 1}


def test_a_call_that_takes_longer_than_a_lease_stays_with_who_makes_it(office: Office, judge: Judge) -> None:
    judge.seconds = 2.5
    together(replace(office, lease=0.9), [["hello"]] * 2)
    assert judge.paid == {"hello": 1}


def test_an_account_is_asked_no_more_a_day_than_it_allows(empty_office: Office, judge: Judge) -> None:
    empty_office.add("main", KEY, per_day=2)
    hasty = replace(empty_office, patience=0.3)
    for text in ("a", "b"):
        ask(hasty, text)
    with pytest.raises(RateLimited, match=r"takes no more requests for now: all its accounts are at their limits\."):
        ask(hasty, "c")
    hasty.add("other", "key-b")
    ask(hasty, "c")
    assert judge.asked == {KEY: 2, "key-b": 1}


def test_an_account_is_asked_no_more_at_once_at_once_than_it_allows(office: Office, judge: Judge) -> None:
    judge.seconds = 0.05
    office.add("main", KEY, at_once=3)
    together(office, texts(3))
    assert 1 < judge.most_at_once <= 3


def test_the_lease_of_a_killed_holder_heals(office: Office, judge: Judge) -> None:
    short = replace(office, lease=1.0, patience=20)
    office.add("main", KEY, at_once=1)
    process = in_process(ask, short.dying("intended"), "first")
    process.join(30)
    _pretend_elsewhere(office)
    began = time.monotonic()
    ask(short, "second")
    assert judge.paid == {"second": 1}
    assert time.monotonic() - began < 10


def test_requests_go_round_among_accounts(office: Office, judge: Judge) -> None:
    office.add("other", "key-b")
    office.add("third", "key-c")
    for number in range(9):
        ask(office, str(number))
    assert judge.asked == {KEY: 3, "key-b": 3, "key-c": 3}


def test_a_limited_account_rests_as_long_as_it_is_told_and_another_is_asked(office: Office, judge: Judge) -> None:
    judge.script.append({"before": 429, "headers": {"Retry-After": "1"}})
    office.add("other", "key-b")
    for number in range(4):
        ask(office, str(number))
    assert judge.asked == {"key-b": 4}
    time.sleep(1.05)
    ask(office, "again")
    assert judge.asked == {"key-b": 4, KEY: 1}


def test_being_limited_costs_no_try(office: Office, judge: Judge) -> None:
    judge.script.extend({"before": 429, "headers": {"Retry-After": "0.05"}} for _ in range(6))
    assert ask(office, "hello").body["text"] == "HELLO"


def test_with_all_accounts_at_rest_for_long_the_reason_is_told(office: Office, judge: Judge) -> None:
    judge.script.append({"before": 402, "error": "insufficient_quota"})
    for _ in range(2):
        with pytest.raises(
            OutOfQuota, match=r"^The account at judge is used up: \{\"error\": \"insufficient_quota\"\}\. Top"
        ):
            ask(office, "hello")
    assert judge.asked == {}
    office.accounts().wake(SERVICE, "main")
    assert ask(office, "hello").body["text"] == "HELLO"


def test_a_failure_of_the_service_is_tried_three_times(office: Office, judge: Judge) -> None:
    judge.script.extend([{"before": 500}] * 2)
    assert ask(office, "hello").body["text"] == "HELLO"
    judge.script.extend([{"before": 503}] * 3)
    with pytest.raises(ServerFault):
        ask(office, "other")
    assert judge.paid == {"hello": 1}


def test_a_service_that_keeps_failing_is_left_alone_for_a_while(office: Office, judge: Judge) -> None:
    judge.script.extend([{"before": 500}] * 8)
    hasty = replace(office, patience=0.5)
    for text in ("a", "b"):
        with pytest.raises((ServerFault, RateLimited)):
            ask(hasty, text)
    with pytest.raises(RateLimited, match="it failed several times in a row"):
        ask(hasty, "c")
    assert len(judge.script) == 3


def test_nobody_listening_is_told(office: Office) -> None:
    office.accounts().remove(SERVICE, "main")
    replace(office, url="http://127.0.0.1:9").add("main", KEY)
    with pytest.raises(Unreachable, match=r"judge can't be reached: .*refused"):
        ask(office, "hello")


def test_a_refused_request_is_not_sent_again(office: Office, judge: Judge) -> None:
    judge.script.append({"before": 451, "error": "not that"})
    for _ in range(2):
        with pytest.raises(Refused, match=r"refuses to make this: .*not that"):
            ask(office, "hello")
    assert judge.asked == {}
    assert ask(office, "other").body["text"] == "OTHER"


def test_a_cut_answer_is_asked_for_once_more(office: Office, judge: Judge) -> None:
    judge.script.append({"cut": True})
    assert ask(office, "hello").body == {"text": "HELLO", "number": 2}


def test_without_an_account_the_variable_and_the_keyless_way_are_named(empty_office: Office, judge: Judge) -> None:
    with pytest.raises(NoAccount, match=r"no key for judge\. .*JUDGE_API_KEY; the embedded makers need none"):
        ask(empty_office, "hello")
    judge.revoked = {KEY}
    empty_office.add("main", KEY)
    for kind in (KeyDead, NoAccount):
        with pytest.raises(kind):
            ask(empty_office, "hello")
    assert judge.asked == {KEY: 1}


def test_a_service_that_needs_no_key_needs_none(empty_office: Office, judge: Judge) -> None:
    empty_office.accounts().put(SERVICE, "local", None, base_url=judge.url)
    assert ask(empty_office, "hello").body["text"] == "HELLO"
    assert judge.asked == {"": 1}


def _pretend_elsewhere(office: Office) -> None:
    """Make the holder one of another machine, of which nobody can say that it is gone."""
    from sqlalchemy import text

    from pixora_pipeline.store.database import open_database

    with open_database(office.database).begin() as connection:
        connection.execute(text("UPDATE account_uses SET holder = 'elsewhere:1:1'"))
        connection.execute(text("UPDATE calls SET holder = 'elsewhere:1:1'"))
