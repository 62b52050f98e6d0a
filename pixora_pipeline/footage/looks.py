"""What a stretch of video looks like, in plain words, by the measures of the glances at it."""

from dataclasses import dataclass

from pixora_pipeline.footage.glances import Glances
from pixora_pipeline.footage.measures import COLOURS

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


def look_of(seen: Glances) -> Look:
    """The look of a stretch; a dark one where nothing of it could be seen."""
    if not len(seen.start):
        return Look(0.0, 0.0, ())
    shares = dict(zip(COLOURS, seen.colours.mean(axis=0).tolist(), strict=True))
    strongest = sorted(shares, key=lambda name: -shares[name])[:2]
    colours = tuple(name for name in strongest if shares[name] >= _LEAST_SHARE)
    return Look(round(float(seen.brightness.mean()), 4), round(float(seen.change.mean()), 4), colours)
