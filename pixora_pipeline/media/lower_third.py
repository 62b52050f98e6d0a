"""A lower third: a name and what it stands for, beside a bar, for the first seconds of a scene."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from pixora_pipeline.media.captions import Sign, ass_colour, is_phone_shaped
from pixora_pipeline.media.lettered import Lettering, lettered, plain, reads_leftward
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.media.typefaces import ROMAN, SANS
from pixora_pipeline.media.words import joined, words_of
from pixora_pipeline.model.results import WordMark

FIRST_SECOND, LAST_SECOND = 0.5, 5.0
PARTED = "|"
NAME_SIZE, NOTE_SIZE = 0.052, 0.034
"""Of the frame's shorter side."""

MARGIN = 0.06
FOOT, UPRIGHT_FOOT = 0.09, 0.14
"""Room below it, as a share of the height."""

WIDEST, UPRIGHT_WIDEST, PHONE_WIDEST = 0.38, 0.62, 0.8
"""Its own share of the width, at most: a wide frame's middle, where people stand, stays free."""

TALLEST, PHONE_TALLEST = 0.16, 0.11
"""Its own share of the height, at most: large captions stand above it."""

PAD, BAR, ROW = 0.022, 0.009, 1.25
"""The room around the words and the bar's width, of the shorter side; a row's height, in its own em."""

BESIDE, ABOVE, BELOW = 0.09, 0.13, 0.3
"""How much of the picture about its focus is kept free: people stand there. Of the shorter side, and of the height."""

ACCENT, PANEL = "FFD84A", "101014"
PANEL_OPACITY = 0.55


@dataclass(frozen=True)
class _Row:
    lettering: Lettering
    em: float

    @property
    def width(self) -> float:
        return self.lettering.width(self.em)


@dataclass(frozen=True)
class Room:
    """What of the frame is left to a lower third.

    `head` and `foot` are the pixels that captions need there; `focus` is the point that the eye goes to, as shares of
    width and height, where it is known. `taken` is from where to where there are words or somebody moves, as shares of
    the height.
    """

    head: float = 0.0
    foot: float = 0.0
    focus: tuple[float, float] | None = None
    taken: tuple[float, float] | None = None


FREE = Room()


def lower_third_sign(text: str, frames: int, fmt: FilmFormat, room: Room = FREE) -> list[Sign]:
    """The sign of `Name | what it stands for`, or of a name alone; none if nothing of it can be seen.

    Raises `UserError` when no font at hand can set it.
    """
    name, _, note = (part.strip() for part in text.partition(PARTED))
    rows = _fitted(name, note, fmt)
    start, end = (min(round(second * fmt.fps), frames) for second in (FIRST_SECOND, LAST_SECOND))
    if not rows or start >= end:
        return []
    faces = frozenset(row.lettering.face for row in rows)
    return [Sign(start, end, _drawn(rows, reads_leftward(name or note), fmt, room), faces)]


def _fitted(name: str, note: str, fmt: FilmFormat) -> list[_Row]:
    """Each on one row or two, whichever leaves the letters largest; of equally large ones the fewest rows."""
    unit = min(fmt.width, fmt.height)
    options = []
    for name_rows, note_rows in product((1, 2), repeat=2):
        sizes = ((name, name_rows, NAME_SIZE), (note, note_rows, NOTE_SIZE))
        rows = [_Row(each, size * unit) for part, count, size in sizes for each in _parted(part, count)]
        options.append((_scale(rows, fmt), rows))
    scale, rows = max(options, key=lambda option: (round(option[0], 3), -len(option[1])))
    return [_Row(row.lettering, row.em * scale) for row in rows]


def _parted(text: str, count: int) -> list[Lettering]:
    """The text on at most so many rows, two of them as even as its words allow."""
    words = words_of([WordMark(start=0.0, end=0.0, text=text)])
    whole = lettered(text, (SANS, ROMAN)) if words else None
    if whole is None or count == 1 or len(words) == 1:
        return [whole] if whole else []
    ways = (
        [set_ for part in (words[:cut], words[cut:]) if (set_ := lettered(joined(part), (SANS, ROMAN), whole.face))]
        for cut in range(1, len(words))
    )
    return min(ways, key=lambda rows: max(row.width(1.0) for row in rows))


