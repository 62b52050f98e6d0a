"""Burned captions and lower thirds: what is written on the picture, from which frame to which. No pixels yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pixora_pipeline.media.caption_styles import LOOKS, CaptionLook
from pixora_pipeline.media.lettered import Lettering, lettered, plain
from pixora_pipeline.media.long_words import parted
from pixora_pipeline.media.subtitles import CLAUSE_ENDS, LINES, LINGER, PAUSE, SENTENCE_ENDS, SHORTEST, phrases
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.media.typefaces import Typeface, face_for
from pixora_pipeline.media.words import Word, width_of, words_of
from pixora_pipeline.model.captions import CaptionPlace, CaptionStyle
from pixora_pipeline.model.results import WordMark

WIDEST = 0.86
"""The share of the frame's width that a line may take."""

LETTER_EMS = 0.5
"""The width of a letter, roughly, in ems: it decides how many stand on a line of a narrow frame."""

FEW_WORDS, FEW_SECONDS = 3, 1.2
JUMP = ((2, 1.16), (2, 1.07))
"""A word that pops up is that much larger for so many frames (at 30 a second)."""

FOOT, FOOT_UPRIGHT, FEW_FOOT = 0.075, 0.2, 0.26
"""Room below captions, as a share of the height: in upright films the player's own buttons are there."""

LOW_FOOT, LOW_SIZE, LOW_LETTERS = 0.034, 0.047, 64
"""Below an animation there is room for one line: as long as the frame is wide, and not large."""

HEAD = 0.07
LOWER_THIRD = 0.75
"""Where a lower third begins at the earliest, where there are no captions below it."""

LINE_HEIGHT = 1.75
"""Of a line, in ems, at most."""


@dataclass(frozen=True)
class Sign:
    """Something written over the clip's frames [start, end) in these faces, with a box around it or not.

    `text` is ASS, a line for each thing that has a place of its own; `eased` fades it in and out.
    """

    start: int
    end: int
    text: str
    faces: frozenset[Typeface]
    box: bool = False
    eased: bool = True


def caption_signs(
    style: CaptionStyle, place: CaptionPlace, marks: Sequence[WordMark], onset: float, frames: int, fmt: FilmFormat
) -> list[Sign]:
    """The captions of words that are heard `onset` seconds after the clip's first frame; none runs beyond its last.

    Raises `UserError` when no font at hand can set a word.
    """
    look, letters = _look(style, place), _letters(_look(style, place), place, fmt)
    lines_each = 1 if place == "low" else LINES
    marks = list(parted(marks, letters))
    groups = list(_few(words_of(marks), letters)) if look.few else phrases(marks, letters, lines_each)
    common = face_for(" ".join(mark.text for mark in marks), look.faces)
    signs: list[Sign] = []
    for index, lines in enumerate(groups):
        following = groups[index + 1][0][0].start if index + 1 < len(groups) else float("inf")
        first, last = lines[0][0], lines[-1][-1]
        end = min(max(last.end + LINGER, first.start + SHORTEST), following)
        setting = _set(look, place, lines, fmt, common)
        if setting is not None:
            signs += _signs(setting, look, lines, (onset + first.start, onset + end), onset, frames, fmt)
    return signs


def check_captions_can_be_set(style: CaptionStyle, text: str) -> None:
    """Raises `UserError` when a word of the text has letters that no font on this machine has."""
    look = LOOKS[style]
    if face_for(text, look.faces) is None:
        for word in text.split():
            lettered(word, look.faces)


def caption_em(look: CaptionLook, fmt: FilmFormat) -> float:
    """The letters' size in pixels: larger in upright films, which are watched on small screens."""
    upright = 1.18 if fmt.height > fmt.width else 1.0
    return look.size * min(fmt.width, fmt.height) * upright


def room_taken(style: CaptionStyle, place: CaptionPlace, fmt: FilmFormat) -> tuple[float, float]:
    """The pixels that captions may need from the frame's head down, and from its foot up.

    None of the foot where they leave room below them.
    """
    if style == "none":
        return 0.0, 0.0
    look = _look(style, place)
    tall = _tall(look, place, fmt)
    if place == "head":
        return fmt.height * HEAD + tall, 0.0
    has_room_below = look.few and place == "foot"
    return 0.0, 0.0 if has_room_below else fmt.height * _foot(look, place, fmt) + tall


def foot_begins(style: CaptionStyle, fmt: FilmFormat) -> float:
    """Where captions at the foot begin, or a lower third without them, as a share of the height from its head."""
    if style == "none":
        return LOWER_THIRD
    look = _look(style, "foot")
    return 1 - _foot(look, "foot", fmt) - _tall(look, "foot", fmt) / fmt.height


def is_phone_shaped(fmt: FilmFormat) -> bool:
    """Whether the film is as upright as a phone, whose players lay their buttons over its foot."""
    return fmt.height > 1.5 * fmt.width


def _look(style: CaptionStyle, place: CaptionPlace) -> CaptionLook:
    look = LOOKS[style]
    # A box needs room of its own around the words.
    return replace(look, size=min(look.size, LOW_SIZE) - look.shadow * look.box / 2) if place == "low" else look


def _tall(look: CaptionLook, place: CaptionPlace, fmt: FilmFormat) -> float:
    lines, around = 1 if look.few or place == "low" else LINES, look.shadow * look.box * fmt.height
    return lines * LINE_HEIGHT * caption_em(look, fmt) + around


