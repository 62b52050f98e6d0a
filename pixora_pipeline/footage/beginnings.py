"""Clips begun at key frames, where they can be without losing a word or becoming shorter. Pure.

A picture between two key frames is made of all those from the first of the two on: a clip that begins at one costs no
more than what is seen of it, and others cost up to twice as much and more.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from pixora_pipeline.footage.source_text import Ends, SourceText
from pixora_pipeline.footage.stretching import Segment, Stretch
from pixora_pipeline.model.compilation import PlannedClip

FARTHEST = 5.0
"""Seconds from where a clip was to begin within which key frames are looked for."""

Shown = Sequence[tuple[PlannedClip, ...]]


def begun_at_keys(segments: Sequence[Segment], shown: Shown, sources: Mapping[str, SourceText]) -> Shown:
    """The clips of each segment, as long as they were, each begun at the nearest key frame that it may begin at."""
    pairs = [_with_rooms(segment, clips) for segment, clips in zip(segments, shown, strict=True)]
    rooms: defaultdict[str, list[Ends]] = defaultdict(list)
    for clip, room in chain.from_iterable(pairs):
        rooms[clip.source].append(room)
    keys = {source: sources[source].keys(each) for source, each in rooms.items()}
    return [tuple(_moved(clip, room, keys[clip.source], sources[clip.source]) for clip, room in each) for each in pairs]


def nearest(start: float, room: Ends, keys: Sequence[float]) -> float:
    """The key frame nearest to `start` in that room, else `start`.

    In whole milliseconds and not before it: a millisecond earlier it would be entered at the key frame before.
    """
    times = (math.ceil(round(key * 1000, 3)) / 1000 for key in keys if room[0] <= key <= room[1])
    return min(times, key=lambda time: abs(time - start), default=start)


def _with_rooms(segment: Segment, clips: Sequence[PlannedClip]) -> list[tuple[PlannedClip, Ends]]:
    return [(clip, _room(stretch, clip)) for stretch, clip in zip(segment.stretches, clips, strict=True)]


def _room(stretch: Stretch, clip: PlannedClip) -> Ends:
    first, last = stretch.room(clip.seconds)
    return max(first, clip.start - FARTHEST), min(last, clip.start + FARTHEST)


def _moved(clip: PlannedClip, room: Ends, keys: Sequence[float], source: SourceText) -> PlannedClip:
    start = nearest(clip.start, room, keys)
    if start == clip.start:
        return clip
    ends = start, round(start + clip.seconds, 3)
    return clip.model_copy(update={"start": ends[0], "end": ends[1], "focus": source.focus(ends)})
