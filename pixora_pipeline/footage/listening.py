"""The sound of a source for somebody who listens, part by part, and what was heard as lines of a transcript."""

import wave
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.footage.container import opened
from pixora_pipeline.model.footage import Line
from pixora_pipeline.model.results import WordMark

RATE = 16_000
PART_SECONDS = 600.0
"""Nineteen megabytes of sound: services take up to 25."""

_SEARCHED_SECONDS = 20.0
_WINDOW = RATE // 20
_SILENT = 120
"""Below this level (of 32 768) nothing is said."""

_PAUSE = 0.8
_LONGEST_LINE = 12.0
_ENDS = ".!?…。！？"


@dataclass(frozen=True)
class SoundPart:
    """A stretch of a source's sound, in seconds; the next begins at `end`. `heard` is False where it is silent."""

    start: float
    end: float
    heard: bool


def write_sound(video: Path, name: str, start: float, seconds: float, to: Path) -> SoundPart:
    """Write the sound from `start` as a mono WAV of at most ten minutes that ends where it is quietest.

    `seconds` is how long the source is. Raises `UserError` when it can't be read.
    """
    last = start + PART_SECONDS >= seconds
    samples = _samples(video, name, start, min(PART_SECONDS, seconds - start))
    kept = samples if last else samples[: _quietest(samples)]
    with wave.open(str(to), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes(kept.astype("<i2").tobytes())
    heard = bool(len(kept)) and int(np.abs(kept.astype(np.int32)).max()) > _SILENT
    end = seconds if last or not len(kept) else start + len(kept) / RATE
    return SoundPart(round(start, 3), round(end, 3), heard)


def lines_of(text: str, words: Sequence[WordMark], at: float = 0.0) -> list[Line]:
    """What was heard as lines: a sentence each, parted at pauses and before they grow long. Times are moved by `at`."""
    lines: list[Line] = []
    kept: list[WordMark] = []
    for word in _as_written(text, words):
        if kept and (word.start - kept[-1].end > _PAUSE or word.end - kept[0].start > _LONGEST_LINE):
            lines.append(_line(kept, at))
            kept = []
        kept.append(word)
        if word.text[-1] in _ENDS:
            lines.append(_line(kept, at))
            kept = []
    return [*lines, _line(kept, at)] if kept else lines


def _as_written(text: str, words: Sequence[WordMark]) -> Iterable[WordMark]:
    """The words as the text has them: services tell them without the marks that end sentences."""
    written = text.split()
    if len(written) == len(words) and all(_bare(w) == _bare(m.text) for w, m in zip(written, words, strict=True)):
        return [m.model_copy(update={"text": w}) for w, m in zip(written, words, strict=True)]
    return _aligned(written, [word for word in words if word.text])


def _aligned(written: list[str], words: list[WordMark]) -> list[WordMark]:
    from difflib import SequenceMatcher

    told = dict(enumerate(words))
    matcher = SequenceMatcher(None, [_bare(w) for w in written], [_bare(m.text) for m in words], autojunk=False)
    for first, other, size in matcher.get_matching_blocks():
        for n in range(size):
            told[other + n] = words[other + n].model_copy(update={"text": written[first + n]})
    return [told[at] for at in sorted(told)]


def _bare(word: str) -> str:
    return "".join(letter for letter in word.lower() if letter.isalnum())


def _line(words: Sequence[WordMark], at: float) -> Line:
    return Line(
        start=round(words[0].start + at, 3),
        end=round(max(words[-1].end, words[0].start + 0.05) + at, 3),
        text=" ".join(word.text for word in words),
    )


def _samples(video: Path, name: str, start: float, seconds: float) -> NDArray[np.int16]:
    """The samples of a stretch, each where it is heard: gaps are silent."""
    wanted = np.zeros(max(0, round(seconds * RATE)), np.int16)
    with opened(video, name) as container:
        stream = container.streams.audio[0]
        # A source's times count from its first picture.
        began = (container.start_time or 0) / av.time_base
        container.seek(int(max(0.0, start + began - 0.5) * av.time_base))
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in container.decode(stream):
            if frame.time is not None and frame.time - began > start + seconds:
                break
            for block in resampler.resample(frame):
                if block.time is not None:
                    _lay(wanted, block.to_ndarray().reshape(-1), round((block.time - began - start) * RATE))
    return wanted


def _lay(wanted: NDArray[np.int16], block: NDArray[np.int16], at: int) -> None:
    first, last = max(0, at), min(len(wanted), at + len(block))
    if first < last:
        wanted[first:last] = block[first - at : last - at]


def _quietest(samples: NDArray[np.int16]) -> int:
    """Where in the last seconds nobody seems to speak."""
    first = max(0, len(samples) - round(_SEARCHED_SECONDS * RATE))
    windows = samples[first : first + (len(samples) - first) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    if not len(windows):
        return len(samples)
    levels = np.abs(windows.astype(np.int32)).mean(axis=1)
    return first + int(levels.argmin()) * _WINDOW + _WINDOW // 2