def _foot(look: CaptionLook, place: CaptionPlace, fmt: FilmFormat) -> float:
    if place == "low":
        return FOOT_UPRIGHT if is_phone_shaped(fmt) else LOW_FOOT
    return FEW_FOOT if look.few else FOOT_UPRIGHT if is_phone_shaped(fmt) else FOOT


@dataclass(frozen=True)
class _Setting:
    """A phrase ready to be written: its words by line, their size, and where its foot (or head) is."""

    lines: tuple[tuple[tuple[Word, Lettering], ...], ...]
    em: float
    place: str

    @property
    def faces(self) -> frozenset[Typeface]:
        return frozenset(lettering.face for line in self.lines for _, lettering in line)


def _letters(look: CaptionLook, place: CaptionPlace, fmt: FilmFormat) -> float:
    most = LOW_LETTERS if place == "low" else look.letters
    return min(most, WIDEST * fmt.width / (LETTER_EMS * caption_em(look, fmt)))


def _few(words: Sequence[Word], letters: float) -> Iterator[tuple[tuple[Word, ...], ...]]:
    """A few words at a time on one line, never across a pause or the end of a clause."""
    group: list[Word] = []
    for word in words:
        if group and (
            len(group) == FEW_WORDS
            or width_of([*group, word]) > letters
            or group[-1].text[-1] in SENTENCE_ENDS + CLAUSE_ENDS
            or word.start - group[-1].end > PAUSE
            or word.end - group[0].start > FEW_SECONDS
        ):
            yield (tuple(group),)
            group = []
        group.append(word)
    if group:
        yield (tuple(group),)


def _set(
    look: CaptionLook, place: CaptionPlace, lines: Sequence[Sequence[Word]], fmt: FilmFormat, common: Typeface | None
) -> _Setting | None:
    letterings = [[(word, lettered(word.text, look.faces, common)) for word in line] for line in lines]
    seen = (tuple((word, lettering) for word, lettering in line if lettering) for line in letterings)
    kept = tuple(line for line in seen if line)
    if not kept:
        return None
    em = caption_em(look, fmt)
    widest = max(sum(lettering.width(em) for _, lettering in line) + 0.25 * em * (len(line) - 1) for line in kept)
    grown = (1.08 if look.bold else 1.0) * (JUMP[0][1] if look.few else 1.0)
    em *= min(1.0, WIDEST * fmt.width / (widest * grown))
    x, y = fmt.width / 2, fmt.height * (HEAD if place == "head" else 1 - _foot(look, place, fmt))
    return _Setting(kept, em, f"\\an{8 if place == 'head' else 2}\\pos({x:.0f},{y:.0f})")


def _signs(
    setting: _Setting,
    look: CaptionLook,
    lines: Sequence[Sequence[Word]],
    span: tuple[float, float],
    onset: float,
    frames: int,
    fmt: FilmFormat,
) -> Iterator[Sign]:
    first, last = (min(max(round(at * fmt.fps), 0), frames) for at in span)
    if look.lit is None:
        if first < last:
            yield Sign(first, last, _written(setting, look, None), setting.faces, box=look.box)
        return
    words = [word for line in lines for word in line]
    starts = [first, *(min(max(round((onset + word.start) * fmt.fps), first), last) for word in words[1:]), last]
    for word, (start, end) in zip(words, pairwise(starts), strict=True):
        text = _written(setting, look, word)
        for stop, times in _jumps(start, end, fmt) if look.few and word is words[0] else ((end, 1.0),):
            if start < stop:
                yield Sign(start, stop, _scaled(times) + text, setting.faces, eased=False)
                start = stop


def _jumps(start: int, end: int, fmt: FilmFormat) -> Iterator[tuple[int, float]]:
    for count, times in JUMP:
        start = min(start + round(count * fmt.fps / 30), end)
        yield start, times
    yield end, 1.0


def _scaled(times: float) -> str:
    return "" if times == 1 else f"{{\\fscx{100 * times:.0f}\\fscy{100 * times:.0f}}}"


def _written(setting: _Setting, look: CaptionLook, spoken: Word | None) -> str:
    lines = []
    for line in setting.lines:
        pieces = []
        for at, (word, lettering) in enumerate(line):
            colour = look.lit if word is spoken and look.lit else look.dimmed or look.colour if spoken else look.colour
            face = f"\\fn{lettering.family}\\fs{lettering.size(setting.em):.1f}\\1c{ass_colour(colour)}"
            pieces.append(("" if word.glued or at == 0 else " ") + f"{{{face}}}" + plain(lettering.text))
        lines.append("".join(pieces))
    return f"{{{setting.place}{style_tags(look, setting.em)}}}" + "\\N".join(lines)


def style_tags(look: CaptionLook, em: float) -> str:
    """The outline, shadow and weight of a look, as ASS tags."""
    grown = em / look.size
    bold = "\\b1" if look.bold else "\\b0"
    veil = f"\\3a&H{round(255 * (1 - look.opacity)):02X}&\\4a&H{round(255 * (1 - look.opacity)):02X}&"
    soft = 0.0 if look.box else 0.6
    return f"\\bord{look.outline * grown:.2f}\\shad{look.shadow * grown:.2f}\\blur{soft}{bold}{veil}"


def ass_colour(rgb: str) -> str:
    """RGB in hexadecimal as ASS writes it, backwards."""
    return f"&H{rgb[4:6]}{rgb[2:4]}{rgb[0:2]}&"
