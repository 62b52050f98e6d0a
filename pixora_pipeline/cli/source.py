"""INPUT: a prompt, a file or a project's id, told apart and checked before anything is made."""

from dataclasses import dataclass
from pathlib import Path

from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.model.project import TEXT_LIMITS

_LARGEST_FILE = 4 * TEXT_LIMITS[1]
"""Bytes: a character takes at most four."""

_TEXT_FILES = {".md", ".markdown", ".txt", ".text"}


@dataclass(frozen=True)
class Source:
    """What the film is to be made from, and a name for its file."""

    name: str
    text: str


def read_source(given: str) -> Source:
    """The text that INPUT stands for. Raises `UserError` with what is wrong with it."""
    path = Path(given)
    if given and _is_file(path):
        return Source(path.stem, check_text(_read(path), str(path)))
    if _looks_like_path(given):
        raise NotFound(f"There is no file {given!r}. Give a text file, or a prompt of a sentence or two.")
    return Source(_name_of(given), check_text(given, "the prompt"))


def check_text(text: str, called: str) -> str:
    """The text, if a film can be made from it."""
    least, most = TEXT_LIMITS
    if any(0xD800 <= ord(letter) < 0xE000 for letter in text):
        raise UserError(f"{_capital(called)} is not valid UTF-8 text. Save it as UTF-8 and try again.")
    length = len(text.strip())
    if length == 0:
        raise UserError(f"{_capital(called)} is empty. Give a text, or a prompt of a sentence or two.")
    if length < least:
        counted = "1 character" if length == 1 else f"{length} characters"
        raise UserError(f"{_capital(called)} has {counted}; a film needs {least} at least.")
    if length > most:
        raise UserError(f"{_capital(called)} has {length:,} characters; the most is {most:,}. Give a part of it.")
    return text


def _read(path: Path) -> str:
    if not path.is_file():
        raise UserError(f"{path} is not a file. Give a text or Markdown file.")
    if (size := path.stat().st_size) > _LARGEST_FILE:
        raise UserError(f"{path} has {size / 1e6:.1f} MB; a text of {TEXT_LIMITS[1]:,} characters is the most.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror}.") from error
    return _decode(data, path)


def _decode(data: bytes, path: Path) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not text in UTF-8 (byte {error.start}). Save it as UTF-8 and try again.") from None
    if "\0" in text:
        raise UserError(f"{path} is not a text file: it has NUL bytes. Give a text or Markdown file.")
    return text


def _is_file(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a prompt can be too long for a file name, or hold a NUL
        return False


def _looks_like_path(given: str) -> bool:
    return len(given.split()) == 1 and (Path(given).suffix.lower() in _TEXT_FILES or "/" in given)


def _name_of(prompt: str) -> str:
    letters = "".join(letter if letter.isalnum() and letter.isascii() else " " for letter in prompt.lower())
    return "-".join(letters.split()[:5])[:40] or "film"


def _capital(called: str) -> str:
    return called[:1].upper() + called[1:] if called.startswith("the ") else called
