"""Voices by `/audio/speech`: OpenAI, Kokoro-FastAPI, speaches, LocalAI. They do not say when a word is heard."""

from pathlib import Path
from typing import Any

from pixora_pipeline.model.requests import SpeechRequest
from pixora_pipeline.model.results import Speech
from pixora_pipeline.providers.calls import Answer, Credential
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.narrating import finish_speech, parts_of
from pixora_pipeline.providers.openai.client import talking
from pixora_pipeline.providers.received.sound import check_sound

LONGEST = 4000
"""Characters a request: OpenAI takes 4,096."""


class OpenAISpeaker(Hosted):
    """A voice behind `/audio/speech`."""

    def speak(self, request: SpeechRequest, to: Path) -> Speech:
        """Write a mono 16-bit 48 kHz WAV, the times of its words estimated."""
        texts = parts_of(request.text, LONGEST)
        takes = [(self._take(number, text, request), text, None) for number, text in enumerate(texts, 1)]
        return finish_speech(self.offer.provider, takes, to)

    def _take(self, number: int, text: str, request: SpeechRequest) -> Path:
        name = f"voice-{number}.wav"
        sent: dict[str, Any] = {
            "model": self.offer.model,
            "input": text,
            "voice": request.voice,
            "response_format": "wav",
            "speed": request.speed,
        }

        def send(credential: Credential) -> Answer:
            draft = self.order.file(f"{name}.part")
            with talking(self, credential) as client:
                answer = client.audio.speech.with_streaming_response.create(**sent)
                with answer as stream:
                    stream.stream_to_file(draft)
            seconds = check_sound(self.offer.provider, draft)
            draft.replace(self.order.file(name))
            return self.answered({"file": name, "seconds": seconds}, {"characters": len(text), "seconds": seconds})

        self.order.once(self.asked(f"voice {number}", sent, {"characters": len(text)}), send, files=(name,))
        return self.order.file(name)
