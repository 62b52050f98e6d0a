"""The film's colours: families designed by hand in OKLCH, shifted by the light of the scene and by its mood.

A film's `palette_seed` picks one family, so that all its pictures belong together. A family gives hues; the light
(dawn, day, dusk, night) gives lightness and chroma; the mood moves both a little.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.embedded.artist.colour import Colour, Tone

Light = Literal["dawn", "day", "dusk", "night"]


@dataclass(frozen=True)
class Hues:
    """A family's hues in degrees of OKLCH, and how colourful it is."""

    zenith: float
    middle: float
    horizon: float
    glow: float
    land: float
    leaf: float
    accent: float
    chroma: float = 1.0


@dataclass(frozen=True)
class Family:
    """One film's colours: hues for warm light (dawn and dusk), for day and for night."""

    name: str
    warm: Hues
    day: Hues
    night: Hues


FAMILIES: tuple[Family, ...] = (
    Family(
        "ember",
        Hues(330, 18, 62, 85, 25, 120, 45, 1.05),
        Hues(240, 225, 85, 92, 45, 125, 35),
        Hues(268, 270, 285, 90, 270, 165, 65),
    ),
    Family(
        "lagoon",
        Hues(262, 320, 48, 80, 300, 165, 30),
        Hues(232, 210, 190, 100, 215, 160, 40),
        Hues(240, 225, 200, 105, 230, 175, 75, 0.95),
    ),
    Family(
        "heather",
        Hues(290, 335, 20, 70, 320, 140, 15, 0.95),
        Hues(268, 280, 350, 80, 305, 135, 10, 0.85),
        Hues(288, 300, 325, 85, 292, 190, 55),
    ),
    Family(
        "harvest",
        Hues(235, 60, 78, 92, 60, 110, 32, 0.95),
        Hues(228, 205, 95, 95, 80, 115, 50, 0.9),
        Hues(255, 240, 75, 85, 250, 140, 60, 0.85),
    ),
    Family(
        "fjord",
        Hues(250, 265, 42, 75, 255, 175, 30, 0.85),
        Hues(245, 230, 215, 95, 240, 170, 55, 0.85),
        Hues(250, 235, 170, 140, 235, 180, 80, 0.9),
    ),
    Family(
        "rosewood",
        Hues(12, 28, 50, 78, 10, 90, 350, 1.0),
        Hues(215, 50, 60, 85, 25, 130, 18, 0.8),
        Hues(320, 340, 20, 70, 325, 170, 40, 0.9),
    ),
    Family(
        "verdigris",
        Hues(210, 180, 90, 95, 190, 150, 48, 0.85),
        Hues(205, 190, 110, 105, 165, 145, 42, 0.85),
        Hues(215, 195, 165, 110, 200, 160, 70, 0.9),
    ),
    Family(
        "amethyst",
        Hues(280, 345, 38, 75, 310, 150, 350, 1.1),
        Hues(258, 250, 320, 90, 285, 150, 345, 0.95),
        Hues(278, 262, 310, 95, 280, 200, 350, 1.1),
    ),
)

# Lightness and chroma of each part of the picture, by light.
_SCALES: dict[Light, dict[str, tuple[float, float]]] = {
    "dawn": {
        "zenith": (0.56, 0.085),
        "middle": (0.73, 0.085),
        "horizon": (0.89, 0.075),
        "glow": (0.97, 0.055),
        "far": (0.70, 0.065),
        "near": (0.25, 0.045),
        "leaf": (0.45, 0.07),
    },
    "day": {
        "zenith": (0.60, 0.105),
        "middle": (0.77, 0.075),
        "horizon": (0.93, 0.035),
        "glow": (0.985, 0.03),
        "far": (0.74, 0.05),
        "near": (0.31, 0.05),
        "leaf": (0.54, 0.105),
    },
    "dusk": {
        "zenith": (0.34, 0.105),
        "middle": (0.56, 0.15),
        "horizon": (0.82, 0.135),
        "glow": (0.95, 0.085),
        "far": (0.62, 0.11),
        "near": (0.15, 0.035),
        "leaf": (0.34, 0.06),
    },
    "night": {
        "zenith": (0.15, 0.055),
        "middle": (0.25, 0.075),
        "horizon": (0.40, 0.085),
        "glow": (0.94, 0.035),
        "far": (0.30, 0.065),
        "near": (0.08, 0.025),
        "leaf": (0.24, 0.045),
    },
}

