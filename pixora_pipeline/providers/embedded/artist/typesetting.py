"""Laying words out: how large they are, in which face, and where their lines break. Nothing is drawn here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import ImageFont

from pixora_pipeline.media.typefaces import CAPITALS, ITALIC, ROMAN, SANS, Typeface, face_for
from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.wording import is_spaced, is_whole, lines, shortened

MARGIN = 0.105  # of the frame on each side: a little more than the promised tenth
_SMALLEST, _SMALLEST_WHOLE = 0.034, 0.045
"""Of the shorter side: letters are no smaller, and not to keep a long word in one piece."""


@dataclass(frozen=True)
class Line:
    """One line of words: its face and size (pixels), the space between letters (pixels), its box's height."""

    text: str
    face: Typeface
    size: int
    spacing: float

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """The face, ready to draw with."""
        return self.face.at(self.size)

    @property
    def width(self) -> float:
        """Its width in pixels."""
        return measured(self.font, self.text, self.spacing)

    @property
    def height(self) -> float:
        """From the top of its tallest letter to the foot of its deepest, at most."""
        ascent, descent = self.font.getmetrics()
        return float(ascent + descent)


@dataclass(frozen=True)
class Setting:
    """Words laid out: the title's lines and the line below them, with the room they take (pixels)."""

    title: tuple[Line, ...]
    below: Line | None
    leading: float

    @property
    def height(self) -> float:
        """From the top of the first line to the foot of the last."""
        extra = self.below.height * 1.25 if self.below else 0.0
        return sum(line.height for line in self.title) * self.leading + extra


def measured(font: ImageFont.FreeTypeFont, text: str, spacing: float) -> float:
    """The width of a text whose letters stand `spacing` pixels further apart than the face has them."""
    return float(font.getlength(text)) + spacing * max(len(text) - 1, 0)


def laid_out(canvas: Canvas, text: str, below: str, title: bool, style: str) -> Setting | None:
    """The words as large as they fit into the room there is; None where no face at hand can set them."""
    short = shortened(text)
    capital = title and len(short) <= 70 and is_spaced(short)
    words = short.upper() if capital else short
    face = face_for(words, _faces(style, capital)) if words else None
    if face is None:
        return None
    spacing = 0.13 if capital and len(words) < 40 else 0.07 if capital else 0.0
    low = _line_below(canvas, below, style)
    return _set_whole(canvas, words, face, spacing, low, title) or _set_anyhow(canvas, words, face, spacing, low, title)


def _set_whole(
    canvas: Canvas, words: str, face: Typeface, spacing: float, low: Line | None, title: bool
) -> Setting | None:
    """The words as large as they fit with none of them broken; None where they would have to be too small for that."""
    for size in _sizes(canvas, title, _SMALLEST_WHOLE):
        if not is_whole(words, _room(canvas, title)[0], _measure(face, size, spacing)):
            continue
        setting = _setting(canvas, words, face, size, spacing, low)
        if _fits(canvas, setting, words, title):
            return setting
    return None


def _set_anyhow(
    canvas: Canvas, words: str, face: Typeface, spacing: float, low: Line | None, title: bool
) -> Setting | None:
    """The words as large as they fit, long ones broken, and if need be not all of them; None where none do."""
    for size in _sizes(canvas, title, _SMALLEST):
        setting = _setting(canvas, words, face, size, spacing, low)
        if _fits(canvas, setting, words, title):
            return setting
    while len(words) >= 12:
        words = shortened(words.rstrip("…"), int(len(words) * 0.85))
        setting = _setting(canvas, words, face, size, spacing, low)
        if _fits(canvas, setting, words, title):
            return setting
    return None


def _sizes(canvas: Canvas, title: bool, smallest: float) -> Iterator[float]:
    """Sizes of letters to try, in pixels, from the largest down."""
    size = canvas.unit * (0.094 if title else 0.05)
    while size > canvas.unit * smallest:
        yield size
        size *= 0.93
    yield size


def _room(canvas: Canvas, title: bool) -> tuple[float, float]:
    return _wide(canvas), canvas.height * (0.6 if title else 0.4)


def _wide(canvas: Canvas) -> float:
    """Pixels from margin to margin."""
    return canvas.width * (1 - 2 * MARGIN)


def _setting(canvas: Canvas, words: str, face: Typeface, size: float, spacing: float, low: Line | None) -> Setting:
    broken = lines(words, _wide(canvas), _measure(face, size, spacing))
    title = tuple(Line(line, face, _pixels(size), spacing * _pixels(size)) for line in broken)
    return Setting(title, low, 1.0 if spacing else 0.95)


def _fits(canvas: Canvas, setting: Setting, words: str, title: bool) -> bool:
    wide, high = _room(canvas, title)
    fits = setting.height <= high and all(line.width <= wide for line in setting.title)
    return fits and len(setting.title) <= (3 if len(words) < 60 else 5)


def _faces(style: str, capital: bool) -> tuple[str, ...]:
    if style == "poster":
        return (SANS, ROMAN)
    return (CAPITALS, ROMAN, SANS) if capital else (ROMAN, SANS)


def _measure(face: Typeface, size: float, spacing: float) -> Callable[[str], float]:
    font, apart = face.at(_pixels(size)), spacing * _pixels(size)
    return lambda part: measured(font, part, apart)


def _pixels(size: float) -> int:
    return max(6, round(size))


def _line_below(canvas: Canvas, text: str, style: str) -> Line | None:
    words = shortened(text, 90)
    face = face_for(words, (SANS, ITALIC) if style == "poster" else (ITALIC, ROMAN, SANS)) if words else None
    if face is None:
        return None
    wide, size = _wide(canvas) * 0.84, canvas.unit * 0.042
    line = Line(words, face, _pixels(size), 0.0)
    while line.width > wide and size > canvas.unit * 0.024:
        size *= 0.93
        line = Line(words, face, _pixels(size), 0.0)
    while line.width > wide and len(words) > 8:
        words = shortened(words.rstrip("…"), int(len(words) * 0.85))
        line = Line(words, face, line.size, 0.0)
    return line if line.width <= wide else None
