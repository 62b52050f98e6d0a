"""What stands near us is told apart: for a camera that moves past it."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.script import CharacterProfile
from pixora_pipeline.providers.embedded.artist.artist import EmbeddedArtist

ADA = CharacterProfile(name="Ada", look="a woman in a yellow coat")
LAYERED = (
    *("mountains at dawn", "a desert with dunes", "a bridge over the river", "a castle on the hill"),
    *("a temple with columns", "a volcano erupts", "a lonely old tree", "a quiet lake"),
    *("the night sky full of stars", "a crowd of people", "a battle of armies", "the pyramids of Egypt"),
)
FLAT = ("an open book", "the planets and their orbits", "a room with a window", "fish under water", "an hourglass")


def drawn(folder: Path, description: str, **request):
    asked = {"width": 480, "height": 270, "seed": 1, "description": description, "characters": (ADA,), **request}
    facts = EmbeddedArtist().draw(PictureRequest(**asked), folder / "picture.png")
    layer = cv2.imread(str(folder / facts.near.file), cv2.IMREAD_UNCHANGED) if facts.near else None
    return facts, layer


@pytest.mark.parametrize("description", LAYERED)
def test_a_landscape_has_its_foreground_as_a_layer(description: str, tmp_path: Path) -> None:
    facts, layer = drawn(tmp_path, description)
    assert layer is not None, facts.composition
    height, width = layer.shape[:2]
    assert facts.near.left + width <= 480
    assert facts.near.top + height == 270, "it reaches down to our feet"
    assert layer[..., 3].max() == 255
    assert not layer[layer[..., 3] == 0].any(), "nothing is kept that is not hidden"


@pytest.mark.parametrize("description", FLAT)
def test_what_lies_in_one_plane_has_none(description: str, tmp_path: Path) -> None:
    assert drawn(tmp_path, description, characters=())[0].near is None
    assert not list(tmp_path.glob("*.near.png"))


def test_people_belong_to_the_ground_they_stand_on(tmp_path: Path) -> None:
    rows = []
    for people in ((), (ADA,)):
        facts, layer = drawn(tmp_path, "a desert with dunes", characters=people)
        picture = np.zeros((270, 480), np.uint8)
        picture[facts.near.top : facts.near.top + layer.shape[0]] = layer[..., 3]
        rows.append(int((picture > 128).any(axis=1).argmax()))
    assert rows[1] < rows[0] - 20


@pytest.mark.parametrize("request_", [{"caption": "Home"}, {"style": "engraving"}])
def test_words_and_lines_over_the_whole_picture_leave_it_whole(request_: dict, tmp_path: Path) -> None:
    assert drawn(tmp_path, "mountains at dawn", **request_)[0].near is None


@pytest.mark.parametrize("style", ["auto", "painted", "paper", "ink", "poster", "watercolour", "night"])
def test_the_same_request_gives_the_same_layer_in_every_style(style: str, tmp_path: Path) -> None:
    layers = [drawn(tmp_path, "mountains in the rain", style=style)[1] for _ in range(2)]
    assert np.array_equal(*layers)


def test_what_is_hidden_is_the_same_place_in_the_same_light(tmp_path: Path) -> None:
    """Beside the layer's soft edge, what is hidden goes on what is seen."""
    facts, layer = drawn(tmp_path, "a desert with dunes in the rain", characters=())
    picture = cv2.imread(str(tmp_path / "picture.png"))[facts.near.top :].astype(int)
    hidden = layer[..., 3] > 0
    edge = hidden.argmax(axis=0)
    at = np.arange(480)[(edge > 2) & (edge < layer.shape[0] - 4)]
    seen, behind = picture[edge[at] - 2, at], layer[edge[at] + 1, at, :3].astype(int)
    assert np.abs(seen - behind).mean() < 12
