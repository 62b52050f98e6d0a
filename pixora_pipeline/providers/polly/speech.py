"""Polly's neural voices, with the time of every word: that is a second request, billed like the first."""

import json
import wave
from pathlib import Path
from typing import Any

from pixora_pipeline.model.requests import SpeechRequest
from pixora_pipeline.model.results import Speech, WordMark
from pixora_pipeline.providers.aws import talking
from pixora_pipeline.providers.calls import Answer, Credential
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.narrating import finish_speech, parts_of
from pixora_pipeline.providers.polly.ssml import ssml_of
from pixora_pipeline.providers.received.sound import check_sound

LONGEST = 2800
"""Characters a request: Polly takes 3,000 of what is billed."""

RATE = 16_000
"""Samples a second: the most that Polly gives as PCM."""


class PollySpeaker(Hosted):
    """A voice of Polly; the model is the engine, such as `neural`."""

    def speak(self, request: SpeechRequest, to: Path) -> Speech:
        """Write a mono 16-bit 48 kHz WAV with Polly's own word times."""
        takes = []
        for number, text in enumerate(parts_of(request.text, LONGEST), 1):
            path = self._sound(number, text, request)
            takes.append((path, text, self._marks(number, text, request, path)))
        return finish_speech(self.offer.provider, takes, to)

    def _sent(self, text: str, request: SpeechRequest, **format: Any) -> dict[str, Any]:
        spoken = {"Text": ssml_of(text, request.speed), "TextType": "ssml"} if request.speed != 1 else {"Text": text}
        return {"Engine": self.offer.model, "VoiceId": request.voice, **spoken, **format}

    def _sound(self, number: int, text: str, request: SpeechRequest) -> Path:
        name = f"voice-{number}.wav"
        sent = self._sent(text, request, OutputFormat="pcm", SampleRate=str(RATE))

        def send(credential: Credential) -> Answer:
            with talking(self, credential, "polly") as client:
                answer = client.synthesize_speech(**sent)
                samples, billed = answer["AudioStream"].read(), answer.get("RequestCharacters", len(text))
            draft = self.order.file(f"{name}.part")
            _write_pcm(self.offer.provider, samples, draft)
            seconds = check_sound(self.offer.provider, draft)
            draft.replace(self.order.file(name))
            return self.answered({"file": name, "seconds": seconds}, {"characters": float(billed)})

        self.order.once(self.asked(f"voice {number}", sent, {"characters": len(text)}), send, files=(name,))
        return self.order.file(name)

    def _marks(self, number: int, text: str, request: SpeechRequest, sound: Path) -> list[WordMark]:
        sent = self._sent(text, request, OutputFormat="json", SpeechMarkTypes=["word"])

        def send(credential: Credential) -> Answer:
            with talking(self, credential, "polly") as client:
                answer = client.synthesize_speech(**sent)
                lines, billed = answer["AudioStream"].read(), answer.get("RequestCharacters", len(text))
            return self.answered({"words": _read(self.offer.provider, lines)}, {"characters": float(billed)})

        told = self.order.once(self.asked(f"words {number}", sent, {"characters": len(text)}), send)
        seconds = check_sound(self.offer.provider, sound)
        if told["words"] and told["words"][-1][0] / 1000 > seconds:
            # PCM does not say how long it is. Left where it is, it would be taken for the answer again.
            sound.unlink()
            raise BadOutput(self.offer.provider, "its sound ends before its last word")
        return _marks(told["words"], text if request.speed == 1 else None, seconds)


def _write_pcm(service: str, samples: bytes, to: Path) -> None:
    if not samples or len(samples) % 2:
        raise BadOutput(service, f"its sound breaks off after {len(samples)} bytes")
    with wave.open(str(to), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples)


def _read(service: str, lines: bytes) -> list[list[Any]]:
    """Each word as its time in ms and the bytes it stands at."""
    try:
        told = [json.loads(line) for line in lines.splitlines() if line.strip()]
        return [[each["time"], each["start"], each["end"], each["value"]] for each in told if each["type"] == "word"]
    except (ValueError, KeyError, TypeError):
        raise BadOutput(service, "its word times can't be read") from None


def _marks(told: list[list[Any]], text: str | None, seconds: float) -> list[WordMark]:
    """Each word until the next begins, spelt with the punctuation that follows it in the text.

    `text` None: it was sent with markup, whose places are not the text's.
    """
    whole = (text or "").encode()
    marks = []
    for index, (time, start, _, value) in enumerate(told):
        following = told[index + 1] if index + 1 < len(told) else None
        spelt = whole[int(start) : int(following[1]) if following else None].decode("utf-8", "ignore").strip()
        until = following[0] / 1000 if following else seconds
        marks.append(WordMark(start=time / 1000, end=max(until, time / 1000), text=spelt or value))
    return marks
