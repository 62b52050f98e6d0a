"""A character looks as their profile says, and otherwise as their name decides, always the same."""

import numpy as np
import pytest

from pixora_pipeline.model.script import CharacterProfile
from pixora_pipeline.providers.embedded.artist.colour import Tone
from pixora_pipeline.providers.embedded.artist.look import appearance


def look_of(look: str, name: str = "Ada"):
    return appearance(CharacterProfile(name=name, look=look))


def hue_apart(tone: Tone, hue: float) -> float:
    return abs((tone.hue - hue + 180) % 360 - 180)


@pytest.mark.parametrize(
    ("look", "hue"),
    [
        ("wears a red coat", 27),
        ("in a green dress", 148),
        ("blue robe and grey beard", 256),
        ("trägt einen roten Mantel", 27),
        ("porte une robe, un manteau bleu", 256),
        ("lleva un abrigo verde", 148),
        ("crown and blue cloak", 256),
    ],
)
def test_the_garment_has_the_colour_said(look, hue):
    assert hue_apart(look_of(look).garment_tone, hue) < 12


def test_hair_and_coat_keep_their_own_colours():
    look = look_of("a woman with black hair and a yellow coat")
    assert look.hair_tone.lightness < 0.3
    assert look.garment_tone.lightness > 0.7


def test_age_sex_beard_and_hats_are_read():
    old = look_of("an old man with a long white beard, a staff and a hat")
    assert (old.age, old.woman, old.headwear, old.staff) == ("old", False, "hat", True)
    assert old.beard > 0.8
    assert look_of("a little girl").age == "child"
    assert look_of("the queen").headwear == "crown"
    assert look_of("a bald man with glasses").hair == "bald"
    assert look_of("clean shaven man", "Bo").beard == 0
    assert look_of("a knight").garment == "armour"


def test_the_name_settles_what_the_words_leave_open():
    assert look_of("", "Nora") == look_of("", "Nora")
    assert len({look_of("", f"Name {number}").garment_tone for number in range(20)}) > 6


def test_a_crown_stays_golden_beside_a_crimson_robe():
    assert hue_apart(look_of("a king with a crown and a crimson robe").headwear_tone, 88) < 10


def test_portraits_of_the_same_name_share_their_colours(draw):
    nora = CharacterProfile(name="Nora", look="")
    request = {"role": "portrait", "characters": (nora,), "palette_seed": 4}
    one, other = (draw(**request, seed=seed, description=f"scene {seed}")[1] for seed in (1, 2))
    chest = (slice(155, 178), slice(120, 200))
    assert np.abs(one[chest].mean(axis=(0, 1)) - other[chest].mean(axis=(0, 1))).max() < 30
