"""The camera's way: smooth to the last fraction of a pixel, inside the picture, never standing still."""

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pixora_pipeline.media.motion import progress, window_at
from pixora_pipeline.media.picture import open_still
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.camera import CAMERA_CHOICES, CameraChoice
from pixora_pipeline.model.results import CameraMove, Picture, Rectangle
from pixora_pipeline.providers.embedded.camera import EmbeddedCamera
from pixora_pipeline_tests.media.material import SMALL, texture

SLOW_PAN = CameraMove(
    kind="pan_right",
    start=Rectangle(x=0.0, y=0.03, width=0.92, height=0.92),
    end=Rectangle(x=0.08, y=0.03, width=0.92, height=0.92),
)


def displacement(one: NDArray[np.float32], two: NDArray[np.float32]) -> float:
    """How many pixels the view moved to the right between two frames, by least squares over their gradients."""
    slope = np.gradient((one + two) / 2, axis=1)
    return float((slope * (two - one)).sum() / (slope**2).sum())


def test_a_slow_pan_moves_evenly_without_jitter(tmp_path: Path) -> None:
    still = open_still(texture(tmp_path / "texture.png", 360, 203), SLOW_PAN, 90, SMALL)
    frames = [still.frame(at).to_ndarray()[:180, :320].astype(np.float32) for at in range(10, 80)]
    moved = np.array([displacement(one, two) for one, two in pairwise(frames)])
    lefts = [
        window_at(SLOW_PAN, progress(at, 90, 30), still.size, SMALL.aspect).left * 320 / (still.size[0] * 0.92)
        for at in range(10, 80)
    ]
    assert moved.min() > 0.2, "the camera stands still"
    # A gradient over whole pixels is a little too flat, by the same factor everywhere.
    meant = np.diff(lefts) * moved.sum() / np.diff(lefts).sum()
    assert moved.sum() == pytest.approx(np.diff(lefts).sum(), rel=0.1)
    assert np.abs(moved - meant).max() < 0.01
    assert np.abs(np.diff(moved)).max() < 0.02, "the camera jitters"


@pytest.mark.parametrize("kind", CAMERA_CHOICES[1:])
def test_what_is_seen_travels_as_the_camera_does_to_a_twentieth_of_a_pixel(kind: CameraChoice, tmp_path: Path) -> None:
    at, size = (190.0, 110.0), (360, 202)
    picture = dot(tmp_path / "dot.png", *size, at)
    move = EmbeddedCamera().move(Picture(width=360, height=202, focus=(0.6, 0.6), composition="dot"), 16 / 9, 0, kind)
    still = open_still(picture, move, 90, SMALL)
    seen, meant = [], []
    for frame in range(0, 90, 3):
        window = window_at(move, progress(frame, 90, SMALL.fps), still.size, SMALL.aspect)
        across = SMALL.width / window.width
        meant.append(((at[0] + 0.5 - window.left) * across - 0.5, (at[1] + 0.5 - window.top) * across - 0.5))
        seen.append(middle_of_light(still.frame(frame).to_ndarray()[:180, :320]))
    assert np.abs(np.array(seen) - np.array(meant)).max() < 0.05
    assert np.hypot(*np.diff(np.array(seen), axis=0).T).min() > 0.02, "the camera stands still"


def dot(path: Path, width: int, height: int, at: tuple[float, float]) -> Path:
    """A soft light on black with its middle at that pixel."""
    x, y = np.arange(width) - at[0], np.arange(height) - at[1]
    light = 255 * np.exp(-(x[None] ** 2 + y[:, None] ** 2) / 50)
    cv2.imwrite(str(path), np.repeat(np.rint(light).astype(np.uint8)[..., None], 3, axis=2))
    return path


def middle_of_light(luma: NDArray[np.uint8]) -> tuple[float, float]:
    light = np.clip(luma.astype(np.float64) - 24, 0, None)
    rows, columns = np.indices(light.shape)
    return float((light * columns).sum() / light.sum()), float((light * rows).sum() / light.sum())


@pytest.mark.parametrize("frames", [45, 120, 300, 900, 1800])
def test_the_way_is_eased_and_never_stops_for_long(frames: int) -> None:
    way = np.array([progress(at, frames, 30) for at in range(frames)])
    assert way[0] == 0
    assert way.min() >= 0 and way.max() <= 1 + 1e-9 and way.max() > 0.99
    speed = np.abs(np.diff(way))
    standing = speed < 0.1 * speed.mean()
    longest = max((len(run) for run in "".join("x" if still else " " for still in standing).split()), default=0)
    assert longest <= 15
    assert speed.max() < 2.2 * speed.mean()


@given(
    st.integers(100, 5000), st.integers(100, 5000), st.floats(0, 0.9), st.floats(0, 0.9),
    st.floats(0.05, 1), st.floats(0.05, 1), st.sampled_from([16 / 9, 9 / 16, 1.0]), st.floats(0, 1),
)  # fmt: skip
def test_any_view_is_brought_to_the_films_shape_inside_the_picture(
    width: int, height: int, x: float, y: float, w: float, h: float, aspect: float, along: float
) -> None:
    start = Rectangle(x=x, y=y, width=w, height=h)
    move = CameraMove(kind="drift", start=start, end=Rectangle(x=0, y=0, width=1, height=1))
    window = window_at(move, along, (width, height), aspect)
    assert window.width / window.height == pytest.approx(aspect)
    assert window.left >= -1e-6 and window.left + window.width <= width + 1e-6
    assert window.top >= -1e-6 and window.top + window.height <= height + 1e-6


def test_the_same_frame_is_the_same_whenever_it_is_drawn(tmp_path: Path) -> None:
    picture = texture(tmp_path / "texture.png", 360, 203)
    first, second = (open_still(picture, SLOW_PAN, 90, SMALL) for _ in range(2))
    second.frame(3)
    assert np.array_equal(first.frame(40).to_ndarray(), second.frame(40).to_ndarray())
    assert FilmFormat(320, 180).aspect == SMALL.aspect
