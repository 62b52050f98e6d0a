"""Every family of composition draws, the same way every time, and differently for another seed."""

from dataclasses import replace

import numpy as np
import pytest

from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.catalogue import COMPOSITIONS
from pixora_pipeline.providers.embedded.artist.palettes import FAMILIES, palette, toned
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage
from pixora_pipeline.providers.embedded.artist.subject import COMPOSED
from pixora_pipeline.providers.embedded.artist.weather import paint_weather


def stage_of(seed: int, width: int = 240, height: int = 136, light: str = "dusk", weather: str = "clear") -> Stage:
    return Stage(
        canvas=Canvas(width, height),
        rng=np.random.default_rng(seed),
        palette=toned(FAMILIES[seed % len(FAMILIES)], light, "calm"),
        light=light,
        weather=weather,
        mood="calm",
        words=frozenset(),
    )


def painted(name: str, **kind: object) -> tuple[Composed, np.ndarray]:
    stage = stage_of(**{"seed": 1, **kind})
    composed = COMPOSITIONS[name](stage)
    return composed, stage.canvas.pixels


def test_there_are_words_for_every_family():
    assert {concept.name for concept in COMPOSED} == set(COMPOSITIONS)


@pytest.mark.parametrize("name", sorted(COMPOSITIONS))
def test_a_seed_names_a_picture(name):
    (_, first), (_, again), (_, other) = painted(name), painted(name), painted(name, seed=9)
    assert np.array_equal(first, again)
    assert np.abs(first - other).mean() > 0.02


@pytest.mark.parametrize("name", sorted(COMPOSITIONS))
def test_an_upright_picture_is_filled_and_has_ground_for_people(name):
    composed, pixels = painted(name, width=136, height=240)
    assert np.isfinite(pixels).all()
    assert pixels.std() > 0.03
    assert 0 <= composed.focus[0] <= 136
    assert 0 <= composed.focus[1] <= 240
    if composed.footing:
        assert 0 < composed.footing.x < 136
        assert 240 * 0.4 < composed.footing.ground <= 240


@pytest.mark.parametrize("light", ["dawn", "day", "dusk", "night"])
def test_the_light_decides_how_bright_a_landscape_is(light):
    _, pixels = painted("lake", light=light)
    _, night = painted("lake", light="night")
    assert light == "night" or pixels.mean() > night.mean() + 0.1


@pytest.mark.parametrize("weather", ["rain", "snow", "storm", "fog"])
def test_weather_lies_over_any_picture(weather):
    stage = stage_of(3, weather=weather)
    before = stage.canvas.pixels.copy()
    paint_weather(stage)
    assert np.abs(stage.canvas.pixels - before).mean() > 0.005


def test_a_film_keeps_one_family_of_colours():
    names = {palette(5, light, mood).name for light in ("dawn", "day", "dusk", "night") for mood in ("sad", "epic")}
    assert len(names) == 1
    assert len({palette(seed, "day", "calm").name for seed in range(40)}) == len(FAMILIES)


def test_mood_shifts_the_colours():
    calm = palette(5, "dusk", "calm").middle
    sad = palette(5, "dusk", "sad").middle
    assert sad.chroma < calm.chroma * 0.7
    assert replace(calm, chroma=sad.chroma) != calm
