"""Two layers under one camera: the near one moves more, what it uncovers was painted, and halfway all is as drawn."""

from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pixora_pipeline.media.parallax import FAR
from pixora_pipeline.media.picture import StillSource, open_still, plane_views
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.camera import CAMERA_CHOICES, CameraChoice
from pixora_pipeline.model.results import CameraMove, NearLayer, Picture, Rectangle
from pixora_pipeline.providers.embedded.camera import EmbeddedCamera
from pixora_pipeline_tests.media.material import SMALL

FRAMES, SIZE = 61, (360, 202)
HILL, DOT, POST = 151, (60, 40), (176, 60)
"""The row from which a dark hill stands near; a white dot far off; the place of a red post that stands on the hill."""
PAN = CameraMove(
    kind="pan_right",
    start=Rectangle(x=0.0, y=0.0, width=0.9, height=0.9),
    end=Rectangle(x=0.1, y=0.0, width=0.9, height=0.9),
)


@pytest.fixture
def layer(tmp_path: Path) -> NearLayer:
    """Draws the picture too."""
    behind = np.full((SIZE[1], SIZE[0], 3), (150, 120, 90), np.uint8)
    cv2.circle(behind, DOT, 5, (255, 255, 255), -1, cv2.LINE_AA)
    picture, hidden = behind.copy(), np.zeros(SIZE[::-1], np.uint8)
    for shape, colour in (((0, HILL, SIZE[0], SIZE[1]), (20, 30, 20)), ((*POST, 183, HILL), (20, 20, 220))):
        picture[shape[1] : shape[3], shape[0] : shape[2]] = colour
        hidden[shape[1] : shape[3], shape[0] : shape[2]] = 255
    cv2.imwrite(str(tmp_path / "picture.png"), picture)
    layer = cv2.merge([*cv2.split(behind), hidden])[POST[1] :]
    cv2.imwrite(str(tmp_path / "picture.near.png"), layer)
    return NearLayer(file="picture.near.png", left=0, top=POST[1])


def opened(folder: Path, layer: NearLayer | None, move: CameraMove = PAN, fmt: FilmFormat = SMALL) -> StillSource:
    return open_still(folder / "picture.png", move, FRAMES, fmt, layer)


def rgb(frame: av.VideoFrame) -> NDArray[np.int16]:
    return frame.reformat(format="rgb24", src_colorspace="ITU709").to_ndarray().astype(np.int16)


def column(frame: av.VideoFrame, rows: slice) -> float:
    """Where across the frame these rows differ from the plain ground, in the mean."""
    luma = frame.to_ndarray()[: frame.height, : frame.width][rows].astype(float)
    differs = np.abs(luma - np.median(luma)).sum(axis=0)
    return float((differs * np.arange(frame.width)).sum() / differs.sum())


@pytest.mark.parametrize("kind", CAMERA_CHOICES[1:])
def test_halfway_the_layers_give_the_picture_as_it_was_drawn(
    kind: CameraChoice, tmp_path: Path, layer: NearLayer
) -> None:
    move = EmbeddedCamera().move(Picture(width=360, height=202, focus=(0.5, 0.6), composition="hill"), 16 / 9, 0, kind)
    layered, flat = (opened(tmp_path, each, move).frame(FRAMES // 2) for each in (layer, None))
    assert np.abs(layered.to_ndarray().astype(int) - flat.to_ndarray()).max() <= 3


def test_what_stands_near_moves_more_than_what_is_far(tmp_path: Path, layer: NearLayer) -> None:
    still = opened(tmp_path, layer)
    ends = [still.frame(at) for at in (0, FRAMES - 1)]
    near, far = (column(ends[0], rows) - column(ends[1], rows) for rows in (slice(80, 120), slice(20, 52)))
    assert near == pytest.approx(0.1 * SMALL.width / 0.9, abs=0.3)
    assert far == pytest.approx(near * FAR, abs=0.3)


def test_what_is_uncovered_is_what_was_painted_behind(tmp_path: Path, layer: NearLayer) -> None:
    still = opened(tmp_path, layer)
    for at in (0, FRAMES - 1):
        seen = rgb(still.frame(at))[70:130]
        post = (seen[..., 0] > 120) & (seen[..., 1] < 100)
        beside = cv2.dilate(post.astype(np.uint8), np.ones((3, 7))) > 0
        assert np.abs(seen[~beside] - (90, 120, 150)).max() < 8


def test_no_line_shows_where_the_layer_becomes_solid(tmp_path: Path, layer: NearLayer) -> None:
    tilt = CameraMove(
        kind="tilt_up",
        start=Rectangle(x=0.04, y=0.08, width=0.92, height=0.92),
        end=Rectangle(x=0.04, y=0.0, width=0.92, height=0.92),
    )
    layered, flat = (opened(tmp_path, each, tilt) for each in (layer, None))
    for at in range(FRAMES):
        for plane, plain in zip(plane_views(layered.frame(at))[1:], plane_views(flat.frame(at))[1:], strict=True):
            assert plane.min() >= plain.min() - 3, at
            assert plane.max() <= plain.max() + 3, at


def test_a_still_without_layers_and_one_with_are_the_same_each_time(tmp_path: Path, layer: NearLayer) -> None:
    for each in (layer, None):
        one, other = (opened(tmp_path, each).frame(40).to_ndarray() for _ in range(2))
        assert np.array_equal(one, other)


@pytest.mark.parametrize("size", [(320, 180), (322, 182), (180, 320), (80, 46), (640, 360)])
def test_layers_fit_films_of_every_size(size: tuple[int, int], tmp_path: Path, layer: NearLayer) -> None:
    fmt = FilmFormat(width=size[0], height=size[1])
    layered, flat = (rgb(opened(tmp_path, each, fmt=fmt).frame(FRAMES // 2)) for each in (layer, None))
    # A picture that is shrunk or enlarged first has softer edges; nothing else may differ.
    assert (np.abs(layered - flat).max(axis=2) > 12).mean() < 0.002
