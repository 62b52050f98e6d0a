"""What is wrong with a video, found while it is decoded: bytes that can't be, pictures that don't come."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from contextlib import suppress

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from pixora_pipeline.footage.packets import check_for

_ONE_EACH = {"hevc", "vp9", "av1"}
"""Each packet of theirs is a picture that is shown, where none is skipped on purpose."""


def decodable(container: InputContainer, stream: VideoStream) -> Iterator[av.VideoFrame]:
    """The pictures from here on; a packet that none can be made of is passed over."""
    for packet in container.demux(stream):
        with suppress(av.error.InvalidDataError):
            yield from packet.decode()


class Faults:
    """What of a stream is damaged. `watched` decodes it; nothing that it stumbles over ends it."""

    def __init__(self, stream: VideoStream) -> None:
        self._check = check_for(stream)
        every = stream.codec_context.skip_frame in ("DEFAULT", "NONE")
        self._expects = every and stream.codec_context.name in _ONE_EACH
        self._broken: set[int] = set()
        self._awaited: list[int] = []

    def watched(self, packets: Iterable[av.Packet]) -> Iterator[av.VideoFrame]:
        """The pictures of these packets."""
        for packet in packets:
            if packet.pts is not None:
                self._look_at(packet, packet.pts)
            try:
                yield from packet.decode()
            except av.error.InvalidDataError:
                if packet.pts is not None and not self._expects:
                    insort(self._awaited, packet.pts)

    def lost_before(self, pts: int) -> list[int]:
        """When there should have been pictures since the last one, and were none."""
        at = bisect_left(self._awaited, pts)
        lost, self._awaited = self._awaited[:at], self._awaited[at:]
        if self._awaited and self._awaited[0] == pts:
            del self._awaited[0]
        return lost

    def is_in(self, frame: av.VideoFrame) -> bool:
        """Whether a picture is damaged itself."""
        if frame.pts in self._broken:
            self._broken.discard(frame.pts)
            return True
        return frame.is_corrupt

    def _look_at(self, packet: av.Packet, pts: int) -> None:
        if self._check and not self._check(bytes(packet)):
            self._broken.add(pts)
        if self._expects and not packet.is_discard:
            insort(self._awaited, pts)
