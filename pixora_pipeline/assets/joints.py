"""The frames between two scenes, kept by what they are drawn from: a reordered film draws few anew."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

from pydantic import JsonValue

from pixora_pipeline.assets.parts import find_part, keep_part
from pixora_pipeline.assets.shots import shot_version, shot_with_handles
from pixora_pipeline.assets.watching import watched_fact
from pixora_pipeline.assets.work import Work
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.script import TransitionKind
from pixora_pipeline.planning.recipe import Facts
from pixora_pipeline.store.artifacts import Stored

KIND, FILE, VERSION = "joint", "joint.mp4", "2"

LONGEST_RUN = 4
"""Joints that one worker draws one after the other: more would leave the other workers with nothing to do."""

End = tuple[str, int] | None
"""A scene at a joint, by its slot and its frames; None is the black at either end of the film."""


class Joint(NamedTuple):
    """A place in the film where one scene goes over into another."""

    before: End
    after: End
    kind: TransitionKind


def keep_joints(
    work: Work, ends: Sequence[End], kinds: Sequence[TransitionKind], fmt: FilmFormat, threads: ThreadPoolExecutor
) -> list[Stored]:
    """The joints from each of the scenes to the next, in order; those that are missing are drawn side by side."""
    joints = [Joint(*pair, kind) for pair, kind in zip(pairwise(ends), kinds, strict=True)]
    kept = [find_part(work, KIND, _made_from(work, joint, fmt)) for joint in joints]
    missing = runs([stored is None for stored in kept])
    drawn = chain.from_iterable(threads.map(lambda run: _drawn(work, joints[run], fmt), missing))
    return [stored or next(drawn) for stored in kept]


def runs(missing: Sequence[bool]) -> Iterator[slice]:
    """Missing joints that one worker draws: the scene between two neighbours is then opened once for both."""
    start = 0
    for end in range(1, len(missing) + 1):
        whole = end == len(missing) or missing[end] != missing[start] or end - start == LONGEST_RUN
        if whole and missing[start]:
            yield slice(start, end)
        start = end if whole else start


def _drawn(work: Work, run: Sequence[Joint], fmt: FilmFormat) -> list[Stored]:
    from pixora_pipeline.media.joint import make_joints

    ends = [run[0].before, *(joint.after for joint in run)]
    shots = [shot_with_handles(work, *end) if end else None for end in ends]
    with tempfile.TemporaryDirectory(prefix="joints-", dir=work.folder) as folder:
        files = [Path(folder) / f"{number}.mp4" for number in range(len(run))]
        work.workers.run(make_joints, shots, [joint.kind for joint in run], fmt, files)
        return [_keep(work, joint, fmt, file) for joint, file in zip(run, files, strict=True)]


def _keep(work: Work, joint: Joint, fmt: FilmFormat, file: Path) -> Stored:
    def make(to: Path) -> Facts:
        shutil.move(file, to)
        return watched_fact(work.workers, to)

    return keep_part(work, KIND, _made_from(work, joint, fmt), FILE, make)


def _made_from(work: Work, joint: Joint, fmt: FilmFormat) -> JsonValue:
    shape = [fmt.width, fmt.height, fmt.fps, fmt.handle]
    ends = (shot_version(work, *end) if end else None for end in (joint.before, joint.after))
    return [VERSION, joint.kind, shape, *ends]
