"""What a file says of its own length in its first bytes."""

import mmap

EBML, SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"

Bytes = bytes | mmap.mmap


def announced(head: bytes) -> int:
    """How long a RIFF or Matroska file says it is itself, 0 where it does not say."""
    if head[:4] == b"RIFF":
        return int.from_bytes(head[4:8], "little") + 8
    if head[:4] != EBML:
        return 0
    at = behind(head, 0)
    if at is None or head[at : at + 4] != SEGMENT:
        return 0
    return behind(head, at) or 0


def behind(data: Bytes, at: int) -> int | None:
    """Where an element of Matroska ends, None where its length is not told."""
    start = at + _length(data[at])
    if start >= len(data):
        return None
    length = _length(data[start])
    mask = (1 << 7 * length) - 1
    size = int.from_bytes(data[start : start + length], "big") & mask
    return None if size == mask or length > 8 else start + length + size


def inside(data: Bytes, at: int) -> int:
    """Where what an element of Matroska with four bytes to its name holds begins."""
    return at + 4 + _length(data[at + 4])


def _length(first: int) -> int:
    """The bytes of a number of EBML, by its first."""
    return 9 - first.bit_length()
