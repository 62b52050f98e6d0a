import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.providers.embedded.writer.storyboard import is_bare_prompt
from pixora_pipeline.providers.embedded.writer.writer import EmbeddedWriter

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=400)
PIECES = st.sampled_from(
    [
        "The storm",
        "came",
        "Mr.",
        "Nell",
        "said",
        "“Go!",
        "now”",
        "…",
        ".",
        ". ",
        "! ",
        "\n\n",
        "# ",
        "- ",
        "> ",
        "*",
        "[a](b)",
        "http://x.y",
        "海。",
        "«Oui»",
        "3.5",
        "e.g.",
        "z.B.",
        "He",
        "and",
        "`x`",
        "<b>",
        "the old lighthouse",
        "(",
        ")",
        '"',
        "\n```\n",
        "www.a.b",
        "1. ",
        "„Ja",
        "“",
        "¿Qué?",
        "كان.",
        "था।",
        "\t",
        "  ",
        "&amp;",
        "~~x~~",
    ]
)
LIKE_MARKDOWN = st.lists(PIECES, min_size=5, max_size=80).map(" ".join)
LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "it", "pt-BR", "zh", "ru", "ar", "xx", ""])


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.one_of(ANY_TEXT, LIKE_MARKDOWN), language=LANGUAGES, seconds=st.sampled_from([None, 20.0, 60.0]))
def test_any_text_gives_a_valid_script_told_in_its_own_words_or_a_user_error(
    text: str, language: str, seconds: float | None
) -> None:
    try:
        script = EmbeddedWriter().write(ScriptRequest(text=text, language=language, seconds=seconds))
    except UserError:
        return
    slots = [scene.slot for scene in script.scenes]
    assert slots == [f"s{number + 1:02}" for number in range(len(slots))]
    assert [slot for piece in script.music for slot in piece.scenes] == slots
    for scene in script.scenes:
        assert scene.title.strip()
        assert scene.description.strip()
        assert scene.narration.strip()
        assert 0 < scene.estimated_seconds <= 25
    if not is_bare_prompt(text, language):
        assert _is_subsequence("".join(letters(scene.narration) for scene in script.scenes[1:]), text)


def _is_subsequence(told: str, text: str) -> bool:
    """Whether the letters told stand in the text in that order: nothing was made up or moved."""
    source = iter(letters(unicodedata.normalize("NFC", text)))
    return all(letter in source for letter in unicodedata.normalize("NFC", told))
