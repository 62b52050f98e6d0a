"""Whatever the window, every sample comes from its place in the picture: within a 40th of a pixel, edges included."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pixora_pipeline.media.resampling import continued, resample

WIDTH, HEIGHT = 480, 270


@pytest.fixture(scope="module")
def plane() -> NDArray[np.uint8]:
    noise = np.random.default_rng(1).integers(0, 255, (304, 540), dtype=np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 1.5)


def exact(plane: NDArray[np.uint8], scale: tuple[float, float], first: tuple[float, float]) -> NDArray[np.float64]:
    """Bilinear interpolation by its definition."""
    across = np.clip(first[0] + scale[0] * np.arange(WIDTH), 0, plane.shape[1] - 1)
    down = np.clip(first[1] + scale[1] * np.arange(HEIGHT), 0, plane.shape[0] - 1)
    left, top = np.minimum(across.astype(int), plane.shape[1] - 2), np.minimum(down.astype(int), plane.shape[0] - 2)
    x, y = across - left, (down - top)[:, None]
    rows = plane[:, left] * (1 - x) + plane[:, left + 1] * x
    return rows[top] * (1 - y) + rows[top + 1] * y


@pytest.mark.parametrize("scale", [0.97, 1.0, 1.0004, 1.013, 1.035, 1.0625, 1.0811, 1.125, 1.3])
def test_samples_come_from_their_places(plane: NDArray[np.uint8], scale: float) -> None:
    wide, room = continued(plane), (540 - WIDTH * scale, 304 - HEIGHT * scale)
    steepest = max(np.abs(np.diff(plane.astype(int), axis=axis)).max() for axis in (0, 1))
    for share in np.linspace(0, 1, 41):
        first = (share * room[0] + scale / 2 - 0.5, (1 - share) * room[1] + scale / 2 - 0.5)
        found = np.empty((HEIGHT, WIDTH), np.uint8)
        resample(wide, found, (scale, scale), first, WIDTH)
        error = np.abs(found - exact(plane, (scale, scale), first))
        assert error.max() <= 2 * steepest / 40 + 1
        assert error.mean() < 0.35, "half a level is what rounding costs"


def test_most_windows_of_a_push_take_the_quick_way(plane: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch) -> None:
    slow: list[object] = []
    monkeypatch.setattr(cv2, "warpAffine", lambda *given, **named: slow.append(given))
    large = continued(np.zeros((1216, 2160), np.uint8))
    for width in np.linspace(2150, 1960, 60):
        scale, first = width / 1920, ((2160 - width) / 2, (1216 - width * 9 / 16) / 2)
        resample(large, np.empty((1080, 1920), np.uint8), (scale, scale), first, 1920)
    assert len(slow) < 8


def test_a_frame_that_is_only_a_part_of_a_larger_one_is_filled(plane: NDArray[np.uint8]) -> None:
    memory = np.full((HEIGHT, WIDTH + 32), 7, np.uint8)
    resample(continued(plane), memory[:, :WIDTH], (1.0625, 1.0625), (3.0, 2.0), WIDTH)
    assert memory[:, :WIDTH].std() > 1 and (memory[:, WIDTH:] == 7).all()
