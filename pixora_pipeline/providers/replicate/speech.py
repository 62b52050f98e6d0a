"""Voices on Replicate: LLaSA-3B-Long. They do not say when a word is heard."""

from pathlib import Path

from pixora_pipeline.model.requests import SpeechRequest
from pixora_pipeline.model.results import Speech
from pixora_pipeline.providers.narrating import finish_speech, parts_of
from pixora_pipeline.providers.received.sound import check_sound
from pixora_pipeline.providers.replicate.predictions import Replicate

LONGEST = 1000
"""Characters a prediction: longer ones lose their voice."""

_CHARACTERS_A_SECOND = 15


class ReplicateSpeaker(Replicate):
    """A model on Replicate that speaks a text; its voice is its own."""

    def speak(self, request: SpeechRequest, to: Path) -> Speech:
        """Write a mono 16-bit 48 kHz WAV, the times of its words estimated."""
        takes = []
        for number, text in enumerate(parts_of(request.text, LONGEST), 1):
            name, input = f"voice-{number}", {"text": text}
            units = {"gpu_seconds": len(text) / _CHARACTERS_A_SECOND}
            self.predict(f"voice {number}", input, input, name, check_sound, units)
            takes.append((self.order.file(name), text, None))
        return finish_speech(self.offer.provider, takes, to)