# Mood: lightness added, chroma scaled, hue turned (degrees).
_MOODS: dict[Mood, tuple[float, float, float]] = {
    "calm": (0.0, 0.95, 0.0),
    "hopeful": (0.03, 1.05, 4.0),
    "joyful": (0.03, 1.22, 6.0),
    "curious": (0.01, 1.05, -8.0),
    "mysterious": (-0.05, 0.88, -14.0),
    "tense": (-0.05, 0.95, -5.0),
    "sad": (-0.04, 0.5, -6.0),
    "epic": (-0.02, 1.2, 3.0),
}


@dataclass(frozen=True)
class Palette:
    """The tones of one picture. `far` is land lost in the air, `near` the darkest ground."""

    name: str
    light: Light
    zenith: Tone
    middle: Tone
    horizon: Tone
    glow: Tone
    far: Tone
    near: Tone
    leaf: Tone
    accent: Tone
    lamp: Tone
    paper: Tone

    @property
    def dark(self) -> bool:
        """Whether lamps and stars show."""
        return self.light == "night"

    def land(self, nearness: float) -> Colour:
        """Land at `nearness` 0 (lost in the air) to 1 (at our feet)."""
        return self.far.towards(self.near, nearness).colour()

    def foliage(self, nearness: float, variant: float = 0.0) -> Colour:
        """Leaves and grass at that nearness; `variant` (-1..1) leans them cooler or warmer."""
        lit = self.leaf.shifted(lightness=0.03 * variant, hue=-18 * variant)
        return self.far.towards(lit, min(1.0, 0.25 + nearness)).towards(self.near, max(0.0, nearness - 0.45)).colour()

    def stone(self, nearness: float, lightness: float = 0.0) -> Colour:
        """Walls and rock: the land's hue, greyer, lit a little by the glow."""
        base = self.far.towards(self.glow, 0.25).shifted(lightness=lightness, chroma=0.8)
        return base.towards(self.near, nearness).colour()


def palette(palette_seed: int, light: Light, mood: Mood) -> Palette:
    """The colours of a scene in that light and mood, in the family of its film."""
    family = FAMILIES[int(np.random.default_rng([11, abs(palette_seed)]).integers(len(FAMILIES)))]
    return toned(family, light, mood)


def toned(family: Family, light: Light, mood: Mood) -> Palette:
    """A family's colours in a light and a mood."""
    hues = {"day": family.day, "night": family.night}.get(light, family.warm)
    scale = _SCALES[light]
    lighter, stronger, turn = _MOODS[mood]

    def tone(part: str, hue: float) -> Tone:
        lightness, chroma = scale[part]
        return Tone(lightness, chroma * hues.chroma, hue).shifted(lighter, stronger, turn)

    return Palette(
        name=family.name,
        light=light,
        zenith=tone("zenith", hues.zenith),
        middle=tone("middle", hues.middle),
        horizon=tone("horizon", hues.horizon),
        glow=tone("glow", hues.glow).shifted(lightness=-lighter),
        far=tone("far", hues.land),
        near=tone("near", hues.land),
        leaf=tone("leaf", hues.leaf),
        accent=Tone(0.62, 0.16, hues.accent).shifted(lighter, stronger, turn),
        lamp=Tone(0.86, 0.13, 78),
        paper=Tone(0.95, 0.02, hues.horizon),
    )
