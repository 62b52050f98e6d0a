"""What the embedded explainer makes of prompts and of texts, and that it says what it does not know."""

import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.providers.embedded.explainer.explainer import EmbeddedExplainer
from pixora_pipeline.providers.embedded.explainer.knowledge import find_topic, topics
from pixora_pipeline.providers.embedded.explainer.speech import spoken, spoken_math

TEXT = r"""# How bees find home

Bees fly far. They remember the sun.

## The dance

A bee that found flowers dances on the comb. The angle of $x^2$ shows the way.

- Direction of the sun
- Distance to the flowers

## How far

| Place | Metres |
|---|---|
| Garden | 120 |
| Meadow | 1,400 |

## A law

$$\text{effort} = \frac{d}{v}$$

## History

- 1923: Karl von Frisch sees the dance
- 1973: He is given a Nobel prize

## A program

```python
def fly(home):
    return home
```

## Steps

1. Leave the hive
2. Find flowers
3. Come home
"""


def script_of(text: str, **wishes) -> ScriptBreakdown:
    explainer, request = EmbeddedExplainer(), ScriptRequest(text=text, kind="explainer", **wishes)
    initial = explainer.explain(request)
    return explainer.stage(request, initial, explainer.refine(request, initial))


def templates(script: ScriptBreakdown) -> list[str]:
    return [scene.figure.template for scene in script.scenes if scene.figure]


def test_there_are_topics_of_four_fields() -> None:
    assert len(topics()) >= 10
    assert {topic.field for topic in topics()} == {"mathematics", "physics", "computing", "economics"}


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_every_topic_becomes_a_film(topic) -> None:
    script = script_of(f"Explain {topic.asked[0]}")
    assert 6 <= len(script.scenes) <= 12
    assert all(scene.pictured == "animated" and scene.figure and scene.narration for scene in script.scenes)
    assert templates(script)[0] == "title"
    assert templates(script)[-1] == "summary"
    assert all(any(find_topic(f"What is {asked}?", "en") == topic for asked in [each]) for each in topic.asked)


def test_the_pythagorean_theorem_is_proved_by_a_picture() -> None:
    script = script_of("Explain the Pythagorean theorem with visual proof")
    assert [s.figure.figure for s in script.scenes if s.figure.template == "geometry"] == [
        "triangle",
        "squares",
        "rearrangement",
    ]


@pytest.mark.parametrize("prompt", ["Explain quantum chromodynamics", "What is a zebra?"])
def test_a_topic_nobody_told_it_is_refused_with_what_it_knows(prompt: str) -> None:
    with pytest.raises(UserError, match=r"knows these topics: .*binary search.*give it a text"):
        script_of(prompt)


def test_a_topic_in_another_language_is_refused_honestly() -> None:
    with pytest.raises(UserError, match="in English only"):
        script_of("Erkläre mir Pythagoras", language="de")


def test_a_text_is_explained_in_its_own_sentences_with_figures_by_what_it_holds() -> None:
    script = script_of(TEXT)
    assert script.title == "How bees find home"
    assert templates(script)[1:8] == ["statement", "bullets", "bars", "formula", "timeline", "code", "flow"]
    said = " ".join(scene.narration for scene in script.scenes)
    assert "A bee that found flowers dances on the comb." in said
    assert "x squared" in said
    assert "$" not in said
    assert script.scenes[3].figure.bars[1].value == 1400


def test_a_wished_length_leaves_out_sentences_and_keeps_the_order() -> None:
    long = "# Long\n\n" + "\n\n".join(f"## Part {n}\n\n" + "It goes on and on about this. " * 9 for n in range(8))
    script = script_of(long, seconds=60)
    assert sum(scene.estimated_seconds for scene in script.scenes) < 90
    assert [scene.title for scene in script.scenes[1:3]] == ["Part 0", "Part 1"]


def test_a_figure_in_a_text_is_shown_and_a_wrong_one_is_told() -> None:
    good = (
        'One thing is larger.\n\n```figure\ntemplate = "bars"\nbars = [{label = "a", value = 1}]\n```\n\nThat is all.'
    )
    assert "bars" in templates(script_of(good))
    with pytest.raises(UserError, match=r"can't be shown: .*bars"):
        script_of(good.replace("value = 1", "value = 'x'"))


def test_formulas_are_read_aloud() -> None:
    assert spoken_math("a^2 + b^2 = c^2") == "a squared plus b squared equals c squared"
    assert spoken_math(r"\frac{1}{2} g t^2") == "1 over 2 g t squared"
    assert spoken("So $x = -b$ holds.") == "So x equals minus b holds."
