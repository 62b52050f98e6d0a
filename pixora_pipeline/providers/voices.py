"""Which voices there are, whoever's they are. Light: forms and validation read it."""

from pixora_pipeline.errors import UserError
from pixora_pipeline.providers.catalogue import Offer, offer
from pixora_pipeline.providers.embedded.speaker import scripts
from pixora_pipeline.providers.embedded.speaker import voices as embedded

_ANY = "mul"


def voice_for(model: str, language: str) -> str:
    """The id of the voice that speaks a language unless another is asked for. Raises `UserError`."""
    made_by = offer("speech", model)
    if made_by.embedded:
        return embedded.voice_for(language).id
    found = _speaking(made_by, language)
    if not made_by.voices:
        raise UserError(f"The voices of {made_by.id} are not listed: name one with --voice.")
    if not found:
        spoken = ", ".join(made_by.voices)
        raise UserError(f"No voice of {made_by.id} speaks {language!r}. Choose a language out of: {spoken}.")
    return found[0]


def has_listed_voices(model: str) -> bool:
    """Whether it is known which voices the model has, and so which languages it speaks."""
    made_by = offer("speech", model)
    return made_by.embedded or bool(made_by.voices)


def language_of(model: str, voice: str) -> str:
    """The language that a voice speaks; English where it speaks any, or is not listed.

    Raises `UserError` with near matches when there is no such voice.
    """
    made_by = offer("speech", model)
    if made_by.embedded:
        return embedded.find_voice(voice).language
    spoken = next((language for language, voices in made_by.voices.items() if voice in voices), _ANY)
    return "en" if spoken == _ANY else spoken


def check_voice_reads(model: str, voice: str, text: str) -> str:
    """The voice's id, if it is one of the model's and can read the text's letters. Raises `UserError`."""
    made_by = offer("speech", model)
    if made_by.embedded:
        found = embedded.find_voice(voice)
        scripts.refuse_foreign_script(text, found)
        return found.id
    known = [each for voices in made_by.voices.values() for each in voices]
    if made_by.listed and known and voice not in known:
        raise UserError(f"{made_by.id} has no voice {voice!r}. Choose one of: {', '.join(known)}.")
    return voice


def all_voices() -> list[tuple[str, str, str]]:
    """Every embedded voice as id, language and description."""
    return [(voice.id, voice.language, voice.description) for voice in embedded.VOICES]


def _speaking(made_by: Offer, language: str) -> tuple[str, ...]:
    wanted = language.lower().replace("_", "-")
    by_tag = {tag.lower(): voices for tag, voices in made_by.voices.items()}
    if wanted in by_tag:
        return by_tag[wanted]
    base = wanted.partition("-")[0]
    alike = next((voices for tag, voices in by_tag.items() if tag.partition("-")[0] == base), ())
    return alike or by_tag.get(_ANY, ())
