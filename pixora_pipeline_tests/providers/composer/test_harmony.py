from itertools import pairwise

import pytest

from pixora_pipeline.errors import Defect
from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.embedded.composer.harmonisation import key_of
from pixora_pipeline.providers.embedded.composer.harmony import (
    AEOLIAN,
    IONIAN,
    Key,
    chord_scale,
    pivot_chord,
    read_chord,
    read_chords,
)
from pixora_pipeline.providers.embedded.composer.moods import STYLES
from pixora_pipeline.providers.embedded.composer.voicing import lead_voices

C_MAJOR, A_MINOR = Key(0, IONIAN), Key(9, AEOLIAN)


@pytest.mark.parametrize(
    ("numeral", "tones", "bass"),
    [
        ("I", (0, 4, 7), 0),
        ("V7", (7, 11, 2, 5), 7),
        ("ii7", (2, 5, 9, 0), 2),
        ("IVmaj7/3", (5, 9, 0, 4), 9),
        ("Vsus4", (7, 0, 2), 7),
        ("bVI", (8, 0, 3), 8),
        ("I/5", (0, 4, 7), 7),
    ],
)
def test_numerals_name_chords(numeral: str, tones: tuple[int, ...], bass: int) -> None:
    chord = read_chord(numeral, C_MAJOR)
    assert (chord.tones, chord.bass) == (tones, bass)


def test_a_word_that_is_no_numeral_is_a_defect() -> None:
    with pytest.raises(Defect, match="Hm7"):
        read_chord("Hm7", C_MAJOR)


@pytest.mark.parametrize("mood", STYLES)
def test_every_progression_has_four_chords_and_every_cadence_ends_on_the_tonic(mood: Mood) -> None:
    style, key = STYLES[mood], key_of(mood, 0)
    assert all(len(read_chords(line, key)) == 4 for line in (*style.themes, *style.bridges))
    assert read_chords(style.cadence, key)[-1].root == key.tonic


def test_a_foreign_chord_tone_displaces_its_neighbours_in_the_scale() -> None:
    scale = chord_scale(A_MINOR, read_chord("V", A_MINOR))
    assert 8 in scale
    assert not {7, 9} & scale


def test_the_chord_between_relative_keys_belongs_to_both() -> None:
    before, after = read_chord("IV", C_MAJOR), read_chord("i", A_MINOR)
    pivot = pivot_chord(before, after, C_MAJOR, A_MINOR)
    assert set(pivot.tones) <= C_MAJOR.pitch_classes & A_MINOR.pitch_classes
    assert pivot.tones != after.tones


def test_major_and_minor_moods_are_in_relative_keys() -> None:
    assert key_of("hopeful", 5).pitch_classes == key_of("sad", 5).pitch_classes


@pytest.mark.parametrize("mood", STYLES)
def test_voices_sing_the_chord_and_move_little(mood: Mood) -> None:
    key = key_of(mood, 7)
    for line in (*STYLES[mood].themes, *STYLES[mood].bridges):
        chords = read_chords(line, key)
        voicings = lead_voices(chords)
        for chord, voicing in zip(chords, voicings, strict=True):
            assert {pitch % 12 for pitch in voicing} <= set(chord.tones)
            assert chord.tones[1] in {pitch % 12 for pitch in voicing}
        moves = [abs(new - old) for one, two in pairwise(voicings) for old, new in zip(one, two, strict=True)]
        assert max(moves) <= 9
        assert sum(moves) / len(moves) <= 3.0
