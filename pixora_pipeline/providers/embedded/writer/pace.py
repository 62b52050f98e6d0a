"""How long a text takes to say, in seconds, before anybody has said it."""

import re
import unicodedata

# Letters a second of a narrator, by language; words differ in length between languages far more than speech does.
_LETTERS = {
    "en": 12.9,
    "de": 13.1,
    "fr": 14.4,
    "es": 12.6,
    "it": 13.0,
    "pt": 12.0,
    "nl": 13.0,
    "ru": 15.5,
    "pl": 11.6,
    "ro": 11.6,
    "hu": 11.5,
    "uk": 11.7,
    "tr": 10.7,
    "hi": 7.4,
}
_USUAL_LETTERS = 12.2
_IDEOGRAPHS = 3.5
_HANGUL = 5.0
_DIGITS = 2.6
SENTENCE_PAUSE = 0.38
_CLAUSE_PAUSE = 0.2

_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_SYLLABLE = re.compile(r"[\uac00-\ud7af]")
_CLAUSE = re.compile(r"[,;:—–،、，；：]")


def spoken_seconds(text: str, language: str) -> float:
    """The time the text takes at a narrator's pace, with the pause after it. At least a quarter of a second."""
    ideographs = len(_IDEOGRAPH.findall(text))
    syllables = len(_SYLLABLE.findall(text))
    digits = sum(map(str.isdigit, text))
    # Vowel signs of Indic scripts are sounds too, though no letters.
    signs = sum(unicodedata.category(character) == "Mc" for character in text if ord(character) > 0x300)
    letters = sum(map(str.isalpha, text)) + signs - ideographs - syllables
    seconds = ideographs / _IDEOGRAPHS + syllables / _HANGUL + digits / _DIGITS
    seconds += max(0, letters) / _LETTERS.get(language.partition("-")[0].lower(), _USUAL_LETTERS)
    return max(0.25, seconds + _CLAUSE_PAUSE * len(_CLAUSE.findall(text)) + SENTENCE_PAUSE)
