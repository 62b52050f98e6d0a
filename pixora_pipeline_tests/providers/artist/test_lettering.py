"""Words on the picture: inside the middle 80 %, in a face that has them, or not at all."""

import numpy as np
import pytest
from PIL import features

from pixora_pipeline.media.typefaces import CAPITALS, ROMAN, face_for, vendored
from pixora_pipeline.providers.embedded.artist import lettering
from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.lettering import set_words
from pixora_pipeline.providers.embedded.artist.wording import clean, lines, shortened

HOSTILE = [
    "A\x00B\u202ec\ttest",
    "🙂 Hope 🏔️ and 👩‍👩‍👧 more",
    "x" * 300,
    "word " * 60,
    "W" * 60,
    "Преступление и наказание",
    "Ὀδύσσεια",
    "a\u0301" * 40,
    "<b>&amp;</b> %s {0}",
    "\n\n line \u2028 break \r\n",
]
SIZES = [(640, 360), (360, 640), (320, 180)]


@pytest.fixture
def ink(monkeypatch):
    """The masks of letters that were laid."""
    masks = []
    monkeypatch.setattr(Canvas, "lay_letters", lambda self, mask, colour: masks.append(mask.copy()))
    return masks


def written(canvas, caption, subcaption=None, title=True, style="auto"):
    return set_words(canvas, caption, subcaption, title, style, (canvas.width / 2, canvas.height / 2))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("title", [True, False])
def test_letters_stay_in_the_middle_of_the_frame(ink, text, size, title):
    found = written(Canvas(*size), text, "s" * 120, title)
    rows, columns = np.nonzero(ink[0] > 8)
    assert found.drawn and found.rows[0] * size[1] <= rows.min() + 3 and rows.max() <= found.rows[1] * size[1] + 3
    assert columns.min() >= size[0] * 0.1
    assert columns.max() <= size[0] * 0.9
    assert rows.min() >= size[1] * 0.1
    assert rows.max() <= size[1] * 0.9


@pytest.mark.parametrize("text", ["🙂🙂", "\x00\x07", "\u200d\u200d", "\U0010fffd", "𓀀𓀁"])
def test_nothing_is_drawn_when_no_face_has_the_characters(ink, text):
    assert not written(Canvas(320, 180), text).drawn
    assert not ink


@pytest.mark.parametrize("text", [None, "", "   "])
def test_no_caption_is_not_a_failure(ink, text):
    assert written(Canvas(320, 180), text) == (True, None)
    assert not ink


def test_an_unknown_script_below_leaves_the_title(ink):
    assert written(Canvas(320, 180), "Title", "𓀀𓀁").drawn
    assert len(ink) == 1


@pytest.mark.skipif(face_for("שלום", ()) is None, reason="no font on this machine has Hebrew")
def test_a_script_we_do_not_ship_is_set_in_a_system_face(ink):
    assert written(Canvas(320, 180), "שלום עולם").drawn
    assert ink[0].any()


@pytest.mark.skipif(not features.check("raqm"), reason="Pillow was built without raqm")
@pytest.mark.skipif(face_for("سلام", ()) is None, reason="no font on this machine has Arabic")
def test_arabic_letters_are_joined():
    face = face_for("سلام", ()).at(60)
    apart = sum(face.getlength(char) for char in "سلام")
    assert face.getlength("سلام") < apart * 0.9


@pytest.mark.parametrize("shade", [0.0, 0.3, 0.5, 0.8, 1.0])
def test_letters_stand_out_from_any_ground(shade, monkeypatch):
    canvas = Canvas(640, 360)
    canvas.pixels[:] = shade
    masks = []
    lay = Canvas.lay_letters
    monkeypatch.setattr(Canvas, "lay_letters", lambda self, mask, colour: (masks.append(mask), lay(self, mask, colour)))
    assert written(canvas, "Legible").drawn
    mask = masks[0]
    around = (lettering.cv2.dilate(mask, np.ones((9, 9), np.uint8)) > 0) & (mask == 0)
    letters, ground = canvas.pixels.mean(axis=0)[mask > 250].mean(), canvas.pixels.mean(axis=0)[around].mean()
    high, low = (max(letters, ground) ** 2.2 + 0.05), (min(letters, ground) ** 2.2 + 0.05)
    assert high / low > 4.5


def test_long_text_ends_in_an_ellipsis():
    assert shortened("word " * 60).endswith("word…")
    assert len(shortened("x" * 300)) <= 140
    assert shortened("short") == "short"


def test_cleaning_keeps_words_and_drops_what_no_font_draws():
    assert clean("A\x00B 🙂  C\t") == "AB C"
    assert clean("🙂") == ""
    assert clean("نه\u200cخیر") == "نه\u200cخیر"


def test_lines_are_even_and_never_wider_than_the_room():
    broken = lines("aaa bbb ccc ddd eee fff", 12, len)
    assert broken == ["aaa bbb ccc", "ddd eee fff"]
    assert all(len(line) <= 5 for line in lines("x" * 33, 5, len))


def test_coverage_is_the_fonts_own():
    assert vendored(CAPITALS).covers("ÄÉŻ")
    assert not vendored(CAPITALS).covers("Ж")
    assert vendored(ROMAN).covers("ЖΩ")
    assert face_for("\U0010fffd", (ROMAN,)) is None


def test_a_long_word_is_set_in_one_piece_where_there_is_room(ink, monkeypatch):
    words = []
    monkeypatch.setattr(lettering, "_draw_line", lambda pen, line, x, y: words.append(line.text))
    assert written(Canvas(640, 360), "Rindfleischetikettierungsgesetz in Großbüllesbach").drawn
    assert "RINDFLEISCHETIKETTIERUNGSGESETZ" in words


def test_a_word_that_fits_no_line_is_hyphenated():
    assert lines("aaaaaaaaaa bb", 6, len) == ["aaaaa-", "aaaaa", "bb"]
    assert lines("aaaaaaa", 6, len) == ["aaa-", "aaaa"]
    assert lines("灯台の物語である", 4, len) == ["灯台の物", "語である"]
    assert lines("aa bbbbbbbb cc", 8, len) == ["aa", "bbbbbbbb", "cc"]


def test_a_sign_stays_with_what_it_follows():
    assert lines("one hundred 100 % of it", 12, len) == ["one hundred", "100 % of it"]
    assert lines("ab 100 %", 6, len) == ["ab", "100 %"]
