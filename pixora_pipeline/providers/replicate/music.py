"""Music on Replicate: MusicGen, a piece for each mood, all made at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pydantic import JsonValue

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import MusicRequest
from pixora_pipeline.model.results import Music
from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.received.sound import check_sound
from pixora_pipeline.providers.replicate.predictions import Replicate
from pixora_pipeline.providers.scoring import lay_out, piece_seconds

_SOUNDS: dict[Mood, str] = {
    "calm": "slow, quiet film score, soft piano and warm held strings",
    "hopeful": "warm film score that opens up, rising strings over a gentle piano pulse",
    "joyful": "bright, light-footed film score, plucked strings, flute and bells",
    "curious": "playful film score, pizzicato strings and a wandering clarinet",
    "mysterious": "dark, sparse film score, low drones, distant bells, a lonely melody",
    "tense": "driving, uneasy film score, low drums and restless strings",
    "sad": "slow, sorrowful film score, solo cello over a bare piano",
    "epic": "wide, rising film score, full strings, brass and deep drums",
}


class ReplicateComposer(Replicate):
    """A model on Replicate that makes up to half a minute of music."""

    def compose(self, request: MusicRequest, to: Path) -> Music:
        """Write a stereo 16-bit 48 kHz WAV of all sections and a few seconds of ending."""
        moods = list(dict.fromkeys(section.mood for section in request.sections))
        if not moods:
            raise UserError("The music request has no sections; ask for at least one mood and its seconds.")
        with ThreadPoolExecutor(len(moods), thread_name_prefix="music") as threads:
            paths = list(threads.map(lambda mood: self._piece(request, mood), moods))
        return lay_out(self.offer.provider, request.sections, dict(zip(moods, paths, strict=True)), to)

    def _piece(self, request: MusicRequest, mood: Mood) -> Path:
        seconds = piece_seconds(request.sections, mood)
        input: dict[str, JsonValue] = {
            "prompt": f"{_SOUNDS.get(mood, f'{mood} film score')}, instrumental, no drums fills, no vocals",
            "duration": seconds,
            "model_version": "stereo-large",
            "output_format": "wav",
            "normalization_strategy": "loudness",
            "seed": request.seed,
        }
        name = f"piece-{mood}"
        self.predict(f"music {mood}", input, input, name, check_sound, {"gpu_seconds": float(seconds)})
        return self.order.file(name)
