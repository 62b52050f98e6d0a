import pytest

from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.providers.embedded.writer.storyboard import is_bare_prompt, subject_of
from pixora_pipeline.providers.embedded.writer.writer import EmbeddedWriter

PROMPTS = [
    ("en", "Tell a story about a lighthouse keeper who befriends a storm", "a lighthouse keeper who befriends a storm"),
    ("en", "Please write me a short, gentle story about two foxes.", "two foxes"),
    ("en", "explain how bees dance", "how bees dance"),
    ("en", "A fairy tale about the moon", "the moon"),
    ("en", "the last train to the sea", "the last train to the sea"),
    ("de", "Erzähle eine Geschichte über einen Müller, der den Wind fängt.", "Müller, der den Wind fängt"),
    ("de", "Erkläre, wie Bienen tanzen", "wie Bienen tanzen"),
    ("fr", "Raconte l'histoire d'un renard qui voulait lire", "un renard qui voulait lire"),
    ("es", "Cuenta una historia sobre un faro", "un faro"),
    ("it", "Racconta una storia su un vecchio faro", "un vecchio faro"),
    ("pt", "Conte uma história sobre um farol", "um farol"),
]


@pytest.mark.parametrize(("language", "prompt", "subject"), PROMPTS)
def test_a_prompt_is_staged_by_its_own_subject_and_says_so(language: str, prompt: str, subject: str) -> None:
    assert is_bare_prompt(prompt, language)
    assert subject_of(prompt, language) == subject
    script = EmbeddedWriter().write(ScriptRequest(text=prompt, language=language))
    assert len(script.scenes) == 6
    assert script.title.startswith("Storyboard")
    assert all(scene.title.startswith("Storyboard") for scene in script.scenes)
    assert subject in script.scenes[1].narration
    assert "storyboard" in script.scenes[1].narration.lower()
    assert not any("{" in scene.narration for scene in script.scenes)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The cat sat on the mat. It rained all day."),
        ("en", "# Rain\n\nA cat sat there"),
        ("de", "Der Müller schlief. Das Rad stand still."),
        ("ru", "расскажи историю о маяке"),
    ],
)
def test_a_text_that_tells_something_is_not_a_prompt(language: str, text: str) -> None:
    assert not is_bare_prompt(text, language)


def test_the_pictures_show_the_subject() -> None:
    script = EmbeddedWriter().write(ScriptRequest(text="Tell a story about a lighthouse keeper who befriends a storm"))
    assert all("lighthouse" in scene.description and "in a storm" in scene.description for scene in script.scenes)


def test_a_long_prompt_is_shortened_in_what_is_spoken() -> None:
    prompt = "Tell a story about a sailor " + "who sails on and on " * 9
    script = EmbeddedWriter().write(ScriptRequest(text=prompt))
    assert max(scene.estimated_seconds for scene in script.scenes) <= 25


@pytest.mark.parametrize("seconds", [20, 25, 30, 35])
def test_a_shorter_storyboard_leaves_beats_out_but_still_says_what_it_is(seconds: float) -> None:
    whole, short = (
        EmbeddedWriter().write(ScriptRequest(text="Tell a story about a fox who learns to paint", seconds=each))
        for each in (None, seconds)
    )
    assert 0.5 * seconds < sum(scene.estimated_seconds for scene in short.scenes) <= seconds
    assert [scene.slot for scene in short.scenes] == [f"s{number:02}" for number in range(1, len(short.scenes) + 1)]
    assert [scene.narration for scene in short.scenes[:2]] == [scene.narration for scene in whole.scenes[:2]]
