"""Where a model fails for good another is asked, and it is said which and why."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pixora_pipeline.assets.retrying import may_pass
from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline.model.requests import PictureRequest, ScriptRequest, SpeechRequest
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.providers.catalogue import engage
from pixora_pipeline.providers.faults import BadAnswer, BadOutput, RateLimited, Refused, ServerFault
from pixora_pipeline.providers.order import Order
from pixora_pipeline.providers.standing_in import Other, StandIn, in_turn
from pixora_pipeline_tests.providers.servers import anthropic_format, openai_format
from pixora_pipeline_tests.providers.servers.service import Misfortune
from pixora_pipeline_tests.providers.servers.street import Street

FIRST, OTHER = "openai/gpt-6-luna", "anthropic/claude-haiku-4-5"
REQUEST = ScriptRequest(text="A story about a boat in a storm.", seconds=30)

Write = Callable[..., tuple[ScriptBreakdown, StandIn | None]]


@pytest.fixture
def write(order: Order) -> Write:
    def written(first: str = FIRST, other: str = OTHER) -> tuple[ScriptBreakdown, StandIn | None]:
        return in_turn(first, [Other(other)], lambda id: engage("text", id, order).write(REQUEST))

    return written


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
    write: Write, street: Street, fault: Misfortune, words: str
) -> None:
    street.openai.next(fault)
    script, stood_in = write()
    assert script.title == "The Red Boat"
    assert (len(street.openai.paid), len(street.anthropic.paid)) == (1, 1)
    assert stood_in and (stood_in.id, stood_in.instead_of) == (OTHER, FIRST)
    assert words in stood_in.because and "pixora" not in stood_in.because


def test_the_other_is_asked_where_the_first_refuses_or_gives_no_valid_answer(
    write: Write, order: Order, street: Street
) -> None:
    street.openai.say(None, refusal="I can't help with that.")
    refused = write()[1]
    assert refused and "I can't help with that" in refused.because
    street.openai.say("no")
    street.openai.say("no again")
    order.key = "p-test/work/2"
    wrong = write()[1]
    assert wrong and "twice gave no valid answer" in wrong.because


@pytest.mark.parametrize("fault", [BadAnswer, BadOutput])
def test_what_is_left_at_that_is_so_where_another_was_asked_too(fault: type[BadOutput]) -> None:
    def fail(id: str) -> ScriptBreakdown:
        raise fault(id.partition("/")[0])

    with pytest.raises(TryAgain) as failed:
        in_turn(FIRST, [Other(OTHER)], fail)
    assert may_pass(failed.value) is (fault is BadOutput)


def test_who_does_it_at_once_has_nobody_standing_in(write: Write, street: Street) -> None:
    assert write()[1] is None and not street.anthropic.paid


def test_a_model_that_was_shut_down_is_passed_over_unasked(write: Write, street: Street) -> None:
    stood_in = write("anthropic/claude-3-5-sonnet", FIRST)[1]
    assert not street.anthropic.paid and stood_in and stood_in.id == FIRST


def test_what_may_pass_is_left_to_pass(write: Write, street: Street) -> None:
    limited = openai_format.error(429, "rate_limit_exceeded", "slow down")
    for fault, kind in ((Misfortune(500), ServerFault), (limited, RateLimited)):
        street.openai.next(fault)
        with pytest.raises(kind):
            write()
    assert not street.anthropic.paid


def test_where_both_fail_both_are_told(write: Write, street: Street) -> None:
    street.openai.say(None, refusal="Not that.")
    street.anthropic.next(anthropic_format.error(404, "not_found_error", "model: claude-haiku-4-5"))
    with pytest.raises(UserError, match=r"Not that.* was asked instead: anthropic has no model claude-haiku-4-5"):
        write()


def test_the_built_in_writer_can_stand_in(write: Write, street: Street) -> None:
    street.openai.say(None, refusal="Not that.")
    script, stood_in = write(other="embedded")
    assert script.scenes and stood_in and stood_in.id == "embedded"


def test_a_picture_and_a_voice_are_by_another_as_well(order: Order, street: Street, tmp_path: Path) -> None:
    picture, voice = PictureRequest(description="A boat.", width=96, height=64), tmp_path / "voice.wav"
    street.openai.next(openai_format.error(400, "moderation_blocked", "Rejected."))
    artists = "openai/gpt-image-2.5-flare", [Other("gateway/seedream")]
    _, drew = in_turn(*artists, lambda id: engage("image", id, order).draw(picture, tmp_path / "picture.png"))
    assert drew and drew.id == "gateway/seedream" and len(street.gateway.paid) == 1
    said = SpeechRequest(text="A boat.", voice="Joanna", language="en-US")
    street.aws.next(Misfortune(403, {"message": "no", "__type": "UnrecognizedClientException"}))
    _, spoke = in_turn(
        "polly/neural", [Other("kokoro/kokoro")], lambda id: engage("speech", id, order).speak(said, voice)
    )
    assert spoke and spoke.id == "kokoro/kokoro" and voice.exists()


def test_what_is_unusable_is_asked_for_once_more_where_there_is_another_to_turn_to(
    order: Order, street: Street, tmp_path: Path
) -> None:
    request = PictureRequest(description="A boat.", width=96, height=64)

    def draw(id: str) -> object:
        return engage("image", id, order).draw(request, tmp_path / "picture.png")

    street.openai.pictures.extend([b"half", b"half"])
    with pytest.raises(BadOutput):
        in_turn("openai/gpt-image-2.5-flare", [Other("gateway/seedream", (Refused,))], draw, tries=2)
    assert (len(street.openai.paid), len(street.gateway.paid)) == (1, 0)
    assert in_turn("openai/gpt-image-2.5-flare", [Other("gateway/seedream")], draw, tries=1)[1] is not None
    street.openai.pictures.append(b"half")
    order.key = "p-test/work/2"
    assert in_turn("openai/gpt-image-2.5-flare", [Other("gateway/seedream")], draw, tries=2)[1] is None


def test_who_steps_in_unasked_does_so_after_a_refusal_alone(order: Order, street: Street) -> None:
    def write(id: str) -> ScriptBreakdown:
        return engage("text", id, order).write(REQUEST)

    built_in = [Other("embedded", (Refused,))]
    street.openai.next(openai_format.error(401, "invalid_api_key", "Wrong key."))
    with pytest.raises(UserError, match="does not accept the key"):
        in_turn(FIRST, built_in, write)
    street.openai.say(None, refusal="Not that.")
    assert in_turn(FIRST, built_in, write)[1] is not None
