"""The body of a filmed scene as a video of its own: footage cut, fitted, looped, with its sound and the voice."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import av

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.clip import ClipFacts, clip_sound
from pixora_pipeline.media.encoding import (
    FOOTAGE_PRESET,
    PREVIEW_BIT_RATE,
    add_sound,
    add_video,
    encode_sound,
    encode_video,
    mp4,
)
from pixora_pipeline.media.film import CopiedVideo, add_copied_video
from pixora_pipeline.media.footage import ReelSource
from pixora_pipeline.media.reel import Reel
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.media.wav import read_wav, stereo


class FootageClipFacts(ClipFacts):
    """A clip's facts, and how often its footage had to begin again because it was shorter than the scene."""

    loops: int


def make_footage_clip(
    reel: Reel, voice: Path | None, original: Path | None, fmt: FilmFormat, to: Path
) -> FootageClipFacts:
    """Encode the reel's frames [handle, frames - handle) with the voice at its place.

    `original` is the scene's own sound (see `write_reel_sound`), None when it is muted. A whole turn of the reel is
    encoded once, however often it is shown. Raises `UserError` when footage or sound can't be read or the scene is too
    short for its joints.
    """
    body = range(fmt.handle, reel.frames - fmt.handle)
    if not body:
        raise UserError(f"A scene of {reel.frames} frames has nothing left between its {fmt.handle}-frame joints.")
    sound = clip_sound(voice, len(body), fmt)
    if original is not None:
        heard = stereo(read_wav(original))[fmt.handle * fmt.samples_per_frame :][: len(sound)]
        sound[: len(heard)] += heard
    with TemporaryDirectory(prefix="pixora-") as folder, mp4(to) as container:
        segments = _segments(reel, body, fmt, Path(folder))
        video, audio = add_copied_video(container, segments[0]), add_sound(container, PREVIEW_BIT_RATE)
        # All sound first: it is small, and the container then interleaves it under the video as that grows.
        container.mux(list(encode_sound(audio, [sound])))
        for packet in CopiedVideo(video, fmt).packets(segments):
            container.mux(packet)
    return FootageClipFacts(
        frames=len(body),
        seconds=fmt.seconds(len(body)),
        width=fmt.width,
        height=fmt.height,
        voice_start=fmt.lead - fmt.handle / fmt.fps if voice else None,
        loops=reel.loops(fmt),
    )


def _segments(reel: Reel, body: range, fmt: FilmFormat, folder: Path) -> list[Path]:
    """The body as encoded pieces in order: one turn of the reel as often as it fits, then what is left over."""
    turns, rest = divmod(len(body), reel.turn(fmt))
    pieces: list[Path] = []
    source = ReelSource(reel, fmt)
    if turns:
        turn = folder / "turn.mp4"
        _encode(source.run(body[: reel.turn(fmt)]), fmt, turn)
        pieces += [turn] * turns
    if rest:
        _encode(source.run(body[-rest:]), fmt, folder / "rest.mp4")
        pieces.append(folder / "rest.mp4")
    return pieces


def _encode(frames: Iterator[av.VideoFrame], fmt: FilmFormat, to: Path) -> None:
    with mp4(to) as container:
        encode_video(container, add_video(container, fmt, FOOTAGE_PRESET), frames)
