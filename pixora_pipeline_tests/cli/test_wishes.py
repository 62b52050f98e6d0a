"""Options are checked together, before a project is made of them; each refusal names its option."""

import math
import sys

import pytest

from pixora_pipeline.cli.models import chosen_models
from pixora_pipeline.cli.wishes import check_narrate, check_wishes
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.project import Models, Preferences

TEXT = "Anna kept a red boat in the quiet harbour."
CHINESE = "从前有一座灯塔，守塔人每天晚上点亮灯火。"
RUSSIAN = "Жил-был старик со старухой у самого синего моря."


def wishes(text: str = TEXT, kind: str = "story", title: str | None = None, **options) -> Preferences:
    plain = {"aspect": "16:9", "resolution": "1080p", "style": "auto", "voice": None, "language": None, "seconds": None}
    return check_wishes(text, kind, title, **plain | options)


def refusal(*arguments, **options) -> str:
    with pytest.raises(UserError) as told:
        wishes(*arguments, **options)
    assert type(told.value) is UserError
    return str(told.value)


def test_no_wishes_are_the_defaults() -> None:
    assert wishes() == Preferences()


@pytest.mark.parametrize(
    ("option", "value", "choices"),
    [
        ("style", "cubist", "ink"),
        ("style", "", "ink"),
        ("aspect", "21:9", "16:9, 9:16, 1:1, 4:5"),
        ("aspect", "16/9", "16:9, 9:16, 1:1, 4:5"),
        ("resolution", "1080", "1080p"),
        ("resolution", "8k", "1080p"),
        ("kind", "documentary", "story"),
        ("kind", "STORY", "story"),
    ],
)
def test_an_unknown_choice_is_answered_with_the_choices(option: str, value: str, choices: str) -> None:
    sentence = refusal(**{option: value})
    assert sentence.startswith(f"--{option} is {value!r}; choose one of ")
    assert choices in sentence


def test_explainers_ask_for_what_animates_them(monkeypatch: pytest.MonkeyPatch) -> None:
    # As where nobody ran `make explainers`: there is no such module.
    monkeypatch.setitem(sys.modules, "manim", None)
    assert refusal(kind="explainer") == (
        "Explainers are animated by Manim, which is not set up: run `make explainers`, then this again."
    )
    assert wishes(kind="story") == wishes(kind="compilation") == Preferences()


def test_a_compilation_may_be_written_by_a_service() -> None:
    models = Models(text="openai/gpt-6-luna")
    assert wishes(kind="compilation", models=models).models == models


def test_an_explainer_has_a_model_for_each_stage() -> None:
    chosen = chosen_models(["text=gpt-6-luna", "refinement=gpt-5", "animation=anthropic/claude-sonnet-5"])
    assert (chosen.text, chosen.refinement, chosen.animation) == (
        "openai/gpt-6-luna", "openai/gpt-5", "anthropic/claude-sonnet-5",
    )  # fmt: skip
    assert wishes(kind="explainer", models=chosen).models == chosen
    with pytest.raises(UserError, match="polly makes no animation here"):
        chosen_models(["animation=polly/neural"])


def test_which_explanation_is_spoken_is_an_explainers() -> None:
    assert check_narrate("explainer", "refined") == "refined"
    with pytest.raises(UserError, match="--narrate is for an explainer"):
        check_narrate("story", "refined")
    with pytest.raises(UserError, match="--narrate is 'first'; choose one of initial, refined"):
        check_narrate("explainer", "first")


@pytest.mark.parametrize(("voice", "near"), [("en-uss", "en-us"), ("de-femal", "de-female"), ("french", "fr")])
def test_an_unknown_voice_is_answered_with_its_neighbours(voice: str, near: str) -> None:
    sentence = refusal(voice=voice)
    assert f"There is no voice {voice!r}. Did you mean" in sentence
    assert near in sentence
    assert "--voice" in sentence


@pytest.mark.parametrize("language", ["tlh", "xx-XX", "english please"])
@pytest.mark.parametrize("voice", [None, "de"])
def test_an_unknown_language_is_answered_with_the_languages(language: str, voice: str | None) -> None:
    sentence = refusal(language=language, voice=voice)
    assert repr(language) in sentence
    assert "de, el, en-" in sentence


@pytest.mark.parametrize(
    "seconds", [5, 19.99, 10_000, 600.01, -30, 0, math.nan, math.inf, -math.inf, 1e300], ids=lambda s: f"{s:g}"
)
def test_a_length_that_no_film_has_is_refused_with_the_limits(seconds: float) -> None:
    assert refusal(seconds=seconds) == f"--seconds is {seconds:g}; a film may last 20 to 600 seconds."


@pytest.mark.parametrize("seconds", [20, 20.5, 600])
def test_a_length_within_the_limits_is_kept(seconds: float) -> None:
    assert wishes(seconds=seconds).seconds == seconds


@pytest.mark.parametrize(("title", "length"), [("", 0), ("   ", 0), ("x" * 301, 301)])
def test_a_title_too_short_or_long_is_refused_by_its_length(title: str, length: int) -> None:
    assert refusal(title=title) == f"--title has {length} characters; it needs 1 to 300."


@pytest.mark.parametrize("title", ["x", "x" * 300, "[bold]$(rm -rf ~)[/] <b>🚤</b>"])
def test_a_title_within_the_limits_is_allowed(title: str) -> None:
    wishes(title=title)


def test_a_title_that_is_no_text_is_refused() -> None:
    assert "--title" in refusal(title="caf\udce9")


def test_a_voice_brings_its_language() -> None:
    assert wishes(voice="de-female").language == "de"
    assert wishes(voice="DE_female").voice == "de-female"


def test_a_language_alone_leaves_the_voice_to_it() -> None:
    chosen = wishes(CHINESE, language="zh")
    assert (chosen.language, chosen.voice) == ("zh", None)


@pytest.mark.parametrize("options", [{}, {"voice": "en-us"}, {"language": "en"}, {"voice": "de", "language": "de"}])
@pytest.mark.parametrize(("text", "advice"), [(CHINESE, "--language zh"), (RUSSIAN, "--language ru")])
def test_a_text_that_the_voice_cannot_read_names_one_that_can(text: str, advice: str, options: dict) -> None:
    assert advice in refusal(text, **options)
