"""A colour is the same colour in the film, whatever codes its source had for it."""

from fractions import Fraction

import av
import numpy as np
import pytest

from pixora_pipeline.media import fitting
from pixora_pipeline.media.picture import plane_views
from pixora_pipeline.media.recolouring import WEIGHTS, recolouring
from pixora_pipeline.media.timing import FilmFormat

COLOURS = np.random.default_rng(0).random((64, 3))
"""Red, green and blue, one colour a line of the pictures below."""


def codes(colours: np.ndarray, matrix: str, full_range: bool) -> np.ndarray:
    """Y, Cb and Cr of each colour, by the definition."""
    red, blue = WEIGHTS[matrix]
    luma = colours @ (red, 1 - red - blue, blue)
    differences = (colours[:, 2] - luma) / (2 - 2 * blue), (colours[:, 0] - luma) / (2 - 2 * red)
    black, luma_steps, chroma_steps = (0, 255, 255) if full_range else (16, 219, 224)
    return np.stack([black + luma_steps * luma, *(128 + chroma_steps * each for each in differences)], axis=1)


def picture(values: np.ndarray) -> av.VideoFrame:
    """A line of two pixels by two for each colour."""
    frame = av.VideoFrame(64, 2 * len(values), "yuv420p")
    for number, plane in enumerate(plane_views(frame)):
        plane[:] = np.rint(np.repeat(values[:, number], 1 if number else 2))[:, None].clip(0, 255)
    frame.pts, frame.time_base = 0, Fraction(1, 30)
    return frame


@pytest.mark.parametrize("full_range", [False, True])
@pytest.mark.parametrize("matrix", list(WEIGHTS))
def test_colours_of_any_matrix_and_range_become_the_films(matrix: str, full_range: bool) -> None:
    planes = plane_views(picture(codes(COLOURS, matrix, full_range)))
    if wanted := recolouring(matrix, full_range):
        wanted.apply(*planes)
    expected = codes(COLOURS, "bt709", False)
    for number, plane in enumerate(planes):
        # Between two colours, brightness takes a little of both: chroma is half as fine.
        found = plane if number else (plane[::2].astype(float) + plane[1::2]) / 2
        allowed = 1.6 if number else 30.0
        assert np.abs(found - expected[:, number, None]).max() < allowed
        assert abs((found - expected[:, number, None]).mean()) < 0.6


@pytest.mark.parametrize(("space", "colour_range"), [(1, 1), (1, 2), (5, 1), (6, 2)])
def test_codes_are_changed_as_the_filters_would_change_them(
    space: int, colour_range: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fmt = FilmFormat(64, 128, fps=30, handle=6)

    def planes() -> list[np.ndarray]:
        frame = picture(
            np.repeat(codes(0.2 + 0.6 * COLOURS, fitting.MATRICES[space], colour_range == 2)[:4], 16, axis=0)
        )
        frame.colorspace, frame.color_range = space, colour_range
        fitted = fitting.Fitter("crop", (0.5, 0.5), Fraction(1), fmt).fitted(frame)
        return [plane.astype(int) for plane in plane_views(fitted)]

    quick = planes()
    monkeypatch.setattr(fitting, "is_plain", lambda *_: False)
    for one, other in zip(quick, planes(), strict=True):
        assert np.abs(one - other).mean() < 1