def _scale(rows: Sequence[_Row], fmt: FilmFormat) -> float:
    """By how much the letters must be smaller for the sign to keep to its share of the frame."""
    unit = min(fmt.width, fmt.height)
    share = PHONE_WIDEST if is_phone_shaped(fmt) else WIDEST if fmt.width > 1.2 * fmt.height else UPRIGHT_WIDEST
    width = share * fmt.width - 3 * PAD * unit
    height = (PHONE_TALLEST if is_phone_shaped(fmt) else TALLEST) * fmt.height - 1.4 * PAD * unit
    widest = max((row.width for row in rows), default=0.0)
    return min(1.0, width / max(widest, 1.0), height / max(sum(ROW * row.em for row in rows), 1.0))


def _drawn(rows: Sequence[_Row], leftward: bool, fmt: FilmFormat, room: Room) -> str:
    """One ASS text: a panel, its bar and the rows. ASS keeps one place a line, so that each is drawn on its own."""
    unit = min(fmt.width, fmt.height)
    pad, bar = PAD * unit, BAR * unit
    width = max(row.width for row in rows) + 3 * pad
    height = sum(ROW * row.em for row in rows) + 1.4 * pad
    left, top = _corner((width, height), leftward, fmt, room)
    lines = [_box(left, top, width, height, PANEL, PANEL_OPACITY)]
    lines.append(_box(left + width - bar if leftward else left, top, bar, height, ACCENT, 1.0))
    y = top + 0.7 * pad
    for row in rows:
        x = left + width - 1.6 * pad if leftward else left + 1.6 * pad
        face = f"\\fn{row.lettering.family}\\fs{row.lettering.size(row.em):.1f}"
        place = f"\\an{6 if leftward else 4}\\pos({x:.1f},{y + ROW / 2 * row.em:.1f})"
        lines.append(f"{{{place}{face}\\bord0\\shad0\\1c{ass_colour('FFFFFF')}}}{plain(row.lettering.text)}")
        y += ROW * row.em
    return "\n".join(lines)


def _corner(size: tuple[float, float], leftward: bool, fmt: FilmFormat, room: Room) -> tuple[float, float]:
    """Where text begins at the frame's foot; else at the other side, else at its head, where that keeps people free.

    Never over what is taken, where there is room beside it.
    """
    sides = (fmt.width * MARGIN, fmt.width * (1 - MARGIN) - size[0])
    first, other = reversed(sides) if leftward else sides
    low = fmt.height - max(room.foot, fmt.height * (UPRIGHT_FOOT if is_phone_shaped(fmt) else FOOT)) - size[1]
    corners = ((first, low), (other, low), (first, max(room.head, fmt.height * FOOT)))
    untaken = [corner for corner in corners if not _is_taken(corner, size, fmt, room)] or corners
    return next((corner for corner in untaken if _is_free(corner, size, fmt, room)), untaken[0])


def _is_taken(corner: tuple[float, float], size: tuple[float, float], fmt: FilmFormat, room: Room) -> bool:
    if room.taken is None:
        return False
    top, foot = (share * fmt.height for share in room.taken)
    return corner[1] < foot and top < corner[1] + size[1]


def _is_free(corner: tuple[float, float], size: tuple[float, float], fmt: FilmFormat, room: Room) -> bool:
    if room.focus is None:
        return True
    x, y, beside = room.focus[0] * fmt.width, room.focus[1] * fmt.height, BESIDE * min(fmt.width, fmt.height)
    across = corner[0] < x + beside and x - beside < corner[0] + size[0]
    along = corner[1] < y + BELOW * fmt.height and y - ABOVE * fmt.height < corner[1] + size[1]
    return not (across and along)


def _box(left: float, top: float, width: float, height: float, colour: str, opacity: float) -> str:
    alpha = f"\\1a&H{round(255 * (1 - opacity)):02X}&"
    shape = f"m 0 0 l {width:.1f} 0 l {width:.1f} {height:.1f} l 0 {height:.1f}"
    return f"{{\\an7\\pos({left:.1f},{top:.1f})\\bord0\\shad0\\1c{ass_colour(colour)}{alpha}\\p1}}{shape}"
