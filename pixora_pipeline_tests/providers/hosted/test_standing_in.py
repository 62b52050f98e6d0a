"""Where a text model fails for good another is asked, and the order says which and why."""

import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.providers.catalogue import engage
from pixora_pipeline.providers.faults import RateLimited, Refused, ServerFault
from pixora_pipeline.providers.order import Order
from pixora_pipeline.providers.softening import INSTRUCTIONS, Softened
from pixora_pipeline_tests.providers.servers import anthropic_format, openai_format
from pixora_pipeline_tests.providers.servers.service import Misfortune
from pixora_pipeline_tests.providers.servers.street import Street

FIRST, OTHER = "openai/gpt-6-luna", "anthropic/claude-haiku-4-5"
REQUEST = ScriptRequest(text="A story about a boat in a storm.", seconds=30)


def write(order: Order, first: str = FIRST, other: str = OTHER):
    order.instead = other
    return engage("text", first, order).write(REQUEST)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (openai_format.error(404, "model_not_found", "There is no gpt-6-luna."), "openai has no model gpt-6-luna"),
        (openai_format.error(401, "invalid_api_key", "Wrong key."), "openai does not accept the key"),
        (openai_format.error(429, "insufficient_quota", "No credit."), "The account at openai is used up"),
        (openai_format.error(400, "unsupported", "No such format."), "openai does not take this request"),
    ],
)
def test_the_other_is_asked_where_waiting_does_not_help(
    order: Order, street: Street, fault: Misfortune, words: str
) -> None:
    street.openai.next(fault)
    assert write(order).title == "The Red Boat"
    assert (len(street.openai.paid), len(street.anthropic.paid)) == (1, 1)
    assert order.stood_in and (order.stood_in.id, order.stood_in.instead_of) == (OTHER, FIRST)
    assert words in order.stood_in.because and "pixora" not in order.stood_in.because


def test_the_other_is_asked_where_the_first_refuses_or_gives_no_valid_answer(order: Order, street: Street) -> None:
    street.openai.say(None, refusal="I can't help with that.")
    write(order)
    assert order.stood_in and "I can't help with that" in order.stood_in.because
    order.stood_in = None
    street.openai.say("no")
    street.openai.say("no again")
    order.key = "p-test/work/2"
    write(order)
    assert order.stood_in and "twice gave no valid answer" in order.stood_in.because


def test_a_model_that_was_shut_down_is_passed_over_unasked(order: Order, street: Street) -> None:
    write(order, "anthropic/claude-3-5-sonnet", FIRST)
    assert not street.anthropic.paid and order.stood_in and order.stood_in.id == FIRST


def test_what_may_pass_is_left_to_pass(order: Order, street: Street) -> None:
    limited = openai_format.error(429, "rate_limit_exceeded", "slow down")
    for fault, kind in ((Misfortune(500), ServerFault), (limited, RateLimited)):
        street.openai.next(fault)
        with pytest.raises(kind):
            write(order)
    assert order.stood_in is None and not street.anthropic.paid


def test_where_both_fail_both_are_told(order: Order, street: Street) -> None:
    street.openai.say(None, refusal="Not that.")
    street.anthropic.next(anthropic_format.error(404, "not_found_error", "model: claude-haiku-4-5"))
    with pytest.raises(UserError, match=r"Not that.* was asked instead: anthropic has no model claude-haiku-4-5"):
        write(order)


def test_the_built_in_writer_can_stand_in_for_a_script_and_for_nothing_else(order: Order, street: Street) -> None:
    street.openai.say(None, refusal="Not that.")
    assert write(order, other="embedded").scenes
    assert order.stood_in and order.stood_in.id == "embedded"
    order.stood_in, order.key = None, "p-test/work/3"
    street.openai.say(None, refusal="Not that.")
    with pytest.raises(Refused):
        engage("text", FIRST, order).answer(INSTRUCTIONS, "A sea.", Softened)
    assert order.stood_in is None


def test_who_has_stood_in_answers_what_else_is_asked_for_the_same_work(order: Order, street: Street) -> None:
    street.openai.say(None, refusal="Not that.")
    order.instead = OTHER
    model = engage("text", FIRST, order)
    model.answer(INSTRUCTIONS, "A sea.", Softened, "first")
    model.answer(INSTRUCTIONS, "A boat.", Softened, "second")
    assert (len(street.openai.paid), len(street.anthropic.paid)) == (1, 2)
