"""What a stretch of video looks like, measured on a few of its pictures and said in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.footage.frames import SmallFrame

PICTURES = 5
"""How many pictures of a scene are measured, in pairs a short step apart so that motion is seen."""
_LONG_SECONDS, _VERY_LONG_SECONDS = 3600.0, 3 * 3600.0
"""Sources from this length on are measured by two pairs a scene, and by one: each costs a seek."""
STEP_SECONDS = 0.2

_HUES = (
    (10, "red"), (22, "orange"), (34, "yellow"), (80, "green"), (98, "teal"), (128, "blue"), (155, "purple"),
    (172, "pink"), (180, "red"),
)  # fmt: skip
_MOTIONS = ((0.004, "still"), (0.02, "gentle"), (0.06, "steady"), (0.12, "lively"), (1.01, "fast"))
_BRIGHTNESSES = ((0.18, "dark"), (0.38, "dim"), (0.68, "evenly lit"), (1.01, "bright"))
_LEAST_SHARE = 0.18


@dataclass(frozen=True)
class Look:
    """Brightness and motion from 0 to 1, the strongest colours first, and the sentence that says them."""

    brightness: float
    motion: float
    colours: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Such as `A bright picture in green and blue, gentle movement.`"""
        light = next(word for limit, word in _BRIGHTNESSES if self.brightness < limit)
        pace = next(word for limit, word in _MOTIONS if self.motion < limit)
        article = "An" if light[0] in "aeiou" else "A"
        colours = " and ".join(self.colours) or "muted colours"
        movement = "a still camera and subject" if pace == "still" else f"{pace} movement"
        return f"{article} {light} picture in {colours}, {movement}."


def sample_times(start: float, end: float, pairs: int = PICTURES) -> list[float]:
    """When to look at a scene: pairs of moments, spread over it, away from its edges."""
    span = end - start
    firsts = np.linspace(start + span * 0.12, end - span * 0.2, pairs) if pairs > 1 else [start + span * 0.4]
    return sorted(round(float(t), 3) for first in firsts for t in (first, min(first + STEP_SECONDS, end - 0.05)))


def pairs_for(seconds: float) -> int:
    """How many pairs of pictures of each scene are worth their time in a source of that length."""
    if seconds < _LONG_SECONDS:
        return PICTURES
    return 2 if seconds < _VERY_LONG_SECONDS else 1


def look_of(taken: Sequence[SmallFrame | None]) -> Look:
    """The measures of a scene's pictures, as `sample_times` had them taken; None is one that could not be."""
    frames = [frame for frame in taken if frame]
    if not frames:
        return Look(0.0, 0.0, ())
    hsv = [cv2.cvtColor(frame.pixels, cv2.COLOR_BGR2HSV) for frame in frames]
    brightness = float(np.mean([picture[..., 2].mean() for picture in hsv]) / 255)
    pairs = ((one, other) for one, other in zip(taken[::2], taken[1::2], strict=False) if one and other)
    changes = [_change(one.pixels, other.pixels) for one, other in pairs if one.time < other.time]
    return Look(round(brightness, 4), round(float(np.mean(changes or [0.0])), 4), _colours(hsv))


def _change(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    return float(cv2.absdiff(one, other).mean() / 255)


def _colours(pictures: list[NDArray[np.uint8]]) -> tuple[str, ...]:
    shares: dict[str, float] = {}
    pixels = np.concatenate([picture.reshape(-1, 3) for picture in pictures])
    hue, saturation, value = pixels[:, 0], pixels[:, 1], pixels[:, 2]
    grey = (saturation < 45) | (value < 40)
    shares["black"] = float((grey & (value < 60)).mean())
    shares["white"] = float((grey & (value > 190)).mean())
    shares["grey"] = float((grey & (value >= 60) & (value <= 190)).mean())
    lower = 0
    for upper, name in _HUES:
        shares[name] = shares.get(name, 0.0) + float((~grey & (hue >= lower) & (hue < upper)).mean())
        lower = upper
    strongest = sorted(shares.items(), key=lambda each: -each[1])
    return tuple(name for name, share in strongest[:2] if share >= _LEAST_SHARE)
