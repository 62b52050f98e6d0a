"""How each style of burned captions looks. Data only; sizes are shares of the frame's shorter side."""

from dataclasses import dataclass

from pixora_pipeline.media.typefaces import ITALIC, ROMAN, SANS
from pixora_pipeline.model.captions import CaptionStyle

WHITE, WARM, BLACK, YELLOW, GREY = "FFFFFF", "FFF8EA", "101014", "FFD84A", "D8D8DC"


@dataclass(frozen=True)
class CaptionLook:
    """Colours are RGB in hexadecimal; `opacity` is that of the outline and the shadow, 0 to 1.

    With `box` the shadow is a box around the words, and its size the room around them. `letters` is the most on a
    line. `lit` is the colour of the word that is being spoken; with `dimmed` the others stand back. `few` shows a few
    words at a time, each coming up with a little jump.
    """

    faces: tuple[str, ...]
    size: float
    letters: float
    colour: str
    outline: float
    shadow: float
    opacity: float
    box: bool = False
    bold: bool = False
    lit: str | None = None
    dimmed: str | None = None
    few: bool = False


LOOKS: dict[CaptionStyle, CaptionLook] = {
    "classic": CaptionLook((SANS, ROMAN), 0.046, 42, WHITE, 0.0032, 0.0022, 0.85),
    "box": CaptionLook((SANS, ROMAN), 0.042, 42, WHITE, 0.0, 0.014, 0.62, box=True),
    "elegant": CaptionLook((ITALIC, ROMAN, SANS), 0.054, 42, WARM, 0.0012, 0.0034, 0.7),
    "karaoke": CaptionLook((SANS, ROMAN), 0.052, 34, WHITE, 0.004, 0.0025, 0.9, bold=True, lit=YELLOW, dimmed=GREY),
    "pop": CaptionLook((SANS, ROMAN), 0.088, 16, WHITE, 0.0075, 0.004, 0.95, bold=True, lit=YELLOW, few=True),
}
