import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixora_pipeline.providers.embedded.writer.sentences import is_open, split_sentences

CASES = [
    ("en", "Mr. Bram met Dr. Lee at 5 p.m. on Main St. He left.", 1, None),
    ("en", "It cost 3.5 million. Nobody paid.", 2, None),
    ("en", "He waited… and waited. Then he went.", 2, None),
    ("en", "Use tools, e.g. a hammer, i.e. something hard. Begin.", 2, None),
    ("en", "“Who is there?” he asked. Nobody answered.", 2, None),
    ("en", "“Go. Now. Quickly!” she said. He went.", 2, None),
    ("en", 'She said, "Stop. Please." Then it was quiet.', None, None),
    ("en", "J. R. Tolkien wrote it. I read it.", 2, None),
    ("en", "They sold apples, pears, etc. The market closed.", 2, None),
    ("de", "Am 3. Mai kam z.B. Herr Dr. Braun. Er blieb.", 2, None),
    ("de", "„Das Wasser kommt!“, rief Lena. Alle liefen.", 2, None),
    ("fr", "« Il manque un bateau ! » cria Jeanne. On courut.", 2, None),
    ("es", "¿Quién es? ¡Nadie! El Sr. López calló.", 3, None),
    ("zh", "老人看着大海。风暴来了！“是谁？”他问。", 4, None),
    ("ar", "من هناك؟ لا أحد. كان الليل طويلا.", 3, None),
    ("hi", "बूढ़ा आदमी आया। उसने देखा। कौन है?", 3, None),
]


@pytest.mark.parametrize(("language", "text", "count", "_"), CASES)
def test_sentences_end_where_readers_end_them(language: str, text: str, count: int | None, _: None) -> None:
    sentences = split_sentences(text, language)
    assert count is None or len(sentences) == count, sentences
    assert "".join("".join(sentences).split()) == "".join(text.split())


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=200))
def test_no_character_is_lost_or_moved(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("sentence", "opens"),
    [("“Go", True), ("“Go”", False), ("«Oui", True), ("„Ja“", False), ("„Ja", True), ('"Go', True), ("(a) b", False)],
)
def test_open_quotations_are_seen(sentence: str, opens: bool) -> None:
    assert is_open(sentence) is opens
