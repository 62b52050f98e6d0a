"""A recording that came from a voice, made ready for the film: no silence around it, and a time for every word."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pixora_pipeline.model.results import Speech, WordMark
from pixora_pipeline.providers.received.sound import RATE, Samples, heard, read_sound, write_wav
from pixora_pipeline.providers.received.word_times import estimate_words

PAUSE = 0.3
"""Seconds between two parts of a narration that was too long to be spoken at once."""

Take = tuple[Path, str, Sequence[WordMark] | None]
"""A recording, the text it speaks, and its word times where the voice tells them."""


def finish_speech(service: str, takes: Sequence[Take], to: Path) -> Speech:
    """Write the takes as one mono WAV, in order."""
    parts, marks, clock = [], list[WordMark](), 0
    for path, text, told in takes:
        samples = read_sound(service, path, 1)
        first, last = heard(samples)
        spoken = samples[first:last]
        words = _moved(told, -first / RATE, len(spoken) / RATE) if told else estimate_words(text, spoken)
        marks += _moved(words, clock / RATE, float("inf"))
        parts += [spoken, np.zeros((round(PAUSE * RATE), 1), np.int16)]
        clock += len(spoken) + len(parts[-1])
    whole: Samples = np.concatenate(parts[:-1])
    return Speech(seconds=write_wav(whole, to), words=tuple(marks))


def _moved(marks: Sequence[WordMark], by: float, end: float) -> list[WordMark]:
    def at(seconds: float) -> float:
        return round(min(max(seconds + by, 0.0), end), 3)

    return [WordMark(start=at(mark.start), end=at(mark.end), text=mark.text) for mark in marks]


def parts_of(text: str, longest: int) -> list[str]:
    """The text in parts of at most so many characters, cut behind sentences, else behind words."""
    parts, rest = [], " ".join(text.split())
    while len(rest) > longest:
        window = rest[: longest + 1]
        cut = max(window.rfind(end) + len(end) for end in (". ", "! ", "? ", "。", "！", "？"))
        if cut < longest // 3:
            cut = window.rfind(" ") + 1 or longest
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*parts, rest] if rest else parts
