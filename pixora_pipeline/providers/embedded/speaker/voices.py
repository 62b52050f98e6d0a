"""The voices on offer, as data. Light on purpose: menus and validation read it without loading the speech library."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from pixora_pipeline.errors import UserError

Timbre = Literal["low", "high"]


@dataclass(frozen=True)
class Voice:
    """A voice on offer. `espeak` names the library's pronunciation, `timbre` the file of its sound.

    `pace` is how much faster or slower than English the library has to speak to sound as unhurried.
    """

    id: str
    language: str
    description: str
    espeak: str
    timbre: Timbre
    pace: float = 1.0


@dataclass(frozen=True)
class Tongue:
    """A pronunciation whose output was checked by reading its phonemes for real sentences."""

    id: str
    language: str
    name: str
    espeak: str
    pace: float = 1.0


TONGUES = (
    Tongue("en-us", "en-US", "American English", "gmw/en-US"),
    Tongue("en-gb", "en-GB", "British English", "gmw/en"),
    Tongue("de", "de", "German", "gmw/de"),
    Tongue("fr", "fr", "French", "roa/fr", 0.93),
    Tongue("es", "es", "Spanish", "roa/es"),
    Tongue("es-419", "es-419", "Latin American Spanish", "roa/es-419"),
    Tongue("it", "it", "Italian", "roa/it"),
    Tongue("pt-br", "pt-BR", "Brazilian Portuguese", "roa/pt-BR"),
    Tongue("pt", "pt-PT", "European Portuguese", "roa/pt"),
    Tongue("ca", "ca", "Catalan", "roa/ca"),
    Tongue("ro", "ro", "Romanian", "roa/ro"),
    Tongue("nl", "nl", "Dutch", "gmw/nl"),
    Tongue("sv", "sv", "Swedish", "gmq/sv"),
    Tongue("nb", "nb", "Norwegian", "gmq/nb"),
    Tongue("fi", "fi", "Finnish", "urj/fi"),
    Tongue("hu", "hu", "Hungarian", "urj/hu"),
    Tongue("pl", "pl", "Polish", "zlw/pl", 1.05),
    Tongue("cs", "cs", "Czech", "zlw/cs"),
    Tongue("ru", "ru", "Russian", "zle/ru"),
    Tongue("uk", "uk", "Ukrainian", "zle/uk"),
    Tongue("el", "el", "Greek", "grk/el"),
    Tongue("tr", "tr", "Turkish", "trk/tr"),
    Tongue("hi", "hi", "Hindi", "inc/hi"),
    Tongue("id", "id", "Indonesian", "poz/id"),
    Tongue("ko", "ko", "Korean", "ko", 1.1),
    Tongue("zh", "zh", "Mandarin Chinese", "sit/cmn", 1.18),
)


def _both_timbres(tongue: Tongue) -> tuple[Voice, Voice]:
    calm, clear = f"{tongue.name}, a calm low voice", f"{tongue.name}, a clear high voice"
    low = Voice(tongue.id, tongue.language, calm, tongue.espeak, "low", tongue.pace)
    high = Voice(f"{tongue.id}-female", tongue.language, clear, tongue.espeak, "high", tongue.pace)
    return low, high


VOICES: tuple[Voice, ...] = tuple(voice for tongue in TONGUES for voice in _both_timbres(tongue))

_BY_ID = {voice.id: voice for voice in VOICES}

# Tags whose speakers expect another voice than the first of their language.
_REGIONS = {
    **dict.fromkeys(("en-au", "en-ie", "en-in", "en-nz", "en-za"), "en-gb"),
    **dict.fromkeys(("es-ar", "es-cl", "es-co", "es-mx", "es-pe", "es-us"), "es-419"),
    **dict.fromkeys(("pt-pt", "pt-ao", "pt-mz"), "pt"),
    "no": "nb",
    "nn": "nb",
    "cmn": "zh",
    "pt": "pt-br",
}


def voice_for(language: str) -> Voice:
    """The voice for a language given as a BCP 47 tag such as "de" or "pt-BR". UserError when none speaks it."""
    tag = language.strip().lower().replace("_", "-")
    base = tag.partition("-")[0]
    for name in (_REGIONS.get(tag), tag, _REGIONS.get(base), base):
        if name in _BY_ID:
            return _BY_ID[name]
    for voice in VOICES:
        if base and voice.language.lower().partition("-")[0] == base:
            return voice
    spoken = ", ".join(sorted({voice.language for voice in VOICES}))
    raise UserError(f"No embedded voice speaks {language!r}. Choose a language out of: {spoken}.")


def find_voice(id: str) -> Voice:
    """The voice of that id. UserError with the nearest ids when there is none."""
    name = id.strip().lower().replace("_", "-")
    if name in _BY_ID:
        return _BY_ID[name]
    near = get_close_matches(name, _BY_ID, n=4, cutoff=0.5) or [voice.id for voice in VOICES[:6]]
    raise UserError(f"There is no voice {id!r}. Did you mean {', '.join(near)}? Choose one with --voice.")
