"""Worker processes for what keeps a core busy: drawing, composing, encoding, measuring."""

import ctypes
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any

from pixora_pipeline.animation.rendering import Animators
from pixora_pipeline.errors import TryAgain
from pixora_pipeline.once import once

# Imported once, in the server that the workers are forked from.
_PRELOAD = [
    *("numpy", "cv2", "av", "PIL.Image"),
    *("pixora_pipeline.assets.workers", "pixora_pipeline.providers.draw"),
    *("pixora_pipeline.media.clip", "pixora_pipeline.media.film", "pixora_pipeline.media.sound"),
]


_ARENA_MAX, _ARENAS = -8, 2
"""A parameter of glibc's mallopt, and its value: in how many places memory is kept for threads to use again."""

_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1
_PIECE, _KEPT = 8_000_000, 32_000_000
"""Two more, and bytes: pieces as large as that are given back when they are freed, and so is what is free beyond that.
Left to itself glibc keeps more with every segment that is encoded: a film's peak is 540 MB then, not 470. With half
of either, what is given back is soon asked for again, for a tenth of the time."""


@cache
def get_ready() -> BaseContext:
    """Begin the process that workers are forked from. It loads for a second or two, on a core of its own."""
    _share_memory()
    # Each worker has a core of its own: libraries that spawn threads would only fight over it.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    # The tracker, begun along the way, would let the signal through again.
    resource_tracker.ensure_running()
    # Ctrl-C goes to every process of the terminal: whoever began these ends them, and they have nothing to say.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


def _share_memory() -> None:
    # Voices are made in threads. Each would keep what it once had for itself: 30 voices peak at 295 MB instead of 659.
    _tell_malloc(_ARENA_MAX, _ARENAS)


def _tell_malloc(parameter: int, value: int) -> None:
    # Other C libraries than glibc have nothing to be told.
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(parameter, value)


class Workers:
    """A pool of processes, begun when it is first needed. Call it from threads: each call waits for its own result.

    `unsafe_code` lets generated code run where this machine has no sandbox.
    """

    def __init__(self, count: int | None = None, *, unsafe_code: bool = False) -> None:
        self.count = count or min(4, os.cpu_count() or 1)
        self._unsafe_code = unsafe_code

    @once
    def animators(self) -> Animators:
        """The processes that render animated scenes, as many at once as there are workers."""
        return Animators(self.count, unsafe=self._unsafe_code)

    @once
    def _pool(self) -> ProcessPoolExecutor:
        context = get_ready()
        # The other end closes with this process, however it ends.
        watched, self._held = context.Pipe(duplex=False)
        return ProcessPoolExecutor(self.count, mp_context=context, initializer=_begin, initargs=(watched,))

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a top-level function in a worker and return what it returns or raise what it raises."""
        try:
            return self._pool.submit(function, *arguments).result()
        except BrokenProcessPool as error:
            self.close()
            raise TryAgain("A worker process died, perhaps for want of memory. Run the same command again.") from error

    def dismiss(self) -> None:
        """Tell the processes that no call will come any more. Nobody waits for them but the end of this process."""
        if pool := self.__dict__.get("_pool"):
            pool.shutdown(wait=False)

    def close(self) -> None:
        """Let the processes go; the next call begins new ones."""
        if pool := self.__dict__.pop("_pool", None):
            pool.shutdown(wait=True, cancel_futures=True)
        if animators := self.__dict__.pop("animators", None):
            animators.close()


def _begin(watched: Connection) -> None:
    _tell_malloc(_MMAP_THRESHOLD, _PIECE)
    _tell_malloc(_TRIM_THRESHOLD, _KEPT)
    threading.Thread(target=_wait_for_the_end, args=(watched,), daemon=True).start()


def _wait_for_the_end(watched: Connection) -> None:
    # A killed process can't tell its workers: they would wait for work for ever.
    try:
        watched.recv_bytes()
    except EOFError:
        os._exit(1)
