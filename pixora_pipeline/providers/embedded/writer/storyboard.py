"""What a bare prompt becomes: an honest storyboard that stages the prompt's own subject and says that it does.

No story is invented here: without a text there is nothing to tell yet, only pictures to plan.
"""

import math
import re
from dataclasses import dataclass

from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.script import Mood, Scene, ScriptBreakdown
from pixora_pipeline.providers.embedded.writer.direction import script, title_scene
from pixora_pipeline.providers.embedded.writer.lexicon import read_lexicon
from pixora_pipeline.providers.embedded.writer.manuscript import read_manuscript
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds
from pixora_pipeline.providers.embedded.writer.scenery import see
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences
from pixora_pipeline.providers.embedded.writer.titles import speakable, styled
from pixora_pipeline.providers.embedded.writer.words import stop_words, words_of

MOST_PROMPT_WORDS = 60
LONGEST_PROMPT = 600
"""Characters; what is longer is a text."""

_LONGEST_SUBJECT = 160
# "über einen Müller": without its article the noun fits everywhere; an adjective would keep its ending.
_GERMAN_ARTICLE = re.compile(r"^(?:ein|eine|einen|einem|einer|den|dem) (?=[A-ZÄÖÜ])")


@dataclass(frozen=True)
class Beat:
    """How one part of a storyboard looks and feels; `light` is for stories, `daylight` for explanations."""

    framing: str
    light: str
    daylight: str
    mood: Mood


BEATS = (
    Beat("", "at dusk", "in the morning", "curious"),
    Beat("A wide, quiet view", "at dawn", "at dawn", "calm"),
    Beat("Close", "in the morning", "in the morning", "curious"),
    Beat("Seen from below, large", "at night", "at midday", "epic"),
    Beat("A wide view", "at dawn", "at dusk", "hopeful"),
)


_LEFT_OUT_FIRST = (3, 1, 4, 2)
"""Beats in the order in which a film too short for all of them does without; the first says what it is."""


def is_bare_prompt(text: str, language: str) -> bool:
    """Whether the text asks for a film rather than tells one: short, and a request or no full sentence."""
    base = _base(language)
    short = len(text) <= LONGEST_PROMPT and len(text.split()) < MOST_PROMPT_WORDS
    plain = _plain(text) if short and base in read_lexicon("storyboards") else ""
    if not plain:
        return False
    sentences = split_sentences(plain, language)
    if len(sentences) > 3 or re.search(r"^\s*#", text, re.MULTILINE):
        return False
    if _request(base).match(plain):
        return True
    first = plain.split()[0].lower()
    asks = first in read_lexicon("storyboards")[base]["asks"].split()
    return len(sentences) == 1 and (asks or plain[-1] not in '.!?…"”»')


def storyboard(request: ScriptRequest) -> ScriptBreakdown:
    """A title and five scenes, in the language of the request; fewer where a shorter film is asked for."""
    base = _base(request.language)
    table = read_lexicon("storyboards")[base]
    subject = subject_of(request.text, request.language)
    asks = words_of(subject)[0].lower in table["asks"].split() if words_of(subject) else True
    simple = "," not in subject and not re.search(r"[.!?;:]", subject)
    theme = table["about" if simple and not asks else "named"].format(subject=subject)
    given = speakable(" ".join((request.title or "").split()), request.language)
    title = given or f"{table['label']}: {styled(subject, base)}"
    seen = _seen(subject, request.language)
    first = title_scene(title, f"A wide view. {seen} at dusk.", "curious", request.language)
    scenes = [first]
    told = [beat.replace("{theme}", theme).replace("{subject}", subject) for beat in table["beats"]]
    for index in _kept(first.estimated_seconds, told, request):
        name = table["titles"][index]
        scenes.append(_scene(len(scenes) + 1, BEATS[index], told[index], name, seen, asks, request.language))
    return script(title, request.language, scenes)


def _kept(title_seconds: float, told: list[str], request: ScriptRequest) -> list[int]:
    """The beats there is time for behind the title."""
    lengths = [spoken_seconds(each, request.language) for each in told]
    kept = set(range(len(BEATS)))
    for index in _LEFT_OUT_FIRST:
        if title_seconds + sum(lengths[each] for each in kept) <= (request.seconds or math.inf):
            break
        kept.remove(index)
    return sorted(kept)


def subject_of(prompt: str, language: str) -> str:
    """What the prompt wants a film about, in its own words."""
    plain = _plain(prompt)
    request = _request(_base(language)).match(plain)
    subject = plain[request.end() if request else 0 :].strip(' .!?…"“”«»„') or plain
    if _base(language) == "de":
        subject = _GERMAN_ARTICLE.sub("", subject)
    first = split_sentences(subject, language)[0].rstrip(".!?… ")
    return speakable(subject if len(subject) <= _LONGEST_SUBJECT else first or subject, language)


def _scene(number: int, beat: Beat, narration: str, title: str, seen: str, asks: bool, language: str) -> Scene:
    light = beat.daylight if asks else beat.light
    framing = f"{beat.framing}. " if beat.framing else ""
    return Scene(
        slot=f"s{number:02}",
        title=title,
        description=f"{framing}{seen} {light}.",
        narration=narration,
        estimated_seconds=round(spoken_seconds(narration, language), 1),
        mood=beat.mood,
    )


def _seen(subject: str, language: str) -> str:
    """What of the subject can be drawn: its sights, else its own words."""
    scenery = see(subject, language)
    sights = list(dict.fromkeys((*scenery.things, *scenery.places)))
    weather = f" {scenery.weather}" if scenery.weather else ""
    if not sights:
        stops = stop_words(language)
        sights = [word.text for word in words_of(subject) if word.lower not in stops][:5] or [subject]
    return f"{_capital(' and '.join(sights[:3]))}{weather}"


def _plain(text: str) -> str:
    return " ".join(paragraph for chapter in read_manuscript(text).chapters for paragraph in chapter.paragraphs)


def _request(language: str) -> re.Pattern[str]:
    return re.compile(read_lexicon("storyboards")[language]["request"], re.IGNORECASE)


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
