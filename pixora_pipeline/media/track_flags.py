"""Which tracks of a finished MP4 are on when it is opened: the muxer alone would switch subtitles on as well."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

ENABLED = 0x01
SUBTITLE_HANDLERS = (b"sbtl", b"text", b"subt")


def switch_subtitles_off(film: Path) -> None:
    """Leave subtitle tracks in the film for its viewer to switch on; a change of one bit, in place."""
    with film.open("r+b") as file:
        for track, track_end in _boxes(file, b"trak", *_first(file, b"moov", 0, _size(file))):
            if _handler(file, track, track_end) in SUBTITLE_HANDLERS:
                header, _ = _first(file, b"tkhd", track, track_end)
                # A full box begins with one byte of version and three of flags.
                file.seek(header + 3)
                flags = file.read(1)[0]
                file.seek(header + 3)
                file.write(bytes([flags & ~ENABLED]))


def _handler(file: BinaryIO, track: int, track_end: int) -> bytes:
    media = _first(file, b"mdia", track, track_end)
    handler, _ = _first(file, b"hdlr", *media)
    file.seek(handler + 8)
    return file.read(4)


def _first(file: BinaryIO, kind: bytes, start: int, end: int) -> tuple[int, int]:
    return next(_boxes(file, kind, start, end))


def _boxes(file: BinaryIO, kind: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the contents of each box of that kind, directly between start and end, begin and end."""
    while start + 8 <= end:
        file.seek(start)
        size, name, header = int.from_bytes(file.read(4), "big"), file.read(4), 8
        if size == 1:
            size, header = int.from_bytes(file.read(8), "big"), 16
        if size < header:
            return
        if name == kind:
            yield start + header, start + size
        start += size


def _size(file: BinaryIO) -> int:
    return file.seek(0, 2)
