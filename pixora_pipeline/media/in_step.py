"""A voice that waits for the pictures it tells of: silence put in where it goes on to a scene's next clip."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pixora_pipeline.media.silence import write_voice
from pixora_pipeline.media.timing import SAMPLE_RATE, SEEN_SECONDS, FilmFormat
from pixora_pipeline.media.wav import Pcm, read_wav
from pixora_pipeline.model.briefs import Beat
from pixora_pipeline.model.results import Speech, WordMark

_WINDOW = SAMPLE_RATE // 100
_LEAST_SECONDS = 0.1
_FRAME_SECONDS = 0.05
"""A scene is whole frames long: a part of one too many would have its first clip begin again."""
_OFF_SECONDS = 0.2
_FADE = SAMPLE_RATE // 200

_FORMAT = FilmFormat()


def in_step(voice: Path, speech: Speech, text: str, beats: Sequence[Beat], shown: float) -> Speech:
    """Part a voice's WAV of a text, in place, at its beats, and tell its words' times anew.

    What is said late goes on without a pause, and no scene becomes longer than the `shown` seconds of its clips.
    """
    room = shown - _FRAME_SECONDS - _FORMAT.lead - _FORMAT.tail - speech.seconds
    waits, waited = list[tuple[int, float]](), 0.0
    for beat in beats:
        word = _heard_at(speech, text.split()[: beat.word])
        if word is None:
            continue
        wanted = beat.at + SEEN_SECONDS - _FORMAT.lead - (speech.words[word].start + waited)
        if (wait := min(wanted, room - waited)) >= _LEAST_SECONDS:
            waits.append((word, wait))
            waited += wait
    if not waits:
        return speech
    samples = read_wav(voice)
    write_voice(voice, _parted(samples, [(_between(samples, speech, word), wait) for word, wait in waits]))
    words = tuple(_later(mark, sum(w for first, w in waits if first <= n)) for n, mark in enumerate(speech.words))
    return Speech(seconds=speech.seconds + sum(_samples(w) for _, w in waits) / SAMPLE_RATE, words=words)


def _heard_at(speech: Speech, before: Sequence[str]) -> int | None:
    """The word that is heard behind these. Voices count a dash or a sign with its neighbour, or not at all."""
    left = sum(map(_letters, before))
    for number, mark in enumerate(speech.words):
        if left <= 0:
            return number
        left -= _letters(mark.text)
    return None


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _between(samples: Pcm, speech: Speech, word: int) -> int:
    """The quietest sample between a word and the one before; the first of all before the first word."""
    if not word:
        return 0
    before, after = speech.words[word - 1], speech.words[word]
    first = round(min((before.start + before.end) / 2, after.start) * SAMPLE_RATE)
    # Times that were guessed are a fifth of a second off.
    last = round(min(after.start + _OFF_SECONDS, (after.start + after.end) / 2) * SAMPLE_RATE)
    heard = np.abs(samples[first : max(last, first + 2 * _WINDOW)].astype(np.float32)).max(axis=1)
    levels = heard[: len(heard) // _WINDOW * _WINDOW].reshape(-1, _WINDOW).max(axis=1)
    # The last of the quietest: a vowel falls longer than a consonant rises.
    quiet = np.flatnonzero(levels <= levels.min(initial=np.inf))
    return first + (int(quiet[-1]) * _WINDOW + _WINDOW // 2 if len(quiet) else 0)


def _parted(samples: Pcm, waits: Sequence[tuple[int, float]]) -> Pcm:
    parts, at = list[Pcm](), 0
    for place, wait in waits:
        parts += [_faded(samples[at:place], at > 0, True), np.zeros((_samples(wait), samples.shape[1]), samples.dtype)]
        at = place
    return np.concatenate([*parts, _faded(samples[at:], at > 0, False)])


def _faded(samples: Pcm, begins: bool, ends: bool) -> Pcm:
    """Without a click where it was parted."""
    ramp, count = np.ones((len(samples), 1), np.float32), min(_FADE, len(samples))
    if begins:
        ramp[:count, 0] *= np.linspace(0, 1, count)
    if ends:
        ramp[len(samples) - count :, 0] *= np.linspace(1, 0, count)
    return (samples * ramp).astype(samples.dtype)


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)


def _later(mark: WordMark, by: float) -> WordMark:
    return mark.model_copy(update={"start": round(mark.start + by, 4), "end": round(mark.end + by, 4)})
