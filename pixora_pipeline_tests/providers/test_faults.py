"""Every fault is a sentence with what to do, is mended by its author or by waiting, and crosses processes whole."""

import pickle

import pytest

from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline.providers import faults
from pixora_pipeline.providers.faults import BadOutput, Fault, ModelGone, RateLimited

KINDS = [each for each in vars(faults).values() if isinstance(each, type) and issubclass(each, Fault)][1:]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("detail", ["", "what it said.", "with {braces} and\nlines"])
def test_a_fault_is_a_sentence_and_an_action(kind: type[Fault], detail: str) -> None:
    told = str(kind("openai", detail))
    assert "openai" in told
    assert " ".join(detail.split()).rstrip(".") in told
    assert "\n" not in told
    assert any(word in told for word in ("Run", "Give it", "Top it up", "Look at", "Put it", "Change", "pixora models"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_is_for_its_author_or_for_later(kind: type[Fault]) -> None:
    assert issubclass(kind, UserError) != issubclass(kind, TryAgain)
    assert kind("x", "y").exit_code == (2 if issubclass(kind, UserError) else 75)


@pytest.mark.parametrize(
    "fault",
    [
        RateLimited("openai", "slow down", retry_after=3.5),
        ModelGone("openai", "tts-1", successor="kokoro"),
        BadOutput("replicate", "half", usd=0.5, usage={"gpu_seconds": 2.0}),
    ],
)
def test_a_fault_crosses_processes_whole(fault: Fault) -> None:
    again = pickle.loads(pickle.dumps(fault))
    assert (type(again), str(again), vars(again)) == (type(fault), str(fault), vars(fault))


def test_a_successor_is_named() -> None:
    assert str(ModelGone("openai", "tts-1", successor="kokoro")) == "openai has no model tts-1. Choose kokoro."
