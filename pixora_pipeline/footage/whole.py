"""Whether a file holds all that it says it holds: what is cut short tells its full length all the same."""

from pathlib import Path

from av.container import InputContainer

from pixora_pipeline.media.announced import announced

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
        return announced(file.read(_HEAD))
