"""From the text of a request to what the voice is given: cleaned, cut into sentences, each word with its place.

A word keeps its spelling for the subtitles next to the form that is spoken, in which nothing can be taken for markup.
"""

import re
import unicodedata
from dataclasses import dataclass

from pixora_pipeline.errors import UserError
from pixora_pipeline.providers.embedded.speaker.scripts import script_of, speaks
from pixora_pipeline.providers.embedded.speaker.voices import Voice
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences

LONGEST_TEXT = 10_000
"""Characters of one recording, about 12 minutes of speech."""

_PARAGRAPH = re.compile(r"\n\s*\n")
_MARKUP = re.compile(r"[<>{}\[\]|\\^~*_#`]+")
_DASH = re.compile(r"—|(?<!\d)–|–(?!\d)")
_UNSPOKEN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'"})
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO")
_GROUP = 4


@dataclass(frozen=True)
class SpokenWord:
    """A word as written, with the silent marks around it, and as it is said. `joined` when no space goes before it."""

    text: str
    said: str
    joined: bool = False


@dataclass(frozen=True)
class SpokenSentence:
    """What is said in one breath, and whether a paragraph ends with it."""

    words: tuple[SpokenWord, ...]
    ends_paragraph: bool

    @property
    def said(self) -> str:
        """The text for the library."""
        return "".join(word.said if word.joined else f" {word.said}" for word in self.words).strip()

    @property
    def offsets(self) -> tuple[tuple[int, SpokenWord], ...]:
        """Each word with the offset in `said` at which it starts."""
        position, found = 0, []
        for word in self.words:
            position += bool(found) and not word.joined
            found.append((position, word))
            position += len(word.said)
        return tuple(found)


def normalise(text: str) -> str:
    """NFC without control characters, emoji and private characters. UserError for lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UserError(
            f"The text has half a character (U+{ord(text[error.start]):04X}) at position {error.start}: "
            "it was cut or decoded wrongly. Save it as UTF-8 and try again."
        ) from None
    return "".join(map(_cleaned, unicodedata.normalize("NFC", text)))


def _cleaned(character: str) -> str:
    if character in "\n\u2028\u2029":
        return "\n"
    category = unicodedata.category(character)
    if category in ("Cc", "Zs"):
        return " "
    # Joiners shape Indic and Persian words; variation selectors only choose the look of an emoji.
    if character in "\u200c\u200d":
        return character
    if (
        category in ("Cf", "Cn", "Co", "Cs", "Sk", "Me") and character not in "`^´¨"
    ) or "\ufe00" <= character <= "\ufe0f":
        return ""
    return " " if category == "So" and character not in "°©®™№" else character


def spoken_sentences(text: str, voice: Voice) -> list[SpokenSentence]:
    """What to say, sentence by sentence. UserError when nothing in the text can be said or it is too long."""
    if len(text) > LONGEST_TEXT:
        raise UserError(f"The text has {len(text)} characters; one recording takes at most {LONGEST_TEXT}. Split it.")
    found = []
    for paragraph in _PARAGRAPH.split(normalise(text)):
        pieces = split_sentences(paragraph, voice.language)
        found += [_sentence(piece, piece is pieces[-1], voice) for piece in pieces]
    sayable = [sentence for sentence in found if sentence.said]
    if not sayable:
        raise UserError(f"There is nothing to say in {text[:60]!r}: give at least one word.")
    return sayable


def _sentence(text: str, last: bool, voice: Voice) -> SpokenSentence:
    words: list[SpokenWord] = []
    before = ""
    for piece, joined in _pieces(text):
        said = _said(piece, voice)
        if said:
            words.append(SpokenWord(before + piece, said, joined and bool(words) and not before))
            before = ""
        elif words:
            words[-1] = _with_silent(words[-1], piece)
        else:
            before = f"{before}{piece} "
    return SpokenSentence(tuple(words), last)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """The words, Chinese ones in small groups, each with whether it follows the one before without a space."""
    return [(piece, index > 0) for word in text.split() for index, piece in enumerate(_groups(word))]


def _with_silent(word: SpokenWord, mark: str) -> SpokenWord:
    """A dash or another silent mark belongs to the word before it; a dash is heard as a pause."""
    comma = "," if set(mark) & set("—–-") and word.said[-1].isalnum() else ""
    return SpokenWord(f"{word.text} {mark}", word.said + comma)


def _said(word: str, voice: Voice) -> str:
    """The form the library reads: no markup, plain punctuation, "" for what it would only spell out."""
    if not speaks(voice, word):
        return ""
    plain = _MARKUP.sub(" ", _DASH.sub(", ", word)).translate(_UNSPOKEN)
    plain = " ".join(plain.split())
    return plain if any(character.isalnum() or character in "%&+=€$£¥@°" for character in plain) else ""


def _groups(word: str) -> list[str]:
    """Chinese text in groups of a few characters, cut at its punctuation; other runs stay whole."""
    if not any(script_of(letter) in _UNSPACED for letter in word):
        return [word]
    groups: list[str] = []
    for run in re.findall(r"[A-Za-z0-9][A-Za-z0-9.,'’-]*[\W_]*|[^\W_][\W_]*", word) or [word]:
        ideograph = script_of(run[0]) in _UNSPACED
        full = not groups or len(groups[-1]) >= _GROUP or not groups[-1][-1].isalpha()
        if ideograph and not full and script_of(groups[-1][0]) in _UNSPACED:
            groups[-1] += run
        else:
            groups.append(run)
    return groups
