"""Pictures of any size, shape and kind become frames of the right colours; what is no picture is refused."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.picture import open_still, plane_views, yuv_planes
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.results import CameraMove, Rectangle
from pixora_pipeline_tests.media.material import SMALL

WHOLE = Rectangle(x=0.0, y=0.0, width=1.0, height=1.0)
STILL = CameraMove(kind="still", start=WHOLE, end=WHOLE)


@pytest.mark.parametrize(
    ("rgb", "yuv"),
    [
        ((255, 255, 255), (235, 128, 128)),
        ((0, 0, 0), (16, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_colours_are_those_of_bt709(rgb: tuple[int, ...], yuv: tuple[int, ...]) -> None:
    planes = yuv_planes(np.full((6, 8, 3), rgb, np.uint8))
    assert [int(plane[1, 1]) for plane in planes] == pytest.approx(yuv, abs=1)


@pytest.mark.parametrize("size", [(333, 187), (1, 1), (5000, 40), (40, 3000), (97, 1001), (360, 203)])
@pytest.mark.parametrize("fmt", [SMALL, FilmFormat(180, 320), FilmFormat(200, 200)])
def test_any_picture_covers_any_film(tmp_path: Path, size: tuple[int, int], fmt: FilmFormat) -> None:
    cv2.imwrite(str(tmp_path / "p.png"), np.full((size[1], size[0], 3), 200, np.uint8))
    frame = open_still(tmp_path / "p.png", STILL, 60, fmt).frame(30)
    luma, blue, red = plane_views(frame)
    assert luma.shape == (fmt.height, fmt.width)
    assert luma.min() == luma.max() == round(16 + 200 * 219 / 255)
    assert blue.min() == blue.max() == red.min() == red.max() == 128


def test_luma_and_chroma_edges_stay_together(tmp_path: Path) -> None:
    picture = np.zeros((180, 320, 3), np.uint8)
    picture[:, 160:] = (0, 0, 255)
    cv2.imwrite(str(tmp_path / "edge.png"), picture)
    luma, _, red = plane_views(open_still(tmp_path / "edge.png", STILL, 60, SMALL).frame(0))
    assert int(np.argmax(luma[90] > 40)) == 160
    assert int(np.argmax(red[45] > 184)) == 80


def test_transparency_and_phone_orientation_are_understood(tmp_path: Path) -> None:
    Image.new("RGBA", (320, 180), (10, 200, 30, 255)).save(tmp_path / "alpha.png")
    assert plane_views(open_still(tmp_path / "alpha.png", STILL, 60, SMALL).frame(0))[0].mean() > 100
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.new("RGB", (40, 80), "black")
    image.paste("white", (0, 0, 40, 40))
    image.save(tmp_path / "turned.jpg", exif=exif)
    luma = plane_views(open_still(tmp_path / "turned.jpg", STILL, 60, SMALL).frame(0))[0]
    assert luma[:, :100].mean() < 40 and luma[:, -100:].mean() > 200


@pytest.mark.parametrize("content", [b"", b"#EXTM3U\nfile:///etc/passwd", b"<svg/>", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_picture_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.png").write_bytes(content)
    with pytest.raises(UserError, match=r"p\.png"):
        open_still(tmp_path / "p.png", STILL, 60, SMALL)


def test_a_missing_picture_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.png"):
        open_still(tmp_path / "none.png", STILL, 60, SMALL)
