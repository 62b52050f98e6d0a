"""Taking what a job wrote without believing any of it: plain files only, no link followed, and not too much."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixora_pipeline.errors import UserError

_CHUNK = 1024 * 1024


def collect(folder: Path, name: str, to: Path, most: int) -> None:
    """Copy a file that a job wrote; `name` is relative to its folder.

    UserError when it is not a plain file, or has more than `most` bytes.
    What it holds is still anybody's: probe it before use.
    """
    with _opened(folder, name) as (source, size):
        if size > most:
            raise UserError(f"{name} has {size:,} bytes; {most:,} are the most.")
        with to.open("wb") as target:
            copied = 0
            while copied < size and (chunk := os.read(source, min(_CHUNK, size - copied))):
                copied += len(chunk)
                target.write(chunk)


def read_text(folder: Path, name: str, most: int) -> str | None:
    """The text of a file that a job wrote, cut at `most` bytes; None where there is no plain file of that name."""
    try:
        with _opened(folder, name) as (source, _):
            return os.read(source, most).decode("utf-8", "replace")
    except UserError:
        return None


@contextmanager
def _opened(folder: Path, name: str) -> Iterator[tuple[int, int]]:
    """A plain file below a folder as a descriptor and its size; every step of the way is opened without following."""
    parts = Path(name).parts
    if not parts or any(part in ("..", "/") for part in parts):
        raise UserError(f"{name!r} is not a file in the job's folder.")
    opened = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)]
    try:
        for part in parts[:-1]:
            opened.append(os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=opened[-1]))
        opened.append(os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=opened[-1]))
        facts = os.fstat(opened[-1])
        if not stat.S_ISREG(facts.st_mode) or facts.st_nlink != 1:
            raise UserError(f"{name} is not a plain file.")
        yield opened[-1], facts.st_size
    except OSError as error:
        raise UserError(f"{name} can't be read: {error.strerror}.") from error
    finally:
        for each in opened:
            os.close(each)
