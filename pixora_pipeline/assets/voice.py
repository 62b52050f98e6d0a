"""voice_over: the narration of a scene, spoken."""

import shutil
from pathlib import Path

from pixora_pipeline.assets.makers import orders_for
from pixora_pipeline.assets.parts import keep_part
from pixora_pipeline.assets.silence import keep_pause, keep_silence
from pixora_pipeline.assets.stand_ins import made_in_turn
from pixora_pipeline.assets.thumbnails import keep_waveform
from pixora_pipeline.assets.work import Made, Work, provenance_of
from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.briefs import NarrationBrief
from pixora_pipeline.model.requests import SpeechRequest
from pixora_pipeline.model.results import Speech
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.providers.catalogue import engage
from pixora_pipeline.providers.order import Order
from pixora_pipeline.providers.voices import voice_for

VOICE, RECORDING = "voice.wav", "recording"
SPOKEN = "spoken_seconds"
"""What its provenance calls the time that the words take, without the silence in which it waits for pictures."""


def speak(work: Work) -> Made:
    """Have the narration spoken, and silence cut off; the facts say when each word is heard."""
    brief = work.value("scene_brief/narration", NarrationBrief)
    if not brief.text:
        return keep_pause(work)
    return made_in_turn(work, "speech", brief.model, lambda model: _spoken(work, brief, model))


def _spoken(work: Work, brief: NarrationBrief, model: str) -> Made:
    from pixora_pipeline.media.in_step import in_step

    # The voices of one are not those of another.
    voice = brief.voice if model == brief.model else voice_for(model, brief.language)
    request = SpeechRequest(text=brief.text, voice=voice, language=brief.language)
    orders = orders_for(work, "speech", model)
    try:
        spoken = _recorded(work, model, request, orders, part=bool(orders and brief.beats))
    except PixoraError as error:
        # A compilation has its pictures already: it is shown with its text rather than not at all. What a service
        # could not do today may be tried again.
        if orders or work.project.kind != "compilation":
            raise
        return keep_silence(work, brief, error)
    speech = in_step(work.file(VOICE), spoken, brief.text, brief.beats, brief.shown)
    told = {"voice": voice, "language": brief.language, SPOKEN: round(spoken.seconds, 3)}
    return Made(
        [VOICE, *keep_waveform(work, work.file(VOICE))],
        facts=speech.model_dump(mode="json"),
        provenance=provenance_of("speech", model, *orders, **told),
    )


def _recorded(work: Work, model: str, request: SpeechRequest, orders: tuple[Order, ...], *, part: bool) -> Speech:
    """The recording, without silence at its ends.

    Kept as a `part`, it is paid once: where its scene's clips only last longer, the same words wait elsewhere.
    """
    from pixora_pipeline.media.silence import trim_voice

    def record(to: Path) -> Speech:
        spoken: Speech = engage("speech", model, *orders).speak(request, to)
        return trim_voice(to, spoken)

    if not part:
        return record(work.file(VOICE))
    said = [model, request.model_dump(mode="json"), work.take]
    stored = keep_part(work, RECORDING, said, VOICE, lambda to: record(to).model_dump(mode="json"))
    shutil.copyfile(stored.path, work.file(VOICE))
    return Speech.model_validate(stored.sidecar.facts)


RECIPES = (
    Recipe(
        name="voice_over",
        scope="scene",
        group="sound",
        description="The voice of this scene. How long it takes decides how long the scene lasts.",
        version="1",
        make=speak,
        retakes=True,
        capability="speech",
        inputs=("scene_brief/narration",),
        kinds=("audio",),
    ),
)
