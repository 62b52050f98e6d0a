"""The typefaces at hand and what they can set: the vendored ones first, then the system's.

Coverage is read from each font's own character map, so that no missing-glyph box is ever drawn.
"""

import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError
from PIL import ImageFont

_SYSTEM_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")


@dataclass(frozen=True)
class Typeface:
    """A font file (and the face's number in it, for collections)."""

    path: Path
    index: int = 0

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The face at `size` pixels."""
        return _loaded(self, size)

    def covers(self, text: str) -> bool:
        """Whether it has a glyph for every character that is drawn."""
        return all(ord(char) in _characters(self) for char in text if is_drawn(char))


def vendored(name: str) -> Typeface:
    """A face that ships with the package, by its path below `fonts/`."""
    return Typeface(Path(str(files("pixora_pipeline").joinpath("fonts", *name.split("/")))))


CAPITALS = "cinzel/Cinzel-Bold.ttf"
ROMAN = "eb_garamond/EBGaramond12-Regular.otf"
ITALIC = "eb_garamond/EBGaramond12-Italic.otf"
SANS = "jost/Jost-500-Medium.otf"


def face_for(text: str, preferred: tuple[str, ...]) -> Typeface | None:
    """The first of the preferred vendored faces, else of the system's, that covers the whole text; None if none."""
    for name in preferred:
        face = vendored(name)
        if face.covers(text):
            return face
    return next((face for face in _system_faces(_rarest(text)) if face.covers(text)), None)


def _rarest(text: str) -> str:
    """The character most likely to decide: the highest, without marks that are not drawn."""
    return max((char for char in text if is_drawn(char)), default="a")


def is_drawn(char: str) -> bool:
    """Whether anything is seen of the character by itself: not of spaces, joiners and marks of direction."""
    return not char.isspace() and char not in "\u200c\u200d\u200e\u200f\u00ad"


@lru_cache(maxsize=256)
def _loaded(face: Typeface, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(face.path), size, index=face.index)


@lru_cache(maxsize=128)
def _characters(face: Typeface) -> frozenset[int]:
    try:
        with TTFont(str(face.path), fontNumber=face.index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError, KeyError, AssertionError):
        return frozenset()


@lru_cache(maxsize=64)
def _system_faces(char: str) -> tuple[Typeface, ...]:
    """The system's faces that may have the character, book faces before mono and condensed ones."""
    lister = shutil.which("fc-list")
    found = _listed(lister, char) if lister else _scanned()
    return tuple(sorted(found, key=_preference))


def _preference(face: Typeface) -> tuple[bool, bool, bool, str, int]:
    name = face.path.name.lower()
    odd = any(part in name for part in ("mono", "condensed", "light", "italic", "oblique", "math", "emoji", "thin"))
    return odd, "serif" not in name, "bold" in name, str(face.path), face.index


def _listed(lister: str, char: str) -> list[Typeface]:
    command = [lister, "--format", "%{file}\t%{index}\n", f":charset={ord(char):x}"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout
    except (subprocess.SubprocessError, OSError):
        return _scanned()
    rows = [line.split("\t") for line in answer.splitlines() if "\t" in line]
    return [Typeface(Path(path), int(index) & 0xFFFF) for path, index in rows if _usable(Path(path))]


def _scanned() -> list[Typeface]:
    """Every face in the usual folders, for systems without fontconfig."""
    faces: list[Typeface] = []
    for folder in _SYSTEM_FOLDERS:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() == ".ttc":
                faces += [Typeface(path, index) for index in range(len(TTCollection(str(path), lazy=True).fonts))]
            elif _usable(path):
                faces.append(Typeface(path))
    return faces


def _usable(path: Path) -> bool:
    return path.suffix.lower() in (".ttf", ".otf", ".ttc", ".otc") and "emoji" not in path.name.lower()
