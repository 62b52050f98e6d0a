"""Burned captions: the right words at the right frames, inside the picture, whatever the text and its script."""

from itertools import pairwise
from pathlib import Path
from typing import get_args

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.captions import caption_signs, foot_begins, room_taken
from pixora_pipeline.media.clip import Burned, make_clip
from pixora_pipeline.media.lettered import Lettering, lettered, plain
from pixora_pipeline.media.lower_third import Room, lower_third_sign
from pixora_pipeline.media.shot import StillShot
from pixora_pipeline.media.signwriter import Overlay, write_signs
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.media.typefaces import SANS, face_for
from pixora_pipeline.model.captions import CaptionPlace, CaptionStyle
from pixora_pipeline.model.results import CameraMove, Rectangle, WordMark
from pixora_pipeline_tests.media.material import SMALL

STYLES: tuple[CaptionStyle, ...] = tuple(style for style in get_args(CaptionStyle) if style != "none")
SHAPES = [FilmFormat(426, 240), FilmFormat(240, 426), FilmFormat(240, 240), FilmFormat(240, 300)]
WHOLE = Rectangle(x=0, y=0, width=1, height=1)
GREY = 126


def spoken(text: str, pace: float = 0.3) -> tuple[WordMark, ...]:
    return tuple(WordMark(start=at * pace, end=(at + 0.9) * pace, text=word) for at, word in enumerate(text.split()))


TEXT = "Anna saw the lighthouse go dark, and she rowed through the waves to light the lamp again."


def drawn(style: CaptionStyle, text: str, fmt: FilmFormat = SMALL, place: CaptionPlace = "foot") -> list[Overlay]:
    return write_signs(caption_signs(style, place, spoken(text), 0.2, 240, fmt), fmt)


