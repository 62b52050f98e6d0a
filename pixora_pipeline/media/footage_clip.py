"""The body of a filmed scene as a video of its own: footage cut, fitted, looped, with its sound and the voice."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.clip import NOTHING, Burned, ClipFacts, clip_sound, with_words, words_over
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
from pixora_pipeline.media.handles import put_by
from pixora_pipeline.media.picture import copied
from pixora_pipeline.media.reel import Reel
from pixora_pipeline.media.signwriter import Overlay
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.media.wav import read_wav, stereo


class FootageClipFacts(ClipFacts):
    """A clip's facts, and how often its footage had to begin again because it was shorter than the scene."""

    loops: int


def make_footage_clip(
    reel: Reel,
    voice: Path | None,
    original: Path | None,
    fmt: FilmFormat,
    to: Path,
    handles: Path | None = None,
    burned: Burned = NOTHING,
) -> FootageClipFacts:
    """Encode the reel's frames [handle, frames - handle) with the voice at its place.

    `original` is the scene's own sound (see `write_reel_sound`), None when it is muted. A whole turn of the reel is
    encoded once, however often it is shown, unless words are `burned` into it. The frames before and after go to
    `handles`, without words, for the joints. Raises `UserError` when footage or sound can't be read, the scene is too
    short for its joints, or no font can set its words.
    """
    body = range(fmt.handle, reel.frames - fmt.handle)
    if not body:
        raise UserError(f"A scene of {reel.frames} frames has nothing left between its {fmt.handle}-frame joints.")
    overlays = words_over(burned, len(body), fmt)
    sound = clip_sound(voice, len(body), fmt)
    if original is not None:
        heard = stereo(read_wav(original))[fmt.handle * fmt.samples_per_frame :][: len(sound)]
        sound = np.repeat(sound, 2, axis=1)
        sound[: len(heard)] += heard
    with TemporaryDirectory(prefix="pixora-") as folder, mp4(to) as container:
        segments = _segments(reel, body, overlays, fmt, Path(folder), handles)
        channels = sound.shape[1]
        video, audio = (
            add_copied_video(container, segments[0]),
            add_sound(container, PREVIEW_BIT_RATE[channels], channels),
        )
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


def _segments(
    reel: Reel, body: range, overlays: Sequence[Overlay], fmt: FilmFormat, folder: Path, handles: Path | None
) -> list[Path]:
    """The body as encoded pieces in order: one turn of the reel as often as it fits, then what is left over.

    The footage is read once from end to end, handles and all, or where it is looped as far as it differs.
    """
    turns, rest = (0, len(body)) if overlays else divmod(len(body), reel.turn(fmt))
    pieces: list[Path] = []
    source = ReelSource(reel, fmt)
    frames = source.run(range(reel.frames))
    with put_by(handles, fmt) as keep:
        keep(islice(frames, fmt.handle))
        if turns:
            turn = folder / "turn.mp4"
            _encode(islice(frames, reel.turn(fmt)), fmt, turn)
            pieces += [turn] * turns
            frames = source.run(range(body.stop - rest, reel.frames))
        if rest:
            shown = islice(frames, rest)
            _encode(_with_words(shown, overlays) if overlays else shown, fmt, folder / "rest.mp4")
            pieces.append(folder / "rest.mp4")
        keep(islice(frames, fmt.handle))
    return pieces


def _with_words(frames: Iterator[av.VideoFrame], overlays: Sequence[Overlay]) -> Iterator[av.VideoFrame]:
    # On copies: a frame that is shown twice is one frame.
    return (with_words(copied(frame), at, overlays) for at, frame in enumerate(frames))


def _encode(frames: Iterator[av.VideoFrame], fmt: FilmFormat, to: Path) -> None:
    # One encoder at a time: each takes up to a hundred megabytes.
    with mp4(to) as container:
        encode_video(container, add_video(container, fmt, FOOTAGE_PRESET), frames)
