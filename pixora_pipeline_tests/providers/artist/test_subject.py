"""The words of a scene choose its composition, its light and its weather."""

import numpy as np
import pytest

from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.providers.embedded.artist.catalogue import COMPOSITIONS
from pixora_pipeline.providers.embedded.artist.subject import Subject, read_subject, words_of


def read(description: str, title: str = "", mood: str = "calm", seed: int = 0) -> Subject:
    request = PictureRequest(description=description, title=title, mood=mood)
    return read_subject(request, COMPOSITIONS, np.random.default_rng(seed))


@pytest.mark.parametrize(
    ("text", "composition"),
    [
        ("They went to the cedar forest and fought its guardian", "forest"),
        ("The ship crosses the sea for forty days", "sea"),
        ("A camel caravan crosses the dunes", "desert"),
        ("Snow lies on the peaks of the mountains", "mountains"),
        ("The lighthouse stands on the cliffs", "coast"),
        ("A lake, still as a mirror", "lake"),
        ("The river flows through the valley", "river"),
        ("They followed the long road home", "road"),
        ("The farmers bring in the harvest from the fields", "field"),
        ("A village with its church", "village"),
        ("Skyscrapers of the modern city", "city"),
        ("The king and the queen in their castle", "castle"),
        ("The ruins of an ancient temple", "temple"),
        ("She sat in the room by the fireplace", "interior"),
        ("The planet Saturn and its moons", "space"),
        ("The starry night, the constellations", "night"),
        ("The internet connects billions of computers", "network"),
        ("Electrons move around the nucleus of the atom", "orbits"),
        ("The judge weighs justice", "balance"),
        ("Inflation means that prices rise", "growth"),
        ("The steam engine and the factory", "machine"),
        ("A letter and a book", "book"),
        ("The old clock counts the hours of the century", "hourglass"),
        ("A crowd of people at the demonstration", "crowd"),
        ("The army went to war, a great battle", "battle"),
        ("Whales and dolphins swim underwater", "underwater"),
        ("Vesuvius erupted and buried Pompeii in ash", "volcano"),
        ("Der alte Mann geht durch den Wald", "forest"),
        ("Le navire quitte la mer", "sea"),
        ("El rey vive en su castillo", "castle"),
        ("La montagna e la vetta", "mountains"),
        ("O farol da costa", "coast"),
    ],
)
def test_words_choose_the_composition(text, composition):
    assert {read(text, seed=seed).composition for seed in range(3)} == {composition}


def test_the_description_counts_more_than_the_title():
    assert read("a tower stands in the city", title="The forest").composition == "city"


@pytest.mark.parametrize("text", ["", "🙂🙂", "xyzzy plugh", "\x00\x07", "a b c"])
def test_a_text_that_says_nothing_gets_a_seeded_picture(text):
    chosen = {read(text, seed=seed).composition for seed in range(30)}
    assert len(chosen) > 3
    assert chosen <= set(COMPOSITIONS)


@pytest.mark.parametrize(
    ("text", "light"),
    [("at dawn", "dawn"), ("at noon", "day"), ("im Abendrot", "dusk"), ("at midnight under the moon", "night")],
)
def test_words_choose_the_light(text, light):
    assert {read(f"the road {text}", mood="sad", seed=seed).light for seed in range(4)} == {light}


@pytest.mark.parametrize(
    ("text", "weather"),
    [
        ("the rain falls on the sea", "rain"),
        ("es schneit, der Schnee liegt hoch", "snow"),
        ("thunder and lightning", "storm"),
        ("fog over the lake", "fog"),
        ("the sea", "clear"),
    ],
)
def test_words_choose_the_weather(text, weather):
    assert read(text).weather == weather


def test_stars_need_a_night():
    assert read("the constellations of the starry night", mood="joyful").light == "night"


def test_words_are_read_without_accents_and_case():
    assert words_of("Die HÖHLE, l'été — naïve!") == ["die", "hohle", "l", "ete", "naive"]
