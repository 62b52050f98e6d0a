import pytest

from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.embedded.composer.arrangement import Piece, write_phrase
from pixora_pipeline.providers.embedded.composer.form import Meter, Phrase
from pixora_pipeline.providers.embedded.composer.harmonisation import harmonise, key_of
from pixora_pipeline.providers.embedded.composer.harmony import chord_scale
from pixora_pipeline.providers.embedded.composer.melody import invent, phrase_line, vary
from pixora_pipeline.providers.embedded.composer.moods import STYLES
from pixora_pipeline.providers.embedded.composer.prompt import Wishes, read_wishes
from pixora_pipeline.providers.embedded.composer.score import chance

PERCUSSION = {"low_drum", "frame_drum", "shaker", "tick", "swell"}


def _line(mood: Mood, beats: int, seed: int) -> tuple:
    phrase, rng = Phrase(0, 4, mood, "A"), chance(seed, "test")
    spans, key = harmonise(phrase, beats, 2), key_of(mood, 2)
    return spans, key, phrase_line(invent(beats, rng), spans, key, STYLES[mood].register, 0, rng)


@pytest.mark.parametrize("mood", STYLES)
@pytest.mark.parametrize("beats", [3, 4])
def test_a_melody_sings_in_its_chords_scale_and_within_its_range(mood: Mood, beats: int) -> None:
    for seed in range(6):
        spans, key, tones = _line(mood, beats, seed)
        assert tones
        for tone in tones:
            chord = next(span.chord for span in reversed(spans) if span.beat <= tone.beat)
            assert tone.pitch % 12 in chord_scale(key, chord)
            assert STYLES[mood].register - 14 <= tone.pitch <= STYLES[mood].register + 12


@pytest.mark.parametrize("mood", STYLES)
def test_a_melody_rests_at_least_a_fifth_of_its_phrase(mood: Mood) -> None:
    for seed in range(6):
        _, _, tones = _line(mood, 4, seed)
        assert sum(tone.beats for tone in tones) <= 0.8 * 16


def test_long_notes_are_chord_tones() -> None:
    for seed in range(10):
        spans, _, tones = _line("hopeful", 4, seed)
        for tone in (tone for tone in tones if tone.beats >= 1.5):
            assert tone.pitch % 12 in next(span.chord for span in reversed(spans) if span.beat <= tone.beat).tones


def test_variations_keep_the_rhythm_or_its_beginning() -> None:
    motif = invent(4, chance(1, "test"))
    for variation in range(1, 4):
        varied = vary(motif, variation, chance(2, "test"))
        assert varied != motif
        assert [start for start, _ in varied.rhythm] == [start for start, _ in motif.rhythm[: len(varied.rhythm)]]


def test_a_theme_that_returns_is_the_same_note_for_note() -> None:
    piece = Piece(3, Meter(34_000, 4), 5, Wishes())
    first, later = Phrase(2, 4, "joyful", "A"), Phrase(30, 4, "joyful", "A")
    assert write_phrase(piece, first) == write_phrase(piece, later)
    assert write_phrase(piece, first) != write_phrase(piece, Phrase(2, 4, "joyful", "A", 1))


def test_a_prompt_chooses_the_lead_and_silences_the_drums() -> None:
    wishes = read_wishes("A slow, warm choir without drums")
    assert wishes == Wishes(lead="choir", percussion=False, pace=0.92)
    notes = write_phrase(Piece(3, Meter(30_000, 4), 5, wishes), Phrase(2, 4, "hopeful", "B"))
    played = {note.instrument for note in notes}
    assert "choir" in played
    assert not played & PERCUSSION


def test_a_prompt_without_known_words_asks_for_nothing() -> None:
    assert read_wishes("rain over an old harbour") == Wishes()
