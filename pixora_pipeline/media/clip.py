"""The body of a scene as a video of its own: everything but the frames that its joints own."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.encoding import PREVIEW_BIT_RATE, add_sound, add_video, encode_sound, encode_video, mp4
from pixora_pipeline.media.shot import Shot
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat
from pixora_pipeline.media.wav import read_wav, stereo
from pixora_pipeline.model.value import Value


class ClipFacts(Value):
    """A clip's frames, its length and the second its voice starts, counted from the clip's own start."""

    frames: int
    seconds: float
    width: int
    height: int
    voice_start: float | None


def make_clip(shot: Shot, voice: Path | None, fmt: FilmFormat, to: Path) -> ClipFacts:
    """Encode frames [handle, frames - handle) of a scene, with its voice at its place.

    Raises `UserError` when the picture or the voice can't be read or the scene is too short for its joints.
    """
    frames = shot.frames
    body = range(fmt.handle, frames - fmt.handle)
    if not body:
        raise UserError(f"A scene of {frames} frames has nothing left between its {fmt.handle}-frame joints.")
    source = shot.open(fmt)
    spoken = clip_sound(voice, len(body), fmt)
    with mp4(to) as container:
        video = add_video(container, fmt)
        audio = add_sound(container, PREVIEW_BIT_RATE)
        # All sound first: it is small, and the container then interleaves it under the video as that grows.
        container.mux(list(encode_sound(audio, [spoken])))
        encode_video(container, video, map(source.frame, body))
    voice_start = fmt.lead - fmt.handle / fmt.fps if voice else None
    return ClipFacts(
        frames=len(body), seconds=fmt.seconds(len(body)), width=fmt.width, height=fmt.height, voice_start=voice_start
    )


def clip_sound(voice: Path | None, frames: int, fmt: FilmFormat) -> NDArray[np.float32]:
    """The clip's sound, (samples, 2), as long as its picture: the voice at its place, silence elsewhere."""
    sound = np.zeros((frames * fmt.samples_per_frame, 2), np.float32)
    if voice is not None:
        onset = round(fmt.lead * SAMPLE_RATE) - fmt.handle * fmt.samples_per_frame
        spoken = stereo(read_wav(voice))[: max(len(sound) - onset, 0)]
        sound[onset : onset + len(spoken)] = spoken
    return sound
