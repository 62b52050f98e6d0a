"""A recorded animation fitted to a voice: each step begins on its words, and the last picture stands in between."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import av

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.alignment import align_steps
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.results import Animation, Stretch, WordMark

FIRST_STEP_SECONDS = 0.15
"""Into the scene: it begins under the fade."""
AHEAD_SECONDS = 0.2
"""A picture begins to move a little before the word that it goes with is heard."""
FASTEST = 2.0
"""How much an animation is hurried, by leaving frames out, before the step after it is kept waiting."""


@dataclass(frozen=True)
class Passage:
    """From frame `start` of the scene on, the recording's frames from `first` to `last`, `pace` of them a frame."""

    start: int
    first: int
    last: int
    pace: float = 1.0

    def at(self, frame: int) -> int:
        """The recording's frame that is seen then; the last one stands."""
        return min(self.first + int((frame - self.start) * self.pace), self.last)


def fit(recorded: Animation, words: Sequence[WordMark], frames: int, fmt: FilmFormat) -> list[Passage]:
    """The passages of a scene of that many frames with that voice, in order, the first from frame 0."""
    steps = _steps(recorded.stretches)
    spoken = [word.text for word in words]
    at = align_steps([step[0].said for step in steps], spoken)
    wanted = [round(FIRST_STEP_SECONDS * fmt.fps)]
    wanted += [round((fmt.lead + _heard(words, place) - AHEAD_SECONDS) * fmt.fps) for place in at[1:]]
    ends = frames - fmt.handle
    passages: list[Passage] = []
    begin = 0
    for number, (step, start) in enumerate(zip(steps, wanted, strict=True)):
        begin = max(start, begin)
        least = sum(stretch.frames for each in steps[number:] for stretch in each) / FASTEST
        # Whatever is still to come has to find room before the scene ends.
        begin = max(min(begin, int(ends - least)), passages[-1].start + 1 if passages else 0)
        until = wanted[number + 1] if number + 1 < len(wanted) else ends
        begin = _lay(passages, step, begin, until)
    return passages


def _lay(passages: list[Passage], step: list[Stretch], begin: int, until: int) -> int:
    """Lay a step's stretches from frame `begin` on, at their own pace or hurried; where the next one may begin."""
    moving = sum(stretch.frames for stretch in step)
    room = max(until - begin, 1)
    pace = min(max(moving / room, 1.0), FASTEST)
    spare = max(room - moving, 0)
    holds = sum(stretch.hold for stretch in step[:-1])
    share = min(1.0, spare / holds) if holds else 0.0
    for stretch in step:
        passages.append(Passage(begin, stretch.first, stretch.first + stretch.frames - 1, pace))
        begin += max(1, round(stretch.frames / pace)) + int(stretch.hold * share)
    return begin


def _steps(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    steps: list[list[Stretch]] = []
    for stretch in stretches:
        if stretch.begins or not steps:
            steps.append([])
        steps[-1].append(stretch)
    if not steps:
        raise UserError("The script plays nothing: it needs at least one animation.")
    return steps


def _heard(words: Sequence[WordMark], place: float) -> float:
    """The second at which a place among the words is heard, counted in words."""
    if not words:
        return 0.0
    index = min(int(place), len(words) - 1)
    return words[index].start + (place - index) * (words[index].end - words[index].start)


@dataclass(frozen=True)
class AnimationShot:
    """A recording, the words it is fitted to, and the frames of its scene."""

    recording: Path
    recorded: Animation
    words: tuple[WordMark, ...]
    frames: int

    def open(self, fmt: FilmFormat) -> "RecordedSource":
        """Fit it. Raises `UserError` where there is nothing in it."""
        passages = fit(self.recorded, self.words, self.frames, fmt)
        return RecordedSource(self.recording, passages, self.frames, fmt)


@dataclass
class RecordedSource:
    """Gives the scene's frames by reading the recording forwards, once."""

    recording: Path
    passages: list[Passage]
    frames: int
    fmt: FilmFormat
    _starts: list[int] = field(init=False)
    _read: Iterator[av.VideoFrame] = field(init=False)
    _number: int = field(init=False, default=-1)
    _frame: av.VideoFrame | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._starts = [passage.start for passage in self.passages]
        self._read = _decoded(self.recording)

    def frame(self, index: int) -> av.VideoFrame:
        """Frame `index` of the scene; frames are asked for in rising order."""
        passage = self.passages[max(bisect_right(self._starts, index) - 1, 0)]
        wanted = passage.at(max(index, passage.start))
        while self._number < wanted and (frame := next(self._read, None)) is not None:
            self._frame, self._number = frame, self._number + 1
        if self._frame is None:
            raise UserError(f"The recording {self.recording.name} holds no picture. Render the scene again.")
        return _copy(self._frame, self.fmt)


def _decoded(recording: Path) -> Iterator[av.VideoFrame]:
    with av.open(f"file:{recording}", format="mp4") as container:
        container.streams.video[0].codec_context.thread_count = 1
        yield from container.decode(video=0)


def _copy(frame: av.VideoFrame, fmt: FilmFormat) -> av.VideoFrame:
    """A frame of its own of the film's size, whose memory others may write to."""
    if (frame.width, frame.height) != (fmt.width, fmt.height):
        return frame.reformat(width=fmt.width, height=fmt.height, format="yuv420p")
    return av.VideoFrame.from_ndarray(frame.to_ndarray(), format="yuv420p")
