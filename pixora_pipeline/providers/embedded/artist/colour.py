"""Colour in OKLCH: conversion to sRGB, mixing, shifting. What belongs here knows nothing of scenes or palettes.

A `Colour` is a float32 array of shape (3,), gamma-encoded sRGB in 0..1. Palettes are designed in OKLCH because equal
steps there look equal, whatever the hue.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float32]

_LAB_TO_LMS = np.array(
    [[1.0, 0.3963377774, 0.2158037573], [1.0, -0.1055613458, -0.0638541728], [1.0, -0.0894841775, -1.2914855480]]
)
_LMS_TO_RGB = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)


@dataclass(frozen=True)
class Tone:
    """A colour by perceived lightness (0..1), chroma (0..0.37) and hue (degrees)."""

    lightness: float
    chroma: float
    hue: float

    def colour(self) -> Colour:
        """The nearest sRGB colour; chroma gives way before lightness and hue do."""
        for share in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.15, 0.0):
            linear = self._linear(self.chroma * share)
            if linear.min() >= -0.002 and linear.max() <= 1.002:
                break
        return encode(np.clip(linear, 0.0, 1.0)).astype(np.float32)

    def _linear(self, chroma: float) -> NDArray[np.float64]:
        angle = np.deg2rad(self.hue)
        lab = np.array([self.lightness, chroma * np.cos(angle), chroma * np.sin(angle)])
        return np.asarray(_LMS_TO_RGB @ (_LAB_TO_LMS @ lab) ** 3)

    def shifted(self, lightness: float = 0.0, chroma: float = 1.0, hue: float = 0.0) -> "Tone":
        """The same tone, lighter by `lightness`, its chroma scaled, its hue turned by degrees."""
        light = min(max(self.lightness + lightness, 0.0), 1.0)
        return replace(self, lightness=light, chroma=self.chroma * chroma, hue=(self.hue + hue) % 360)

    def towards(self, other: "Tone", share: float) -> "Tone":
        """The tone that lies `share` of the way to `other`, along a straight line in OKLab."""
        here, there = self._lab(), other._lab()
        light, a, b = here + (there - here) * share
        return Tone(float(light), float(np.hypot(a, b)), float(np.rad2deg(np.arctan2(b, a)) % 360))

    def _lab(self) -> NDArray[np.float64]:
        angle = np.deg2rad(self.hue)
        return np.array([self.lightness, self.chroma * np.cos(angle), self.chroma * np.sin(angle)])


def encode(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear light to gamma-encoded sRGB."""
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` of `other` in it."""
    return (one + (other - one) * np.float32(share)).astype(np.float32)


def ramp(stops: list[tuple[float, Tone]], at: NDArray[np.float32]) -> NDArray[np.float32]:
    """Colours along `stops` (place, tone; places ascending), mixed in OKLab. Shape (3,) + at.shape."""
    places = np.linspace(stops[0][0], stops[-1][0], 64)
    table = np.stack([_between(stops, float(place)).colour() for place in places])
    return np.stack([np.interp(at, places, table[:, channel]) for channel in range(3)]).astype(np.float32)


def _between(stops: list[tuple[float, Tone]], place: float) -> Tone:
    for (start, first), (end, second) in pairwise(stops):
        if place <= end:
            return first.towards(second, (place - start) / max(end - start, 1e-9))
    return stops[-1][1]
