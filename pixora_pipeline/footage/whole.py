"""Whether a file holds all that it says it holds: what is cut short tells its full length all the same."""

from pathlib import Path

from av.container import InputContainer

_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"
_HEAD = 4096
_LAST_PACKETS = 64


def missing_bytes(container: InputContainer, path: Path) -> int:
    """How many bytes the file lacks by its own account; 0 where it has them all, or where it keeps no account."""
    size = path.stat().st_size
    return max(0, _last_byte(container) - size, _announced(path) - size)


def _last_byte(container: InputContainer) -> int:
    """Where the last packets of each track end, by the file's table of contents."""
    ends = [0]
    for stream in container.streams:
        entries = getattr(stream, "index_entries", None) or ()
        last = range(max(0, len(entries) - _LAST_PACKETS), len(entries))
        ends += [entries[at].pos + entries[at].size for at in last]
    return max(ends)


def _announced(path: Path) -> int:
    """How long a Matroska or AVI file says it is itself."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head[:4] == b"RIFF":
        return int.from_bytes(head[4:8], "little") + 8
    if head[:4] != _EBML:
        return 0
    size, at = _vint(head, 4)
    at += size or 0
    if head[at : at + 4] != _SEGMENT:
        return 0
    size, at = _vint(head, at + 4)
    return at + size if size is not None else 0


def _vint(data: bytes, at: int) -> tuple[int | None, int]:
    """A number of EBML, None where it stands for an unknown one, and where the next thing begins."""
    first = data[at] if at < len(data) else 0
    length = 9 - first.bit_length()
    if length > 8:
        return None, at
    value = int.from_bytes(data[at : at + length], "big") & ((1 << 7 * length) - 1)
    return (None if value == (1 << 7 * length) - 1 else value), at + length
