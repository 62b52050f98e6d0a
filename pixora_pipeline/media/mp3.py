"""The frames of an MP3, counted without decoding them."""

import mmap

_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""By the version's two bits: MPEG 1, 2 and 2.5."""
_KBITS = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_HEAD = 4
_SHORTER_BY = 4
"""Some encoders leave out up to so many bytes at the very end."""
_NOT_COUNTED = 1
"""Some count the frame that holds the count, some do not."""


def missing_from_mp3(data: bytes | mmap.mmap) -> int:
    """How many bytes an MP3 lacks: of its last frame, or of the frames that its first one counts; 0 if none."""
    at = _behind_tag(data)
    promised, frames, size = _promised(data, at), 0, 0
    while size := _frame_size(data, at):
        frames, at = frames + 1, at + size
    if not frames or len(data) - at >= _HEAD:
        # Something else lies behind the frames or between them: a tag, a second recording.
        return 0
    if at - len(data) > _SHORTER_BY:
        return at - len(data)
    return max(0, promised - frames - _NOT_COUNTED) * (at // frames)


def _behind_tag(data: bytes | mmap.mmap) -> int:
    """Where the sound begins: behind what players show of it."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size + (10 if data[5] & 0x10 else 0)


def _frame_size(data: bytes | mmap.mmap, at: int) -> int:
    """The bytes of the frame that begins here, 0 where none does."""
    head = data[at : at + _HEAD]
    if len(head) < _HEAD or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, kbits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _RATES or kbits in (0, 15) or rate == 3:
        return 0
    first = version == 3
    bits = _KBITS[1 if first else 2][kbits] * 1000
    return (144 if first else 72) * bits // _RATES[version][rate] + (head[2] >> 1 & 1)


def _promised(data: bytes | mmap.mmap, at: int) -> int:
    """How many frames the first one says there are, 0 where it does not say."""
    frame = data[at : at + (_frame_size(data, at) or 0)]
    if len(frame) < 60:
        return 0
    mono, first = frame[3] >> 6 == 3, frame[1] >> 3 & 3 == 3
    side = 4 + ((17 if mono else 32) if first else (9 if mono else 17))
    if frame[side : side + 4] in (b"Xing", b"Info") and frame[side + 7] & 1:
        return int.from_bytes(frame[side + 8 : side + 12], "big")
    return int.from_bytes(frame[50:54], "big") if frame[36:40] == b"VBRI" else 0
