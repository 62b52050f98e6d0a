"""A stretch of a source as a file of its own: its packets copied from the key frame before it, nothing encoded."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.container import opened
from pixora_pipeline.footage.intact import check_intact
from pixora_pipeline.footage.upright import STEPS_BACK

_AFTER_SECONDS = 0.5
"""Copied beyond the end, so that the last pictures have all that they are made from."""


@dataclass(frozen=True)
class CutOut:
    """Where in the new file the stretch starts and ends, in seconds."""

    start: float
    end: float


def cut_out(video: Path, name: str, start: float, end: float, to: Path) -> CutOut:
    """Write the stretch, picture and sound, to a Matroska file. Raises `UserError` when it shows nothing."""
    with opened(video, name) as source, av.open(f"file:{to}", "w", format="matroska") as target:
        first = _copy(source, target, start, end)
    if first is None:
        raise UserError(f"{name} shows nothing from {start:.1f} s to {end:.1f} s. It may be damaged there.")
    cut = CutOut(start=round(max(0.0, start - first), 4), end=round(end - first, 4))
    check_intact(to, name, cut.end)
    return cut


def _copy(source: InputContainer, target: OutputContainer, start: float, end: float) -> float | None:
    """Copy the packets; the second of the source at which the copy begins."""
    stream, sound = source.streams.video[0], _sound_to_copy(source, target)
    began = (source.start_time or 0) / av.time_base
    copied = {each.index: target.add_stream_from_template(each) for each in (stream, sound) if each}
    _enter(source, stream, start, began)
    first: Fraction | None = None
    waiting: list[av.Packet] = []
    for packet in source.demux([each for each in (stream, sound) if each]):
        if packet.pts is None or packet.dts is None:
            continue
        if packet.stream_index == stream.index and first is None and packet.is_keyframe:
            first = packet.pts * packet.time_base
        waiting.append(packet)
        if packet.stream_index == stream.index and float(packet.dts * packet.time_base) - began > end + _AFTER_SECONDS:
            waiting.pop()
            break
        if first is not None:
            _write(waiting, target, copied, first)
    if first is not None:
        _write(waiting, target, copied, first)
    return None if first is None else float(first) - began


def _enter(source: InputContainer, stream: av.VideoStream, start: float, began: float) -> None:
    """Go to a key frame at or before the start. A file without an index is entered by guess, often behind it."""
    for step in STEPS_BACK:
        entry = int((max(0.0, start - step) + began) / stream.time_base)
        source.seek(entry, stream=stream)
        key = next((each for each in source.demux(stream) if each.is_keyframe and each.pts is not None), None)
        if key is not None and float(key.pts * key.time_base) - began <= start:
            break
    source.seek(entry, stream=stream)


def _sound_to_copy(source: InputContainer, target: OutputContainer) -> av.AudioStream | None:
    sound = source.streams.audio[0] if source.streams.audio else None
    return sound if sound and sound.codec_context.name in target.supported_codecs else None


def _write(waiting: list[av.Packet], target: OutputContainer, copied: dict, first: Fraction) -> None:
    """Write what belongs to the copy, from `first` on; what leads into the key frame needs what comes before it."""
    for packet in waiting:
        moved = round(first / packet.time_base)
        if packet.pts >= moved:
            packet.pts, packet.dts = packet.pts - moved, packet.dts - moved
            packet.stream = copied[packet.stream_index]
            target.mux(packet)
    waiting.clear()
