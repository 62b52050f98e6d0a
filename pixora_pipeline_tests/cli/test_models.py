"""Choosing who makes what, as people type it."""

import pytest

from pixora_pipeline.cli.models import CHOSEN, chosen_models
from pixora_pipeline.model.project import Models
from pixora_pipeline_tests.cli.conftest import Desk


def test_the_models_are_listed_for_programs(desk: Desk) -> None:
    listed = {each["id"]: each for each in desk.pixora("models", "image", "--json").json}
    assert listed["embedded/artist@2"]["price"]["usd"] == {} and not listed["embedded/artist@2"]["needs_key"]
    assert listed["openai/gpt-image-1"]["status"] == "gone"
    assert listed["openai/gpt-image-2.5-flare"]["price"]["date"]


def test_the_models_are_listed_for_people(desk: Desk) -> None:
    told = desk.pixora("models").told
    assert all(words in told for words in ("polly/neural", "$16/M", "free", "unknown", "until", "shut down"))


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("image=gpt-image-1", "Choose openai/gpt-image-2.5-flare"),
        ("picture=openai", "say what and who"),
        ("image", "say what and who"),
        ("text_instead=openai", "say what and who"),
        ("text=openai/gpt-6-luna,", "one stand-in"),
        ("text=openai/gpt-6-luna,anthropic/claude-sonnet-4", "Choose anthropic/claude-sonnet-5"),
        ("image=openai,gateway,embedded", "one stand-in"),
        ("image=openai,polly", "polly makes no image"),
        ("speech=polly/neural", "has no voice 'en-us'"),
    ],
)
def test_a_model_that_cannot_be_had_is_refused_before_anything_is_made(desk: Desk, model: str, words: str) -> None:
    outcome = desk.pixora("make", "Tell a story about a fox.", "--voice", "en-us", "--model", model)
    assert outcome.code == 2 and words in outcome.told
    assert not desk.home.exists()


def test_every_model_may_have_a_stand_in() -> None:
    both = chosen_models(["text=gpt-6-luna,claude-haiku-4-5"], Models(image="openai/gpt-image-2.5-flare"))
    assert (both.text, both.text_instead) == ("openai/gpt-6-luna", "anthropic/claude-haiku-4-5")
    assert both.image == "openai/gpt-image-2.5-flare"
    assert chosen_models(["text=gpt-6-luna"], both).text_instead is None
    assert chosen_models(["text=gpt-6-luna,embedded"]).text_instead == "embedded"
    assert chosen_models(["speech=polly,kokoro"]).speech_instead == "kokoro/kokoro"
    assert chosen_models(["image=openai,nobody"]).image_instead == "nobody"
    assert all(chosen_models([f"{what}=embedded,nobody"]) for what in CHOSEN)


def test_an_unknown_capability_is_refused_with_those_there_are(desk: Desk) -> None:
    outcome = desk.pixora("models", "smells")
    assert outcome.code == 2 and "Choose one of text, image" in outcome.told
