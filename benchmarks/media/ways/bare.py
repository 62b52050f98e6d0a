"""The floor: the same frames through the same encoder at the same settings, and nothing else.

The frames are drawn as the engine draws them, one at a time, and what that costs is taken off: no disk, no pipe and no
copy stands between the frames and x264. Two halves are encoded side by side. Prints the CPU seconds of encoding alone.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import av
import cv2

from benchmarks.media.inputs import FilmInputs, load, move_of, near_of
from pixora_pipeline.assets.workers import Workers
from pixora_pipeline.media.encoding import add_video, encode_video, mp4
from pixora_pipeline.media.picture import open_still, plane_views


class _Clocked:
    """Frames, and the CPU seconds spent on drawing them."""

    def __init__(self, frames: Iterator[av.VideoFrame]) -> None:
        self.frames, self.spent = frames, 0.0

    def __iter__(self) -> Iterator[av.VideoFrame]:
        while True:
            began = time.process_time()
            frame = next(self.frames, None)
            self.spent += time.process_time() - began
            if frame is None:
                return
            yield frame


def encode_half(film: FilmInputs, first: int, last: int, to: Path) -> float:
    """Encode the bodies of scenes [first, last) and the joints before them as one stream; CPU seconds of encoding."""
    began, clocked = time.process_time(), _Clocked(_frames(film, first, last))
    with mp4(to) as container:
        encode_video(container, add_video(container, film.format), clocked)
    return time.process_time() - began - clocked.spent


def _frames(film: FilmInputs, first: int, last: int) -> Iterator[av.VideoFrame]:
    fmt, before = film.format, None
    for scene in film.scenes[first:last]:
        still = open_still(Path(scene.picture), move_of(scene), scene.frames, fmt, near_of(scene))
        for step in range(fmt.handle):
            frame = still.frame(step)
            if before is not None:
                _blend(before.frame(before.frames - fmt.handle + step), frame, (step + 1) / (fmt.handle + 1))
            yield frame
        yield from map(still.frame, range(fmt.handle, scene.frames - fmt.handle))
        before = still
    yield from map(before.frame, range(before.frames - fmt.handle, before.frames))


def _blend(old: av.VideoFrame, new: av.VideoFrame, share: float) -> None:
    for one, other in zip(plane_views(old), plane_views(new), strict=True):
        cv2.addWeighted(one, 1 - share, other, share, 0, dst=other)


if __name__ == "__main__":
    from concurrent.futures import ThreadPoolExecutor

    film = load(Path(sys.argv[1]))
    half, workers = len(film.scenes) // 2, Workers(2)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as threads:
        from benchmarks.media.ways.bare import encode_half as encode

        jobs = [
            threads.submit(workers.run, encode, film, *part, Path(folder) / f"{part[0]}.mp4")
            for part in ((0, half), (half, len(film.scenes)))
            if part[0] < part[1]
        ]
        print(sum(job.result() for job in jobs))
    workers.close()
