"""Listening by `/audio/transcriptions`, with the time of every word: OpenAI, speaches, LocalAI."""

from pathlib import Path
from typing import Any

from pixora_pipeline.model.content import hash_file
from pixora_pipeline.model.results import Transcript, WordMark
from pixora_pipeline.providers.calls import Answer, Credential
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.openai.client import talking
from pixora_pipeline.providers.received.sound import RATE, read_sound
from pixora_pipeline.providers.received.word_times import estimate_words


class OpenAITranscriber(Hosted):
    """A model behind `/audio/transcriptions`."""

    def transcribe(self, sound: Path, language: str | None = None) -> Transcript:
        """What is said. Word times are the model's own; where it tells none, they are estimated."""
        samples = read_sound(self.offer.provider, sound, 1)
        seconds = len(samples) / RATE
        wishes: dict[str, Any] = {
            "model": self.offer.model,
            "response_format": "verbose_json",
            "timestamp_granularities": ["word"],
            **({"language": language.partition("-")[0]} if language else {}),
        }

        def send(credential: Credential) -> Answer:
            with talking(self, credential) as client, sound.open("rb") as file:
                answer = client.audio.transcriptions.create(file=(sound.name, file), **wishes)
            return self.answered(_body(self.offer.provider, answer), {"minutes": seconds / 60})

        asked = self.asked(f"listen {hash_file(sound)}", wishes, {"minutes": seconds / 60})
        told = self.order.once(asked, send)
        words = tuple(WordMark.model_validate(mark) for mark in told["words"])
        return Transcript(
            text=told["text"],
            language=language,
            seconds=round(seconds, 3),
            words=words or estimate_words(told["text"], samples),
        )


def _body(service: str, answer: Any) -> dict[str, Any]:
    told = answer.model_dump() if hasattr(answer, "model_dump") else {}
    if not isinstance(told.get("text"), str):
        raise BadOutput(service, "its answer holds no text")
    words = [{"start": w["start"], "end": w["end"], "text": w["word"].strip()} for w in told.get("words") or ()]
    return {"text": told["text"].strip(), "words": words}
