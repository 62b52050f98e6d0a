"""A thumbnail shows the moment it is called after, as people would see it."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.seeing import write_pictures
from pixora_pipeline.footage.thumbnails import keep_thumbnail

BEFORE, AFTER = (200, 30, 30), (30, 30, 200)


def ffmpeg(*arguments: object) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def two_seconds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A red second and a blue one, with a white bar at the top."""
    to = tmp_path_factory.mktemp("thumbnails") / "plain.mp4"
    bar = "drawbox=w=iw:h=24:c=white:t=fill"
    red, blue = (f"color=0x{r:02x}{g:02x}{b:02x}:s=192x108:r=15:d=1" for r, g, b in (BEFORE, AFTER))
    ffmpeg("-f", "lavfi", "-i", red, "-f", "lavfi", "-i", blue, "-filter_complex", f"[0][1]concat=n=2,{bar}",
           "-c:v", "libx264", "-preset", "ultrafast", to)  # fmt: skip
    return to


def variant(plain: Path, to: Path, *options: object, before: tuple = ()) -> Path:
    ffmpeg(*before, "-i", plain, "-c", "copy", *options, to)
    return to


def colour(file: Path, at: tuple[float, float]) -> tuple[int, ...]:
    """The colour of a place in a picture, from its left top to its right bottom."""
    picture = Image.open(file).convert("RGB")
    x, y = (int(share * (side - 1)) for share, side in zip(at, picture.size, strict=True))
    return tuple(picture.getpixel((x, y)))


def is_near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return bool(np.abs(np.subtract(one, other)).max() < 30)


def test_it_shows_its_moment_though_the_clock_begins_elsewhere(two_seconds: Path, tmp_path: Path) -> None:
    late = variant(two_seconds, tmp_path / "late.ts", "-output_ts_offset", 5000)
    for video in (two_seconds, late):
        shown = [colour(keep_thumbnail(video, video.stem, at, tmp_path), (0.5, 0.6)) for at in (0.4, 1.6)]
        assert is_near(shown[0], BEFORE) and is_near(shown[1], AFTER)


@pytest.mark.parametrize(("degrees", "bar"), [(90, (0.05, 0.5)), (-90, (0.95, 0.5)), (180, (0.5, 0.95))])
def test_a_video_filmed_on_its_side_stands_upright(
    two_seconds: Path, tmp_path: Path, degrees: int, bar: tuple[float, float]
) -> None:
    turned = variant(two_seconds, tmp_path / "phone.mp4", before=("-display_rotation", degrees))
    small = keep_thumbnail(turned, "phone", 0.4, tmp_path)
    (seen, *_) = write_pictures(turned, "phone", 0, 2, tmp_path)
    for file in (small, seen):
        width, height = Image.open(file).size
        assert (height > width) == (degrees % 180 != 0) and max(width, height) == 192
        assert is_near(colour(file, bar), (255, 255, 255))


def test_what_is_beyond_the_end_has_no_picture(two_seconds: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no picture at 50 s"):
        keep_thumbnail(two_seconds, "plain", 50, tmp_path)
    assert not list(tmp_path.iterdir())
