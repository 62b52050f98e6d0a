"""Words on the picture: a title in spaced capitals over a thin italic line, or a caption at the foot.

Everything stays inside the middle 80 % of the frame, stands out from what is behind it, and is set only in a face that
has all its characters.
"""

from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw

from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.silhouette import Mask, Point
from pixora_pipeline.providers.embedded.artist.typesetting import MARGIN, Line, Setting, laid_out, measured
from pixora_pipeline.providers.embedded.artist.wording import clean

_LIGHT = np.array([0.98, 0.955, 0.895], np.float32)
_DARK = np.array([0.09, 0.085, 0.1], np.float32)


class Lettered(NamedTuple):
    """Whether the words that were asked for could be set, and from where to where, as shares of the height."""

    drawn: bool
    rows: tuple[float, float] | None = None


def set_words(
    canvas: Canvas, caption: str | None, subcaption: str | None, title: bool, style: str, focus: Point
) -> Lettered:
    """Set the words on the canvas, a title clear of the `focus` (pixels) where there is room."""
    if not caption or not caption.strip():
        return Lettered(True)
    setting = laid_out(canvas, clean(caption), clean(subcaption or ""), title, style)
    if setting is None:
        return Lettered(False)
    top = _top(canvas, setting, title, focus)
    _lay(canvas, _drawn(canvas, setting, top))
    return Lettered(True, (round(top / canvas.height, 3), round((top + setting.height) / canvas.height, 3)))


def _top(canvas: Canvas, setting: Setting, title: bool, focus: Point) -> float:
    """The row the words begin at: a caption at the foot; a title where the picture is quietest, rather high."""
    first, last = canvas.height * MARGIN, canvas.height * (1 - MARGIN) - setting.height
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
    edge = canvas.width * MARGIN
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
