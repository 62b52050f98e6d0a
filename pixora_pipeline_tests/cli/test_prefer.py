"""What a user prefers holds for films begun after that, below what a film's own options say."""

import json

import pytest

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.model.project import Models
from pixora_pipeline.settings import Settings
from pixora_pipeline_tests.cli.conftest import Desk

TEXT = "Tell a story about a fox who finds a lantern in the snow."


def preferred(desk: Desk) -> dict[str, str | None]:
    return desk.pixora("prefer", "--json").json


def test_nothing_is_preferred_until_somebody_does(desk: Desk) -> None:
    assert preferred(desk) == Models().model_dump()
    assert "embedded" in desk.pixora("prefer").told


def test_what_is_preferred_is_kept_and_undone(desk: Desk) -> None:
    desk.pixora("prefer", "image=gpt-image-2.5-flare", "text=gpt-6-luna,embedded")
    desk.pixora("prefer", "speech=polly")
    told = preferred(desk)
    assert told["image"] == "openai/gpt-image-2.5-flare" and told["speech"] == "polly/neural"
    assert (told["text"], told["text_instead"]) == ("openai/gpt-6-luna", "embedded")
    desk.pixora("prefer", "image=embedded", "text=embedded")
    assert preferred(desk) == Models(speech="polly/neural").model_dump()


@pytest.mark.parametrize(
    ("choice", "words"),
    [("image=gpt-image-1", "Choose openai/gpt-image-2.5-flare"), ("smell=openai", "WHAT=MODEL is 'smell=openai'")],
)
def test_what_cannot_be_had_is_refused(desk: Desk, choice: str, words: str) -> None:
    outcome = desk.pixora("prefer", choice)
    assert outcome.code == 2 and words in outcome.told
    assert preferred(desk) == Models().model_dump()


def newest(desk: Desk) -> dict:
    return json.loads(desk.pixora("list", "--json").out)[0]["project"]


@pytest.mark.slow
def test_the_project_comes_before_the_user_and_the_user_before_what_is_built_in(desk: Desk) -> None:
    desk.pixora("prefer", "text=openai/gpt-6-luna", "image=openai/gpt-image-2.5-flare")
    outcome = desk.pixora("make", TEXT, "--resolution", "240p", "--model", "image=gateway/seedream")
    assert outcome.code == 2 and "There is no key for openai" in outcome.told
    before = newest(desk)
    chosen = Models.model_validate(before["preferences"]["models"])
    assert (chosen.text, chosen.music) == ("openai/gpt-6-luna", "embedded")
    assert chosen.image == "gateway/doubao-seedream-4-0-250828"
    desk.pixora("prefer", "text=anthropic", "music=replicate")
    assert newest(desk) == before, "a film that was begun stays as it is"


def test_a_preferred_model_that_was_shut_down_since_is_told_with_its_successor(desk: Desk) -> None:
    Studio(Settings(home=desk.home)).user_models.keep(Models(image="openai/gpt-image-1"))
    outcome = desk.pixora("make", TEXT)
    assert outcome.code == 2 and "Choose openai/gpt-image-2.5-flare" in outcome.told
