import pytest

from pixora_pipeline.model.requests import MusicSection
from pixora_pipeline.providers.embedded.composer.form import FASTEST, SLOWEST, Form, plan_form
from pixora_pipeline.providers.embedded.composer.moods import STYLES
from pixora_pipeline.providers.embedded.composer.score import chance

FILM = (("calm", 22.0), ("curious", 31.0), ("tense", 18.0), ("hopeful", 40.0))


def _plan(*sections: tuple[str, float], seed: int = 0) -> Form:
    wanted = tuple(MusicSection(mood=mood, seconds=seconds) for mood, seconds in sections)
    return plan_form(wanted, 1.0, chance(seed, "form"))


@pytest.mark.parametrize("seed", range(5))
def test_phrases_follow_each_other_without_gaps(seed: int) -> None:
    form = _plan(*FILM, seed=seed)
    at = 0
    for phrase in form.phrases:
        assert phrase.start == at
        assert phrase.bars > 0
        at += phrase.bars
    assert form.bars == at + form.meter.ring_bars


@pytest.mark.parametrize("seed", range(5))
def test_moods_change_within_half_a_bar_of_where_they_were_asked_to(seed: int) -> None:
    form = _plan(*FILM, seed=seed)
    starts = {mood: next(phrase.start for phrase in form.phrases if phrase.mood == mood) for mood, _ in FILM}
    asked = 0.0
    for mood, seconds in FILM:
        assert abs(starts[mood] * form.meter.bar_seconds - asked) <= form.meter.bar_seconds / 2 + 0.01
        asked += seconds


def test_a_piece_has_intro_theme_bridge_theme_and_outro() -> None:
    roles = [phrase.role for phrase in _plan(("hopeful", 60.0)).phrases]
    assert roles[:4] == ["intro", "A", "B", "A"]
    assert roles[-1] == "outro"
    assert roles.count("outro") == 1


def test_the_last_phrase_of_a_mood_turns_to_the_next() -> None:
    form = _plan(*FILM)
    turns = [(phrase.mood, phrase.turns_to) for phrase in form.phrases if phrase.turns_to]
    assert turns == [("calm", "curious"), ("curious", "tense"), ("tense", "hopeful")]


def test_neighbours_of_one_mood_are_one_section() -> None:
    assert _plan(("sad", 30.0), ("sad", 30.0)).phrases == _plan(("sad", 60.0)).phrases


@pytest.mark.parametrize("mood", STYLES)
def test_the_tempo_is_the_moods_own(mood: str) -> None:
    tempo = 60.0 / _plan((mood, 47.0)).meter.beat_seconds
    assert SLOWEST - 0.1 <= tempo <= FASTEST + 0.1
    assert abs(tempo / STYLES[mood].tempo - 1) < 0.12


def test_a_repeatable_stretch_follows_and_ends_with_the_same_phrase() -> None:
    form = _plan(("epic", 90.0))
    before = [phrase.material for phrase in form.phrases if phrase.start + phrase.bars in form.loop]
    assert len(before) == 2
    assert before[0] == before[1]
