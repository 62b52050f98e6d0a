"""The embedded camera stays inside the picture, keeps it sharp, keeps captions in view, and always moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixora_pipeline.model.camera import CAMERA_CHOICES, CameraChoice
from pixora_pipeline.model.results import CameraMove, Picture, Rectangle
from pixora_pipeline.providers.embedded.camera import OVERSCAN, EmbeddedCamera
from pixora_pipeline.providers.protocols import Camera

CAMERA: Camera = EmbeddedCamera()
SMALLEST = 1 / OVERSCAN - 1e-9


def picture(x: float = 0.5, y: float = 0.5, width: int = 2160, height: int = 1216) -> Picture:
    return Picture(width=width, height=height, focus=(x, y), composition="plain")


fraction = st.floats(0, 1)
seeds = st.integers(0, 2**32)


@given(fraction, fraction, st.integers(200, 5000), st.integers(200, 5000), st.sampled_from([16 / 9, 9 / 16, 1]), seeds)
def test_views_are_inside_the_picture_in_the_films_shape_and_never_too_narrow(
    x: float, y: float, width: int, height: int, aspect: float, seed: int
) -> None:
    move = CAMERA.move(picture(x, y, width, height), aspect, seed)
    largest = min(width, height * aspect)
    for view in (move.start, move.end):
        assert view.x >= -1e-9 and view.x + view.width <= 1 + 1e-9
        assert view.y >= -1e-9 and view.y + view.height <= 1 + 1e-9
        assert view.width * width / (view.height * height) == pytest.approx(aspect)
        assert view.width * width >= largest * SMALLEST


@given(fraction, fraction, seeds)
def test_captions_stay_in_view(x: float, y: float, seed: int) -> None:
    move = CAMERA.move(picture(x, y, 2176, 1224), 16 / 9, seed)
    for view in (move.start, move.end):
        assert view.x <= 0.1 + 1e-9 and view.x + view.width >= 0.9 - 1e-9
        assert view.y <= 0.1 + 1e-9 and view.y + view.height >= 0.9 - 1e-9


@given(fraction, fraction, seeds)
def test_the_camera_always_moves_enough_to_be_seen(x: float, y: float, seed: int) -> None:
    move = CAMERA.move(picture(x, y), 16 / 9, seed)
    assert max(abs(one - other) for one, other in zip(_edges(move.start), _edges(move.end), strict=True)) > 0.03


def test_the_same_seed_gives_the_same_move_and_seeds_differ() -> None:
    moves = [CAMERA.move(picture(0.8, 0.3), 16 / 9, seed) for seed in range(40)]
    assert moves == [CAMERA.move(picture(0.8, 0.3), 16 / 9, seed) for seed in range(40)]
    assert {"push_in", "pull_out", "pan_right", "tilt_up", "rise", "drift"} == {move.kind for move in moves}


def test_the_camera_goes_towards_what_is_aside() -> None:
    kinds = {side: {_move(side, seed).kind for seed in range(40)} for side in (0.2, 0.8)}
    assert "pan_left" in kinds[0.2] and "pan_right" not in kinds[0.2]
    assert "pan_right" in kinds[0.8] and "pan_left" not in kinds[0.8]
    pushed = next(move for seed in range(40) if (move := _move(0.8, seed)).kind == "push_in")
    assert pushed.end.x + pushed.end.width / 2 > 0.51


@given(fraction, fraction, st.integers(0, 100), st.sampled_from(CAMERA_CHOICES[1:]))
def test_any_kind_can_be_asked_for(x: float, y: float, seed: int, kind: CameraChoice) -> None:
    move = CAMERA.move(picture(x, y, 2176, 1224), 16 / 9, seed, kind, seed)
    assert move.kind == kind
    for view in (move.start, move.end):
        assert view.x >= -1e-9 and view.x + view.width <= 1 + 1e-9
        assert view.y >= -1e-9 and view.y + view.height <= 1 + 1e-9
        assert view.width >= SMALLEST
        assert max(view.x, view.y) <= 0.1 + 1e-9 and min(view.x + view.width, view.y + view.height) >= 0.9 - 1e-9
    assert max(abs(one - other) for one, other in zip(_edges(move.start), _edges(move.end), strict=True)) > 0.03


def test_there_are_at_least_eight_kinds() -> None:
    assert len(CAMERA_CHOICES[1:]) >= 8


@given(fraction, fraction, fraction, fraction, st.integers(0, 1000), seeds, seeds)
def test_neighbouring_scenes_move_differently(
    x: float, y: float, other_x: float, other_y: float, turn: int, seed: int, other_seed: int
) -> None:
    one = CAMERA.move(picture(x, y), 16 / 9, seed, turn=turn)
    other = CAMERA.move(picture(other_x, other_y), 16 / 9, other_seed, turn=turn + 1)
    assert one.kind != other.kind


def _move(x: float, seed: int) -> CameraMove:
    return CAMERA.move(picture(x), 16 / 9, seed)


def _edges(view: Rectangle) -> tuple[float, ...]:
    return view.x, view.y, view.x + view.width, view.y + view.height
