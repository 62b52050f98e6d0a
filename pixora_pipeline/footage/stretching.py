"""Clips shown a little shorter or longer than planned, so that a film is as long as it was asked to be. Pure.

What is said in a clip is never cut: it gives and takes at its ends, in a few steps, so that a small change of the
request leaves most clips as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pixora_pipeline.footage.lengths import film_seconds
from pixora_pipeline.footage.ranking import BREATH
from pixora_pipeline.footage.source_text import Ends
from pixora_pipeline.model.compilation import PlannedClip

_QUARTERS = (0.0, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0)
_STEPS = (*_QUARTERS, *(each / 16 for each in range(-15, 16) if each % 4))
"""The finer ones are for films of few clips, where a quarter is too much and the next too little."""

_NEAR = 0.025
"""A film this near to its length, as a share of it, is left as it is."""


@dataclass(frozen=True)
class Stretch:
    """A clip with the ends it has at its shortest and at its longest, in seconds of its source.

    `said` is from where to where somebody speaks in it, None where nobody does.
    """

    clip: PlannedClip
    least: Ends
    most: Ends
    said: Ends | None = None

    def ends(self, step: float) -> Ends:
        """Where it begins and ends at a step from -1, its shortest, over 0, as planned, to 1, its longest."""
        towards, share = (self.most, step) if step > 0 else (self.least, -step)
        start, end = self.clip.start, self.clip.end
        return round(start + share * (towards[0] - start), 3), round(end + share * (towards[1] - end), 3)

    def seconds(self, step: float) -> float:
        """How long it lasts then."""
        start, end = self.ends(step)
        return end - start

    def at(self, step: float) -> PlannedClip:
        """The clip then."""
        return _cut_to(self.clip, *self.ends(step))

    def room(self, seconds: float) -> Ends:
        """From where to where it may begin when it is that long, and show all that is said and nothing beyond."""
        first, last = self.most[0], self.most[1] - seconds
        return (first, last) if self.said is None else (max(first, self.said[1] - seconds), min(last, self.said[0]))

    def beside(self, others: Sequence[PlannedClip]) -> "Stretch":
        """The same, never so long that it shows what others of its source show, however long they get.

        Two of which no more than the breaths between them would be shown twice share those.
        """
        clip = self.clip
        near = [other for other in others if other.source == clip.source and other != clip]
        before = [(other.end + clip.start) / 2 for other in near if other.end <= clip.start + 2 * BREATH]
        behind = [(other.start + clip.end) / 2 for other in near if other.start >= clip.end - 2 * BREATH]
        # What is said is never cut.
        first = min(max([self.most[0], *before]), self.least[0])
        last = max(min([self.most[1], *behind]), self.least[1])
        start, end = max(clip.start, first), min(clip.end, last)
        planned = clip if (start, end) == (clip.start, clip.end) else _cut_to(clip, start, end)
        return Stretch(planned, self.least, (first, last), self.said)


def _cut_to(clip: PlannedClip, start: float, end: float) -> PlannedClip:
    return clip.model_copy(update={"start": round(start, 3), "end": round(end, 3)})


@dataclass(frozen=True)
class Segment:
    """A scene's stretches, and the seconds that its voice needs at least."""

    stretches: tuple[Stretch, ...]
    needs: float

    def step(self, wanted: float) -> float:
        """The step wanted, or the first longer one at which the voice has room; else the longest."""
        enough = (each for each in sorted(_STEPS) if each >= wanted and self._shown(each) >= self.needs)
        return next(enough, 1.0)

    def seconds(self, wanted: float) -> float:
        """How long the scene is then."""
        return max(self._shown(self.step(wanted)), self.needs)

    def at(self, wanted: float) -> tuple[PlannedClip, ...]:
        """Its clips then."""
        return tuple(stretch.at(self.step(wanted)) for stretch in self.stretches)

    def _shown(self, step: float) -> float:
        return sum(stretch.seconds(step) for stretch in self.stretches)


def fitted(segments: Sequence[Segment], seconds: float) -> tuple[float, list[tuple[PlannedClip, ...]]]:
    """The film's length as near to `seconds` as its clips allow, and each segment's clips.

    All give or take alike, and no more than it takes to be near enough.
    """
    lengths = {step: film_seconds([segment.seconds(step) for segment in segments]) for step in _STEPS}
    off = {step: abs(length - seconds) for step, length in lengths.items()}
    near = (step for step in _STEPS if off[step] <= _NEAR * seconds)
    step = next(near, min(_STEPS, key=lambda each: off[each]))
    return lengths[step], [segment.at(step) for segment in segments]
