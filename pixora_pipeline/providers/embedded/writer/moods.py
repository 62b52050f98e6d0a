"""The mood of a scene, read off its words."""

from collections.abc import Sequence
from functools import cache
from typing import get_args

from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.embedded.writer.lexicon import read_lexicon
from pixora_pipeline.providers.embedded.writer.words import stem, words_of

MOODS: tuple[Mood, ...] = get_args(Mood)

# Where moods lie between sad and glad, and between still and stirred: near ones make one piece of music.
PLACES: dict[Mood, tuple[float, float]] = {
    "calm": (0.3, -0.8),
    "hopeful": (0.6, -0.1),
    "joyful": (0.9, 0.5),
    "curious": (0.3, 0.1),
    "mysterious": (-0.2, -0.2),
    "tense": (-0.6, 0.8),
    "sad": (-0.8, -0.6),
    "epic": (0.3, 0.9),
}


@cache
def _lexicon(language: str) -> dict[str, tuple[Mood, ...]]:
    found: dict[str, tuple[Mood, ...]] = {}
    lists = read_lexicon("moods")
    for mood in MOODS:
        for word in lists[mood].get(language, "").split():
            for form in {word, stem(word)}:
                found[form] = (*found.get(form, ()), mood)
    return found


def moods_of(texts: Sequence[str], language: str) -> list[Mood]:
    """The mood of each scene. A scene without any mood of its own keeps that of the scene before it."""
    scores = [_scores(text, language.partition("-")[0].lower()) for text in texts]
    whole = {mood: sum(score[mood] for score in scores) / max(1, len(scores)) for mood in MOODS}
    usual: Mood = max(MOODS, key=lambda mood: whole[mood])
    opening: Mood = usual if usual in ("hopeful", "joyful", "curious") else "calm"
    found: list[Mood] = []
    for score in scores:
        before = found[-1] if found else opening
        leaning = {mood: score[mood] + 0.35 * (mood == before) + 0.25 * (mood == usual) for mood in MOODS}
        found.append(max(MOODS, key=lambda mood: leaning[mood]) if any(score.values()) else before)
    return found


def _scores(text: str, language: str) -> dict[Mood, float]:
    """Weight of each mood; words that belong to several moods, and loud punctuation, count less."""
    lexicon = _lexicon(language)
    scores: dict[Mood, float] = dict.fromkeys(MOODS, 0.0)
    for word in words_of(text):
        moods = lexicon.get(word.lower) or lexicon.get(stem(word.lower)) or ()
        for mood in moods:
            scores[mood] += 1 / len(moods)
    scores["tense"] += 0.25 * min(2, text.count("!"))
    scores["curious"] += 0.25 * min(2, text.count("?"))
    return scores
