"""Pictures that are missing without a trace: a container that is damaged goes on at the next key picture it can read.

A screen on which nothing moved has no pictures for a while either, and goes on with any.
"""

from collections import deque
from statistics import median

_KNOWN = 50
_EVEN_SHARE = 0.9
"""So many of the last so many pictures at one distance are an even pace; a screen's recording has none."""

_ROUNDED = 0.002
_LEAST_SECONDS = 0.25
_STEP_SECONDS = 0.1


class Pace:
    """How far apart pictures are."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._apart: deque[float] = deque(maxlen=_KNOWN)

    def gap_before(self, time: float, key: bool) -> list[float]:
        """Times before the next picture at which there should have been others; mostly none. Is it a `key` picture?"""
        last, self._last = self._last, time
        if last is None:
            return []
        usual, apart = median(self._apart) if self._apart else 0.0, time - last
        even = sum(abs(each - usual) <= _ROUNDED for each in self._apart) >= _EVEN_SHARE * _KNOWN
        if even and key and apart > max(_LEAST_SECONDS, 4 * usual):
            return [last + _STEP_SECONDS * step for step in range(1, int(apart / _STEP_SECONDS) + 1)]
        self._apart.append(apart)
        return []
