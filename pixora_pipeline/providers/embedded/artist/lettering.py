"""Words on the picture: a title in spaced capitals over a thin italic line, or a caption at the foot.

Everything stays inside the middle 80 % of the frame, stands out from what is behind it, and is set only in a face that
has all its characters.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pixora_pipeline.media.typefaces import CAPITALS, ITALIC, ROMAN, SANS, Typeface, face_for
from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.silhouette import Mask, Point
from pixora_pipeline.providers.embedded.artist.wording import clean, is_spaced, is_whole, lines, shortened

_MARGIN = 0.105  # of the frame on each side: a little more than the promised tenth
_SMALLEST, _SMALLEST_WHOLE = 0.034, 0.045
"""Of the shorter side: letters are no smaller, and not to keep a long word in one piece."""

_LIGHT = np.array([0.98, 0.955, 0.895], np.float32)
_DARK = np.array([0.09, 0.085, 0.1], np.float32)


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


def set_words(
    canvas: Canvas, caption: str | None, subcaption: str | None, title: bool, style: str, focus: Point
) -> bool:
    """Set the words on the canvas, a title clear of the `focus` (pixels) where there is room.

    False when a caption was asked for and no face at hand can set it.
    """
    if not caption or not caption.strip():
        return True
    setting = _laid_out(canvas, clean(caption), clean(subcaption or ""), title, style)
    if setting is None:
        return False
    mask = _drawn(canvas, setting, _top(canvas, setting, title, focus))
    _lay(canvas, mask)
    return True


def _laid_out(canvas: Canvas, text: str, below: str, title: bool, style: str) -> Setting | None:
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
        font, apart = face.at(max(6, round(size))), spacing * max(6, round(size))
        if not is_whole(
            words, _room(canvas, title)[0], lambda part, font=font, apart=apart: measured(font, part, apart)
        ):
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
    return canvas.width * (1 - 2 * _MARGIN), canvas.height * (0.6 if title else 0.4)


def _setting(canvas: Canvas, words: str, face: Typeface, size: float, spacing: float, low: Line | None) -> Setting:
    wide = canvas.width * (1 - 2 * _MARGIN)
    broken = lines(words, wide, _measure(face, size, spacing))
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
    wide, size = canvas.width * (1 - 2 * _MARGIN) * 0.84, canvas.unit * 0.042
    line = Line(words, face, max(6, round(size)), 0.0)
    while line.width > wide and size > canvas.unit * 0.024:
        size *= 0.93
        line = Line(words, face, max(6, round(size)), 0.0)
    while line.width > wide and len(words) > 8:
        words = shortened(words.rstrip("…"), int(len(words) * 0.85))
        line = Line(words, face, line.size, 0.0)
    return line if line.width <= wide else None


def _top(canvas: Canvas, setting: Setting, title: bool, focus: Point) -> float:
    """The row the words begin at: a caption at the foot; a title where the picture is quietest, rather high."""
    first, last = canvas.height * _MARGIN, canvas.height * (1 - _MARGIN) - setting.height
    if not title:
        return max(first, last)
    wide = max(line.width for line in setting.title) / canvas.width * 80
    columns = slice(max(0, int(80 - wide)), min(160, int(80 + wide) + 1))
    grey = cv2.resize(canvas.pixels.mean(axis=0), (160, 90), interpolation=cv2.INTER_AREA)[:, columns]
    busy = np.abs(np.diff(grey, axis=0))[:, :-1] + np.abs(np.diff(grey, axis=1))[:-1]
    best, choice = float("inf"), first
    for share in (0.0, 0.08, 0.16, 0.4, 0.92):
        top = first + max(last - first, 0) * share
        rows = slice(int(top / canvas.height * 89), int((top + setting.height) / canvas.height * 89) + 1)
        cost = float(busy[rows].mean()) + 0.012 * abs(share - 0.12)
        cost += 0.04 * (top - 0.05 * canvas.height < focus[1] < top + setting.height + 0.05 * canvas.height)
        if cost < best:
            best, choice = cost, top
    return choice


def _drawn(canvas: Canvas, setting: Setting, top: float) -> Mask:
    page = Image.new("L", (canvas.width, canvas.height), 0)
    pen = ImageDraw.Draw(page)
    y = top
    for line in setting.title:
        _draw_line(pen, line, (canvas.width - line.width) / 2, y)
        y += line.height * setting.leading
    if setting.below:
        line = setting.below
        y += line.height * 0.12
        _draw_line(pen, line, (canvas.width - line.width) / 2, y)
        _hairlines(canvas, pen, line, y + line.height * 0.54)
    return np.asarray(page, np.uint8).copy()


def _draw_line(pen: ImageDraw.ImageDraw, line: Line, x: float, y: float) -> None:
    if not line.spacing:
        pen.text((x, y), line.text, font=line.font, fill=255)
        return
    for index, char in enumerate(line.text):
        before = measured(line.font, line.text[: index + 1], line.spacing) - line.font.getlength(char)
        pen.text((x + before, y), char, font=line.font, fill=255)


def _hairlines(canvas: Canvas, pen: ImageDraw.ImageDraw, line: Line, y: float) -> None:
    """A thin rule on each side of the line below the title, as long as there is room."""
    gap, long = line.size * 0.6, line.size * 1.7
    thick, y = max(1, round(canvas.unit / 700)), float(round(y))
    edge = canvas.width * _MARGIN
    left, right = (canvas.width - line.width) / 2 - gap, (canvas.width + line.width) / 2 + gap
    if left - long < edge:
        return
    pen.rectangle((left - long, y, left, y + thick - 1), fill=200)
    pen.rectangle((right, y, right + long, y + thick - 1), fill=200)


def _lay(canvas: Canvas, mask: Mask) -> None:
    """Put the letters on the picture: light on a soft shadow, or dark on a soft light where the picture is bright."""
    left, top, wide, high = cv2.boundingRect(mask)
    if not wide:
        return
    behind = canvas.pixels[:, top : top + high, left : left + wide]
    bright = float(behind.mean())
    letters, around = (_DARK, _LIGHT) if bright > 0.74 else (_LIGHT, _DARK)
    gap = (1 - bright) * 2.6 if letters is _DARK else (bright - 0.16) / max(bright, 0.01)
    need = float(np.clip(gap + 0.8 * float(behind.std()), 0.35, 0.92))
    small = cv2.resize(mask, (max(2, canvas.width // 4), max(2, canvas.height // 4)), interpolation=cv2.INTER_AREA)
    size = (canvas.width, canvas.height)
    span = max(1, round(canvas.unit * 0.03 / 4)) * 2 + 1
    grown = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (span, span)))
    for shape, blur, strength in ((grown, 0.022, 0.62), (small, 0.012, 0.9), (small, 0.004, 0.7)):
        soft = cv2.GaussianBlur(shape.astype(np.float32), (0, 0), max(canvas.unit * blur / 4, 0.6))
        alpha = np.clip(cv2.resize(soft, size) * np.float32(strength / 255), 0, 1) * np.float32(need)
        canvas.veil(alpha, around)
    canvas.lay_letters(mask, letters)
