"""What a composition is given to draw with, and what it gives back."""

from dataclasses import dataclass

import numpy as np

from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.palettes import Light, Palette
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.subject import Weather


@dataclass(frozen=True)
class Stage:
    """The canvas and the circumstances: colours, light, weather, and the words the scene is told in."""

    canvas: Canvas
    rng: np.random.Generator
    palette: Palette
    light: Light
    weather: Weather
    mood: Mood
    words: frozenset[str]

    @property
    def width(self) -> int:
        """Width of the frame in pixels."""
        return self.canvas.width

    @property
    def height(self) -> int:
        """Height of the frame in pixels."""
        return self.canvas.height

    @property
    def unit(self) -> float:
        """The shorter side in pixels."""
        return self.canvas.unit

    @property
    def tall(self) -> bool:
        """Whether the frame stands upright."""
        return self.height > self.width

    def between(self, low: float, high: float) -> float:
        """A random number in the range."""
        return float(self.rng.uniform(low, high))

    def chance(self, share: float) -> bool:
        """True in `share` of the cases."""
        return bool(self.rng.random() < share)

    def says(self, *words: str) -> bool:
        """Whether the scene's text has one of the words."""
        return any(word in self.words for word in words)


@dataclass(frozen=True)
class Footing:
    """Where people may stand: the middle of the group and the ground under it, and how tall a grown-up is (pixels).

    `backlit` (0..1) is how much of a silhouette they are against the light.
    """

    x: float
    ground: float
    tall: float
    backlit: float = 0.35


@dataclass(frozen=True)
class Composed:
    """What a composition has made: the point the eye goes to (pixels) and where people may stand, if anywhere."""

    focus: Point
    footing: Footing | None = None
