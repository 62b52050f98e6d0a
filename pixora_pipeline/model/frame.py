"""The shapes and sizes a film can have."""

from typing import Literal, get_args

Aspect = Literal["16:9", "9:16", "1:1", "4:5"]
Resolution = Literal["240p", "480p", "720p", "1080p", "1440p", "2160p"]

Fps = Literal[24, 25, 30, 60]
"""Frames a second."""

ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
RESOLUTIONS: tuple[Resolution, ...] = get_args(Resolution)
FRAME_RATES: tuple[Fps, ...] = get_args(Fps)

OVERSCAN = 1.125
"""Pictures are drawn this much larger than the film, so that the camera can move without enlarging them."""


def frame_size(aspect: Aspect, resolution: Resolution) -> tuple[int, int]:
    """Width and height in pixels, both even. The resolution counts the shorter side."""
    short, (across, down) = int(resolution.removesuffix("p")), map(int, aspect.split(":"))
    return _even(short * max(1.0, across / down)), _even(short * max(1.0, down / across))


def shape_of(aspect: Aspect) -> float:
    """Width to height."""
    across, down = map(int, aspect.split(":"))
    return across / down


def picture_size(aspect: Aspect, resolution: Resolution) -> tuple[int, int]:
    """The size of a still that such a film is made from."""
    width, height = frame_size(aspect, resolution)
    return _even(width * OVERSCAN), _even(height * OVERSCAN)


def _even(pixels: float) -> int:
    return 2 * round(pixels / 2)
