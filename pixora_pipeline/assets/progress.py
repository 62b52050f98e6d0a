"""What is happening right now, for whoever watches in the same process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from pixora_pipeline.planning.records import Place


@dataclass(frozen=True)
class Progress:
    """An artifact was begun, made, found in the store, found current, or failed."""

    place: Place
    state: Literal["begun", "made", "reused", "current", "failed"]
    seconds: float = 0.0


Listener = Callable[[Progress], None]
_listeners: list[Listener] = []


@contextmanager
def watching(listener: Listener) -> Iterator[None]:
    """Call the listener, from any thread, with everything that happens meanwhile."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def announce(progress: Progress) -> None:
    """Tell all who watch."""
    for listener in list(_listeners):
        listener(progress)
