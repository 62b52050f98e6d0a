"""It rains outside: over the land, and in a room behind the window only."""

from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pixora_pipeline.providers.embedded.artist import contact_sheet

WEATHERS = {"rain": "while rain falls", "snow": "while snow falls", "storm": "during a storm"}


def streaks(pixels: NDArray[np.uint8]) -> float:
    """How much fine light there is in the lowest part of a picture: rain and snow are nothing else."""
    grey = cv2.cvtColor(pixels.astype(np.uint8), cv2.COLOR_RGB2GRAY)[-pixels.shape[0] // 12 :].astype(np.float32)
    return float(np.percentile(grey - cv2.GaussianBlur(grey, (0, 0), 3), 99.5))


@pytest.mark.parametrize("weather", WEATHERS)
@pytest.mark.parametrize("place", ["a room with a window and a table", "an old machine of gears", "a cave"])
def test_it_does_not_rain_inside(draw, place: str, weather: str) -> None:
    facts, wet = draw(description=f"{place} {WEATHERS[weather]}", width=480, height=270, seed=2)
    _, dry = draw(description=place, width=480, height=270, seed=2)
    assert facts.composition in ("interior", "machine", "cave")
    assert streaks(wet) < streaks(dry) + 6


@pytest.mark.parametrize("weather", ["rain", "snow"])
def test_it_does_rain_outside(draw, weather: str) -> None:
    facts, wet = draw(description=f"a road through the land {WEATHERS[weather]}", width=480, height=270, seed=2)
    _, dry = draw(description="a road through the land", width=480, height=270, seed=2)
    assert facts.composition == "road"
    assert streaks(wet) > streaks(dry) + 10


def test_snow_is_seen_through_the_window(draw) -> None:
    def flakes(description: str) -> float:
        facts, pixels = draw(description=description, width=480, height=270, seed=3)
        assert facts.composition == "interior"
        x, y = int(facts.focus[0] * 480), int(facts.focus[1] * 270)
        grey = pixels[y - 50 : y + 50, x - 50 : x + 50].mean(axis=2).astype(np.float32)
        return float((np.abs(grey - cv2.GaussianBlur(grey, (0, 0), 2)) > 12).mean())

    calm = flakes("a room with a window and a sofa at night")
    assert flakes("a room with a window and a sofa at night in the snow") > 1.25 * calm


def test_the_contact_sheet_shows_24_pictures_each_unlike_the_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(contact_sheet, "TILE", (128, 72))
    monkeypatch.setattr(contact_sheet, "DRAWN_LARGER", 1)
    contact_sheet.draw_sheet(tmp_path / "sheet.jpg")
    sheet = cv2.imread(str(tmp_path / "sheet.jpg"))
    tiles = [
        sheet[6 + 78 * row : 78 * (row + 1), 6 + 134 * column : 134 * (column + 1)].astype(float)
        for row in range(6)
        for column in range(4)
    ]
    assert sheet.shape == (6 * 78 + 6, 4 * 134 + 6, 3)
    assert all(tile.std() > 8 for tile in tiles)
    assert min(np.abs(one - other).mean() for one, other in combinations(tiles, 2)) > 5