def laid(overlays: list[Overlay], frame: int, fmt: FilmFormat = SMALL) -> NDArray[np.uint8]:
    """The luma of a grey frame with what is laid over it."""
    planes = (
        np.full((fmt.height, fmt.width), GREY, np.uint8),
        np.full((fmt.height // 2, fmt.width // 2), 128, np.uint8),
        np.full((fmt.height // 2, fmt.width // 2), 128, np.uint8),
    )
    for overlay in overlays:
        overlay.lay(planes, frame)
    return planes[0]


def written(frame: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right and foot of what differs from the grey."""
    left, top, width, height = cv2.boundingRect((np.abs(frame.astype(int) - GREY) > 12).astype(np.uint8))
    return left, top, left + width, top + height


def test_there_are_at_least_four_styles() -> None:
    assert len(STYLES) >= 4


@pytest.mark.parametrize("fmt", SHAPES, ids=lambda fmt: f"{fmt.width}x{fmt.height}")
@pytest.mark.parametrize("style", STYLES)
def test_no_caption_is_cut_off_in_any_shape(style: CaptionStyle, fmt: FilmFormat) -> None:
    overlays = drawn(style, f"Extraordinarily incomprehensible circumstances notwithstanding. {TEXT}", fmt)
    assert overlays
    for overlay in overlays:
        left, top, right, foot = written(laid([overlay], (overlay.start + overlay.end) // 2, fmt))
        assert left >= 0.03 * fmt.width and right <= 0.97 * fmt.width
        assert top >= 0.4 * fmt.height and foot <= 0.97 * fmt.height
        assert abs((left + right) / 2 - fmt.width / 2) < 0.03 * fmt.width


@pytest.mark.parametrize("style", STYLES)
def test_a_word_is_on_the_screen_while_it_is_heard_and_no_two_captions_at_once(style: CaptionStyle) -> None:
    marks = spoken(TEXT)
    signs = caption_signs(style, "foot", marks, 0.2, 240, SMALL)
    assert all(earlier.end <= later.start for earlier, later in pairwise(signs))
    for mark in marks:
        middle = round((0.2 + (mark.start + mark.end) / 2) * SMALL.fps)
        (shown,) = (sign for sign in signs if sign.start <= middle < sign.end)
        assert mark.text in shown.text
    assert signs[-1].end <= 240


@pytest.mark.parametrize("style", ["karaoke", "pop"])
def test_the_word_that_is_spoken_is_lit(style: CaptionStyle) -> None:
    marks = spoken(TEXT)
    for mark in marks:
        at = round((0.2 + mark.start) * SMALL.fps) + 1
        (shown,) = (
            sign for sign in caption_signs(style, "foot", marks, 0.2, 240, SMALL) if sign.start <= at < sign.end
        )
        assert shown.text.count("\\1c&H4AD8FF&") == 1
        assert shown.text.split("\\1c&H4AD8FF&}")[1].startswith(mark.text)


def test_captions_end_with_the_clip() -> None:
    signs = caption_signs("classic", "foot", spoken(TEXT), 0.2, 60, SMALL)
    assert max(sign.end for sign in signs) <= 60


def test_captions_stand_at_the_head_where_the_foot_is_taken() -> None:
    (overlay, *_) = drawn("box", TEXT, place="head")
    assert written(laid([overlay], overlay.start + 10))[3] < SMALL.height / 2


def test_a_box_darkens_what_is_under_it_by_its_opacity() -> None:
    (overlay, *_) = drawn("box", "Anna rowed.")
    seen = laid([overlay], (overlay.start + overlay.end) // 2)
    left, top, _, _ = written(seen)
    corner = int(seen[top + 2, left + 2])
    assert corner == pytest.approx(GREY * 0.38 + 30 * 0.62, abs=5)


def test_captions_fade_in_rather_than_appear() -> None:
    (overlay, *_) = drawn("classic", "Anna rowed.")
    contrast = [
        float(np.abs(laid([overlay], at).astype(int) - GREY).max()) for at in range(overlay.start, overlay.start + 6)
    ]
    assert contrast[0] < 0.5 * contrast[-1] and contrast == sorted(contrast)


HOSTILE = ["{\\an8}<i>One</i>", "a\\Nb", "{\\p1}m 0 0 l 100 100", "%{pts}", "'; drawtext=text=x", "\\{", "C:\\x\\h"]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_narration_is_shown_to_the_letter(text: str) -> None:
    seen = laid(drawn("classic", f"x {text} x"), 20)
    letters = laid(drawn("classic", f"x {'n' * len(text.replace(' ', ''))} x"), 20)
    left, _, right, _ = written(seen)
    # As wide as so many letters, and not as wide as what is left when tags are taken away.
    assert (right - left) > 0.45 * (written(letters)[2] - written(letters)[0])


def test_plain_text_has_no_tag_and_no_break_left() -> None:
    assert plain("{\\an8}a\\Nb\nc") == "\\{\\\u2060an8\\}a\\\u2060Nb c"


def test_letters_that_no_font_has_are_refused_and_never_become_boxes() -> None:
    with pytest.raises(UserError, match="No font on this machine can set '\U0001e900'"):
        caption_signs("classic", "foot", spoken("Anna \U0001e900 rowed"), 0.2, 240, SMALL)


def test_ornaments_that_no_font_has_are_left_out() -> None:
    with_boat, without = (lettered(text, (SANS,)) for text in ("Anna\U0001f6a4", "Anna"))
    assert isinstance(with_boat, Lettering) and with_boat == without
    assert lettered("\U0001f6a4", (SANS,)) is None
    assert lettered("\U0001f6a4\u200d\U0001f6a4", (SANS,)) is None
    assert caption_signs("pop", "foot", spoken("\U0001f6a4 \U0001f6a4"), 0.2, 240, SMALL) == []


@pytest.mark.parametrize("fmt", SHAPES, ids=lambda fmt: f"{fmt.width}x{fmt.height}")
def test_a_lower_third_stands_at_the_left_inside_the_picture_and_goes_again(fmt: FilmFormat) -> None:
    (overlay,) = write_signs(lower_third_sign("Anna Halvorsen | keeper of the red boat", 300, fmt), fmt)
    left, top, right, foot = written(laid([overlay], 60, fmt))
    assert 0.03 * fmt.width < left < 0.1 * fmt.width and right < 0.9 * fmt.width
    assert top > 0.5 * fmt.height and foot < 0.95 * fmt.height
    assert (laid([overlay], 5, fmt) == GREY).all() and (laid([overlay], 200, fmt) == GREY).all()


def test_a_lower_third_that_is_read_leftward_stands_at_the_right() -> None:
    (overlay,) = write_signs(lower_third_sign("Anna | keeper", 300, SMALL), SMALL)
    (hebrew,) = lower_third_sign("\u05d0\u05e0\u05d4 | \u05e9\u05d5\u05de\u05e8\u05ea", 300, SMALL)
    assert written(laid([overlay], 60))[0] < SMALL.width / 2
    assert written(laid(write_signs([hebrew], SMALL), 60))[2] > SMALL.width / 2


@pytest.mark.parametrize("name", ["", " ", " | ", "|"])
def test_a_lower_third_of_nothing_is_none(name: str) -> None:
    assert lower_third_sign(name, 300, SMALL) == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("fmt", SHAPES, ids=lambda fmt: f"{fmt.width}x{fmt.height}")
def test_captions_below_an_animation_keep_to_the_strip_it_leaves_free(style: CaptionStyle, fmt: FilmFormat) -> None:
    upright = fmt.height > 1.5 * fmt.width
    units = fmt.height * 8 / min(fmt.width, fmt.height)
    # As `Stage.safe` has it, which needs Manim to be read.
    free = 0.26 if upright else 1.0 / units
    for overlay in drawn(style, TEXT, fmt, "low"):
        _, top, _, foot = written(laid([overlay], (overlay.start + overlay.end) // 2, fmt))
        assert top >= (1 - free) * fmt.height - 1 and foot <= (0.82 if upright else 0.98) * fmt.height


LONG_NAME = "Professor Alexandrina Wolfeschlegelsteinhausen | Director of the Institute for Marine Meteorology, Lisbon"
UNSPACED = "\u6d77\u6d0b\u6c14\u8c61\u7814\u7a76\u6240" * 8


@pytest.mark.parametrize("text", [LONG_NAME, "M" * 120, f"{'Anna ' * 12} | {'of the red boat ' * 4}"])
@pytest.mark.parametrize("fmt", SHAPES, ids=lambda fmt: f"{fmt.width}x{fmt.height}")
def test_a_long_lower_third_keeps_to_its_part_of_the_frame(text: str, fmt: FilmFormat) -> None:
    (overlay,) = write_signs(lower_third_sign(text, 300, fmt), fmt)
    left, top, right, foot = written(laid([overlay], 60, fmt))
    assert right - left <= (0.4 if fmt.width > fmt.height else 0.82) * fmt.width
    assert foot - top <= 0.2 * fmt.height


def test_a_long_name_stands_on_two_rows_before_it_is_made_small() -> None:
    one, two = (
        lower_third_sign(name, 300, SMALL)[0].text.count("\\fn") for name in ("Anna", "Anna Halvorsen Lund " * 2)
    )
    assert (one, two) == (1, 2)


@pytest.mark.skipif(face_for(UNSPACED, (SANS,)) is None, reason="no Chinese font on this machine")
def test_a_long_name_without_spaces_stands_on_two_rows_too() -> None:
    (sign,) = lower_third_sign(UNSPACED, 300, SMALL)
    assert sign.text.count("\\fn") == 2


@pytest.mark.parametrize("at", [0.2, 0.35, 0.5, 0.65, 0.8])
@pytest.mark.parametrize("fmt", SHAPES, ids=lambda fmt: f"{fmt.width}x{fmt.height}")
def test_a_lower_third_leaves_free_who_stands_in_the_picture(fmt: FilmFormat, at: float) -> None:
    (overlay,) = write_signs(lower_third_sign(LONG_NAME, 300, fmt, Room(focus=(at, 0.8))), fmt)
    left, top, right, foot = written(laid([overlay], 60, fmt))
    person = (at - 0.05) * fmt.width, 0.7 * fmt.height, (at + 0.05) * fmt.width, 0.95 * fmt.height
    assert right <= person[0] or left >= person[2] or foot <= person[1] or top >= person[3]


@pytest.mark.parametrize("fmt", SHAPES, ids=lambda fmt: f"{fmt.width}x{fmt.height}")
def test_a_lower_third_keeps_off_a_foot_where_something_moves(fmt: FilmFormat) -> None:
    head, _ = room_taken("classic", "head", fmt)
    (overlay,) = write_signs(lower_third_sign(LONG_NAME, 300, fmt, Room(head, taken=(0.5, 1.0))), fmt)
    _, top, _, foot = written(laid([overlay], 60, fmt))
    assert int(head) <= top and foot < fmt.height / 2


@pytest.mark.parametrize("words", [(0.1, 0.3), (0.78, 0.9)], ids=["head", "foot"])
@pytest.mark.parametrize("fmt", SHAPES, ids=lambda fmt: f"{fmt.width}x{fmt.height}")
def test_a_lower_third_never_covers_a_pictures_own_words(fmt: FilmFormat, words: tuple[float, float]) -> None:
    room = Room(focus=(0.5, 1 - sum(words) / 2), taken=words)
    (overlay,) = write_signs(lower_third_sign(LONG_NAME, 300, fmt, room), fmt)
    _, top, _, foot = written(laid([overlay], 60, fmt))
    assert foot <= words[0] * fmt.height or words[1] * fmt.height <= top


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("fmt", SHAPES, ids=lambda fmt: f"{fmt.width}x{fmt.height}")
def test_captions_begin_no_higher_than_they_say(style: CaptionStyle, fmt: FilmFormat) -> None:
    tops = [
        written(laid([overlay], (overlay.start + overlay.end) // 2, fmt))[1] / fmt.height
        for overlay in drawn(style, TEXT, fmt, "foot")
    ]
    assert foot_begins(style, fmt) <= min(tops) < foot_begins(style, fmt) + 0.15


@pytest.mark.parametrize("place", get_args(CaptionPlace))
def test_captions_never_cover_a_lower_third(place: CaptionPlace) -> None:
    for style in STYLES:
        for fmt in SHAPES:
            captions = drawn(style, TEXT, fmt, place)
            room = Room(*room_taken(style, place, fmt), (0.5, 0.75) if place == "head" else None)
            (third,) = write_signs(lower_third_sign(LONG_NAME, 240, fmt, room), fmt)
            _, top, _, foot = written(laid([third], 60, fmt))
            for overlay in captions:
                _, high, _, low = written(laid([overlay], (overlay.start + overlay.end) // 2, fmt))
                assert low <= top or foot <= high, f"{style} at {fmt.width} x {fmt.height}"


def test_a_clip_carries_its_captions_in_picture_and_colour(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "p.png"), np.full((180, 320, 3), 90, np.uint8))
    move = CameraMove(kind="still", start=WHOLE, end=WHOLE)
    bare, burned = tmp_path / "bare.mp4", tmp_path / "burned.mp4"
    shot = StillShot(tmp_path / "p.png", move, 120)
    make_clip(shot, None, SMALL, bare)
    make_clip(shot, None, SMALL, burned, Burned("karaoke", "foot", spoken("Anna rowed out.")))
    frames = [frame_at(path, 20) for path in (bare, burned)]
    changed = np.abs(frames[0].astype(int) - frames[1].astype(int)).max(axis=2) > 40
    rows = np.flatnonzero(changed.any(axis=1))
    assert len(rows) and rows.min() > 100
    yellow = (frames[1][..., 0] > 180) & (frames[1][..., 2] < 130)
    assert yellow.sum() > 10
    assert not (np.abs(frame_at(bare, 80).astype(int) - frame_at(burned, 80).astype(int)) > 40).any()


def frame_at(path: Path, index: int) -> NDArray[np.uint8]:
    with av.open(str(path)) as container:
        frames = container.decode(video=0)
        return next(frame for at, frame in enumerate(frames) if at == index).to_ndarray(format="rgb24")
