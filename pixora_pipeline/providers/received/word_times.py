"""When each word of a narration is heard, for voices that do not say: estimated from where the recording is loud.

Words share the time that is spoken in by how long they are to say; pauses in the recording stand where the text has
its punctuation. Good to about a fifth of a second, which is what subtitles need.
"""

import re
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.model.results import WordMark
from pixora_pipeline.providers.received.sound import RATE, Samples, levels_of

_FRAME_SECONDS = 240 / RATE
_QUIET = 0.06  # of the loudest frame
_SHORTEST_PAUSE = 0.16
_ENDS = re.compile(r"[.!?…。！？:;—,，、][\"'”’»)]*$")


def estimate_words(text: str, samples: Samples) -> tuple[WordMark, ...]:
    """A mark for each word of the text, in order."""
    words = text.split()
    seconds = len(samples) / RATE
    if not words:
        return ()
    phrases, stretches = _phrases(words), _stretches(levels_of(samples), seconds)
    if len(phrases) != len(stretches):
        phrases, stretches = [words], [(stretches[0][0], stretches[-1][1])]
    marks = [mark for phrase, stretch in zip(phrases, stretches, strict=True) for mark in _spread(phrase, stretch)]
    return tuple(marks)


def _phrases(words: list[str]) -> list[list[str]]:
    phrases: list[list[str]] = [[]]
    for word, following in pairwise([*words, ""]):
        phrases[-1].append(word)
        if following and _ENDS.search(word):
            phrases.append([])
    return phrases


def _stretches(levels: NDArray[np.float64], seconds: float) -> list[tuple[float, float]]:
    """The stretches, in seconds, that are spoken in without a pause."""
    loud = np.flatnonzero(levels > _QUIET * levels.max(initial=1e-9))
    if not len(loud):
        return [(0.0, seconds)]
    gaps = np.flatnonzero(np.diff(loud) * _FRAME_SECONDS > _SHORTEST_PAUSE)
    starts, ends = loud[np.concatenate([[0], gaps + 1])], loud[np.concatenate([gaps, [len(loud) - 1]])]
    edges = zip(starts.tolist(), ends.tolist(), strict=True)
    return [(start * _FRAME_SECONDS, min((end + 1) * _FRAME_SECONDS, seconds)) for start, end in edges]


def _spread(words: list[str], stretch: tuple[float, float]) -> list[WordMark]:
    weights = np.array([2.0 + len(word) for word in words])
    edges = stretch[0] + (stretch[1] - stretch[0]) * np.concatenate([[0.0], np.cumsum(weights) / weights.sum()])
    return [
        WordMark(start=round(float(start), 3), end=round(float(end), 3), text=word)
        for word, (start, end) in zip(words, pairwise(edges), strict=True)
    ]
