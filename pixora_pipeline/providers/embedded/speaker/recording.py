"""Utterances joined into one raw recording: silence cut, natural pauses between sentences, a time for every word."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.model.results import WordMark
from pixora_pipeline.providers.embedded.speaker.library import SAMPLE_RATE, Utterance
from pixora_pipeline.providers.embedded.speaker.spoken_text import SpokenSentence

SENTENCE_PAUSE = 0.38
PARAGRAPH_PAUSE = 0.62
_FRAME = 110  # 5 ms
_SILENCE = 0.006  # of the loudest frame, about -44 dB
_AUDIBLE = 0.02
_SHORTEST_WORD = round(0.04 * SAMPLE_RATE)
_LATEST = round(0.15 * SAMPLE_RATE)


@dataclass(frozen=True)
class Recording:
    """Sentences as separate sounds at `SAMPLE_RATE`, each with the pause after it, and the marks over the whole."""

    sounds: tuple[NDArray[np.float32], ...]
    marks: tuple[WordMark, ...]


def assemble(sentences: Sequence[SpokenSentence], utterances: Sequence[Utterance], speed: float) -> Recording:
    """Join the utterances of the sentences. Utterances in which nothing is heard are left out."""
    sounds: list[NDArray[np.float32]] = []
    marks: list[WordMark] = []
    clock = 0
    for sentence, utterance in zip(sentences, utterances, strict=True):
        heard = _heard(utterance.samples)
        if heard is None:
            continue
        first, last = heard
        sound = _faded(utterance.samples[first:last])
        marks += _marks(sentence, utterance, first, last, clock)
        pause = (PARAGRAPH_PAUSE if sentence.ends_paragraph else SENTENCE_PAUSE) / speed
        sounds.append(np.concatenate([sound, np.zeros(round(pause * SAMPLE_RATE), np.float32)]))
        clock += len(sounds[-1])
    if sounds:
        sounds[-1] = _without_pause(sounds[-1])
    return Recording(tuple(sounds), tuple(marks))


def _levels(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    return np.sqrt((frames**2).mean(axis=1)) if len(frames) else np.zeros(0, np.float32)


def _heard(samples: NDArray[np.float32]) -> tuple[int, int] | None:
    """The samples between which something is heard, None when it is all silence."""
    levels = _levels(samples)
    loud = np.flatnonzero(levels > max(_SILENCE * levels.max(initial=0), 1e-4))
    if not len(loud):
        return None
    return max(0, int(loud[0]) - 2) * _FRAME, min(len(samples), (int(loud[-1]) + 3) * _FRAME)


def _without_pause(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    return sound[: int(np.flatnonzero(sound)[-1]) + 1]


def _faded(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Ends without a click."""
    sound = samples.copy()
    ramp = np.linspace(0, 1, min(_FRAME, len(sound)), dtype=np.float32)
    sound[: len(ramp)] *= ramp
    sound[-len(ramp) :] *= ramp[::-1]
    return sound


def _marks(sentence: SpokenSentence, utterance: Utterance, first: int, last: int, clock: int) -> list[WordMark]:
    starts = _word_starts(sentence, utterance)
    if not starts:
        return []
    levels = _levels(utterance.samples)
    marks = []
    for index, (sample, text) in enumerate(starts):
        begin = min(max(sample, first), last)
        limit = max(begin, min(starts[index + 1][0], last)) if index + 1 < len(starts) else last
        start, end = _heard_between(levels, begin, limit)
        marks.append(_mark(clock + start - first, clock + end - first, text))
    return marks


def _mark(start: int, end: int, text: str) -> WordMark:
    return WordMark(start=round(start / SAMPLE_RATE, 3), end=round(end / SAMPLE_RATE, 3), text=text)


def _word_starts(sentence: SpokenSentence, utterance: Utterance) -> list[tuple[int, str]]:
    """For each word its first sample. The library reports some words in parts, and swallows some ("of the")."""
    offsets = [offset for offset, _ in sentence.offsets]
    samples: list[int | None] = [None] * len(offsets)
    for position, sample in utterance.words:
        index = max(0, bisect_right(offsets, position) - 1)
        known = samples[index]
        samples[index] = sample if known is None else min(known, sample)
    return list(zip(_filled(samples, offsets, len(utterance.samples)), [w.text for w in sentence.words], strict=True))


def _filled(samples: list[int | None], offsets: list[int], total: int) -> list[int]:
    """Starts for words the library gave none, in proportion to the letters between their neighbours."""
    known = [(offset, sample) for offset, sample in zip(offsets, samples, strict=True) if sample is not None]
    known = known or [(0, 0)]
    places = np.interp(offsets, [o for o, _ in known] + [offsets[-1] + 8], [s for _, s in known] + [total])
    return [int(place) for place in np.maximum.accumulate(places)]


def _heard_between(levels: NDArray[np.float32], begin: int, limit: int) -> tuple[int, int]:
    """Where a word that lies between two samples is first and last heard: a closed mouth before it is not yet it."""
    window = levels[begin // _FRAME : limit // _FRAME]
    loud = np.flatnonzero(window > _AUDIBLE * levels.max(initial=0))
    if not len(loud):
        return begin, limit
    start = min(begin + int(loud[0]) * _FRAME, begin + _LATEST)
    end = begin + (int(loud[-1]) + 1) * _FRAME
    return start, min(max(end, start + _SHORTEST_WORD), max(limit, start))
