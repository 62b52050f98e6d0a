"""The body of a scene as a video of its own: everything but the frames that its joints own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.captions import Sign, caption_signs, room_taken
from pixora_pipeline.media.encoding import PREVIEW_BIT_RATE, add_sound, add_video, encode_sound, encode_video, mp4
from pixora_pipeline.media.lower_third import Room, lower_third_sign
from pixora_pipeline.media.picture import plane_views
from pixora_pipeline.media.shot import Shot
from pixora_pipeline.media.signwriter import Overlay, write_signs
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat
from pixora_pipeline.media.wav import read_wav, stereo
from pixora_pipeline.model.captions import CaptionPlace, CaptionStyle
from pixora_pipeline.model.results import WordMark
from pixora_pipeline.model.value import Value


@dataclass(frozen=True)
class Burned:
    """The words to burn into a clip: captions in a style, of words timed in the voice's seconds, and a lower third.

    `focus` is the point of the picture that the eye goes to, as shares of width and height, if that is known. What is
    `taken`, from where to where as shares of the height, the lower third leaves free.
    """

    captions: CaptionStyle = "none"
    place: CaptionPlace = "foot"
    words: tuple[WordMark, ...] = ()
    lower_third: str | None = None
    focus: tuple[float, float] | None = None
    taken: tuple[float, float] | None = None


NOTHING = Burned()


class ClipFacts(Value):
    """A clip's frames, its length and the second its voice starts, counted from the clip's own start."""

    frames: int
    seconds: float
    width: int
    height: int
    voice_start: float | None


def make_clip(shot: Shot, voice: Path | None, fmt: FilmFormat, to: Path, burned: Burned = NOTHING) -> ClipFacts:
    """Encode frames [handle, frames - handle) of a scene, with its voice at its place.

    Words are burned into these frames alone, so that no joint depends on them. Raises `UserError` when the picture or
    the voice can't be read, the scene is too short for its joints, or no font can set its words.
    """
    frames = shot.frames
    body = range(fmt.handle, frames - fmt.handle)
    if not body:
        raise UserError(f"A scene of {frames} frames has nothing left between its {fmt.handle}-frame joints.")
    source = shot.open(fmt)
    overlays = words_over(burned, len(body), fmt)
    spoken = clip_sound(voice, len(body), fmt)
    with mp4(to) as container:
        video = add_video(container, fmt)
        audio = add_sound(container, PREVIEW_BIT_RATE[1], 1)
        # All sound first: it is small, and the container then interleaves it under the video as that grows.
        container.mux(list(encode_sound(audio, [spoken])))
        encode_video(container, video, (with_words(source.frame(at), at - body.start, overlays) for at in body))
    voice_start = _voice_start(fmt) if voice else None
    return ClipFacts(
        frames=len(body), seconds=fmt.seconds(len(body)), width=fmt.width, height=fmt.height, voice_start=voice_start
    )


def words_over(burned: Burned, frames: int, fmt: FilmFormat) -> list[Overlay]:
    """What is burned into a body of that many frames."""
    return write_signs(_signs(burned, frames, fmt), fmt)


def with_words(frame: av.VideoFrame, at: int, overlays: Sequence[Overlay]) -> av.VideoFrame:
    """Frame `at` of the body with what is over it: the same frame, written on."""
    planes = plane_views(frame)
    for overlay in overlays:
        overlay.lay(planes, at)
    return frame


def _voice_start(fmt: FilmFormat) -> float:
    return fmt.lead - fmt.handle / fmt.fps


def _signs(burned: Burned, frames: int, fmt: FilmFormat) -> list[Sign]:
    signs: list[Sign] = []
    if burned.lower_third:
        head, foot = room_taken(burned.captions, burned.place, fmt)
        signs += lower_third_sign(burned.lower_third, frames, fmt, Room(head, foot, burned.focus, burned.taken))
    if burned.captions != "none":
        signs += caption_signs(burned.captions, burned.place, burned.words, _voice_start(fmt), frames, fmt)
    return signs


def clip_sound(voice: Path | None, frames: int, fmt: FilmFormat) -> NDArray[np.float32]:
    """The clip's sound, (samples, 1), as long as its picture: the voice at its place, silence elsewhere."""
    sound = np.zeros((frames * fmt.samples_per_frame, 1), np.float32)
    if voice is not None:
        onset = round(fmt.lead * SAMPLE_RATE) - fmt.handle * fmt.samples_per_frame
        spoken = stereo(read_wav(voice)).mean(axis=1, keepdims=True)[: max(len(sound) - onset, 0)]
        sound[onset : onset + len(spoken)] = spoken
    return sound
