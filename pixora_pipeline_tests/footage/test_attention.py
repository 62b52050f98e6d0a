"""A crop keeps what moves in view, and looks at the middle wherever that is no safe guess."""

import math
import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

from pixora_pipeline.footage.looking import find_focuses
from pixora_pipeline.footage.probing import probe_source
from pixora_pipeline.media.reel import Cut, Reel
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.footage import MIDDLE, Shot, ShotFocus, ShotFocuses

WIDTH, HEIGHT, FPS, SECONDS = 320, 180, 15, 6
Picture = NDArray[np.uint8]
Thing = Callable[[Picture, float], None]
"""Draws itself on a picture, as it is at a second of the film."""


def somebody(x: int) -> Thing:
    """Head and body, swaying, about a column."""

    def draw(picture: Picture, t: float) -> None:
        body, head = x + round(8 * math.sin(3 * t)), x + round(6 * math.sin(5 * t))
        picture[56:166, body - 13 : body + 13] = (176, 48, 32)
        picture[30:54, head - 11 : head + 11] = (245, 222, 179)

    return draw


def on_the_side(picture: Picture, t: float) -> None:
    """Somebody at the right, filmed with the camera on its side."""
    body, head = 90 + round(12 * math.sin(3 * t)), 90 + round(10 * math.sin(5 * t))
    picture[body - 20 : body + 20, 230:288] = (176, 48, 32)
    picture[head - 14 : head + 14, 290:312] = (245, 222, 179)


def clock(picture: Picture, t: float) -> None:
    if round(t * FPS) % 4 < 2:
        picture[8:20, 290:310] = 255


def words(picture: Picture, t: float) -> None:
    picture[160:174] = 40
    for at in range(0, WIDTH, 40):
        left = (at - round(90 * t)) % WIDTH
        picture[162:172, left : left + 14] = 255


def water(picture: Picture, t: float) -> None:
    waves = np.random.default_rng(round(t * FPS)).integers(40, 200, (9, 32), np.uint8)
    picture[90:] = np.repeat(np.repeat(waves, 10, axis=0), 10, axis=1)[..., None]


def filmed(to: Path, *things: Thing, pan: float = 0.0, shake: int = 0, turned: int = 0) -> Path:
    """A wall with pictures on it and things before it, by a camera with some grain."""
    dice = np.random.default_rng(4)
    wall = np.full((HEIGHT, 4 * WIDTH, 3), 120, np.uint8)
    for left, top in zip(range(10, 4 * WIDTH - 60, 70), dice.integers(10, 120, 40), strict=False):
        wall[top : top + 40, left : left + 50] = dice.integers(30, 220, 3)
    flat = to.with_name(f"flat-{to.name}") if turned else to
    size = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS)]
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    begin = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"]
    frames = []
    for number in range(FPS * SECONDS):
        left = 20 + round(pan * number / FPS) + int(dice.integers(-shake, shake + 1))
        picture = wall[:, left : left + WIDTH].copy()
        for thing in things:
            thing(picture, number / FPS)
        frames.append(np.clip(picture + dice.normal(0, 4, picture.shape), 0, 255).astype(np.uint8).tobytes())
    subprocess.run([*begin, *size, "-i", "-", *coded, flat], input=b"".join(frames), check=True)
    if turned:
        subprocess.run([*begin, "-display_rotation", str(turned), "-i", flat, "-c", "copy", to], check=True)
    return to


def focus(video: Path) -> tuple[float, float]:
    shots = (Shot(start=0.0, end=float(SECONDS)),)
    return find_focuses(video, probe_source(video), shots, video.with_suffix(".npz")).within(0.0, SECONDS)


@pytest.mark.parametrize(("x", "least", "most"), [(40, 0.1, 0.27), (270, 0.75, 0.92), (160, 0.5, 0.5)])
def test_somebody_who_moves_is_kept_in_view(x: int, least: float, most: float, tmp_path: Path) -> None:
    assert least <= focus(filmed(tmp_path / "v.mp4", somebody(x)))[0] <= most


@pytest.mark.parametrize(
    "things",
    [
        pytest.param((), id="nobody"),
        pytest.param((clock,), id="a clock in a corner"),
        pytest.param((somebody(40), somebody(270)), id="two people"),
        pytest.param((words,), id="a line of words"),
        pytest.param((water,), id="the sea"),
    ],
)
def test_the_middle_counts_where_it_would_be_a_guess(things: tuple[Thing, ...], tmp_path: Path) -> None:
    assert focus(filmed(tmp_path / "v.mp4", *things)) == MIDDLE


@pytest.mark.parametrize("camera", [{"pan": 60.0}, {"shake": 3}])
def test_a_camera_that_moves_is_nobody(camera: dict, tmp_path: Path) -> None:
    assert focus(filmed(tmp_path / "v.mp4", **camera)) == MIDDLE


@pytest.mark.parametrize("besides", [words, water])
def test_what_goes_on_all_along_the_frame_takes_nobodys_place(besides: Thing, tmp_path: Path) -> None:
    assert focus(filmed(tmp_path / "v.mp4", besides, somebody(270)))[0] > 0.75


@pytest.mark.parametrize(("turned", "least", "most"), [(90, 0.05, 0.25), (-90, 0.75, 0.95)])
def test_a_phone_held_upright_is_looked_at_upright(turned: int, least: float, most: float, tmp_path: Path) -> None:
    x, y = focus(filmed(tmp_path / "v.mp4", on_the_side, turned=turned))
    assert x == 0.5
    assert least <= y <= most


@pytest.mark.parametrize(
    ("thing", "turned", "size"),
    [(somebody(270), 0, (90, 160)), (on_the_side, 90, (160, 90)), (on_the_side, -90, (160, 90))],
)
def test_the_crop_holds_whoever_moves(thing: Thing, turned: int, size: tuple[int, int], tmp_path: Path) -> None:
    video = filmed(tmp_path / "v.mp4", thing, turned=turned)
    fmt = FilmFormat(*size, 15, 3)

    def reds(point: tuple[float, float]) -> float:
        frame = Reel((Cut(video, 0.0, 3.0, point),), 20).open(fmt).frame(10)
        rgb = frame.to_ndarray(format="rgb24").astype(np.int32)
        return float(((rgb[..., 0] - rgb[..., 1]) > 80).mean())

    assert reds(focus(video)) > 0.05
    assert reds(MIDDLE) < 0.02


def test_a_clip_looks_where_most_of_it_is() -> None:
    found = ShotFocuses(
        found=(
            ShotFocus(start=0, end=4, point=(0.2, 0.5)),
            ShotFocus(start=4, end=8, point=(0.26, 0.5)),
            ShotFocus(start=20, end=24, point=(0.8, 0.5)),
        )
    )
    assert found.within(2, 6) == (0.23, 0.5)
    assert found.within(6, 14) == MIDDLE
    assert found.within(21, 24) == (0.8, 0.5)
    assert ShotFocuses(found=()).within(0, 5) == MIDDLE
