import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixora_pipeline.errors import UserError
from pixora_pipeline.providers.embedded.speaker.spoken_text import normalise, spoken_sentences
from pixora_pipeline.providers.embedded.speaker.voices import find_voice

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=120)


@given(ANY_TEXT)
def test_normalising_refuses_half_characters_and_drops_what_cannot_be_said(text: str) -> None:
    try:
        clean = normalise(text)
    except UserError:
        assert any(unicodedata.category(character) == "Cs" for character in text)
        return
    forbidden = {"Cc", "Co", "Cn", "Cs", "So"}
    left = {c for c in clean if unicodedata.category(c) in forbidden} - set("\n°©®™№")
    assert not left
    clean.encode()


@given(ANY_TEXT)
def test_any_text_gives_sentences_or_a_user_error(text: str) -> None:
    try:
        sentences = spoken_sentences(text, find_voice("en-us"))
    except UserError:
        return
    for sentence in sentences:
        assert sentence.said
        assert not set(sentence.said) & set("<>{}[]|\\^~*_#`")
        for offset, word in sentence.offsets:
            assert sentence.said[offset:].startswith(word.said)


@given(
    st.lists(st.sampled_from(["The", "sea,", "—", "(big)", "waves!", "“Who?”", "3.5", "Mr.", "…", "don't"]), min_size=1)
)
def test_the_words_give_back_the_text(words: list[str]) -> None:
    text = " ".join(words)
    try:
        sentences = spoken_sentences(text, find_voice("en-us"))
    except UserError:
        assert not any(character.isalnum() for character in text)
        return
    kept = " ".join(word.text for sentence in sentences for word in sentence.words).split()
    assert [w for w in kept if any(map(str.isalnum, w))] == [w for w in words if any(map(str.isalnum, w))]


def test_half_a_character_is_named_with_its_place() -> None:
    with pytest.raises(UserError, match=r"D83D.*position 4"):
        normalise("sea \ud83d")


def test_chinese_is_grouped_and_latin_words_in_it_keep_their_spaces() -> None:
    (sentence,) = spoken_sentences("我在 New York 看着大海。", find_voice("zh"))
    assert sentence.said == "我在 New York 看着大海。"
    assert [word.text for word in sentence.words] == ["我在", "New", "York", "看着大海。"]


def test_a_dash_is_heard_as_a_pause_but_a_range_is_not() -> None:
    (sentence,) = spoken_sentences("The night—dark — was long, 1914–1918.", find_voice("en-us"))
    assert sentence.said == "The night, dark, was long, 1914–1918."


def test_emoji_and_their_joints_vanish() -> None:
    assert normalise("a 👩‍👩‍👧 b❤️ c").replace("\u200d", "").split() == ["a", "b", "c"]
