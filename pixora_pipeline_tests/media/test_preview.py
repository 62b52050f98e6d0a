"""Small pictures show what they stand for."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.preview import poster, thumbnail, waveform
from pixora_pipeline_tests.media.material import SMALL, SmallFilm, ramp_luma, texture, tone, write_wav


def test_a_poster_is_the_frame_of_its_time(small_film: SmallFilm, tmp_path: Path) -> None:
    span = small_film.timeline.scenes[1]
    at = span.start + 30
    poster(small_film.path, (at + 0.5) / SMALL.fps, tmp_path / "p.png")
    grey = np.asarray(Image.open(tmp_path / "p.png").convert("L")).mean()
    assert grey == pytest.approx((ramp_luma(30, span.frames) - 16) * 255 / 219, abs=1.0)


@pytest.mark.parametrize("at", [-3.0, 0.0, 1e6])
def test_a_time_outside_the_film_gives_its_nearest_frame(small_film: SmallFilm, tmp_path: Path, at: float) -> None:
    poster(small_film.path, at, tmp_path / "p.jpg")
    assert Image.open(tmp_path / "p.jpg").size == (320, 180)


def test_thumbnails_are_small_webp_and_never_enlarged(tmp_path: Path) -> None:
    picture = texture(tmp_path / "p.png", 640, 361)
    small = Image.open(io.BytesIO(thumbnail(picture, 160)))
    assert (small.format, small.size) == ("WEBP", (160, 90))
    assert Image.open(io.BytesIO(thumbnail(picture, 2000))).size == (640, 361)


def test_a_waveform_is_tall_where_it_is_loud(tmp_path: Path) -> None:
    sound = np.concatenate([tone(1.0, level=0.1), tone(1.0, level=0.8), np.zeros(48_000)])
    waveform(write_wav(tmp_path / "s.wav", sound), tmp_path / "w.png")
    tall = (np.asarray(Image.open(tmp_path / "w.png"))[..., 3] > 0).sum(axis=0)
    assert tall[600] > 6 * tall[200] > 6 * tall[1000] >= 6


def test_what_cannot_be_shown_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_bytes(b"no film")
    with pytest.raises(UserError, match=r"x\.mp4"):
        poster(tmp_path / "x.mp4", 0, tmp_path / "p.png")
    with pytest.raises(UserError, match=r"x\.mp4"):
        thumbnail(tmp_path / "x.mp4", 100)
