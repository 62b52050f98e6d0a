"""What is known about a finished film: values only, light to import. How they are found is beside them."""

from collections.abc import Sequence

from pixora_pipeline.model.value import Value


class VideoFacts(Value):
    """A video stream; seconds from its first frame's start to its last frame's end."""

    codec: str
    profile: str | None
    width: int
    height: int
    fps: float
    frames: int
    start: float
    seconds: float
    pixel_format: str | None
    decode_times_rise: bool


class SoundStreamFacts(Value):
    """A sound stream; `start` and `seconds` are those a listener gets, the coder's priming taken off."""

    codec: str
    sample_rate: int
    channels: int
    start: float
    seconds: float


class TextFacts(Value):
    """A subtitle stream, its language (ISO 639-2) and when each of its cues is shown, in seconds."""

    codec: str
    language: str | None
    shown: tuple[tuple[float, float], ...]


class MediaFacts(Value):
    """Everything a container holds; the first stream of each kind, None where there is none."""

    seconds: float
    size: int
    title: str | None
    video: VideoFacts | None
    sound: SoundStreamFacts | None
    text: TextFacts | None


class Loudness(Value):
    """Integrated loudness in LUFS and true peak in dBTP; both minus infinity for silence."""

    integrated: float
    true_peak: float


class Stretch(Value):
    """From `start` to `end`, in seconds of the film."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


def without(stretches: Sequence[Stretch], others: Sequence[Stretch], blur: float = 0.5) -> tuple[Stretch, ...]:
    """What is left of the stretches outside the others, whose ends are known to `blur` seconds."""
    left = list(stretches)
    for other in others:
        first, last = other.start - blur, other.end + blur
        parts = [part for one in left for part in ((one.start, min(one.end, first)), (max(one.start, last), one.end))]
        left = [Stretch(start=start, end=end) for start, end in parts if start < end]
    return tuple(left)


Run = tuple[int, int]
"""Frames from the first to just before the last."""


class Watched(Value):
    """Where the picture of a video is black and where it stands still, in runs of its frames, in order.

    Of runs in its midst there are long ones only; those at its ends are there however short they are.
    """

    frames: int
    fps: int
    black: tuple[Run, ...]
    still: tuple[Run, ...]


class FilmMeasures(Value):
    """The facts of a film that its checks judge.

    `offset` is how much later the sound starts than the picture, in seconds; `covered` the share of the spoken time
    during which a subtitle is shown, None when nobody speaks.
    """

    media: MediaFacts
    loudness: Loudness | None
    black: tuple[Stretch, ...]
    frozen: tuple[Stretch, ...]
    silent: tuple[Stretch, ...]
    offset: float | None
    covered: float | None
