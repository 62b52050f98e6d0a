"""Looking at every picture of a video that is made, small: where it is black, and where nothing moves in it.

A film is its clips and joints, copied: what was seen of them is seen of it, and nobody has to look again.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import av
import cv2

from pixora_pipeline.media.facts import Run, Stretch, Watched
from pixora_pipeline.media.picture import Plane, plane_views

WATCHED_HEIGHT = 180
DARKEST_LUMA, LUMA_STEPS = 16, 219
BLACK_LUMA = DARKEST_LUMA + 0.06 * LUMA_STEPS
BLACK_SHARE = 0.98
"""A picture is black when so much of it is no lighter than that."""

LEAST_MOTION = 0.001 * LUMA_STEPS
"""Mean difference from the first picture of a run up to which nothing is taken to have moved."""

BLACK_SECONDS, STILL_SECONDS = 0.3, 0.5
"""Shorter stretches are not reported at all."""

REFRESH_SECONDS = 0.15
"""A keyframe draws a still picture slightly anew: two stretches as close as this are one."""


def watch(video: Path) -> Watched:
    """Watch a clip, a joint or a film of ours."""
    with av.open(f"file:{video}", format="mp4") as container:
        stream = container.streams.video[0]
        # Frames that no other frame needs, and the smoothing of block edges, tell nothing here.
        stream.codec_context.options = {"skip_loop_filter": "all"}
        stream.codec_context.skip_frame, stream.codec_context.thread_count = "NONREF", 1
        fps = round(float(stream.average_rate or 0))
        shown = ((round(frame.time * fps), frame) for frame in container.decode(stream))
        return watch_frames(shown, stream.frames, fps)


def watch_frames(shown: Iterable[tuple[int, av.VideoFrame]], frames: int, fps: int) -> Watched:
    """Watch yuv420p frames, each with its number, of a video of that many `frames`."""
    still: list[int] = []
    dark: list[int] = []
    first: Plane | None = None
    for number, frame in shown:
        picture = _small(frame)
        if first is None or _differ(first, picture):
            first = picture
            still.append(number)
        if _is_black(picture) == (len(dark) % 2 == 0):
            dark.append(number)
    starts_and_ends = iter([*dark, frames] if len(dark) % 2 else dark)
    return Watched(
        frames=frames,
        fps=fps,
        black=_worth_keeping(list(zip(starts_and_ends, starts_and_ends, strict=True)), frames, BLACK_SECONDS * fps),
        still=_worth_keeping(list(pairwise([*still, frames])), frames, STILL_SECONDS * fps),
    )


def played_in_turn(parts: Sequence[Watched]) -> Watched:
    """What is seen of videos that are joined: a run that ends one and begins the next goes on."""
    frames, fps = sum(part.frames for part in parts), parts[0].fps
    return Watched(
        frames=frames,
        fps=fps,
        black=_worth_keeping(_joined([(part.black, part.frames) for part in parts]), frames, BLACK_SECONDS * fps),
        still=_worth_keeping(_joined([(part.still, part.frames) for part in parts]), frames, STILL_SECONDS * fps),
    )


def black_stretches(watched: Watched) -> tuple[Stretch, ...]:
    """When the picture is black."""
    return _stretches(watched.black, BLACK_SECONDS, watched.fps)


def still_stretches(watched: Watched) -> tuple[Stretch, ...]:
    """When nothing moves."""
    return _stretches(watched.still, STILL_SECONDS, watched.fps)


def _small(frame: av.VideoFrame) -> Plane:
    luma = plane_views(frame)[0]
    # By a whole number it takes half the time.
    by = max(1, round(luma.shape[0] / WATCHED_HEIGHT))
    height, width = luma.shape[0] // by, luma.shape[1] // by
    return cv2.resize(luma[: height * by, : width * by], (width, height), interpolation=cv2.INTER_AREA)


def _differ(one: Plane, other: Plane) -> bool:
    return cv2.norm(one, other, cv2.NORM_L1) > LEAST_MOTION * one.size


def _is_black(picture: Plane) -> bool:
    light = cv2.countNonZero(cv2.compare(picture, BLACK_LUMA, cv2.CMP_GT))
    return light <= (1 - BLACK_SHARE) * picture.size


def _worth_keeping(runs: Sequence[Run], frames: int, shortest: float) -> tuple[Run, ...]:
    """The long ones, and those at either end, which may go on in what is joined there."""
    return tuple(run for run in runs if run[1] - run[0] >= shortest or run[0] == 0 or run[1] == frames)


def _joined(parts: Sequence[tuple[Sequence[Run], int]]) -> list[Run]:
    joined: list[Run] = []
    begins = 0
    for runs, frames in parts:
        for first, last in runs:
            goes_on = first == 0 and joined and joined[-1][1] == begins
            start = joined.pop()[0] if goes_on else begins + first
            joined.append((start, begins + last))
        begins += frames
    return joined


def _stretches(runs: Sequence[Run], shortest: float, fps: int) -> tuple[Stretch, ...]:
    joined: list[Stretch] = []
    for first, last in runs:
        start, end = first / fps, last / fps
        if end - start < shortest:
            continue
        if joined and start - joined[-1].end < REFRESH_SECONDS:
            start = joined.pop().start
        joined.append(Stretch(start=start, end=end))
    return tuple(joined)
