"""A narration that nobody can speak: the silence it would take, with the times at which its words are shown.

And one without words, which nobody has to.
"""

import wave

from pixora_pipeline.assets.work import Made, Work, noticed
from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.briefs import NarrationBrief
from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.results import Speech, WordMark
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds
from pixora_pipeline.store.sidecar import Provenance

VOICE = "voice.wav"
_RATE = 48_000
_PAUSE_SECONDS = 0.25
_WITHOUT_WORDS = "Scene {} is shown without words: what can be told of its clips is told in other scenes."


def keep_silence(work: Work, brief: NarrationBrief, error: PixoraError) -> Made:
    """Write the silence; the facts and the provenance say that it is one, and why."""
    seconds = round(spoken_seconds(brief.text, brief.language), 2)
    _write_silence(work, seconds)
    message = f"Scene {scene_number(work.slot)} is silent and shows its text: {error}"
    speech = Speech(seconds=seconds, words=_marks(brief.text, seconds))
    notice = Notice(kind="silent", message=message)
    return Made(
        [VOICE],
        facts={**speech.model_dump(mode="json"), **noticed([notice])},
        provenance=Provenance(model="silence@1", parameters={"fallback": message}),
    )


def keep_pause(work: Work) -> Made:
    """Write a moment of silence: the scene is as long as its clips. The facts say why nothing is told."""
    _write_silence(work, _PAUSE_SECONDS)
    speech = Speech(seconds=_PAUSE_SECONDS, words=())
    notice = Notice(kind="without words", message=_WITHOUT_WORDS.format(scene_number(work.slot)))
    facts = {**speech.model_dump(mode="json"), **noticed([notice])}
    return Made([VOICE], facts=facts, provenance=Provenance(model="silence@1"))


def _write_silence(work: Work, seconds: float) -> None:
    with wave.open(str(work.file(VOICE)), "wb") as out:
        out.setparams((1, 2, _RATE, 0, "NONE", ""))
        out.writeframes(bytes(2 * round(seconds * _RATE)))


def _marks(text: str, seconds: float) -> tuple[WordMark, ...]:
    """The words, each for its share of the letters."""
    words = text.split()
    letters, now, marks = sum(map(len, words)) or 1, 0.0, []
    for word in words:
        end = now + seconds * len(word) / letters
        marks.append(WordMark(start=round(now, 3), end=round(min(end, seconds), 3), text=word))
        now = end
    return tuple(marks)
