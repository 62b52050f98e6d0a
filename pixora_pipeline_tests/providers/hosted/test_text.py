"""A hosted model writes a script, on whatever wire; what it says wrong is sent back once."""

import json

import pytest

from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.providers.faults import BadOutput, Refused
from pixora_pipeline.providers.order import Order
from pixora_pipeline_tests.providers.hosted.conftest import Engage
from pixora_pipeline_tests.providers.servers.story import SCRIPT
from pixora_pipeline_tests.providers.servers.street import Street

REQUEST = ScriptRequest(text="A story about a boat in a storm.", seconds=30)
WRITERS = [
    "openai/gpt-6-luna",
    "ollama/qwen3:8b",
    "anthropic/claude-sonnet-5",
    "bedrock/anthropic.claude-sonnet-5-v1:0",
]


@pytest.mark.parametrize("model", WRITERS)
def test_a_prompt_becomes_a_script_with_a_title_card(hired: Engage, model: str) -> None:
    script = hired("text", model).write(REQUEST)
    assert [scene.slot for scene in script.scenes] == ["s01", "s02", "s03"]
    assert script.scenes[0].role == "title" and script.scenes[0].caption == "The Red Boat"
    assert script.scenes[1].narration == SCRIPT["scenes"][0]["narration"]
    assert script.scenes[1].characters == ("Anna",)
    assert {slot for piece in script.music for slot in piece.scenes} == {"s01", "s02", "s03"}


def test_the_title_asked_for_is_the_films(hired: Engage) -> None:
    script = hired("text", "openai/gpt-6-luna").write(REQUEST.model_copy(update={"title": "Anna's Night"}))
    assert (script.title, script.scenes[0].caption) == ("Anna's Night", "Anna's Night")


def test_what_was_used_is_on_the_receipt_with_its_price(hired: Engage, order: Order) -> None:
    hired("text", "openai/gpt-6-luna").write(REQUEST)
    (receipt,) = order.receipts
    assert (receipt.account, receipt.usage) == ("openai-1", {"input": 1000.0, "output": 500.0})
    assert receipt.usd == pytest.approx(0.1 * 0.001 + 0.5 * 0.0005)
    assert order.cost_usd == pytest.approx(0.00035)


def test_a_model_without_a_price_costs_nobody_knows_what(hired: Engage, order: Order) -> None:
    hired("text", "ollama/qwen3:8b").write(REQUEST)
    assert order.cost_usd is None


@pytest.mark.parametrize("said", ["I would love to!", "", json.dumps({**SCRIPT, "scenes": []})])
def test_an_answer_that_does_not_fit_is_sent_back_once(hired: Engage, street: Street, order: Order, said: str) -> None:
    street.openai.say(said)
    assert hired("text", "openai/gpt-6-luna").write(REQUEST).title == "The Red Boat"
    first, second = street.openai.paid
    assert len(second.json["messages"]) == len(first.json["messages"]) + 2
    assert "does not fit" in second.json["messages"][-1]["content"]
    assert len(order.receipts) == 2


def test_an_answer_that_does_not_fit_twice_is_given_up_with_its_reason(hired: Engage, street: Street) -> None:
    street.openai.say("no")
    street.openai.say(json.dumps({**SCRIPT, "characters": "Anna"}))
    with pytest.raises(BadOutput, match=r"gpt-6-luna twice gave no valid answer \(characters: .*array"):
        hired("text", "openai/gpt-6-luna").write(REQUEST)
    assert len(street.openai.paid) == 2


def test_an_answer_cut_short_is_asked_for_with_more_room(hired: Engage, street: Street) -> None:
    street.anthropic.says.append(('{"title": "The R', "max_tokens"))
    hired("text", "anthropic/claude-sonnet-5").write(REQUEST)
    first, second = (seen.json["max_tokens"] for seen in street.anthropic.paid)
    assert second > first


def test_an_answer_that_is_never_long_enough_asks_for_less_text(hired: Engage, street: Street) -> None:
    street.openai.say("{", finish_reason="length")
    street.openai.say("{", finish_reason="length")
    with pytest.raises(BadOutput, match="give a shorter text"):
        hired("text", "openai/gpt-6-luna").write(REQUEST)


def test_a_refusal_is_told_as_one(hired: Engage, street: Street) -> None:
    street.openai.say(None, refusal="I can't help with that.")
    with pytest.raises(Refused, match="refuses to make this: I can't help with that"):
        hired("text", "openai/gpt-6-luna").write(REQUEST)
    street.anthropic.says.append(("", "refusal"))
    with pytest.raises(Refused):
        hired("text", "anthropic/claude-sonnet-5").write(REQUEST)
    street.aws.says.append(("Blocked.", "guardrail_intervened"))
    with pytest.raises(Refused, match="Blocked"):
        hired("text", "bedrock/anthropic.claude-sonnet-5-v1:0").write(REQUEST)


def test_the_same_work_is_asked_for_once(hired: Engage, street: Street) -> None:
    assert hired("text", "openai/gpt-6-luna").write(REQUEST) == hired("text", "openai/gpt-6-luna").write(REQUEST)
    assert len(street.openai.paid) == 1
