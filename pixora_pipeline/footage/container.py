"""Opening a video that somebody gave us, by what its first bytes say it is and by nothing it refers to."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import InputContainer

from pixora_pipeline.errors import UserError

# The demuxer for each kind of file; a playlist, a picture or an archive is none of these, whatever its name says.
_HEADS = (
    ("mp4", lambda head: head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")),
    ("matroska", lambda head: head[:4] == b"\x1a\x45\xdf\xa3"),
    ("avi", lambda head: head[:4] == b"RIFF" and head[8:12] == b"AVI "),
    ("mpegts", lambda head: head[:1] == b"\x47" and head[188:189] == b"\x47"),
)
MOST_STREAMS = 64
# References to other files are what a hostile file would have us read.
_OPTIONS = {
    "protocol_whitelist": "file",
    "max_streams": str(MOST_STREAMS),
    "enable_drefs": "0",
    "use_absolute_path": "0",
    # An AVI does not say when its pictures are shown: they are counted.
    "fflags": "+genpts",
}
_OPTIONS_OF = {"mp4": ("enable_drefs", "use_absolute_path")}


def container_of(path: Path, name: str) -> str:
    """The demuxer for a file. Raises `UserError` when it is no video we read."""
    try:
        # Opening a pipe would wait for whoever writes to it, and a device may never end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UserError(f"{name} is no file but {_kind_of(path)}. Give a video.")
        with path.open("rb") as file:
            head = file.read(192)
    except OSError as error:
        raise UserError(f"{name} can't be read: {error.strerror}. Check its rights.") from error
    for demuxer, fits in _HEADS:
        if fits(head):
            return demuxer
    found = "empty" if not head else "not a video"
    raise UserError(f"{name} is {found}: its first bytes are of no MP4, MOV, MKV, WebM, AVI or MPEG-TS file.")


def _kind_of(path: Path) -> str:
    kinds = ((Path.is_dir, "a folder"), (Path.is_fifo, "a pipe"), (Path.is_socket, "a socket"))
    return next((name for test, name in kinds if test(path)), "a device")


@contextmanager
def opened(path: Path, name: str | None = None, packets_alone: bool = False) -> Iterator[InputContainer]:
    """The video, opened. What goes wrong inside is told as `UserError` with that name.

    For its `packets_alone` it is opened without decoding its first picture. Its decoder then does not know beforehand
    how far pictures are put in order.
    """
    called = name or path.name
    demuxer = container_of(path, called)
    options = {key: value for key, value in _OPTIONS.items() if _is_known(key, demuxer)}
    if packets_alone:
        options["skip_frame"] = "all"
    try:
        with av.open(f"file:{path.absolute()}", format=demuxer, options=options) as container:
            yield container
    except (av.error.FFmpegError, OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UserError(f"{called} can't be read as a video: {reason}. It may be damaged or cut short.") from error


def _is_known(option: str, demuxer: str) -> bool:
    own = {each for names in _OPTIONS_OF.values() for each in names}
    return option not in own or option in _OPTIONS_OF.get(demuxer, ())
