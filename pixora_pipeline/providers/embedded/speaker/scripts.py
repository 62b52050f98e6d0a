"""Writing systems: which one a text is in, which a language is written in, and what language that suggests."""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pixora_pipeline.errors import UserError
from pixora_pipeline.providers.embedded.speaker.voices import VOICES, Voice


@dataclass(frozen=True)
class Script:
    """A writing system by the first word of its Unicode letter names, and the language most texts in it are in."""

    name: str
    language: str
    language_name: str


SCRIPTS = (
    Script("LATIN", "en", "a language in Latin letters"),
    Script("CYRILLIC", "ru", "Russian"),
    Script("GREEK", "el", "Greek"),
    Script("CJK", "zh", "Chinese"),
    Script("BOPOMOFO", "zh", "Chinese"),
    Script("HIRAGANA", "ja", "Japanese"),
    Script("KATAKANA", "ja", "Japanese"),
    Script("HANGUL", "ko", "Korean"),
    Script("ARABIC", "ar", "Arabic"),
    Script("HEBREW", "he", "Hebrew"),
    Script("DEVANAGARI", "hi", "Hindi"),
    Script("THAI", "th", "Thai"),
    Script("BENGALI", "bn", "Bengali"),
    Script("TAMIL", "ta", "Tamil"),
    Script("GEORGIAN", "ka", "Georgian"),
    Script("ARMENIAN", "hy", "Armenian"),
)
_BY_NAME = {script.name: script for script in SCRIPTS}

_WRITTEN_IN = {
    "ru": {"CYRILLIC"},
    "uk": {"CYRILLIC"},
    "el": {"GREEK"},
    "zh": {"CJK", "BOPOMOFO"},
    "ko": {"HANGUL"},
    "hi": {"DEVANAGARI"},
}
# Every voice can say Latin names, and words in Greek letters are read letter by letter.
_EVERYWHERE = {"LATIN", "GREEK"}
_FOREIGN_SHARE = 0.2


@lru_cache(maxsize=8192)
def script_of(letter: str) -> str | None:
    """The script of a letter ("LATIN", "CJK", ...), None for what is no letter or belongs to every script."""
    if not unicodedata.category(letter).startswith("L"):
        return None
    first = unicodedata.name(letter, "UNKNOWN").split()[0].removesuffix("-COMPATIBILITY")
    if first in ("FULLWIDTH", "MODIFIER", "FEMININE", "MASCULINE", "MICRO"):
        return "LATIN"
    return "KATAKANA" if first == "HALFWIDTH" else first


def speaks(voice: Voice, word: str) -> bool:
    """Whether the voice can read the word; a word without letters is always readable."""
    known = _readable(voice)
    scripts = {script for letter in word if (script := script_of(letter))}
    return not scripts or bool(scripts & known)


def refuse_foreign_script(text: str, voice: Voice) -> None:
    """UserError when a good part of the letters is in a script the voice cannot speak."""
    counts = Counter(script for letter in text if (script := script_of(letter)))
    known = _readable(voice)
    foreign = {script: count for script, count in counts.items() if script not in known}
    if sum(foreign.values()) <= _FOREIGN_SHARE * sum(counts.values()):
        return
    raise UserError(_advice(text, foreign, voice))


def _readable(voice: Voice) -> set[str]:
    return _WRITTEN_IN.get(voice.language.partition("-")[0], set()) | _EVERYWHERE


def _advice(text: str, foreign: dict[str, int], voice: Voice) -> str:
    kana = foreign.get("HIRAGANA", 0) + foreign.get("KATAKANA", 0)
    name = "HIRAGANA" if kana else max(foreign, key=lambda script: foreign[script])
    if name == "CYRILLIC" and set(text.lower()) & set("іїєґ"):
        guess = Script("CYRILLIC", "uk", "Ukrainian")
    else:
        guess = _BY_NAME.get(name, Script(name, "", f"a language in {name.capitalize()} letters"))
    problem = (
        f"The text seems to be {guess.language_name}, which the voice {voice.id!r} ({voice.description}) cannot speak."
    )
    able = next((other for other in VOICES if other.language.partition("-")[0] == guess.language), None)
    if able is None:
        return f"{problem} No embedded voice speaks it: choose another text, or a provider that does."
    return f"{problem} Use --language {guess.language} or --voice {able.id}."
