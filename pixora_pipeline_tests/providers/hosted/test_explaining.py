"""A text model explains, refines and animates: what it is told, what is sent back to it, and what that costs."""

import json
from typing import get_args

import pytest

from pixora_pipeline.model import figures
from pixora_pipeline.model.figures import Bullets
from pixora_pipeline.model.requests import AnimationRequest, ScriptRequest
from pixora_pipeline.providers.embedded.explainer.explainer import EmbeddedExplainer
from pixora_pipeline.providers.explaining.telling import told_by
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.order import Order
from pixora_pipeline_tests.providers.hosted.conftest import Engage
from pixora_pipeline_tests.providers.servers.street import Street

REQUEST = ScriptRequest(text="Explain how echoes work", kind="explainer")
MODEL = "openai/gpt-6-luna"
INITIAL = (
    "# Echoes\n\n## Out\n\nA shout runs out over the valley.\n\n## Back\n\nThe cliff throws it back. That is the echo."
)
FIGURE = '```figure\n{"template": "bullets", "points": ["one"]}\n```'
REFINED = (
    f"# Echoes\n\n## Out\n\nThe shout runs out.\n\n{FIGURE}\n\n## Back\n\nThe echo comes off the cliff.\n\n{FIGURE}"
)
SCENE = AnimationRequest(figure=Bullets(points=("one", "two")), style="ink", says="A shout runs out.", seconds=5)


def answer(markdown: str) -> str:
    return json.dumps({"markdown": markdown})


def test_a_question_is_explained_and_refined(hired: Engage, street: Street) -> None:
    street.openai.say(answer(INITIAL))
    assert hired("explanation", MODEL).explain(REQUEST) == INITIAL
    street.openai.say(answer(REFINED))
    assert hired("explanation", MODEL).refine(REQUEST, INITIAL) == REFINED
    asked = street.openai.paid[1].json["messages"]
    assert "bullets" in asked[0]["content"] and INITIAL in asked[1]["content"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (REFINED.replace("bullets", "bulets"), "A figure of the text can't be shown"),
        (REFINED.replace(FIGURE, "", 1), "the section 'Out' needs prose and a figure"),
        ("# Echoes", "there is no prose under any heading"),
    ],
)
def test_what_is_wrong_with_a_refinement_is_sent_back_once(
    hired: Engage, street: Street, order: Order, wrong: str, told: str
) -> None:
    street.openai.say(answer(wrong))
    street.openai.say(answer(REFINED))
    assert hired("explanation", MODEL).refine(REQUEST, INITIAL) == REFINED
    assert told in street.openai.paid[1].json["messages"][-1]["content"]
    assert len(order.receipts) == 2


def test_a_refinement_that_is_wrong_twice_is_no_good(hired: Engage, street: Street) -> None:
    street.openai.say(answer("# Echoes"))
    street.openai.say(answer("# Echoes"))
    with pytest.raises(BadOutput, match="no prose under any heading"):
        hired("explanation", MODEL).refine(REQUEST, INITIAL)


@pytest.mark.parametrize("model", [MODEL, "anthropic/claude-sonnet-5", "bedrock/anthropic.claude-sonnet-5-v1:0"])
def test_whoever_writes_texts_writes_animations(hired: Engage, model: str) -> None:
    assert type(hired("animation", model)).__name__ == "HostedAnimationWriter"


def test_a_script_is_asked_for_with_all_that_it_needs(hired: Engage, street: Street) -> None:
    street.openai.say(json.dumps({"script": "first"}))
    assert hired("animation", MODEL).write(SCENE) == "first"
    instructions, question = (each["content"] for each in street.openai.paid[0].json["messages"])
    assert "Manim Community 0.22" in instructions
    for figure in get_args(get_args(figures.Figure)[0]):
        assert f"`{figure.__name__}(" in instructions
    assert "FIGURES" not in instructions and "VERSION" not in instructions
    assert all(each in question for each in ("Style: ink", "A shout runs out.", "14.20 x 8.00", '"one"'))


def test_each_repair_is_a_request_of_its_own_with_what_was_wrong(hired: Engage, street: Street, order: Order) -> None:
    writer = hired("animation", MODEL)
    for turn in (1, 2):
        street.openai.say(json.dumps({"script": f"mended {turn}"}))
        assert writer.mend(SCENE, "last", ["line 3: Circel is not defined"], turn) == f"mended {turn}"
    _, _, said, told = (each["content"] for each in street.openai.paid[1].json["messages"])
    assert json.loads(said) == {"script": "last"}
    assert "- line 3: Circel is not defined" in told
    assert [receipt.part for receipt in order.receipts] == ["animation, repair 1", "animation, repair 2"]


def test_the_first_explanation_is_spoken_whole_where_it_fits_best() -> None:
    staged = EmbeddedExplainer().stage(REQUEST, INITIAL, REFINED, sum_up=False)
    said = [scene.narration for scene in told_by(staged, INITIAL).scenes]
    assert said == ["Echoes.", "A shout runs out over the valley.", "The cliff throws it back. That is the echo."]


def test_scenes_that_nothing_is_left_for_keep_their_own_words() -> None:
    staged = EmbeddedExplainer().stage(REQUEST, INITIAL, REFINED, sum_up=False)
    assert told_by(staged, "# Echoes\n\nOnly this.") == staged
