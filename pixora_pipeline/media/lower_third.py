"""A lower third: a name and what it stands for, beside a bar, for the first seconds of a scene."""

from pixora_pipeline.media.captions import Sign, ass_colour, is_phone_shaped
from pixora_pipeline.media.lettered import Lettering, lettered, plain, reads_leftward
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.media.typefaces import ROMAN, SANS

FIRST_SECOND, LAST_SECOND = 0.5, 5.0
PARTED = "|"
NAME_SIZE, NOTE_SIZE = 0.052, 0.034
"""Of the frame's shorter side."""

MARGIN = 0.06
FOOT, UPRIGHT_FOOT = 0.09, 0.14
"""Room below it, as a share of the height."""

WIDEST = 0.8
ACCENT, PANEL = "FFD84A", "101014"
PANEL_OPACITY = 0.55


def lower_third_sign(text: str, taken: float, frames: int, fmt: FilmFormat) -> list[Sign]:
    """The sign of `Name | what it stands for`, or of a name alone; none if nothing of it can be seen.

    `taken` is the room, in pixels, that captions need at the frame's foot. Raises `UserError` when no font at
    hand can set it.
    """
    name, _, note = (part.strip() for part in text.partition(PARTED))
    unit = min(fmt.width, fmt.height)
    rows = [_row(name, NAME_SIZE * unit, fmt), _row(note, NOTE_SIZE * unit, fmt)]
    kept = [row for row in rows if row is not None]
    start, end = (min(round(second * fmt.fps), frames) for second in (FIRST_SECOND, LAST_SECOND))
    if not kept or start >= end:
        return []
    faces = frozenset(lettering.face for lettering, _ in kept)
    return [Sign(start, end, _drawn(kept, reads_leftward(name or note), taken, fmt), faces)]


def _row(text: str, em: float, fmt: FilmFormat) -> tuple[Lettering, float] | None:
    """The row and its size in pixels, smaller where it would be too wide."""
    lettering = lettered(text, (SANS, ROMAN)) if text else None
    if lettering is None:
        return None
    return lettering, em * min(1.0, WIDEST * fmt.width / max(lettering.width(em), 1.0))


def _drawn(rows: list[tuple[Lettering, float]], leftward: bool, taken: float, fmt: FilmFormat) -> str:
    """One ASS text: a panel, its bar and the rows. ASS keeps one place a line, so that each is drawn on its own."""
    unit = min(fmt.width, fmt.height)
    foot = max(taken, fmt.height * (UPRIGHT_FOOT if is_phone_shaped(fmt) else FOOT))
    pad, bar = 0.022 * unit, 0.009 * unit
    width = max(lettering.width(em) for lettering, em in rows) + 3 * pad
    height = sum(1.25 * em for _, em in rows) + 1.4 * pad
    top = fmt.height - foot - height
    edge = fmt.width * MARGIN
    left = fmt.width - edge - width if leftward else edge
    lines = [_box(left, top, width, height, PANEL, PANEL_OPACITY)]
    lines.append(_box(left + width - bar if leftward else left, top, bar, height, ACCENT, 1.0))
    y = top + 0.7 * pad
    for lettering, em in rows:
        x = left + width - 1.6 * pad if leftward else left + 1.6 * pad
        face = f"\\fn{lettering.family}\\fs{lettering.size(em):.1f}"
        place = f"\\an{6 if leftward else 4}\\pos({x:.1f},{y + 0.625 * em:.1f})"
        lines.append(f"{{{place}{face}\\bord0\\shad0\\1c{ass_colour('FFFFFF')}}}{plain(lettering.text)}")
        y += 1.25 * em
    return "\n".join(lines)


def _box(left: float, top: float, width: float, height: float, colour: str, opacity: float) -> str:
    alpha = f"\\1a&H{round(255 * (1 - opacity)):02X}&"
    shape = f"m 0 0 l {width:.1f} 0 l {width:.1f} {height:.1f} l 0 {height:.1f}"
    return f"{{\\an7\\pos({left:.1f},{top:.1f})\\bord0\\shad0\\1c{ass_colour(colour)}{alpha}\\p1}}{shape}"
