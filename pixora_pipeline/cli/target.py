"""OUTPUT: where the film is to be put, checked before the work rather than after it."""

import os
import shutil
import uuid
from pathlib import Path

from pixora_pipeline.errors import TryAgain, UserError


def check_target(to: Path) -> Path:
    """The path, if a film can be put there; its folder is made. Raises `UserError`."""
    if _is_folder(to):
        raise UserError(f"{to} is a folder. Give a file's name, such as {to / 'film.mp4'}.")
    if to.suffix.lower() != ".mp4":
        raise UserError(f"{to} does not end in .mp4, which is what a film is. Try {to.with_suffix('.mp4')}.")
    return check_writable(to)


def check_writable(to: Path) -> Path:
    """The path, if a file can be put there; its folder is made. Raises `UserError`."""
    if _is_folder(to):
        raise UserError(f"{to} is a folder. Give a file's name.")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{to.parent} can't be made: {error.strerror}. Give another -o.") from error
    if not os.access(to.parent, os.W_OK) or (to.exists() and not os.access(to, os.W_OK)):
        raise UserError(f"{to} can't be written: permission denied. Give another -o.")
    return to


def deliver(source: Path, to: Path) -> None:
    """Copy a finished file to its place: it is there whole or not at all."""
    draft = to.with_name(f".{uuid.uuid4().hex}.part")
    try:
        shutil.copyfile(source, draft)
        draft.replace(to)
    except OSError as error:
        raise TryAgain(
            f"The film is made but could not be put at {to}: {error.strerror}. It is at {source}."
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def _is_folder(to: Path) -> bool:
    try:
        return to.is_dir()
    except OSError as error:
        raise UserError(f"{to} can't be written: {error.strerror}. Give another -o.") from error
