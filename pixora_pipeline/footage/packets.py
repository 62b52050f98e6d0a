"""Whether a packet of a video can be what its encoder wrote, found out without decoding it.

Decoders tell little: where the last bits are squeezed out of a picture, any bytes make some picture. Bytes that are
turned over singly are noticed by H.264's and MPEG's decoders alone. What disks and networks lose is whole blocks, and
those come as zeros, or as something else's bytes.
"""

from collections.abc import Callable

from av.video.stream import VideoStream

_LENGTH_BYTE = {"h264": 4, "hevc": 21}
"""Where the header of such a stream says how many bytes the length of each unit takes."""

_SQUEEZED = {"vp8", "vp9", "av1"}
_BLOCK = bytes(256)
"""So many zeros in a row are half a disk's smallest block, and nothing that an arithmetic coder writes."""


def check_for(stream: VideoStream) -> Callable[[bytes], bool] | None:
    """What says of a packet of this stream whether it is whole; None where nothing can be said."""
    if size := length_size(stream):
        return lambda packet: is_whole(packet, size)
    return (lambda packet: _BLOCK not in packet) if stream.codec_context.name in _SQUEEZED else None


def length_size(stream: VideoStream) -> int:
    """The bytes before each unit of a packet that say how long it is; 0 where packets are not built like that."""
    header, at = stream.codec_context.extradata or b"", _LENGTH_BYTE.get(stream.codec_context.name)
    return (header[at] & 3) + 1 if at and len(header) > at and header[0] == 1 else 0


def is_whole(packet: bytes, size: int) -> bool:
    """Whether a packet's units fill it exactly, and none holds three zeros in a row, which would begin another."""
    at = 0
    while at + size < len(packet):
        length = int.from_bytes(packet[at : at + size], "big")
        at += size
        # The first bit of a unit is always 0.
        if not length or packet[at] & 0x80 or _holds_zeros(packet, at, min(at + length, len(packet))):
            return False
        at += length
    return at == len(packet)


def _holds_zeros(packet: bytes, start: int, end: int) -> bool:
    # Some writers leave zeros behind a unit.
    while end > start and not packet[end - 1]:
        end -= 1
    return packet.find(b"\0\0\0", start, end) >= 0
