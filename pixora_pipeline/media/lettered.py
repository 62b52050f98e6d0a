"""Text on its way into an ASS file: in faces that have all its letters, measured, and with nothing left of markup."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from fontTools.ttLib import TTFont

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.typefaces import Typeface, face_for, is_drawn

WORD_JOINER = "\u2060"
ORNAMENTS = ("So", "Sk", "Cs", "Co", "Cn")
"""Emoji and the like: what no face at hand has of these is left out. What is missing of anything else is refused."""

LINE_ENDS = ("Cc", "Zl", "Zp")
"""Letters that may end a line, and with it what ASS takes for one text: control characters and separators."""


@dataclass(frozen=True)
class Lettering:
    """A text in one face."""

    text: str
    face: Typeface

    def width(self, em: float) -> float:
        """Its width in pixels when the face's em is that many."""
        return self.face.at(100).getlength(self.text) * em / 100

    def size(self, em: float) -> float:
        """The size that ASS gives a face whose em is to be that many pixels: it counts from its top to its foot."""
        return em * _height(self.face)

    @property
    def family(self) -> str:
        """The name that ASS knows the face by."""
        return _family(self.face)


def lettered(text: str, faces: tuple[str, ...], common: Typeface | None = None) -> Lettering | None:
    """The text in the first face that has all of it, without ornaments nobody can set; None if nothing is left.

    `common` is tried first: the face of the words around it. Raises `UserError` for letters that no face on this
    machine has.
    """
    text = one_line(text)
    face = common if common and common.covers(text) else face_for(text, faces)
    if face is None:
        text = "".join(letter for letter in text if not _ornament(letter) or face_for(letter, faces)).strip()
        face = face_for(text, faces) if text else None
    if not any(is_drawn(letter) for letter in text):
        return None
    if face is None:
        missing = next((letter for letter in text if not face_for(letter, faces)), text[0])
        raise UserError(
            f"No font on this machine can set {missing!r} of {text!r}: install one, such as Debian's fonts-noto-core "
            "or fonts-noto-cjk, or leave captions and lower thirds out."
        )
    return Lettering(text, face)


def one_line(text: str) -> str:
    """The text without what may end a line: ASS would take what follows for something else, and no face can set it."""
    return "".join(" " if unicodedata.category(letter) in LINE_ENDS else letter for letter in text)


def plain(text: str) -> str:
    """The text as ASS shows it to the letter: no tags, no breaks of its own."""
    return one_line(text).replace("\\", f"\\{WORD_JOINER}").replace("{", "\\{").replace("}", "\\}")


def reads_leftward(text: str) -> bool:
    """Whether the text's first letter belongs to a script that is written from right to left."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in ("R", "AL") for kind in strong if kind in ("L", "R", "AL")), False)


def _ornament(letter: str) -> bool:
    return unicodedata.category(letter) in ORNAMENTS or letter in "\ufe0e\ufe0f\u20e3"


@lru_cache(maxsize=64)
def _family(face: Typeface) -> str:
    with TTFont(str(face.path), fontNumber=face.index, lazy=True) as font:
        # Faces with PostScript outlines go by their PostScript name there, all others by their full name.
        return str(font["name"].getDebugName(6 if font.sfntVersion == "OTTO" else 4))


@lru_cache(maxsize=64)
def _height(face: Typeface) -> float:
    with TTFont(str(face.path), fontNumber=face.index, lazy=True) as font:
        windows = font["OS/2"].usWinAscent + font["OS/2"].usWinDescent if "OS/2" in font else 0
        height = windows or font["hhea"].ascent - font["hhea"].descent
        return height / font["head"].unitsPerEm
