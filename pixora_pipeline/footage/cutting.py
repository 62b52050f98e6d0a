"""A stretch of a source as a file of its own: its packets copied from the key frame before it, nothing encoded.

But for sound that Matroska does not hold: that is written as samples.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.container import opened
from pixora_pipeline.footage.intact import check_intact
from pixora_pipeline.footage.recoded_sound import COPIED, RecodedSound
from pixora_pipeline.footage.upright import STEPS_BACK

_SLACK = 0.001
"""A key frame this little behind the start is what is shown there: times are told in milliseconds."""

_REORDERED = 0.5
"""MP4 is entered by when a picture is decoded, which is at most this long before it is shown."""

_AFTER_SECONDS = 0.5
"""Copied beyond the end, so that the last pictures have all that they are made from."""


Track = av.VideoStream | av.AudioStream
Written = dict[int, Track | RecodedSound]


@dataclass(frozen=True)
class _Beginning:
    """Where in the source a copy begins: in seconds of its clock, and in ticks of each of the tracks, by number."""

    seconds: Fraction
    ticks: Mapping[int, int]

    @classmethod
    def at(cls, key: av.Packet, tracks: Iterable[Track]) -> "_Beginning":
        # Asked of each packet, such fractions take as long as reading it.
        seconds = key.pts * key.time_base
        return cls(seconds, {track.index: round(seconds / track.time_base) for track in tracks})


@dataclass(frozen=True)
class CutOut:
    """Where in the new file the stretch starts and ends, in seconds."""

    start: float
    end: float


def check_cut(video: Path, name: str, start: float, end: float) -> None:
    """Raise `UserError` when nothing can be cut out of a video, tried on a stretch that can be shown."""
    reason = "It may be damaged"
    with suppress(UserError), opened(video, name) as source, av.open(BytesIO(), "w", format="matroska") as target:
        if _copy(source, target, start, end) is not None:
            return
        reason = "It has no picture that others are built on"
    raise UserError(f"No clip can be cut out of {name}. {reason}: convert it to MP4, or get it again.")


def cut_out(video: Path, name: str, start: float, end: float, to: Path) -> CutOut:
    """Write the stretch, picture and sound, to a Matroska file. Raises `UserError` when it shows nothing."""
    # Otherwise Matroska gives every file a random number.
    same = {"fflags": "+bitexact"}
    with opened(video, name) as source, av.open(f"file:{to}", "w", format="matroska", options=same) as target:
        first = _copy(source, target, start, end)
    if first is None:
        raise UserError(f"{name} shows nothing from {start:.1f} s to {end:.1f} s. It may be damaged there.")
    cut = CutOut(start=round(max(0.0, start - first), 4), end=round(end - first, 4))
    check_intact(to, name, cut.end)
    return cut


def _copy(source: InputContainer, target: OutputContainer, start: float, end: float) -> float | None:
    """Copy the packets; the second of the source at which the copy begins."""
    stream, sound = source.streams.video[0], next(iter(source.streams.audio), None)
    tracks = [each for each in (stream, sound) if each]
    began = (source.start_time or 0) / av.time_base
    written: Written = {stream.index: _copied(stream, target)}
    if sound:
        copied = sound.codec_context.name in COPIED
        written[sound.index] = _copied(sound, target) if copied else RecodedSound(sound, target)
    _enter(source, stream, start, began)
    last = (end + _AFTER_SECONDS + began) / stream.time_base
    first: _Beginning | None = None
    waiting: list[av.Packet] = []
    for packet in source.demux(tracks):
        if packet.pts is None:
            continue
        shown = packet.stream_index == stream.index
        if shown and first is None and packet.is_keyframe:
            first = _Beginning.at(packet, tracks)
        waiting.append(packet)
        if not _dated(waiting):
            continue
        if shown and packet.dts > last:
            waiting.pop()
            break
        if first is not None:
            _write(waiting, target, written, first)
    if first is not None:
        _dated(waiting, ended=True)
        _write(waiting, target, written, first)
    return None if first is None else float(first.seconds) - began


def _copied(stream: Track, target: OutputContainer) -> Track:
    """A track of the same coding. AV1 is read by a library that can't write it: that track takes packets alone."""
    codec = stream.codec_context.codec
    return target.add_stream_from_template(stream, opaque=codec.name != codec.canonical_name or None)


def _enter(source: InputContainer, stream: av.VideoStream, start: float, began: float) -> None:
    """Go to a key frame at or before the start. A file without an index is entered by guess, often behind it."""
    start += _SLACK
    for step in (0.0, _REORDERED, *STEPS_BACK[1:]):
        entry = int((max(0.0, start - step) + began) / stream.time_base)
        source.seek(entry, stream=stream)
        key = next((each for each in source.demux(stream) if each.is_keyframe and each.pts is not None), None)
        if key is not None and float(key.pts * key.time_base) - began <= start:
            break
    source.seek(entry, stream=stream)


def _dated(waiting: list[av.Packet], ended: bool = False) -> bool:
    """Say when packets are decoded that don't say so: in Matroska, the first behind every entry. Whether all do then.

    They are decoded before the next that says so, and where all have `ended`, before the first of them is shown.
    """
    if all(packet.dts is not None for packet in waiting):
        return True
    lacking: dict[int, list[av.Packet]] = {}
    for packet in waiting:
        run = lacking.setdefault(packet.stream_index, [])
        if packet.dts is None:
            run.append(packet)
        else:
            _count_back(run, packet.dts)
    for run in lacking.values():
        if ended and run:
            _count_back(run, min(packet.pts for packet in run) + 1)
    return not any(lacking.values())


def _count_back(run: list[av.Packet], until: int) -> None:
    while run:
        packet = run.pop()
        until -= max(packet.duration or 0, 1)
        packet.dts = until = min(until, packet.pts)


def _write(waiting: list[av.Packet], target: OutputContainer, written: Written, first: _Beginning) -> None:
    """Write what belongs to the copy, from `first` on; what leads into the key frame needs what comes before it."""
    for packet in waiting:
        moved = first.ticks[packet.stream_index]
        track = written[packet.stream_index]
        if packet.pts >= moved and isinstance(track, RecodedSound):
            track.write(packet, first.seconds, target)
        elif packet.pts >= moved:
            packet.pts, packet.dts = packet.pts - moved, packet.dts - moved
            packet.stream = track
            target.mux(packet)
    waiting.clear()
