"""When everything happens: frames, scenes, joints and voices on one timeline. Pure arithmetic, light imports only.

A scene of N frames keeps its first and last `handle` frames for the joints beside it; its clip is the rest:

    scene A   |hhh|------------- clip A -------------|hhh|
    scene B                                          |hhh|------------- clip B -------------|hhh|
    film      joint|            clip A               |joint|            clip B              |joint

Neighbouring scenes overlap by one handle whatever the transition is, so changing it moves nothing else.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pixora_pipeline.errors import UserError

SAMPLE_RATE = 48_000
TICKS_PER_FRAME = 512
"""Video time base is 1 / (512 x fps): 1/15360 at 30 frames a second, what players meet most often."""

BREATH_SECONDS = 0.2
"""Silence between a joint and the voice, so that a pause between scenes is a handle and two breaths (0.9 s)."""

SEEN_SECONDS = 0.3
"""How long a clip behind its scene's first is seen before it is told of."""


@dataclass(frozen=True)
class FilmFormat:
    """Size in pixels (even), frames a second (a divisor of 48000), and the frames at a scene's ends that joints own."""

    width: int = 1920
    height: int = 1080
    fps: int = 30
    handle: int = 15

    def __post_init__(self) -> None:
        if self.width < 16 or self.height < 16 or self.width % 2 or self.height % 2:
            raise UserError(
                f"A film of {self.width} x {self.height} can't be encoded: both must be even and at least 16."
            )
        if self.fps < 1 or SAMPLE_RATE % self.fps:
            raise UserError(
                f"{self.fps} frames a second do not divide {SAMPLE_RATE} samples: use 24, 25, 30, 50 or 60."
            )
        if self.handle < 3:
            raise UserError(f"A handle of {self.handle} frames is too short for a transition: use at least 3.")

    @property
    def aspect(self) -> float:
        """Width to height."""
        return self.width / self.height

    @property
    def samples_per_frame(self) -> int:
        """Sound samples that one frame lasts."""
        return SAMPLE_RATE // self.fps

    @property
    def lead(self) -> float:
        """Seconds from a scene's first frame to its voice."""
        return self.handle / self.fps + BREATH_SECONDS

    @property
    def tail(self) -> float:
        """Seconds from the voice's end to the end of its scene, at least."""
        return self.lead

    def seconds(self, frames: int) -> float:
        """How long that many frames last."""
        return frames / self.fps


@dataclass(frozen=True)
class SceneSpan:
    """A scene's place in the film: its first frame, its frames in all (handles included), its voice's first sample."""

    start: int
    frames: int
    voice_onset: int

    @property
    def end(self) -> int:
        """The film's frame after the scene's last."""
        return self.start + self.frames


@dataclass(frozen=True)
class FilmTimeline:
    """The scenes in order, and the film's length in frames."""

    scenes: tuple[SceneSpan, ...]
    frames: int


def scene_frames(speech_seconds: float, minimum_seconds: float | None, fmt: FilmFormat) -> int:
    """The frames of a scene, handles included: enough for lead, speech and tail, and for the minimum, if any."""
    if not math.isfinite(speech_seconds) or speech_seconds < 0:
        raise UserError(f"A voice can't last {speech_seconds} seconds: make the scene's voice again.")
    spoken = fmt.lead + speech_seconds + fmt.tail if speech_seconds else 0.0
    shortest = 2 * fmt.handle / fmt.fps + 1.0
    # Sums such as 0.7 + 2.6 + 0.7 land a hair above a whole frame; a hair is no frame.
    return math.ceil(max(spoken, minimum_seconds or 0.0, shortest) * fmt.fps - 1e-6)


def film_timeline(scenes: Sequence[int], fmt: FilmFormat) -> FilmTimeline:
    """Lay scenes of that many frames each (handles included) one after the other."""
    if not scenes:
        raise UserError("A film needs at least one scene.")
    spans: list[SceneSpan] = []
    start = 0
    for frames in scenes:
        if frames <= 2 * fmt.handle:
            raise UserError(f"A scene of {frames} frames has nothing left between its {fmt.handle}-frame joints.")
        onset = start * fmt.samples_per_frame + round(fmt.lead * SAMPLE_RATE)
        spans.append(SceneSpan(start=start, frames=frames, voice_onset=onset))
        start += frames - fmt.handle
    return FilmTimeline(scenes=tuple(spans), frames=spans[-1].end)
