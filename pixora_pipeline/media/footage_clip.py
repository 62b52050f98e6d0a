"""The body of a filmed scene as a video of its own: footage cut, fitted, looped, with its sound and the voice."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from av.container import OutputContainer

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.clip import ClipFacts, clip_sound
from pixora_pipeline.media.encoding import (
    FOOTAGE_PRESET,
    HANDLE_PRESET,
    PREVIEW_BIT_RATE,
    add_sound,
    add_video,
    encode_sound,
    encode_video,
    mp4,
    put_frame,
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
    reel: Reel, voice: Path | None, original: Path | None, fmt: FilmFormat, to: Path, handles: Path | None = None
) -> FootageClipFacts:
    """Encode the reel's frames [handle, frames - handle) with the voice at its place.

    `original` is the scene's own sound (see `write_reel_sound`), None when it is muted. A whole turn of the reel is
    encoded once, however often it is shown. The frames before and after go to `handles`, for the joints. Raises
    `UserError` when footage or sound can't be read or the scene is too short for its joints.
    """
    body = range(fmt.handle, reel.frames - fmt.handle)
    if not body:
        raise UserError(f"A scene of {reel.frames} frames has nothing left between its {fmt.handle}-frame joints.")
    sound = clip_sound(voice, len(body), fmt)
    if original is not None:
        heard = stereo(read_wav(original))[fmt.handle * fmt.samples_per_frame :][: len(sound)]
        sound = np.repeat(sound, 2, axis=1)
        sound[: len(heard)] += heard
    with TemporaryDirectory(prefix="pixora-") as folder, mp4(to) as container:
        kept = Path(handles) if handles else Path(folder) / "handles.mp4"
        with mp4(kept) as ends:
            segments = _segments(reel, body, fmt, Path(folder), Ends(ends, fmt))
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


class Ends:
    """Encodes the frames before and after a clip, in that order, nearly as they are."""

    def __init__(self, container: OutputContainer, fmt: FilmFormat) -> None:
        self.container, self.fmt, self.count = container, fmt, 0
        self.video = add_video(container, fmt, HANDLE_PRESET)

    def take(self, frames: Iterator[av.VideoFrame]) -> None:
        """The next `handle` of these frames, the first of which can be gone to."""
        for place, frame in enumerate(islice(frames, self.fmt.handle)):
            put_frame(self.container, self.video, frame, self.count, key=place == 0)
            self.count += 1

    def close(self) -> None:
        """All frames were taken."""
        self.container.mux(self.video.encode(None))


def _segments(reel: Reel, body: range, fmt: FilmFormat, folder: Path, ends: Ends) -> list[Path]:
    """The body as encoded pieces in order: one turn of the reel as often as it fits, then what is left over.

    The footage is read once from end to end, handles and all, or where it is looped as far as it differs.
    """
    turns, rest = divmod(len(body), reel.turn(fmt))
    pieces: list[Path] = []
    source = ReelSource(reel, fmt)
    frames = source.run(range(reel.frames))
    ends.take(frames)
    if turns:
        turn = folder / "turn.mp4"
        _encode(islice(frames, reel.turn(fmt)), fmt, turn)
        pieces += [turn] * turns
        frames = source.run(range(body.stop - rest, reel.frames))
    if rest:
        _encode(islice(frames, rest), fmt, folder / "rest.mp4")
        pieces.append(folder / "rest.mp4")
    ends.take(frames)
    ends.close()
    return pieces


def _encode(frames: Iterator[av.VideoFrame], fmt: FilmFormat, to: Path) -> None:
    with mp4(to) as container:
        encode_video(container, add_video(container, fmt, FOOTAGE_PRESET), frames)
