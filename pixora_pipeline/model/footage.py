"""A source video and what is known about it: how it is cut, what is said, what is seen. Times are seconds of it."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from pixora_pipeline.model.value import Value

MomentKind = Literal["transcript", "scene"]
TranscriptOrigin = Literal["sidecar", "subtitle track", "transcription", "none"]

Point = tuple[float, float]
"""A place in an upright picture, as shares of its width and height."""

MIDDLE: Point = (0.5, 0.5)
"""Where a crop looks when nothing tells it where to."""


class FootageModels(Value):
    """Who listens to a source, looks at it, and places its moments by what they mean: ids of the catalogue.

    `embedded` is what is built in: it reads what is written down, measures pictures, and knows vocabularies. Whatever
    ends in `_instead` is asked where the chosen one fails for good; another embedding can't take the place of one.
    """

    transcription: str = "embedded"
    transcription_instead: str | None = None
    vision: str = "embedded"
    vision_instead: str | None = None
    embedding: str = "embedded"


class VideoSource(Value):
    """A row of the sources table. `video` and `sidecar` are content hashes; the files are kept under those names.

    `revision` grows by one with every change to the row.
    """

    id: str
    owner: str
    name: str
    path: str
    video: str
    sidecar: str | None = None
    tags: tuple[str, ...] = ()
    collection: str | None = None
    models: FootageModels = FootageModels()
    revision: int
    created_at: datetime


class SourceFacts(Value):
    """What a source video is. `width` and `height` are those of the upright picture.

    `unread` says that it has a track that nothing here can name, and no sound but perhaps that.
    """

    container: str
    codec: str
    seconds: float
    width: int
    height: int
    fps: float
    rotation: int
    size: int
    has_sound: bool
    subtitle_streams: int
    unread: bool = Field(default=False, exclude_if=lambda value: not value)

    @property
    def sound_told(self) -> str | None:
        """What is to be known of its sound, None where it is as anybody would expect."""
        if not self.unread:
            return None
        return (
            "One of its tracks is of a coding that nothing here knows: if that is its sound, it is taken in as silent. "
            "Convert it to AAC to have it heard."
        )


class Shot(Value):
    """A stretch without a cut."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


class ShotList(Value):
    """All shots, in order, without gaps; `damaged` are stretches that can't be shown as they were filmed."""

    shots: tuple[Shot, ...]
    detector: str
    damaged: tuple[Shot, ...] = ()

    @property
    def damage(self) -> str:
        """Where it is damaged, in words."""
        return ", ".join(f"{each.start:.1f}-{each.end:.1f} s" for each in self.damaged[:5])


_NEAR = 0.12
"""Points no farther apart than this are one place: somebody who moves about."""


class ShotFocus(Value):
    """Where the action is from `start` to `end`: what a crop of another shape should keep in view."""

    start: float
    end: float
    point: Point


class ShotFocuses(Value):
    """The stretches whose action is elsewhere than in the middle, in order."""

    found: tuple[ShotFocus, ...]

    def within(self, start: float, end: float) -> Point:
        """Where to look from `start` to `end`: where the action is for most of that time, else the middle."""
        shown = {each: common for each in self.found if (common := min(each.end, end) - max(each.start, start)) > 0}
        longest = max(shown, key=lambda each: shown[each], default=None)
        near = {each: seconds for each, seconds in shown.items() if longest and _are_near(each.point, longest.point)}
        total = sum(near.values())
        if total <= (end - start) / 2:
            return MIDDLE
        x, y = (sum(each.point[axis] * seconds for each, seconds in near.items()) / total for axis in (0, 1))
        return round(x, 3), round(y, 3)


def _are_near(one: Point, other: Point) -> bool:
    return all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))


class Line(Value):
    """Words that are said from `start` to `end`."""

    start: float
    end: float
    text: str


class Transcript(Value):
    """What is said. No lines where nothing is said or nobody wrote it down; `note` says which."""

    origin: TranscriptOrigin
    lines: tuple[Line, ...]
    note: str | None = None


class SceneDescription(Value):
    """What a stretch shows: its measures in words or what a model saw, and the words said meanwhile.

    `brightness` is from 0 to 1; `motion` the mean change between frames, from 0 to 1.
    """

    start: float
    end: float
    look: str
    words: str
    brightness: float
    motion: float
    colours: tuple[str, ...]


class SceneDescriptions(Value):
    """The scenes of a source, in order."""

    scenes: tuple[SceneDescription, ...]


class Moment(Value):
    """A stretch of a source that can be found: one point of the index. `title` is the source's name.

    `domains` are the vocabularies that its words are read by; none are all of them.
    """

    id: str
    source: str
    kind: MomentKind
    start: float
    end: float
    text: str
    title: str
    tags: tuple[str, ...] = ()
    collection: str | None = None
    domains: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


class FootageIndex(Value):
    """Every point of a source, and what their vectors were made by."""

    embedding: str
    moments: tuple[Moment, ...]


class Found(Value):
    """A moment that was searched for. `similarity` is from 0 to 1; `rank_score` orders what was found."""

    moment: Moment
    similarity: float
    rank_score: float


class SourceState(Value):
    """How a source stands: `problem` says why it can't be used."""

    source: VideoSource
    facts: SourceFacts | None = None
    moments: int = 0
    problem: str | None = Field(default=None)
