"""Whether a file that came from elsewhere is all there, by what it says of itself; nothing is decoded.

Half a sound decodes as a shorter one, and half a video often does too. What says nothing of its length, as where it is
streamed, can't be told from what was cut: a WAV that leaves its length open, an Ogg, a Matroska or a fragmented MP4
that ends where one of its parts does, an MP3 without a count that ends behind a frame.
"""

import mmap
from collections.abc import Callable
from pathlib import Path

from pixora_pipeline.media.announced import EBML, SEGMENT, Bytes, behind, inside
from pixora_pipeline.media.mp3 import missing_from_mp3

LARGEST = 1 << 29
"""Bytes. A length above that is what writers put who do not know theirs: 2 GB or 4 GB less one, 2 000 000 000."""

_UNHEARD = 64
"""Bytes: less than a millisecond, by which headers are wrong."""

_CLUSTER = b"\x1f\x43\xb6\x75"
_LONGEST_PAGE_HEAD = 27 + 255


def missing_bytes(path: Path) -> int:
    """How many bytes a sound or a video lacks at least, by its own account; 0 where it lacks none or keeps none."""
    if not path.stat().st_size:
        return 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return next((max(0, missing(data)) for begins, missing in _KINDS if begins(data)), 0)


def _missing_from_wav(data: Bytes) -> int:
    """Of its samples: the length of all is often told wrong by a few bytes, and what lies behind them is not heard."""
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"data":
            missing = at + 8 + size - len(data)
            return missing if missing > _UNHEARD and size <= LARGEST else 0
        at += 8 + size + size % 2
    return 0


def _missing_from_boxes(data: Bytes) -> int:
    """MP4: boxes, one behind the other."""
    at = 0
    while at + 16 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size < 8:  # 0: to the end, wherever that is
            return 0
        at += size
    return at - len(data)


def _missing_from_matroska(data: Bytes) -> int:
    """Elements, one behind the other; those whose length is not told hold others."""
    at = 0
    while at + 12 <= len(data):
        end = behind(data, at)
        if end is None:
            if data[at : at + 4] not in (SEGMENT, _CLUSTER):
                return 0
            end = inside(data, at)
        at = end
    return at - len(data)


def _missing_from_ogg(data: Bytes) -> int:
    at = 0
    while at + 27 < len(data):
        if data[at : at + 4] != b"OggS":
            return 0
        head = data[at : at + _LONGEST_PAGE_HEAD]
        at += 27 + head[26] + sum(head[27 : 27 + head[26]])
    return at - len(data)


_KINDS: tuple[tuple[Callable[[Bytes], bool], Callable[[Bytes], int]], ...] = (
    (lambda data: data[:4] == b"RIFF", _missing_from_wav),
    (lambda data: data[4:8] == b"ftyp", _missing_from_boxes),
    (lambda data: data[:4] == EBML, _missing_from_matroska),
    (lambda data: data[:4] == b"OggS", _missing_from_ogg),
    (lambda data: data[:3] == b"ID3" or data[:1] == b"\xff", missing_from_mp3),
)
