"""What a provider gives back: facts about the file it wrote, in seconds and pixels."""

from pydantic import Field

from pixora_pipeline.model.camera import CameraKind
from pixora_pipeline.model.value import Value


class NearLayer(Value):
    """What stands near us in a picture: a PNG beside it, and where its corner lies in the picture, in pixels.

    Its opacity says how much of the background is hidden, its colours what is hidden. The picture is of both.
    """

    file: str
    left: int
    top: int


class Picture(Value):
    """A PNG. `focus` is the point the eye goes to, as fractions of width and height; `composition` its kind.

    `caption_drawn` is False when a caption was asked for and no font at hand could set it; `words` is from where to
    where it stands, as fractions of the height. `near` is what a camera may move past, where the artist knows.
    """

    width: int
    height: int
    focus: tuple[float, float]
    composition: str
    caption_drawn: bool = True
    words: tuple[float, float] | None = Field(default=None, exclude_if=lambda words: words is None)
    near: NearLayer | None = None


class WordMark(Value):
    """When a word is heard, in seconds from the start of the recording."""

    start: float
    end: float
    text: str


class Speech(Value):
    """A mono 16-bit 48 kHz WAV, without silence before or after."""

    seconds: float
    words: tuple[WordMark, ...]


class Music(Value):
    """A stereo 16-bit 48 kHz WAV. `loop_start` and `loop_end` (seconds) may be repeated without a seam."""

    seconds: float
    loop_start: float
    loop_end: float


class Rectangle(Value):
    """A part of a picture, as fractions of its size; its shape is the film's."""

    x: float
    y: float
    width: float
    height: float


class CameraMove(Value):
    """A camera that travels over a still, eased, from one rectangle to another."""

    kind: CameraKind
    start: Rectangle
    end: Rectangle


class MovingPicture(Value):
    """A video that a service made of a still: its length, size and frames. It has no sound that is used."""

    seconds: float
    width: int
    height: int
    fps: float
    frames: int


class Transcript(Value):
    """What is said in a recording, and when each word is heard. `language` (BCP 47) None is not known."""

    text: str
    language: str | None
    seconds: float
    words: tuple[WordMark, ...]


class Embeddings(Value):
    """A vector for each text, all of one length, in the order of the texts."""

    vectors: tuple[tuple[float, ...], ...]


class Stretch(Value):
    """One animation of a recording: `frames` frames from `first` on, the last of which stood for `hold` more.

    `begins` where a step of the explanation begins with it, at the words `said` in the narration.
    """

    first: int
    frames: int
    hold: int
    said: str
    begins: bool


class Animation(Value):
    """A recorded animation: a video of `frames` different frames, and the stretches that they were played in."""

    width: int
    height: int
    fps: int
    frames: int
    stretches: tuple[Stretch, ...]
