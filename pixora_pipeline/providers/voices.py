"""Which voices there are, whoever's they are. Light: forms and validation read it."""

from pixora_pipeline.errors import UserError
from pixora_pipeline.providers.catalogue import offer
from pixora_pipeline.providers.embedded.speaker import scripts
from pixora_pipeline.providers.embedded.speaker import voices as embedded


def voice_for(model: str, language: str) -> str:
    """The id of the voice that speaks a language unless another is asked for. Raises `UserError`."""
    _only_embedded(model)
    return embedded.voice_for(language).id


def language_of(model: str, voice: str) -> str:
    """The language that a voice speaks. Raises `UserError` with near matches when there is no such voice."""
    _only_embedded(model)
    return embedded.find_voice(voice).language


def check_voice_reads(model: str, voice: str, text: str) -> str:
    """The voice's id, if it can read the text's letters. Raises `UserError` that names a voice that can."""
    _only_embedded(model)
    found = embedded.find_voice(voice)
    scripts.refuse_foreign_script(text, found)
    return found.id


def all_voices() -> list[tuple[str, str, str]]:
    """Every voice as id, language and description."""
    return [(voice.id, voice.language, voice.description) for voice in embedded.VOICES]


def _only_embedded(model: str) -> None:
    made_by = offer("speech", model)
    if made_by.provider != "embedded":
        raise UserError(f"The voices of {made_by.id} are not known.")
