"""Chapters of a film: where they begin, and how an MP4 tells players of them."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from av.container import OutputContainer

from pixora_pipeline.media.timing import FilmFormat, FilmTimeline
from pixora_pipeline.model.briefs import TimelineScene
from pixora_pipeline.model.value import Value


class Chapter(Value):
    """A stretch of the film with a title, from frame `start` to the frame before `end`."""

    title: str
    start: int
    end: int


def chapters_of(title: str, scenes: Sequence[TimelineScene], plan: FilmTimeline) -> tuple[Chapter, ...]:
    """The chapters that begin with scenes under a heading; where there are no headings, one a scene.

    What comes before the first heading is called by the film's `title`. Scenes beside each other that are called alike
    are one chapter; a film of one chapter has none.
    """
    headed = any(scene.begins_chapter for scene in scenes)
    begun = [
        (scene.title, span.start)
        for scene, span in zip(scenes, plan.scenes, strict=True)
        if scene.begins_chapter or not headed
    ]
    if begun[0][1] > 0:
        begun.insert(0, (title, 0))
    kept = [begun[0], *(later for earlier, later in pairwise(begun) if later[0] != earlier[0])]
    ends = [*(start for _, start in kept[1:]), plan.frames]
    chapters = [Chapter(title=name, start=start, end=end) for (name, start), end in zip(kept, ends, strict=True)]
    return tuple(chapters) if len(chapters) > 1 else ()


def add_chapters(container: OutputContainer, chapters: Sequence[Chapter], fmt: FilmFormat) -> None:
    """Tell the container of them, before its first packet."""
    container.set_chapters(
        [
            {
                "id": number,
                "start": chapter.start,
                "end": chapter.end,
                "time_base": Fraction(1, fmt.fps),
                "metadata": {"title": chapter.title},
            }
            for number, chapter in enumerate(chapters)
        ]
    )
