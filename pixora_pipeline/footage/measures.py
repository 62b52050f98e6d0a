"""What a picture looks like, and how much another differs from it: a few numbers, by which scenes are described."""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Small, in BGR."""

_HUES = (
    (10, "red"), (22, "orange"), (34, "yellow"), (80, "green"), (98, "teal"), (128, "blue"), (155, "purple"),
    (172, "pink"), (256, "red"),
)  # fmt: skip
COLOURS = ("black", "white", "grey", *dict.fromkeys(name for _, name in _HUES))
_PALE, _DIM = 45, 40
"""What is less saturated or less bright has no colour to speak of."""

_BLACK, _WHITE = 60, 190


def brightness(picture: Picture) -> float:
    """How bright it is, from 0 to 1."""
    return float(picture.max(axis=2).mean() / 255)


def change(one: Picture, other: Picture) -> float:
    """How much another picture differs from it, from 0 to 1."""
    return float(cv2.absdiff(one, other).mean() / 255)


def colour_shares(picture: Picture) -> NDArray[np.float64]:
    """The share of the picture that each of `COLOURS` has."""
    hue, saturation, value = cv2.split(cv2.cvtColor(picture, cv2.COLOR_BGR2HSV))
    colourless = (saturation < _PALE) | (value < _DIM)
    counts = np.bincount(np.where(colourless, _OF_VALUE[value], _OF_HUE[hue]).ravel(), minlength=len(COLOURS))
    return counts / counts.sum()


def _by_hue() -> NDArray[np.uint8]:
    uppers, names = zip(*_HUES, strict=True)
    return np.array([COLOURS.index(names[at]) for at in np.searchsorted(uppers, range(256), "right")], np.uint8)


def _by_value() -> NDArray[np.uint8]:
    names = ("black" if value < _BLACK else "white" if value > _WHITE else "grey" for value in range(256))
    return np.array([COLOURS.index(name) for name in names], np.uint8)


_OF_HUE, _OF_VALUE = _by_hue(), _by_value()
