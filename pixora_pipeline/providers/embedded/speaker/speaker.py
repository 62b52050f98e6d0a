"""The embedded speaker: text and a voice in, a narrator's recording with the time of every word out."""

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import SpeechRequest
from pixora_pipeline.model.results import Speech, WordMark
from pixora_pipeline.providers.embedded.speaker.library import utter
from pixora_pipeline.providers.embedded.speaker.mastering import OUTPUT_RATE, master
from pixora_pipeline.providers.embedded.speaker.recording import assemble
from pixora_pipeline.providers.embedded.speaker.scripts import refuse_foreign_script
from pixora_pipeline.providers.embedded.speaker.spoken_text import normalise, spoken_sentences
from pixora_pipeline.providers.embedded.speaker.voices import find_voice

WORDS_PER_MINUTE = 140
"""What the library is set to at speed 1; pauses included, stories come out at 150 to 165."""

SLOWEST, FASTEST = 0.5, 2.0


class EmbeddedSpeaker:
    """Speaks with espeak-ng. Safe to call from several threads; they take turns."""

    version = "speaker@2"

    def speak(self, request: SpeechRequest, to: Path) -> Speech:
        """Write a mono 16-bit 48 kHz WAV, without silence before or after; marks are in seconds of it.

        UserError: an unknown voice, a text it cannot read or that is empty or too long, a speed out of range.
        """
        if not SLOWEST <= request.speed <= FASTEST:
            raise UserError(f"A speed of {request.speed} is out of range: choose {SLOWEST} to {FASTEST}.")
        voice = find_voice(request.voice)
        refuse_foreign_script(normalise(request.text), voice)
        sentences = spoken_sentences(request.text, voice)
        rate = round(WORDS_PER_MINUTE * voice.pace * request.speed)
        utterances = utter([sentence.said for sentence in sentences], voice.espeak, voice.timbre, rate)
        recording = assemble(sentences, utterances, request.speed)
        if not recording.sounds:
            raise UserError(f"The voice {voice.id!r} says nothing for {request.text[:60]!r}: change the text.")
        samples = master(recording.sounds, voice.timbre)
        _write_wav(samples, to)
        seconds = len(samples) / OUTPUT_RATE
        return Speech(seconds=seconds, words=tuple(_inside(mark, seconds) for mark in recording.marks))


def _inside(mark: WordMark, seconds: float) -> WordMark:
    return WordMark(start=min(mark.start, seconds), end=min(mark.end, seconds), text=mark.text)


def _write_wav(samples: NDArray[np.int16], to: Path) -> None:
    with wave.open(str(to), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(OUTPUT_RATE)
        file.writeframes(samples.astype("<i2").tobytes())
