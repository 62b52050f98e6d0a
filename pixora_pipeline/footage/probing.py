"""What a source video is, found out before anything else looks at it; what can't be used is refused in a sentence."""

import io
import math
from functools import cache
from pathlib import Path

import av
from av.container import InputContainer

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.container import MOST_STREAMS, container_of, opened
from pixora_pipeline.footage.faults import decodable
from pixora_pipeline.footage.sound_clock import is_heard, keeps_time
from pixora_pipeline.footage.whole import missing_bytes
from pixora_pipeline.model.footage import SourceFacts

LONGEST_SECONDS = 12 * 3600
SHORTEST_SECONDS = 0.5
MOST_PIXELS = 8192 * 4320
FEWEST_PIXELS = 16
FASTEST_FPS = 240
_FEWEST_PICTURES = 0.5
MOST_CHANNELS = 8
"""Nobody can say what more of them are, or mix them into two."""

_END_SECONDS = 10
"""How far before the announced end there have to be pictures: less is a file cut short."""


def probe_source(path: Path, name: str | None = None) -> SourceFacts:
    """The facts of a video, its first and one of its last pictures decoded. Raises `UserError`."""
    called = name or path.name
    with opened(path, called) as container:
        if len(container.streams) >= MOST_STREAMS:
            raise UserError(f"{called} has {MOST_STREAMS} tracks or more. Give a video with fewer.")
        if not container.streams.video:
            raise UserError(f"{called} has no picture. Give a video.")
        facts = _facts(container, path, called)
        _check(facts, called)
        if missing := missing_bytes(container, path):
            told = f"{missing / 1e6:.1f} MB" if missing >= 50_000 else f"{missing} bytes"
            raise UserError(f"{called} is cut short: it lacks {told} by its own account. Get it again.")
        _check_sound(container, called)
        rotation = _decode_ends(container, facts.seconds, called)
    if rotation % 180:
        return facts.model_copy(update={"rotation": rotation, "width": facts.height, "height": facts.width})
    return facts.model_copy(update={"rotation": rotation})


def _facts(container: InputContainer, path: Path, called: str) -> SourceFacts:
    video = container.streams.video[0]
    return SourceFacts(
        container=container_of(path, called),
        codec=video.codec_context.name,
        seconds=_seconds(container, called),
        width=video.codec_context.width,
        height=video.codec_context.height,
        fps=round(float(video.average_rate or video.guessed_rate or 0), 3),
        rotation=0,
        size=path.stat().st_size,
        has_sound=bool(container.streams.audio),
        subtitle_streams=len(container.streams.subtitles),
        unread=not container.streams.audio and any(_is_unnamed(container, each) for each in container.streams),
    )


def _is_unnamed(container: InputContainer, stream: av.stream.Stream) -> bool:
    """Whether nobody can say what a track is. What broadcasts have of their own is told as data in MPEG-TS."""
    if stream.type == "data":
        return container.format.name == "mpegts" and stream.name in (None, "bin_data")
    return stream.type == "unknown"


def _seconds(container: InputContainer, called: str) -> float:
    video = container.streams.video[0]
    if video.duration and video.time_base:
        return float(video.duration * video.time_base)
    if container.duration:
        return container.duration / av.time_base
    raise UserError(f"{called} does not say how long it is. Convert it to MP4 and add that.")


def _check(facts: SourceFacts, called: str) -> None:
    if not SHORTEST_SECONDS <= facts.seconds <= LONGEST_SECONDS:
        raise UserError(f"{called} lasts {facts.seconds:.1f} s; footage may last half a second to 12 hours.")
    if facts.codec not in _codecs_to_cut():
        raise UserError(f"{called} is coded as {facts.codec}, which can't be cut as it is. Convert it to H.264.")
    if min(facts.width, facts.height) < FEWEST_PIXELS or facts.width * facts.height > MOST_PIXELS:
        raise UserError(f"{called} is {facts.width} x {facts.height} pixels; the most is 8192 x 4320.")
    if not _FEWEST_PICTURES / facts.seconds < facts.fps <= FASTEST_FPS:
        raise UserError(
            f"{called} has {facts.fps:g} frames a second; at most {FASTEST_FPS} can be used, and one in all at least."
        )


def _check_sound(container: InputContainer, called: str) -> None:
    heard = next(iter(container.streams.audio), None)
    if heard and (heard.codec_context is None or not heard.codec_context.channels):
        raise UserError(f"{called} has a sound of a coding that nothing here can read. Convert it to AAC.")
    channels = max((each.codec_context.channels for each in container.streams.audio if each.codec_context), default=0)
    if channels > MOST_CHANNELS:
        raise UserError(f"{called} has a sound of {channels} channels; the most is {MOST_CHANNELS}. Mix it down first.")
    if heard and not is_heard(container, heard):
        raise UserError(f"{called} has a sound that can't be decoded. Convert it to AAC, or leave the sound out.")
    if heard and not keeps_time(container, heard):
        raise UserError(f"{called} has a sound that does not say when it is heard. Convert it to AAC.")


@cache
def _codecs_to_cut() -> frozenset[str]:
    """The codings that clips cut out of a source can have: those that Matroska holds."""
    with av.open(io.BytesIO(), "w", format="matroska") as container:
        return frozenset(container.supported_codecs)


def _decode_ends(container: InputContainer, seconds: float, called: str) -> int:
    """Decode a picture at the start and one near the end; the rotation in degrees that the first asks for."""
    video = container.streams.video[0]
    first = next(decodable(container, video), None)
    if first is None:
        raise UserError(f"{called} holds no picture that can be decoded. It may be damaged.")
    near_end = max(0.0, seconds - _END_SECONDS)
    container.seek(math.floor(near_end * av.time_base))
    last = next(decodable(container, video), None)
    if last is None or last.time is None or last.time < near_end - 2 * _END_SECONDS:
        raise UserError(f"{called} is cut short: it says {seconds:.1f} s and breaks off before. Get it again.")
    return round(getattr(first, "rotation", 0) or 0) % 360
