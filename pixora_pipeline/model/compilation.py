"""A compilation on its way from a request to a plan of clips. Times are seconds of the source they belong to."""

from typing import Literal

from pydantic import Field

from pixora_pipeline.model.footage import MIDDLE, Moment, Point
from pixora_pipeline.model.value import Value

NoticeKind = Literal[
    "too little footage",
    "nothing found",
    "no speech",
    "clip replaced",
    "damaged",
    "outdated",
    "clip reused",
    "without words",
    "silent",
    "looped",
    "few sources",
    "too short",
    "too long",
    "shortened",
    "own words",
    "animation replaced",
    "stood in",
    "unsafe",
]


class Notice(Value):
    """Something that people have to know about what was made: what was asked for and could not be had."""

    kind: NoticeKind
    message: str


class CompilationBrief(Value):
    """What a compilation needs of the row. `without` names sources that must not be used."""

    requirements: str
    context: str
    seconds: float | None
    collection: str | None
    tags: tuple[str, ...]
    without: tuple[str, ...]
    fit: Literal["crop", "pad"] = "crop"
    title: str | None = None
    model: str


class SearchQuery(Value):
    """What to look for: `topic` in a word or two, `text` as an expert would describe it when it is seen.

    `about` are concepts of a vocabulary, such as `fitness:core`: only what is about one of them counts, and the last is
    what the request names. Empty where none is known. What is not `asked` for would make a good beginning or end, and
    nobody misses it.
    """

    topic: str
    text: str
    priority: int = Field(ge=1, le=10)
    seconds: float
    tags: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    asked: bool = True

    @property
    def serves(self) -> str:
        """What of the request it is for; several queries can be for the same."""
        return self.about[-1].partition(":")[2] if self.about else self.topic


class SearchQueries(Value):
    """The request as queries, in the order of the film. `title` is what the film is about."""

    title: str
    seconds: float
    queries: tuple[SearchQuery, ...]


class ContentMatch(Value):
    """A moment that fits a query. `score` is its similarity and its rank, with the bonus for a very good match.

    One that is `wider` shows what was asked for in words unlike the query's: a film is filled up with those.
    """

    query: int
    moment: Moment
    similarity: float
    score: float
    wider: bool = False


class FootageMatches(Value):
    """What was found, the best first for each query; `sources` is how many videos the library had then.

    `others` are topics that nobody asked for and of which it has something too; told where what fits is too little.
    """

    matches: tuple[ContentMatch, ...]
    sources: int
    others: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


class PlannedClip(Value):
    """A stretch to show: `video` is the content hash of its source. `words` are said in it, `look` is what is seen.

    `motion` is how much moves, from 0 to 1, and `focus` where, as shares of the picture's width and height."""

    source: str
    video: str
    name: str
    start: float
    end: float
    look: str
    words: str
    motion: float
    score: float
    similarity: float
    focus: Point = MIDDLE

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


class PlannedSegment(Value):
    """One scene of the film: its clips in order, and others that could stand in for one that fails."""

    query: int
    topic: str
    clips: tuple[PlannedClip, ...] = Field(min_length=1, max_length=3)
    spares: tuple[PlannedClip, ...] = ()


class ClipPlan(Value):
    """The film before a word of it is written. `seconds` is how long it will be, pauses and joints counted.

    `pace` is how much more time than narrators its voice is known to take.
    """

    title: str
    seconds: float
    segments: tuple[PlannedSegment, ...] = Field(min_length=1)
    pace: float = Field(default=1.0, exclude_if=lambda pace: pace == 1.0)
    notices: tuple[Notice, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources it uses, each once."""
        return tuple(dict.fromkeys(clip.source for segment in self.segments for clip in segment.clips))


class FootageBrief(Value):
    """What one filmed scene shows, and what may stand in."""

    clips: tuple[PlannedClip, ...]
    spares: tuple[PlannedClip, ...] = ()
    fit: Literal["crop", "pad"] = "crop"


class CutFootage(Value):
    """A stretch as it was cut out: its file, where in that file it starts and ends, and where a crop is to look."""

    file: str
    source: str
    name: str
    start: float
    end: float
    focus: Point = MIDDLE
